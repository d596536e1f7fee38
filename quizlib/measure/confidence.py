"""Judgements with a sureness: the area under the ROC curve, calibration, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from statistics import fmean, variance

from quizlib.measure.detection import Detection, detection

# Ours, not from the literature:
STATED = {1: 0.55, 2: 0.7, 3: 0.85, 4: 0.95}  # the probability of being right that a sureness step states
FEWEST_JUDGEMENTS = 5  # of one tactic or channel, below which a share says nothing


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged message; ``sureness`` from 1 (a guess) to 4 (quite sure), else ValueError."""

    is_scam: bool
    said_scam: bool
    sureness: int
    tactic: str = ""
    channel: str = ""

    def __post_init__(self) -> None:
        if self.sureness not in STATED:
            raise ValueError(f"sureness must be 1, 2, 3 or 4, not {self.sureness}")

    @property
    def is_right(self) -> bool:
        return self.is_scam == self.said_scam

    @property
    def rating(self) -> int:
        """From -4 (surely genuine) to 4 (surely a scam), never 0."""
        return self.sureness if self.said_scam else -self.sureness

    @property
    def stated(self) -> float:
        """The probability of being right that the sureness states, 0..1."""
        return STATED[self.sureness]


@dataclass(frozen=True, slots=True)
class Auc:
    """``value`` 0..1, 0.5 is chance; ``standard_error`` is None with only one scam or one genuine message."""

    value: float
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """Judgements of one sureness; ``right_share`` 0..1, None if there are none."""

    sureness: int
    stated: float
    count: int
    right_share: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """``brier`` 0..1, less is better; ``over_confidence`` -1..1, above 0 is surer than right; four steps."""

    brier: float
    over_confidence: float
    steps: tuple[Step, ...]

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def of_judgements(judgements: Iterable[Judgement]) -> Detection:
    """The four counts, whatever the sureness; ValueError without scams or without genuine messages."""
    counts = Counter((each.is_scam, each.said_scam) for each in judgements)
    return detection(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def auc(judgements: Iterable[Judgement]) -> Auc:
    """How often a scam is rated above a genuine message, ties half: mean over all pairs of the two.

    Standard error by DeLong et al. 1988 (doi 10.2307/2531595); it is 0, hence worthless, where every scam is
    rated above every genuine message. For one person's judgements: those of several people depend on each
    other. ValueError without scams or without genuine messages.
    """
    ratings = [(each.is_scam, each.rating) for each in judgements]
    scams = Counter(rating for is_scam, rating in ratings if is_scam)
    genuine = Counter(rating for is_scam, rating in ratings if not is_scam)
    if not scams or not genuine:
        raise ValueError("an AUC needs at least one judged scam and one judged genuine message")
    above, below = _shares_below(scams, genuine), _shares_below(genuine, scams)
    return Auc(fmean(above), _delong_error(above, below))


def calibration(judgements: Iterable[Judgement]) -> Calibration:
    """Does sureness keep what it states? ValueError without judgements.

    Brier score: mean of (stated - right)^2. Over-confidence: mean of stated - share right.
    """
    judged = tuple(judgements)
    if not judged:
        raise ValueError("calibration needs at least one judgement")
    gaps = [each.stated - each.is_right for each in judged]
    steps = tuple(_step(sureness, judged) for sureness in STATED)
    return Calibration(fmean(gap**2 for gap in gaps), fmean(gaps), steps)


def right_share(judgements: Sequence[Judgement]) -> float | None:
    """Share judged right, 0..1; None if there are none."""
    return fmean(each.is_right for each in judgements) if judgements else None


def by(
    judgements: Iterable[Judgement], key: Callable[[Judgement], str], minimum: int = FEWEST_JUDGEMENTS
) -> dict[str, tuple[Judgement, ...]]:
    """Groups of at least ``minimum`` judgements, sorted by name; an empty key belongs to no group.

    >>> by([Judgement(True, True, 4, tactic="hurry")] * 5, lambda each: each.tactic).keys()
    dict_keys(['hurry'])
    """
    groups: dict[str, list[Judgement]] = {}
    for each in judgements:
        groups.setdefault(key(each), []).append(each)
    return {name: tuple(group) for name, group in sorted(groups.items()) if name and len(group) >= minimum}


def _shares_below(ratings: Counter[int], others: Counter[int]) -> list[float]:
    """For each rating the share of the ``others`` that lie below it, ties half; DeLong's placements."""
    total = others.total()
    below = {each: sum(count for other, count in others.items() if other < each) for each in ratings}
    return [(below[each] + others[each] / 2) / total for each in ratings.elements()]


def _delong_error(above: Sequence[float], below: Sequence[float]) -> float | None:
    if min(len(above), len(below)) < 2:
        return None
    return sqrt(variance(above) / len(above) + variance(below) / len(below))


def _step(sureness: int, judgements: Iterable[Judgement]) -> Step:
    chosen = [each for each in judgements if each.sureness == sureness]
    return Step(sureness, STATED[sureness], len(chosen), right_share(chosen))
