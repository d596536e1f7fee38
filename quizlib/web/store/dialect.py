"""What the databases we serve on say differently."""

from __future__ import annotations

import sqlite3
from functools import cache
from threading import Lock
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Executable, FromClause, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, Pool

from quizlib.web.tables import db

WRITES = ("INSERT", "UPDATE", "DELETE")
WRITER, LONGEST = Lock(), 20  # seconds


def insert(table: FromClause) -> Any:
    """An insert that knows ``on_conflict_...``, as PostgreSQL and SQLite both have it."""
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(table)


def insert_once(table: FromClause) -> Executable:
    """What is there already stays. Kept, as all statements of an attempt's way are: building one takes
    several times as long as sending it."""
    return once(db.engine.dialect.name, table)


@cache
def once(dialect: str, table: FromClause) -> Executable:
    """``dialect`` is that of the database at hand."""
    found: Executable = insert(table).on_conflict_do_nothing()
    return found


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: object, record: object) -> None:
    """Readers do not wait for the writer, and an acknowledged answer is on disk, also after a power cut."""
    if isinstance(connection, sqlite3.Connection):
        settings = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={LONGEST}000", "foreign_keys=ON")
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")


@event.listens_for(Pool, "checkout")
def leave_the_ended(connection: object, record: object, pooled: object) -> None:
    """What a database that went away said last lies here already: asking whether it lives would double the
    way of every answer."""
    if isinstance(connection, psycopg.Connection) and has_ended(connection):
        raise InvalidatePoolError


def has_ended(connection: psycopg.Connection[object]) -> bool:
    """Nothing is read over the network: a last word may wait, and behind it the end."""
    try:
        connection.pgconn.consume_input()
        connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return True
    return connection.closed


@event.listens_for(Engine, "before_cursor_execute")
def wait_to_write(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
    """SQLite has one writer, and whoever polls for it may starve for seconds: threads stand in line here."""
    if (
        connection.dialect.name == "sqlite"
        and statement.startswith(WRITES)
        and not connection.info.get("writes")
    ):
        connection.info["writes"] = WRITER.acquire(timeout=LONGEST)


@event.listens_for(Pool, "checkin")
def stop_writing(connection: object, record: ConnectionPoolEntry) -> None:
    """After the commit or rollback, when the connection is put back."""
    if record.info.pop("writes", False):
        WRITER.release()
