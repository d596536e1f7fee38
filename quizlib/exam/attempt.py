"""Attempt: one sitting and its clock. Nothing here reads a clock; ``now`` is always given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

EXPIRIES = ("submit", "grace", "void")
ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long an attempt lasts and what becomes of one that is not submitted in time.

    ``expiry``: "submit" counts what was saved; "grace" leaves ``grace`` to submit, without new answers, and
    voids what is not submitted then; "void" voids. ``leeway`` is for packets in flight only.
    """

    limit: timedelta | None
    leeway: timedelta = timedelta(seconds=5)
    expiry: str = "submit"
    grace: timedelta = ZERO


@dataclass(frozen=True, slots=True)
class Attempt:
    """Times are aware and in UTC; ``closes_at`` is the end of the round (half-open)."""

    started_at: datetime
    closes_at: datetime
    timing: Timing
    extra: timedelta = ZERO
    submitted_at: datetime | None = None


def deadline(attempt: Attempt) -> datetime:
    """The one deadline: start + limit + extra time, but never after the round closes."""
    if attempt.timing.limit is None:
        return attempt.closes_at
    return min(attempt.started_at + attempt.timing.limit + attempt.extra, attempt.closes_at)


def answers_until(attempt: Attempt) -> datetime:
    """Answers received before this moment are kept."""
    return deadline(attempt) + attempt.timing.leeway


def submits_until(attempt: Attempt) -> datetime:
    """A submission received before this moment counts as the contestant's own."""
    grace = attempt.timing.grace if attempt.timing.expiry == "grace" else ZERO
    return answers_until(attempt) + grace


def phase(attempt: Attempt, now: datetime) -> str:
    """ "open", "grace" (submit only), "expired" (somebody must close it) or "submitted"."""
    if attempt.submitted_at is not None:
        return "submitted"
    if now < answers_until(attempt):
        return "open"
    return "grace" if now < submits_until(attempt) else "expired"


def closing(attempt: Attempt) -> tuple[datetime, bool]:
    """When an expired attempt counts as ended, and whether it is void."""
    return deadline(attempt), attempt.timing.expiry != "submit"


def seconds_left(attempt: Attempt, now: datetime) -> int:
    """Whole seconds until the deadline, never below 0."""
    return max(0, int((deadline(attempt) - now).total_seconds()))


def seconds_used(attempt: Attempt, ended_at: datetime) -> int:
    """Whole seconds from the start to ``ended_at``, at most up to the deadline."""
    return max(0, int((min(ended_at, deadline(attempt)) - attempt.started_at).total_seconds()))
