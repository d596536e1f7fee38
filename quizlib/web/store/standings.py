"""Published standings: a record by edition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

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


def keep(round_id: int, edition: int, standings: Iterable[Published]) -> None:
    rows = [asdict(each) | {"round": round_id, "edition": edition} for each in standings]
    if rows:
        db.session.execute(insert(Row), rows)


def top(round_id: int, edition: int, limit: int, offset: int = 0) -> list[tuple[Published, str, int, str]]:
    """(standing, name, birth year, unit) from the first rank on."""
    rows = db.session.execute(
        select(Row, Entry.name, Entry.birth_year, Entry.unit_name)
        .join(Entry, Entry.id == Row.entry)
        .where(Row.round == round_id, Row.edition == edition)
        .order_by(Row.rank, Row.submitted_at, Row.entry)
        .limit(limit)
        .offset(offset)
    )
    return [(value(row), name, born, unit) for row, name, born, unit in rows]


def of_entry(round_id: int, edition: int, entry: str) -> Published | None:
    row = db.session.get(Row, (round_id, edition, entry))
    return value(row) if row else None


def value(row: Row) -> Published:
    return Published(**{name: getattr(row, name) for name in FIELDS})
