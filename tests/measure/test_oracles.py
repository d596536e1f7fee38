"""The same figures from SciPy, on marks by chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from quizlib.measure import Responses, item_statistics
from quizlib.measure import test_statistics as statistics_of_test
from quizlib.measure.signals import poisson_tail

SEEDS = range(5)


def some_marks(seed: int) -> np.ndarray:
    """Part marks, and items that go together more or less."""
    chance = np.random.default_rng(seed)
    ability = chance.normal(size=(200, 1)) * chance.random(12)
    return np.clip(np.round(1.5 + ability + chance.normal(size=(200, 12))), 0, 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_correlations_and_moments_are_scipys(seed: int) -> None:
    marks = some_marks(seed)
    items = item_statistics(Responses.of(marks, 3))
    test = statistics_of_test(Responses.of(marks, 3))

    totals = marks.sum(axis=1)
    for j, own in enumerate(marks.T):
        assert items.item_total[j] == pytest.approx(stats.pearsonr(own, totals).statistic, abs=1e-12)
        assert items.item_rest[j] == pytest.approx(stats.pearsonr(own, totals - own).statistic, abs=1e-12)
    assert test.skewness == pytest.approx(stats.skew(totals, bias=False), abs=1e-12)
    assert test.kurtosis == pytest.approx(stats.kurtosis(totals, bias=False), abs=1e-12)
    assert test.sd == pytest.approx(stats.tstd(totals))


def test_a_point_biserial_is_scipys() -> None:
    marks = (some_marks(9) > 1).astype(int)

    found = item_statistics(Responses.of(marks))

    expected = stats.pointbiserialr(marks[:, 2], marks.sum(axis=1)).statistic
    assert found.item_total[2] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("count", "mean"), [(40, 3.0), (200, 150.0), (1, 0.01)])
def test_a_poisson_tail_is_scipys(count: int, mean: float) -> None:
    assert poisson_tail(count, mean) == pytest.approx(stats.poisson.sf(count - 1, mean), rel=1e-9)
