"""Which of one entry's attempts counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizlib.contest.tally import Tally


def best(attempts: Sequence[Tally]) -> Tally:
    """Most points; among equal points the earliest submitted."""
    return min(attempts, key=lambda tally: (-tally.points, tally.submitted_at))


def first(attempts: Sequence[Tally]) -> Tally:
    return min(attempts, key=lambda tally: tally.submitted_at)


def last(attempts: Sequence[Tally]) -> Tally:
    return max(attempts, key=lambda tally: tally.submitted_at)


# From the attempts of one entry (at least one) to the one that is ranked, its prediction with it.
COUNTING: dict[str, Callable[[Sequence[Tally]], Tally]] = {"best": best, "first": first, "last": last}
