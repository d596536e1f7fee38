"""Identical wrong answers: every pair counted, those listed that chance does not explain."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizlib.errors import ContentError
from quizlib.measure import Responses, identical_wrong

small = st.tuples(st.integers(1, 9), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(
        arrays(np.int8, shape, elements=st.integers(-2, 3)),
        arrays(np.int8, shape[1], elements=st.integers(0, 3)),
    )
)


def a_round(people: int = 400, items: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Strangers: options 1 to 3 from the key, the nearest the most popular."""
    chance = np.random.default_rng(5)
    able = chance.normal(size=(people, 1)) - chance.normal(size=items)
    keys = chance.integers(0, 4, items)
    away = np.searchsorted([0.6, 0.9], chance.random((people, items))) + 1
    right = chance.random((people, items)) < 0.2 + 0.8 / (1 + np.exp(-able))
    return np.where(right, keys, (keys + away) % 4), keys


def test_strangers_are_not_listed_and_chance_is_expected_to_give_what_it_gives() -> None:
    chosen, keys = a_round()

    found = identical_wrong(Responses.of(chosen=chosen, keys=keys))

    everybody = identical_wrong(Responses.of(chosen=chosen, keys=keys), at_least=0, most=10**6)
    same = sum(row.same_wrong for row in everybody.rows)
    expected = sum(row.expected for row in everybody.rows)
    assert found.rows == ()
    assert found.compared == 400 * 399 // 2
    assert expected == pytest.approx(same, rel=0.1)


def test_who_copied_is_listed_with_what_chance_would_give() -> None:
    chosen, keys = a_round()
    weak = int(np.argmax((chosen != keys).sum(axis=1)))
    chosen[3] = chosen[weak]

    found = identical_wrong(Responses.of(chosen=chosen, keys=keys, people=[f"P{n}" for n in range(400)]))

    (pair,) = found.rows
    wrong = int((chosen[weak] != keys).sum())
    assert {pair.one, pair.other} == {"P3", f"P{weak}"}
    assert (pair.same_wrong, pair.wrong) == (wrong, (wrong, wrong))
    assert pair.expected < wrong / 1.5
    assert pair.chance * found.compared < 0.05
    assert "ask before you conclude" in found.say()[0]
    assert "hãy hỏi trước khi kết luận" in found.say("vi")[0]
    assert str(found).endswith("1 of 79800 pairs")


@given(small)
def test_counts_are_those_of_a_plain_loop(round: tuple[np.ndarray, np.ndarray]) -> None:
    chosen, keys = round
    responses = Responses.of(np.where(chosen == -2, 0, chosen == keys), chosen=chosen, keys=keys)

    found = identical_wrong(responses, at_least=1)

    counted = {}
    for one, other in combinations(range(len(chosen)), 2):
        both = zip(chosen[one], chosen[other], keys, strict=True)
        if same := sum(a == b != key and a >= 0 for a, b, key in both):
            counted[str(one + 1), str(other + 1)] = same
    assert {(row.one, row.other): row.same_wrong for row in found.rows} == counted
    assert found.found == len(counted)
    assert all(0 <= row.chance <= 1 and row.expected >= 0 for row in found.rows)
    json.dumps(found.to_dict(), allow_nan=False)


@given(small, st.integers(1, 4))
@settings(max_examples=40)
def test_neither_the_blocks_nor_their_edges_matter(round: tuple[np.ndarray, np.ndarray], block: int) -> None:
    chosen, keys = round
    responses = Responses.of(np.where(chosen == -2, 0, chosen == keys), chosen=chosen, keys=keys)

    whole, parts = (identical_wrong(responses, 1, most=5, block=size) for size in (100, block))

    assert whole.to_dict() == parts.to_dict()


def test_the_list_is_cut_at_the_highest_counts() -> None:
    chosen, keys = a_round(60)
    responses = Responses.of(chosen=chosen, keys=keys)

    whole, cut = (identical_wrong(responses, 3, most=most) for most in (10**6, 10))

    assert len(cut.rows) == 10
    assert cut.found == whole.found > 10
    best = sorted((row.same_wrong for row in whole.rows), reverse=True)[:10]
    assert sorted((row.same_wrong for row in cut.rows), reverse=True) == best


def test_papers_that_differ_share_only_what_both_were_shown() -> None:
    chosen, keys = a_round(100)
    chosen[:50, :10], chosen[50:, 20:] = -2, -2

    found = identical_wrong(Responses.of(chosen=chosen, keys=keys), at_least=0, most=10**6)

    apart = [row for row in found.rows if int(row.one) <= 50 < int(row.other)]
    assert max(row.same_wrong for row in apart) <= 10
    assert sum(row.expected for row in apart) == pytest.approx(sum(row.same_wrong for row in apart), rel=0.2)


@pytest.mark.parametrize("chosen", [[["a", "b"]], [["a", "a"]] * 4, [["", ""], ["", ""]], [["b", "b"]] * 4])
def test_data_that_say_nothing_list_nobody(chosen: list[list[str]]) -> None:
    found = identical_wrong(Responses.of(chosen=chosen, keys=["a", "a"]))

    assert found.rows == ()
    assert str(found)


def test_unknown_choices_are_refused() -> None:
    with pytest.raises(ContentError, match="chosen"):
        identical_wrong(Responses.of([[1, 0]]))
