"""The end of a piece of work: kept as a whole, or not at all."""

from __future__ import annotations

from quizlib.web.tables import db


def commit() -> None:
    db.session.commit()


def undo() -> None:
    db.session.rollback()
