"""Item statistics: published figures, what must hold of any marks, and data that say nothing."""

from __future__ import annotations

import json
from math import isnan
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizlib.measure import ItemStatistics, Responses, item_statistics
from tests.measure.lsat import MARKS

FIGURES = ("facility", "sd", "discrimination_index", "discriminative_efficiency", "effective_weight",
           "item_total", "item_rest", "upper_lower", "alpha_without")  # fmt: skip

whole_marks = arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 6)),
    elements=st.integers(0, 3).map(float),
)
marks_not_all_shown = whole_marks.flatmap(
    lambda marks: arrays(np.bool_, marks.shape).map(lambda shown: np.where(shown, marks, np.nan))
).filter(lambda marks: not np.isnan(marks).all())


def same(one: ItemStatistics, other: ItemStatistics) -> bool:
    pairs = [
        (a, b) for name in FIGURES for a, b in zip(getattr(one, name), getattr(other, name), strict=True)
    ]
    return all(a is b is None or a == pytest.approx(b, abs=1e-9) for a, b in pairs)


def test_lsat_7_gives_the_published_figures() -> None:
    found = item_statistics(Responses.of(MARKS))

    assert found.facility == pytest.approx([0.828, 0.658, 0.772, 0.606, 0.843], abs=5e-4)
    assert found.item_total == pytest.approx([0.530, 0.600, 0.611, 0.592, 0.461], abs=5e-4)
    assert found.item_rest == pytest.approx([0.246, 0.247, 0.313, 0.223, 0.175], abs=5e-4)
    assert found.alpha_without == pytest.approx([0.396, 0.394, 0.345, 0.415, 0.438], abs=5e-4)
    assert found.discrimination_index == pytest.approx(100 * found.item_rest, abs=1e-9)
    assert found.effective_weight.sum() == pytest.approx(100)
    assert found.n.tolist() == [1000] * 5
    assert found.flags == ((),) * 5


def test_every_figure_is_what_moodle_computes_step_by_step() -> None:
    """Its calculator rewritten as loops, the way it goes through the steps of attempts."""
    chance = np.random.default_rng(7)
    marks = chance.integers(0, 4, (60, 6)) + 2.0 * (chance.random((60, 1)) > 0.5)
    marks[:, 5] = 5 - marks[:, 4]  # an item against the test

    found = item_statistics(Responses.of(marks, 5))

    covariances = []
    for j in range(6):
        others = [sum(row) - row[j] for row in marks.tolist()]
        own = marks[:, j].tolist()
        mean, other_mean = sum(own) / 60, sum(others) / 60
        total_mean = mean + other_mean
        variance = sum((x - mean) ** 2 for x in own) / 59
        other_variance = sum((r - other_mean) ** 2 for r in others) / 59
        together = sum((x - mean) * (r - other_mean) for x, r in zip(own, others, strict=True)) / 59
        ordered = zip(sorted(own), sorted(others), strict=True)
        most = sum((x - mean) * (r - other_mean) for x, r in ordered) / 59
        covariances.append(
            sum((x - mean) * (x + r - total_mean) for x, r in zip(own, others, strict=True)) / 59
        )
        assert found.facility[j] == pytest.approx(mean / 5, abs=1e-12)
        assert found.sd[j] == pytest.approx(variance**0.5, abs=1e-12)
        assert found.discrimination_index[j] == pytest.approx(
            100 * together / (variance * other_variance) ** 0.5, abs=1e-9
        )
        assert found.discriminative_efficiency[j] == pytest.approx(100 * together / most, abs=1e-9)
    whole = sum(each**0.5 for each in covariances if each >= 0)
    for weight, each in zip(found.effective_weight, covariances, strict=True):
        assert weight == (None if each < 0 else pytest.approx(100 * each**0.5 / whole, abs=1e-9))


def test_upper_lower_shares_the_people_at_the_edge() -> None:
    """Ten people, three in either group; two of three people with 1 point belong to the lower one."""
    marks = [[0, 0], [0, 1], [0, 1], [1, 0], *[[1, 1]] * 6]

    found = item_statistics(Responses.of(marks))

    assert found.upper_lower == pytest.approx([1 - 2 / 9, 1 - 4 / 9])


def test_papers_that_differ_are_compared_in_percent_of_what_was_shown() -> None:
    chance = np.random.default_rng(1)
    ability = chance.normal(size=(400, 1))
    marks = (chance.random((400, 12)) < 1 / (1 + np.exp(-2 * ability))).astype(float)
    marks[chance.random((400, 12)) < 0.4] = np.nan

    found = item_statistics(Responses.of(marks, np.arange(1, 13)))

    shown = ~np.isnan(marks)
    rest = np.where(shown, marks, 0).sum(axis=1) - np.where(shown, marks, 0)[:, 3]
    most = shown @ np.arange(1, 13.0) - 4
    use = shown[:, 3] & (most > 0)
    expected = np.corrcoef(marks[use, 3], rest[use] / most[use])[0, 1]
    assert found.item_rest[3] == pytest.approx(expected)
    assert found.n.tolist() == shown.sum(axis=0).tolist()
    assert found.effective_weight.tolist() == [None] * 12
    assert found.notes == ("papers-differ-items",)


def test_a_paper_short_of_one_answer_hardly_moves_the_figures() -> None:
    marks = np.array(MARKS, dtype=float)
    whole = item_statistics(Responses.of(marks))

    marks[0, 0] = np.nan
    found = item_statistics(Responses.of(marks))

    assert found.item_rest[1:] == pytest.approx(whole.item_rest[1:], abs=0.01)
    assert found.item_total == pytest.approx(whole.item_total, abs=0.01)


def test_an_item_twice_in_the_test_goes_with_the_rest_as_one_with_its_copy() -> None:
    marks = np.array(MARKS)

    found = item_statistics(Responses.of(np.column_stack([marks[:, 0], marks[:, 0]])))

    assert found.item_rest.tolist() == [1.0, 1.0]
    assert found.discriminative_efficiency == pytest.approx([100, 100])


def test_an_item_against_the_others_is_flagged_red() -> None:
    marks = np.array(MARKS)
    marks[:, 4] = 1 - marks[:, :4].max(axis=1)

    found = item_statistics(Responses.of(marks))

    assert "negative" in found.flags[4]
    assert "5: People good at the other items do worse here. Check the key at once." in found.say()
    assert any("kém hơn" in sentence for sentence in found.say("vi"))


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        ([[1, 0]], [("one-person",)] * 2),
        ([[1, 1], [1, 1], [1, 1]], [("constant", "easy")] * 2),
        ([[1, 0], [1, 1], [1, 0]], [("constant", "easy"), ("no-rest",)]),
        ([[0], [1]], [("no-rest",)]),
        ([[1, None], [0, None]], [("no-rest",), ("nobody",)]),
        ([[1, None], [None, 1], [0, None]], [("no-rest",), ("one-person",)]),
    ],
)
def test_data_that_say_nothing_give_none_and_a_flag(
    marks: list[list[float]], flags: list[tuple[str]]
) -> None:
    found = item_statistics(Responses.of(marks))

    assert list(found.flags) == flags
    assert found.item_rest.tolist() == [None] * len(flags)


@given(marks_not_all_shown)
def test_no_figure_is_ever_nan_and_none_has_a_flag(marks: np.ndarray) -> None:
    found = item_statistics(Responses.of(marks, 3))

    for name in FIGURES:
        assert not any(isinstance(value, float) and isnan(value) for value in getattr(found, name).tolist())
    for rest, flags in zip(found.item_rest.tolist(), found.flags, strict=True):
        assert rest is not None or {"nobody", "one-person", "constant", "no-rest"} & set(flags)
    assert all(share is None or 0 <= share <= 1 for share in found.facility.tolist())
    assert json.loads(json.dumps(found.to_dict()))["items"] == list(found.items)
    assert str(found).count("\n") == len(found.items) + len(found.notes)
    missing = {name for name in FIGURES[:-1] for value in getattr(found, name).tolist() if value is None}
    assert "effective_weight" not in missing or any(found.flags) or "papers-differ-items" in found.notes
    assert "nan" not in found.svg()


@given(whole_marks, st.randoms())
def test_the_order_of_people_and_items_does_not_matter(marks: np.ndarray, chance: st.Random) -> None:
    people, items = (chance.sample(range(size), size) for size in marks.shape)

    found = item_statistics(Responses.of(marks[people][:, items], 3))

    whole = item_statistics(Responses.of(marks, 3))
    back = np.argsort(items)
    for name in FIGURES:
        for one, other in zip(getattr(found, name)[back], getattr(whole, name), strict=True):
            assert one is other is None or one == pytest.approx(other, abs=1e-9)


def test_figures_cannot_be_written_to() -> None:
    found = item_statistics(Responses.of(MARKS))

    with pytest.raises(ValueError, match="read-only"):
        found.facility[0] = 1


def test_names_are_escaped_in_the_drawing() -> None:
    names = ["<b>", "a & b", '"c"', "d", "e"]

    drawn = ElementTree.fromstring(item_statistics(Responses.of(MARKS, items=names)).svg("vi"))

    texts = [text for text in drawn.itertext() if text]
    assert set(names) <= set(texts)
    assert "style" not in {name for each in drawn.iter() for name in each.attrib}


def test_of_many_items_the_drawing_names_the_flagged_ones() -> None:
    chance = np.random.default_rng(0)
    marks = chance.normal(size=(400, 1)) * np.linspace(0, 1, 40) > chance.normal(size=(400, 40))

    found = item_statistics(Responses.of(marks))

    named = found.svg().count('font-size="11"')
    assert named == sum(bool(flags) for flags in found.flags) in range(1, 40)


def test_a_chosen_option_of_four_is_guessed_by_one_in_four() -> None:
    chosen = [["a", "b"], ["c", "d"]]

    assert (
        item_statistics(Responses.of(chosen=chosen, keys=["a", "b"])).random_guess_score.tolist()
        == [0.25] * 2
    )
    assert item_statistics(Responses.of(MARKS)).random_guess_score is None
