"""Outcomes, and the tallies that are ranked; revisions are appended, the newest counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Executable, func, select, true
from sqlalchemy.orm import aliased

from quizlib.contest.tally import Tally
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Attempt, Entry, db
from quizlib.web.tables import Outcome as Row


@dataclass(frozen=True, slots=True)
class Outcome:
    attempt: str
    revision: int
    points: int
    max_points: int
    all_correct: bool
    passed: bool
    seconds: int
    prediction: int | None
    cause: str
    made_at: datetime


FIELDS = tuple(Outcome.__slots__)


def append(outcome: Outcome) -> None:
    db.session.execute(insert(Row.__table__).values(asdict(outcome)).on_conflict_do_nothing())


def newest(attempt: str) -> Outcome | None:
    statement = select(Row).where(Row.attempt == attempt).order_by(Row.revision.desc()).limit(1)
    row = db.session.scalar(statement)
    return Outcome(**{name: getattr(row, name) for name in FIELDS}) if row else None


def of_round(round_id: int) -> dict[str, Outcome]:
    """The newest outcome of each attempt of the round."""
    rows = db.session.scalars(
        select(Row)
        .join(Attempt, Attempt.id == Row.attempt)
        .where(Attempt.round == round_id)
        .order_by(Row.revision)
    )
    return {row.attempt: Outcome(**{name: getattr(row, name) for name in FIELDS}) for row in rows}


def most_points(round_id: int) -> int:
    """What a paper of the round can earn; nought before the first outcome."""
    statement = select(func.max(Row.max_points)).join(Attempt, Attempt.id == Row.attempt)
    return db.session.scalar(statement.where(Attempt.round == round_id)) or 0


def tallies(round_id: int, entry: str = "") -> dict[str, list[tuple[str, Tally]]]:
    """By entry, (attempt, tally) of every submitted attempt that is not void, of people not voided.

    ``entry`` narrows it to one person.
    """
    found: dict[str, list[tuple[str, Tally]]] = {}
    for attempt, person, *facts in db.session.execute(tally_query(round_id, entry)):
        found.setdefault(person, []).append((attempt, Tally(person, *facts)))
    return found


def tally_query(round_id: int, entry: str) -> Executable:
    newer = aliased(Row)
    last = select(func.max(newer.revision)).where(newer.attempt == Row.attempt).scalar_subquery()
    return (
        select(
            Attempt.id,
            Attempt.entry,
            Row.points,
            Row.all_correct,
            Row.prediction,
            Row.seconds,
            Attempt.submitted_at,
        )
        .join(Row, (Row.attempt == Attempt.id) & (Row.revision == last))
        .join(Entry, Entry.id == Attempt.entry)
        .where(Attempt.round == round_id, ~Attempt.void, Entry.voided_at.is_(None))
        .where(Entry.id == entry if entry else true())
        .order_by(Attempt.entry, Attempt.ordinal)
    )
