"""Attempts whose time is over and that nobody has come back to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from quizlib.web.store.attempts import COLUMNS, Attempt
from quizlib.web.tables import Attempt as Row
from quizlib.web.tables import db

AT_ONCE = 500


def after(last: str, now: datetime) -> list[Attempt]:
    """Some of them, in the order of their ids, beginning after ``last``."""
    over = (Row.submitted_at.is_(None), Row.submits_until <= now, Row.id > last)
    rows = db.session.execute(select(*COLUMNS).where(*over).order_by(Row.id).limit(AT_ONCE))
    return [Attempt(*row) for row in rows]
