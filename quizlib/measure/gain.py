"""Gain: how much better people did after than before, and how much of it is sure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, cos, pi, sin, sqrt
from statistics import fmean, stdev

from quizlib.measure.people import FEWEST_PEOPLE


@dataclass(frozen=True, slots=True)
class Gain:
    """Means of shares of points, 0..1; ``low`` to ``high`` is the 95 % interval of the mean gain."""

    people: int
    before: float
    after: float
    mean: float
    low: float
    high: float

    @property
    def is_wide(self) -> bool:
        """So few people that the interval is too wide to be shown."""
        return self.people < FEWEST_PEOPLE


def gain(pairs: Sequence[tuple[float, float]]) -> Gain:
    """From (before, after) of each person, by Student's t; ValueError for fewer than 2 people.

    Papers that differ in difficulty have to be sat in either order, as exam/twins does: it cancels out.
    """
    if len(pairs) < 2:
        raise ValueError(f"a gain needs at least 2 people, not {len(pairs)}")
    gains = [after - before for before, after in pairs]
    mean, reach = fmean(gains), t_quantile(len(gains) - 1) * stdev(gains) / sqrt(len(gains))
    before, after = (fmean(shares) for shares in zip(*pairs, strict=True))
    return Gain(len(pairs), before, after, mean, mean - reach, mean + reach)


def t_quantile(freedom: int, level: float = 0.95) -> float:
    """The t of which P(-t < T < t) = ``level``, to six decimals."""
    return bisect_left(range(10**9), level, key=lambda steps: t_between(steps / 1e6, freedom)) / 1e6


def t_between(t: float, freedom: int) -> float:
    """P(-t < T < t), exactly (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4)."""
    angle, odd = atan(t / sqrt(freedom)), freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for power in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (power - 1) / power
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
