"""Spread, covariance and ability groups of vectors of people; variances divide by n - 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Column = npt.NDArray[np.float64] | npt.NDArray[np.object_]

NOISE = 1e-12  # ours: a spread below this share of the scale is rounding, not a difference between people


def column(figures: Iterable[float | None]) -> Column:
    """Read-only floats; where a figure is missing an array of objects with None, never NaN."""
    found = list(figures)
    values: Column = np.array(found, dtype=object if None in found else np.float64)
    values.flags.writeable = False
    return values


def varies(values: Floats, scale: float) -> bool:
    """Two people at least differ, by more than rounding on numbers as large as ``scale``."""
    return values.size > 1 and bool(values.max() - values.min() > NOISE * scale)


def covariance(centred: Floats, other: Floats) -> float:
    """Of two vectors whose means are 0."""
    return float(centred @ other) / (len(centred) - 1)


def correlation(centred: Floats, other: Floats) -> float:
    """Pearson's r of two vectors that vary and whose means are 0; -1..1."""
    spread = sqrt(covariance(centred, centred) * covariance(other, other))
    found = covariance(centred, other) / spread
    return 0.0 if abs(found) < NOISE else min(1.0, max(-1.0, found))


def group_weights(scores: Floats, shares: Sequence[tuple[float, float]]) -> Floats:
    """Groups x people: how far each person belongs to the part of the ranking that ``shares`` mark off.

    A share (0.8, 1) is the top fifth. People with equal scores belong to a group in equal parts: what
    breaking the ties by lot gives on average, without the lot and whatever the order of the rows.
    """
    _, level, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    edges = np.array(shares) * len(scores)
    inside = np.minimum(ends, edges[:, 1:]) - np.maximum(ends - counts, edges[:, :1])
    weights: Floats = (np.clip(inside, 0, None) / counts)[:, level.reshape(-1)]
    return weights
