"""What the databases we serve on say differently."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, FromClause, event
from sqlalchemy.dialects import postgresql, sqlite

from quizlib.web.tables import db


def insert(table: FromClause) -> Any:
    """An insert that knows ``on_conflict_...``, as PostgreSQL and SQLite both have it."""
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(table)


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: object, record: object) -> None:
    """Readers do not wait for the writer, writers wait for each other, an acknowledged answer is on disk."""
    if isinstance(connection, sqlite3.Connection):
        for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")
