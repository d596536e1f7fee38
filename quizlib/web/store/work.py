"""The end of a piece of work: kept as a whole."""

from __future__ import annotations

from quizlib.web.tables import db


def commit() -> None:
    db.session.commit()
