"""Published standings: a record by edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from quizlib.contest.tally import Standing
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Entry, db
from quizlib.web.tables import Standing as Row


@dataclass(frozen=True, slots=True)
class Published:
    entry: str
    rank: int
    criterion: str
    points: int
    max_points: int
    prediction: int | None
    seconds: int
    submitted_at: datetime


FIELDS = tuple(Published.__slots__)
PROVISIONAL = 0  # the edition that is replaced while a round is open
A_LOAD = 5_000  # rows written at a time


def keep(round_id: int, edition: int, ranked: Sequence[Standing], max_points: int) -> None:
    """Instead of provisional ones; what was published stays as it is."""
    db.session.execute(delete(Row).where(Row.round == round_id, Row.edition == PROVISIONAL))
    statement = insert(Row.__table__).on_conflict_do_nothing()
    for start in range(0, len(ranked), A_LOAD):
        rows = [
            {
                "round": round_id,
                "edition": edition,
                "entry": each.tally.entry,
                "rank": each.rank,
                "criterion": each.criterion,
                "points": each.tally.points,
                "max_points": max_points,
                "prediction": each.tally.prediction,
                "seconds": each.tally.seconds,
                "submitted_at": each.tally.submitted_at,
            }
            for each in ranked[start : start + A_LOAD]
        ]
        db.session.execute(statement, rows)


def top(round_id: int, edition: int, limit: int, offset: int = 0) -> list[tuple[Published, str, int, str]]:
    """(standing, name, birth year, unit) from the first rank on."""
    order = (Row.rank, Row.submitted_at, Row.entry)
    wanted = select(Row.entry).where(Row.round == round_id, Row.edition == edition).order_by(*order)
    chosen = wanted.limit(limit).offset(offset).subquery()  # before anything is read of those passed over
    rows = db.session.execute(
        select(Row, Entry.name, Entry.birth_year, Entry.unit_name)
        .join(chosen, chosen.c.entry == Row.entry)
        .join(Entry, Entry.id == Row.entry)
        .where(Row.round == round_id, Row.edition == edition)
        .order_by(*order)
    )
    return [(value(row), name, born, unit) for row, name, born, unit in rows]


def of_entry(round_id: int, edition: int, entry: str) -> Published | None:
    row = db.session.get(Row, (round_id, edition, entry))
    return value(row) if row else None


def value(row: Row) -> Published:
    return Published(**{name: getattr(row, name) for name in FIELDS})
