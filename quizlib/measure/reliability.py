"""Test statistics: how scores spread, and how far they would come out alike again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import sqrt

import numpy as np

from quizlib.measure.drawing import bars
from quizlib.measure.moments import Floats, varies
from quizlib.measure.printing import Result, text_table
from quizlib.measure.responses import Responses
from quizlib.measure.wording import say

MOST_BARS = 40


@dataclass(frozen=True, slots=True, eq=False)
class TestStatistics(Result):
    """A figure that does not exist is None, and ``reasons`` says why by a code of ``wording.toml``.

    mean, median, sd, sem and standard_error are in ``unit``: "points", or "percent" of their own paper where
    papers have different greatest marks. skewness and kurtosis are k-statistics, 0 for a normal spread.
    alpha: Cronbach's, at most 1; KR-20 is its name where marks are 0 and 1. sem = sd sqrt(1 - alpha), which
    Moodle calls standard_error. In percent: internal_consistency = 100 alpha, error_ratio = 100 sem / sd.
    ``histogram``: (score, people) of every score, or of equal intervals by their middle.
    """

    __test__ = False

    n: int
    items: int
    unit: str
    mean: float
    median: float
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    sem: float | None
    internal_consistency: float | None
    error_ratio: float | None
    standard_error: float | None
    stratified_alpha: float | None
    reasons: Mapping[str, str]
    histogram: tuple[tuple[float, int], ...]

    def __str__(self) -> str:
        names = [each.name for each in fields(self) if each.name not in ("reasons", "histogram")]
        why = {name: say(code) for name, code in self.reasons.items()}
        return text_table(
            ("figure", "value", ""), [(name, getattr(self, name), why.get(name, "")) for name in names]
        )

    def say(self, lang: str = "en") -> list[str]:
        """Why figures are missing, each reason once."""
        return [say(code, lang) for code in dict.fromkeys(self.reasons.values())]

    def svg(self, lang: str = "en") -> str:
        """Histogram of scores."""
        words = [say(code, lang) for code in ("histogram", f"score-{self.unit}", "people")]
        return bars(self.histogram, *words)


def test_statistics(responses: Responses) -> TestStatistics:
    """Figures of the whole test, over the people who were shown at least one item.

    Alpha needs a complete matrix: k / (k - 1) (1 - sum of item variances / variance of totals), Cronbach
    1951. With ``strata`` also 1 - sum of var(X_s) (1 - alpha_s) / var(X), Rajaratnam et al. 1965; a
    stratum of one item counts as all error, so that the figure is never too good.
    """
    totals, maxima = responses.totals, responses.maxima
    seen = maxima > 0
    is_points = not varies(maxima[seen], float(maxima.max()))
    scores = totals[seen] if is_points else 100 * totals[seen] / maxima[seen]
    scale = float(maxima.max()) if is_points else 100.0
    spread = _spread(scores, scale)
    alpha, why = _alpha_or_why(responses)
    stratified, why_not = _stratified_or_why(responses, why)
    sd, loss = spread["sd"], None if alpha is None else sqrt(max(0.0, 1 - alpha))
    sem = None if sd is None or loss is None else sd * loss
    missing = dict.fromkeys(("alpha", "sem", "internal_consistency", "error_ratio", "standard_error"), why)
    missing |= {"stratified_alpha": why_not} | {
        name: "too-few-people" if len(scores) < needed else "scores-alike"
        for name, needed in NEEDED.items()
        if spread[name] is None
    }
    return TestStatistics(
        n=len(scores),
        items=len(responses.items),
        unit="points" if is_points else "percent",
        mean=float(scores.mean()),
        median=float(np.median(scores)),
        alpha=alpha,
        sem=sem,
        internal_consistency=None if alpha is None else 100 * alpha,
        error_ratio=None if loss is None else 100 * loss,
        standard_error=sem,
        stratified_alpha=stratified,
        reasons={name: code for name, code in missing.items() if code},
        histogram=_histogram(scores),
        **spread,
    )


test_statistics.__test__ = False  # type: ignore[attr-defined]  # pytest takes the name for a test

NEEDED = {"sd": 2, "skewness": 3, "kurtosis": 4}  # people


def _spread(scores: Floats, scale: float) -> dict[str, float | None]:
    """SD with n - 1; skewness k3 / k2^1.5 and kurtosis k4 / k2^2 of the k-statistics, Fisher 1930."""
    n, centred = len(scores), scores - scores.mean()
    if n < 2:
        return dict.fromkeys(NEEDED)
    if not varies(scores, scale):
        return {"sd": 0.0, "skewness": None, "kurtosis": None}
    m2, m3, m4 = (float((centred**power).mean()) for power in (2, 3, 4))
    k2 = n * m2 / (n - 1)
    k3 = n**2 * m3 / ((n - 1) * (n - 2)) if n > 2 else None
    k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3)) if n > 3 else None
    return {
        "sd": sqrt(k2),
        "skewness": None if k3 is None else k3 / k2**1.5,
        "kurtosis": None if k4 is None else k4 / k2**2,
    }


def _alpha_or_why(responses: Responses) -> tuple[float | None, str]:
    people, items = responses.marks.shape
    if not responses.is_complete:
        return None, "papers-differ"
    if items < 2:
        return None, "one-item"
    if people < 2:
        return None, "too-few-people"
    if not varies(responses.totals, float(responses.max_marks.sum())):
        return None, "scores-alike"
    return _alpha(responses.marks), ""


def _alpha(marks: Floats) -> float:
    items: int = marks.shape[1]
    variances, whole = marks.var(axis=0, ddof=1), marks.sum(axis=1).var(ddof=1)
    return min(1.0, items / (items - 1) * (1 - float(variances.sum()) / float(whole)))


def _stratified_or_why(responses: Responses, why: str) -> tuple[float | None, str]:
    if responses.strata is None:
        return None, "no-strata"
    if why:
        return None, why
    strata = np.array(responses.strata)
    parts = [responses.marks[:, strata == name] for name in dict.fromkeys(responses.strata)]
    whole = responses.totals.var(ddof=1)
    return 1 - sum(_error(part, float(responses.max_marks.sum())) for part in parts) / float(whole), ""


def _error(marks: Floats, scale: float) -> float:
    """Error variance of a stratum: var(X_s) (1 - alpha_s), all of it for a single item."""
    scores = marks.sum(axis=1)
    if not varies(scores, scale):
        return 0.0
    return float(scores.var(ddof=1)) * (1 - (_alpha(marks) if marks.shape[1] > 1 else 0.0))


def _histogram(scores: Floats) -> tuple[tuple[float, int], ...]:
    values, counts = np.unique(scores, return_counts=True)
    if len(values) > MOST_BARS:
        counts, edges = np.histogram(scores, bins=MOST_BARS // 2)
        values = (edges[:-1] + edges[1:]) / 2
    return tuple(zip(values.tolist(), counts.tolist(), strict=True))
