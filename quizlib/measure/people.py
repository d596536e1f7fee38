"""Detection figures of a group of people, never of a group so small that they tell on its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from statistics import fmean, stdev

from quizlib.measure.detection import Detection
from quizlib.measure.leaning import LEANINGS

FEWEST_PEOPLE = 10  # ours


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Means over ``people``; d' and c with the standard error of their mean; ``leanings`` counts people."""

    people: int
    accuracy: float
    hits_share: float
    correct_share: float
    d_prime: float
    d_prime_error: float
    criterion: float
    criterion_error: float
    leanings: Mapping[str, int]

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def aggregate(people: Sequence[Detection], minimum: int = FEWEST_PEOPLE) -> Aggregate | None:
    """Means over people, one ``Detection`` a person; None for fewer people than ``minimum``.

    It is the mean of d', not the d' of summed counts, which comes out too small where people differ in c. The
    log-linear rates draw d' towards 0, the more the shorter the paper: compare groups with papers of one
    length. ValueError for a minimum below 2: one person is no group.
    """
    if minimum < 2:
        raise ValueError(f"a group has at least 2 people: the minimum must not be {minimum}")
    if len(people) < minimum:
        return None
    d_prime, d_prime_error = _mean_and_error([each.d_prime for each in people])
    criterion, criterion_error = _mean_and_error([each.criterion for each in people])
    leanings = Counter(each.leaning for each in people)
    return Aggregate(
        people=len(people),
        accuracy=fmean(each.accuracy for each in people),
        hits_share=fmean(each.hits_share for each in people),
        correct_share=fmean(each.correct_share for each in people),
        d_prime=d_prime,
        d_prime_error=d_prime_error,
        criterion=criterion,
        criterion_error=criterion_error,
        leanings={name: leanings[name] for name in LEANINGS},
    )


def _mean_and_error(numbers: Sequence[float]) -> tuple[float, float]:
    """Mean, and its standard error: sample standard deviation / square root of how many."""
    return fmean(numbers), stdev(numbers) / sqrt(len(numbers))
