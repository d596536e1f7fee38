"""The criteria a ranking chain is made of: each turns a tally into a whole number, lower is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from quizlib.contest.tally import Facts, Tally

Key = Callable[[Tally], int]

Target = Literal["participants", "all-correct"]
Tie = Literal["tie", "below-first", "above-first"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_PREDICTION = 1 << 100


@dataclass(frozen=True, slots=True)
class Criterion:
    """A link of the chain; ``seconds`` is the width of a band, ``target`` and ``tie`` the prediction's."""

    name: str
    seconds: int = 0
    target: Target = "participants"
    tie: Tie = "tie"


def key_of(criterion: Criterion, facts: Facts | None) -> Key:
    return CRITERIA[criterion.name](criterion, facts)


def _score(criterion: Criterion, facts: Facts | None) -> Key:
    return lambda tally: -tally.points


def _all_correct(criterion: Criterion, facts: Facts | None) -> Key:
    return lambda tally: 0 if tally.all_correct else 1


def _prediction(criterion: Criterion, facts: Facts | None) -> Key:
    """Distance to the target, doubled so that the half step of a tie rule fits between two distances."""
    if facts is None:
        return _level
    target = facts.participants if criterion.target == "participants" else facts.all_correct
    later = {"tie": 0, "below-first": 1, "above-first": -1}[criterion.tie]  # the side that gives way

    def distance(tally: Tally) -> int:
        if tally.prediction is None:
            return _NO_PREDICTION
        off = tally.prediction - target
        return 2 * abs(off) + (off * later > 0)

    return distance


def _time(criterion: Criterion, facts: Facts | None) -> Key:
    return lambda tally: tally.seconds


def _time_bands(criterion: Criterion, facts: Facts | None) -> Key:
    return lambda tally: tally.seconds // criterion.seconds


def _earliest(criterion: Criterion, facts: Facts | None) -> Key:
    return lambda tally: (tally.submitted_at - _EPOCH) // _MICROSECOND


def _committee(criterion: Criterion, facts: Facts | None) -> Key:
    return _level


def _level(tally: Tally) -> int:
    return 0


CRITERIA: dict[str, Callable[[Criterion, Facts | None], Key]] = {
    "score": _score,
    "all-correct": _all_correct,
    "prediction": _prediction,
    "time": _time,
    "time-bands": _time_bands,
    "earliest": _earliest,
    "committee": _committee,
}
