"""What is ranked and what comes out: facts of counted attempts, facts of a round, standings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """One entry's attempt in the few facts a ranking may use; ``submitted_at`` is aware."""

    entry: str
    points: int
    all_correct: bool
    prediction: int | None
    seconds: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of a closed round: people (not attempts) whose paper was submitted and not voided."""

    participants: int
    all_correct: int


@dataclass(frozen=True, slots=True)
class Standing:
    """``criterion`` is the one that parted this rank from its neighbour, "tied" on a shared rank."""

    rank: int
    tally: Tally
    criterion: str
