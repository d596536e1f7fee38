"""Outcomes, and the tallies that are ranked; revisions are appended, the newest counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, func, select, true
from sqlalchemy.orm import aliased

from quizlib.contest.tally import Tally
from quizlib.web.store.dialect import insert_once
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
ROWS = Row.__table__
NEWEST = (
    select(*(ROWS.c[name] for name in FIELDS))
    .where(ROWS.c.attempt == bindparam("attempt"))
    .order_by(ROWS.c.revision.desc())
    .limit(1)
)


def append(outcome: Outcome) -> None:
    db.session.execute(insert_once(ROWS), asdict(outcome))


def newest(attempt: str) -> Outcome | None:
    row = db.session.execute(NEWEST, {"attempt": attempt}).first()
    return Outcome(*row) if row else None


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
    statement, wanted = tally_query(bool(entry)), {"round": round_id, "entry": entry}
    for attempt, person, *facts in db.session.execute(statement, wanted):
        found.setdefault(person, []).append((attempt, Tally(person, *facts)))
    return found


@cache
def tally_query(of_one: bool) -> Executable:
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
        .where(Attempt.round == bindparam("round"), ~Attempt.void, Entry.voided_at.is_(None))
        .where(Entry.id == bindparam("entry") if of_one else true())
        .order_by(Attempt.entry, Attempt.ordinal)
    )
