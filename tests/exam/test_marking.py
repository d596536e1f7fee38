"""Marks are whole, follow the key and not the place, and corrections can be made and taken back."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal
from quizlib.exam.draw import draw
from quizlib.exam.paper import view
from quizlib.exam.score import Correction, Score, grade, mark, score
from tests.builders import (
    a_bank,
    a_blueprint_table,
    a_clues_table,
    a_comment_table,
    a_judge_table,
    a_scale_table,
    a_scenario_table,
    an_action_table,
    an_item,
    an_item_table,
    options,
)

CHOICE = an_item(options=options("abcd"))
MULTIPLE = an_item(kind="multiple", key=("a", "c"), options=options("abcd"), points=2)
ORDER = an_item(kind="order", key=("c", "a", "b"), points=2)
NUMBER = an_item(kind="number", key=("100",), options=(), tolerance=Fraction(1, 2))
SEEING = a_bank(a_judge_table(), a_clues_table(), an_action_table(), a_scenario_table()).items
UNSCORED = a_bank(a_scale_table(), a_comment_table()).items
KINDS_TRIED = (CHOICE, MULTIPLE, ORDER, NUMBER, *SEEING)
BOTH = [a_blueprint_table(quotas={"money": 2})]
EVERY_KIND = pytest.mark.parametrize("item", KINDS_TRIED, ids=lambda item: item.kind)


def a_bank_of_every_kind() -> Bank:
    return a_bank(
        an_item_table("money-1"),
        an_item_table("money-2", kind="multiple", key=["a", "b"], points=2),
        an_item_table("law-1", topic="law", kind="order", key=["c", "a", "b"], points=2),
        an_item_table("law-2", topic="law", kind="number", option=None, key=["{sum}"], row=[{"sum": "1"}]),
        blueprint=[a_blueprint_table(quotas={"money": 2, "law": 2})],
    )


def a_score(points: int, max_points: int) -> Score:
    return Score(points, max_points, ())


@EVERY_KIND
def test_the_key_earns_full_marks(item: Item) -> None:
    marked = mark(item, item.key)

    assert (marked.points, marked.is_right) == (item.points, True)


@EVERY_KIND
def test_blank_earns_nothing_and_is_known_as_blank(item: Item) -> None:
    marked = mark(item, ())

    assert (marked.points, marked.is_blank, marked.is_right) == (0, True, False)


def test_every_kind_is_tried_here() -> None:
    assert {item.kind for item in (*KINDS_TRIED, *UNSCORED)} == KINDS.keys()


@pytest.mark.parametrize("response", [("3",), ()])
def test_what_is_never_marked_is_neither_right_nor_wrong(response: Response) -> None:
    marked = mark(UNSCORED[0], response, [Correction("scale-1", "full")])

    assert (marked.points, marked.max_points, marked.key, marked.is_right) == (0, 0, (), False)


def test_a_paper_that_is_never_marked_passes_nobody() -> None:
    paper = draw(a_bank(a_scale_table(), a_comment_table(), blueprint=BOTH), "all", "seed")

    result = score(paper, {"scale-1": ("3",), "comment-1": ("Hay",)})

    assert (result.points, result.max_points, result.all_correct) == (0, 0, False)
    assert (grade(result, 0).passed, grade(result, 0).percent) == (False, 0)


@pytest.mark.parametrize(
    ("item", "response", "points"),
    [
        (CHOICE, ("b",), 0),
        (MULTIPLE, ("a",), 1),
        (MULTIPLE, ("a", "b"), 0),
        (MULTIPLE, ("a", "b", "c"), 1),
        (ORDER, ("b", "c", "a"), 1),
        (ORDER, ("b", "a", "c"), 0),
        (NUMBER, ("100.5",), 1),
        (NUMBER, ("100.51",), 0),
    ],
)
def test_a_response_earns_its_points(item: Item, response: Response, points: int) -> None:
    marked = mark(item, response)

    assert marked.points == points


def test_a_response_of_another_shape_is_refused() -> None:
    with pytest.raises(Refusal):
        mark(CHOICE, ("z",))


@given(
    st.permutations("abcd"),
    st.lists(st.sampled_from("abcd"), unique=True),
    st.sampled_from([CHOICE, MULTIPLE]),
)
def test_the_order_in_which_options_are_shown_changes_no_mark(
    order: list[str], ticked: list[str], item: Item
) -> None:
    ticked = ticked[:1] if item is CHOICE else ticked
    shown = [option.id for option in view(item, tuple(order)).options]
    places = [shown.index(each) for each in ticked]

    response = KINDS[item.kind].read(item, tuple(shown[place] for place in places))

    assert mark(item, response) == mark(item, tuple(sorted(ticked)))


def test_every_order_of_steps_is_marked_by_the_steps_and_not_by_their_places() -> None:
    responses = list(permutations("abc"))

    by_file = [mark(ORDER, response).points for response in responses]
    reordered = an_item(kind="order", key=ORDER.key, options=options("bca"), points=2)

    assert by_file == [mark(reordered, response).points for response in responses]


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_a_paper_answered_by_its_keys_has_full_marks(seed: str) -> None:
    paper = draw(a_bank_of_every_kind(), "all", seed)

    result = score(paper, {item.id: item.key for item in paper.items})

    assert (result.points, result.max_points, result.all_correct) == (6, 6, True)
    assert result.by_topic() == {"money": (3, 3), "law": (3, 3)}
    assert [each.item for each in result.marks] == [item.id for item in paper.items]


def test_a_paper_left_blank_has_no_marks() -> None:
    paper = draw(a_bank_of_every_kind(), "all", "seed")

    result = score(paper, {})

    assert (result.points, result.max_points) == (0, 6)
    assert all(each.is_blank for each in result.marks)


# (corrections, response, points): the key in the bank is a
CORRECTED = [
    ([], ("a",), 1),
    ([Correction("money-1", "key", ("b",))], ("a",), 0),
    ([Correction("money-1", "key", ("b",))], ("b",), 1),
    ([Correction("money-1", "accept", ("b",))], ("a",), 1),
    ([Correction("money-1", "accept", ("b",))], ("b",), 1),
    ([Correction("money-1", "accept", ("b",))], ("c",), 0),
    ([Correction("money-1", "accept", ("b",))], (), 0),
    ([Correction("money-1", "full")], ("c",), 1),
    ([Correction("money-1", "full")], (), 1),
    ([Correction("law-1", "full")], ("c",), 0),
    ([Correction("money-1", "key", ("b",)), Correction("money-1", "accept", ("c",))], ("b",), 1),
    ([Correction("money-1", "key", ("b",)), Correction("money-1", "accept", ("c",))], ("a",), 0),
    ([Correction("money-1", "accept", ("b",)), Correction("money-1", "key", ("c",))], ("b",), 0),
    ([Correction("money-1", "full"), Correction("money-1", "accept", ("b",))], ("c",), 1),
    ([Correction("money-1", "full"), Correction("money-1", "key", ("b",))], ("c",), 0),
]


@pytest.mark.parametrize(("corrections", "response", "points"), CORRECTED)
def test_corrections_apply_in_order(corrections: list[Correction], response: Response, points: int) -> None:
    marked = mark(CHOICE, response, corrections)

    assert marked.points == points


def test_marking_again_changes_nothing_and_undoing_a_correction_gives_the_first_marks() -> None:
    paper = draw(a_bank_of_every_kind(), "all", "seed")
    responses = {"money-1": ("b",), "money-2": ("a",), "law-2": ("1",)}
    corrections = [Correction("money-1", "key", ("b",)), Correction("law-1", "full")]

    before = score(paper, responses)
    after, again = score(paper, responses, corrections), score(paper, responses, iter(corrections))
    undone = score(paper, responses, corrections[:0])

    assert after == again
    assert (before.points, after.points) == (2, 5)
    assert undone == before


def test_a_mark_shows_the_key_in_force() -> None:
    corrected = mark(CHOICE, ("a",), [Correction("money-1", "key", ("b",))])

    assert (mark(CHOICE, ("a",)).key, corrected.key) == (("a",), ("b",))


@pytest.mark.parametrize(
    ("points", "max_points", "cut", "passed", "percent"),
    [
        (7, 10, 70, True, 70),
        (6, 10, 70, False, 60),
        (14, 20, 70, True, 70),
        (20, 30, 67, False, 66),
        (21, 30, 70, True, 70),
        (2, 3, 66, True, 66),
        (2, 3, 67, False, 66),
        (0, 10, 0, True, 0),
        (10, 10, 100, True, 100),
        (199, 200, 100, False, 99),
        (0, 0, 70, False, 0),
    ],
)
def test_whoever_reaches_the_cut_exactly_has_passed(
    points: int, max_points: int, cut: int, passed: bool, percent: int
) -> None:
    found = grade(a_score(points, max_points), cut)

    assert (found.passed, found.percent, found.cut) == (passed, percent, cut)


@given(st.integers(0, 100), st.integers(1, 200), st.data())
def test_nobody_reads_the_cut_who_did_not_reach_it(cut: int, most: int, data: st.DataObject) -> None:
    points = data.draw(st.integers(0, most))

    found = grade(a_score(points, most), cut)

    assert found.passed == (100 * points >= cut * most) == (found.percent >= cut)
