"""The end of a piece of work: kept as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError

from quizlib.web.tables import db


def commit() -> None:
    db.session.commit()


def at_once(statement: Executable, values: Mapping[str, object]) -> tuple[Any, ...] | None:
    """The first row of one statement that is a transaction by itself: one way to the database and back.

    It must be safe to repeat: when the connection turns out to be dead it is asked again over a new one.
    """
    try:
        return first(statement, values)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return first(statement, values)


def first(statement: Executable, values: Mapping[str, object]) -> tuple[Any, ...] | None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        row = connection.execute(statement, values).first()
    return None if row is None else tuple(row)
