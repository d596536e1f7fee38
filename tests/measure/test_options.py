"""Distractors: who chose what, by ability."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from quizlib.errors import ContentError
from quizlib.measure import Responses, distractors

KEYS = [0, 1, 2, 3, 0, 1, 2, 3]


def a_round(wrong_key: bool = False) -> Responses:
    """300 people, 8 items of 4 options; the third distractor of every item is never chosen."""
    chance = np.random.default_rng(3)
    ability = chance.normal(size=(300, 1))
    right = chance.random((300, 8)) < 1 / (1 + np.exp(-1.5 * ability))
    away = chance.integers(1, 3, (300, 8))
    chosen = np.where(right, KEYS, (np.array(KEYS) + away) % 4)
    chosen[:5, 0] = -1
    keys = [KEYS[0], *([(KEYS[1] + 1) % 4] if wrong_key else [KEYS[1]]), *KEYS[2:]]
    return Responses.of(chosen=chosen, keys=keys)


def test_shares_groups_and_correlation_are_those_of_the_textbook() -> None:
    responses = a_round()
    found = distractors(responses)

    item = [row for row in found.rows if row.item == "3"]
    assert responses.choices is not None
    chosen = responses.choices.codes[:, 2]
    rest = 100 * (responses.totals - responses.marks[:, 2]) / 7
    for row, code in zip(item, range(4), strict=True):
        picked = chosen == code
        assert (row.count, row.share) == (picked.sum(), pytest.approx(picked.mean()))
        assert sum(row.groups or ()) / 5 == pytest.approx(row.share)
        if picked.any():
            assert row.mean_rest == pytest.approx(rest[picked].mean())
            assert row.correlation == pytest.approx(np.corrcoef(picked, rest)[0, 1])
    key = next(row for row in item if row.is_key)
    assert key.option == "2"
    assert key.groups is not None
    assert key.groups[4] > key.groups[0]
    assert key.flags == ()


def test_an_option_never_chosen_is_rare_and_has_no_correlation() -> None:
    never = [row for row in distractors(a_round()).rows if not row.count]

    assert len(never) == 8
    assert all(row.flags == ("option-rare",) for row in never)
    assert all(row.mean_rest is row.correlation is None for row in never)


def test_blank_answers_stand_last_and_are_not_blamed() -> None:
    blank = [row for row in distractors(a_round()).rows if not row.option]

    assert [(row.item, row.count, row.flags) for row in blank] == [("1", 5, ())]


def test_a_wrong_key_is_found() -> None:
    found = distractors(a_round(wrong_key=True))

    flags = {(row.option, row.is_key): row.flags for row in found.of("2")}
    assert flags["1", False] == ("option-attracts-able", "option-beats-key")
    assert flags["2", True] == ("key-repels-able",)
    assert "2 1: Among the best, this wrong option beats the key. Check the key at once." in found.say()


def test_papers_that_differ_count_those_who_were_shown_the_item() -> None:
    chosen = [["a", "b", None], [None, "b", "a"], ["b", "a", "c"], ["a", None, ""]]

    found = distractors(Responses.of(chosen=chosen, keys=["a", "b", "c"]))

    counts = {row.option: (row.count, row.share) for row in found.of("1")}
    assert counts == {"a": (2, pytest.approx(2 / 3)), "b": (1, pytest.approx(1 / 3)), "c": (0, 0.0)}


def test_items_without_a_single_right_option_are_left_out() -> None:
    found = distractors(Responses.of([[1, 0], [0, 1]], chosen=[["a", "b c"], ["b", "b"]], keys=["a", None]))

    assert {row.item for row in found.rows} == {"1"}


@pytest.mark.parametrize("marked", [{}, {"chosen": [["a", "b"]]}])
def test_unknown_choices_are_refused(marked: dict[str, object]) -> None:
    with pytest.raises(ContentError) as error:
        distractors(Responses.of([[1, 0]], **marked))  # type: ignore[arg-type]

    assert [fault.code for fault in error.value.faults] == ["no-choices"]


@pytest.mark.parametrize("chosen", [[["a", "b"]], [["a", "a"], ["a", "a"]], [["a"], ["b"]]])
def test_data_that_say_nothing_give_none(chosen: list[list[str]]) -> None:
    found = distractors(Responses.of(chosen=chosen, keys=["a"] * len(chosen[0])))

    assert all(row.correlation is None for row in found.rows)
    json.dumps(found.to_dict(), allow_nan=False)
    assert ElementTree.fromstring(found.svg())


def test_it_prints_and_draws_itself() -> None:
    found = distractors(a_round())

    assert "(blank)" in str(found)
    assert str(found).count("\n") == len(found.rows)
    assert len(ElementTree.fromstring(found.svg())) == 8
    assert "nhóm yếu nhất" in found.svg("2", "vi")
