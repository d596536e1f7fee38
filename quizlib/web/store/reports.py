"""Reports of new scams, kept until their time is over."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from quizlib.web.store.dialect import insert_once
from quizlib.web.tables import Report as Row
from quizlib.web.tables import db

KEPT = timedelta(days=90)  # as long as a contest keeps its people, unless its rules say otherwise


@dataclass(frozen=True, slots=True)
class Report:
    id: str
    text: str
    channel: str
    contact_used: str
    lang: str
    received_at: datetime
    state: str = "new"


def keep(report: Report) -> None:
    """The same form sent twice is one report."""
    db.session.execute(insert_once(Row.__table__), asdict(report))


def everything() -> list[Report]:
    rows = db.session.scalars(select(Row).order_by(Row.received_at))
    return [Report(**{name: getattr(row, name) for name in Report.__slots__}) for row in rows]


def finish(report: str) -> bool:
    """False when there is no such report."""
    statement = update(Row).where(Row.id == report).values(state="done")
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def forget(now: datetime) -> int:
    """Delete those whose time is over; how many they were."""
    statement = delete(Row).where(Row.received_at <= now - KEPT)
    return db.session.execute(statement).rowcount  # type: ignore[attr-defined, no-any-return]
