"""Test statistics: published figures, what must hold of any marks, and data that say nothing."""

from __future__ import annotations

import json
from statistics import median, stdev, variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizlib.measure import Responses, reliability
from quizlib.measure import test_statistics as statistics_of_test
from tests.measure.lsat import MARKS

whole_marks = arrays(
    np.float64, st.tuples(st.integers(2, 12), st.integers(2, 6)), elements=st.integers(0, 3).map(float)
)


def test_lsat_7_gives_the_published_figures() -> None:
    found = statistics_of_test(Responses.of(MARKS))

    assert found.alpha == pytest.approx(0.45340874, abs=5e-9)
    assert (found.mean, found.median, found.n, found.unit) == (3.707, 4, 1000, "points")
    assert found.sd == pytest.approx(1.19858, abs=5e-6)
    assert found.sem == found.standard_error == pytest.approx(0.88613, abs=5e-6)
    assert found.internal_consistency == pytest.approx(45.340874, abs=5e-7)
    assert found.error_ratio == pytest.approx(100 * (1 - 0.45340874) ** 0.5)


def test_alpha_of_0_and_1_is_kr_20() -> None:
    right = [sum(column) / 1000 for column in zip(*MARKS, strict=True)]
    totals = [sum(row) for row in MARKS]

    found = statistics_of_test(Responses.of(MARKS))

    spread = variance(totals) * 999 / 1000  # KR-20 divides both by n
    assert found.alpha == pytest.approx(5 / 4 * (1 - sum(p * (1 - p) for p in right) / spread))


def test_strata_give_the_stratified_alpha() -> None:
    """Two strata, by the formula: 1 - (error of A + error of B) / variance of totals."""
    marks = np.array(MARKS)
    found = statistics_of_test(Responses.of(marks, strata=["a", "a", "b", "b", "b"]))

    errors = 0.0
    for part in (marks[:, :2], marks[:, 2:]):
        k, spread = part.shape[1], variance(part.sum(axis=1).tolist())
        alpha = k / (k - 1) * (1 - sum(variance(column) for column in part.T.tolist()) / spread)
        errors += spread * (1 - alpha)
    assert found.stratified_alpha == pytest.approx(1 - errors / variance(marks.sum(axis=1).tolist()))
    assert "stratified_alpha" not in found.reasons


def test_one_stratum_is_the_plain_alpha() -> None:
    found = statistics_of_test(Responses.of(MARKS, strata=["a"] * 5))

    assert found.stratified_alpha == pytest.approx(found.alpha)


def test_papers_that_differ_have_no_alpha_and_say_so() -> None:
    found = statistics_of_test(Responses.of([[1, 0, None], [None, 1, 1], [0, None, 1], [1, 1, None]]))

    assert found.alpha is found.sem is found.error_ratio is None
    assert found.reasons["alpha"] == "papers-differ"
    assert found.unit == "points"
    assert (found.mean, found.sd) == (1.5, pytest.approx(stdev([1, 2, 1, 2])))
    assert "People sat different papers" in str(found)


def test_papers_of_different_size_are_scored_in_percent() -> None:
    found = statistics_of_test(Responses.of([[1, 0, None], [1, 1, 1], [None, None, None]]))

    assert (found.unit, found.mean, found.n) == ("percent", 75.0, 2)


@pytest.mark.parametrize(
    ("marks", "name", "reason"),
    [
        ([[1, 0]], "alpha", "too-few-people"),
        ([[1, 0]], "sd", "too-few-people"),
        ([[1], [0]], "alpha", "one-item"),
        ([[1, 1], [1, 1], [1, 1]], "alpha", "scores-alike"),
        ([[1, 1], [1, 1], [1, 1]], "skewness", "scores-alike"),
        ([[1, 0], [0, 1]], "alpha", "scores-alike"),
        ([[1, 1], [0, 1], [0, 0]], "kurtosis", "too-few-people"),
        ([[1, 1], [0, 1], [0, 0]], "stratified_alpha", "no-strata"),
    ],
)
def test_a_figure_that_does_not_exist_is_none_with_a_reason(
    marks: list[list[float]], name: str, reason: str
) -> None:
    found = statistics_of_test(Responses.of(marks))

    assert getattr(found, name) is None
    assert found.reasons[name] == reason
    assert found.say("vi")


@given(whole_marks, st.randoms())
def test_alpha_does_not_know_the_order_of_people_and_items(marks: np.ndarray, chance: st.Random) -> None:
    people, items = (chance.sample(range(size), size) for size in marks.shape)

    one, other = (statistics_of_test(Responses.of(each, 3)) for each in (marks, marks[people][:, items]))

    assert one.alpha is other.alpha is None or one.alpha == pytest.approx(other.alpha, abs=1e-9)


@given(whole_marks)
def test_every_figure_is_a_number_or_has_a_reason(marks: np.ndarray) -> None:
    found = statistics_of_test(Responses.of(marks, 3))

    plain = found.to_dict()
    assert {name for name, value in plain.items() if value is None} == found.reasons.keys()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain | {
        "histogram": [list(bar) for bar in found.histogram]
    }
    assert found.alpha is None or found.alpha <= 1
    assert found.median == median(marks.sum(axis=1).tolist())
    assert sum(people for _, people in found.histogram) == len(marks)
    assert "nan" not in found.svg("vi")


def test_pytest_does_not_take_it_for_a_test() -> None:
    assert not reliability.test_statistics.__test__
    assert not reliability.TestStatistics.__test__
