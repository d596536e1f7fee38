"""Gain: how much better people did after than before, and how much of it is sure."""

from __future__ import annotations

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
        """Too few people: the interval is too wide to be of use, and to be shown."""
        return self.people < FEWEST_PEOPLE


def gain(pairs: Sequence[tuple[float, float]]) -> Gain:
    """From (before, after) of each person, by Student's t for paired samples; ValueError for under 2 people.

    Where papers differ in difficulty, half the people have to sit them the other way round: then the
    difference cancels in the mean and is part of the spread.
    """
    if len(pairs) < 2:
        raise ValueError(f"a gain needs at least 2 people, not {len(pairs)}")
    gains = [after - before for before, after in pairs]
    mean, reach = fmean(gains), t_quantile(len(gains) - 1) * stdev(gains) / sqrt(len(gains))
    before, after = (fmean(shares) for shares in zip(*pairs, strict=True))
    return Gain(len(pairs), before, after, mean, mean - reach, mean + reach)


def t_quantile(freedom: int, level: float = 0.95) -> float:
    """The t that P(-t < T < t) = ``level`` is true of, by bisection."""
    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_between(middle, freedom) < level else (low, middle)
    return high


def t_between(t: float, freedom: int) -> float:
    """P(-t < T < t), exactly (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4)."""
    angle, odd = atan(t / sqrt(freedom)), freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for power in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (power - 1) / power
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
