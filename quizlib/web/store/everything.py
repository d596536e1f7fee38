"""Every row of every table at whatever migration: out as lines of JSON and in again, on either database."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Table, event, func, literal, select

from quizlib.web.tables import Moment, db

AT_ONCE = 1000  # rows
READERS: tuple[tuple[type, Callable[[str], object]], ...] = (
    (LargeBinary, base64.b64decode),
    (Moment, datetime.fromisoformat),
    (Date, date.fromisoformat),
)


@contextmanager
def snapshot() -> Iterator[tuple[str, Iterator[tuple[str, Iterator[str]]]]]:
    """The migration, and (table, its rows), all of one moment, while others go on writing."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        yield revision, ((table.name, lines(connection, table)) for table in tables(connection))


def lines(connection: Connection, table: Table) -> Iterator[str]:
    for row in connection.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings():
        yield json.dumps(dict(row), default=written, ensure_ascii=False)


def written(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    assert isinstance(value, date)
    return value.isoformat()


def is_empty() -> bool:
    """Whether there is no row at all; tables there may be."""
    with db.engine.connect() as connection:
        asked = [select(literal(1)).select_from(table).limit(1) for table in tables(connection)]
        return not any(connection.execute(statement).first() for statement in asked)


@contextmanager
def refilled(lines_of: Callable[[str], Iterable[bytes]]) -> Iterator[dict[str, int]]:
    """Put every row in and count them; all of it is kept if the block ends well, and nothing otherwise."""
    with db.engine.begin() as connection:
        yield {table.name: fill(connection, table, lines_of(table.name)) for table in tables(connection)}


def fill(connection: Connection, table: Table, given: Iterable[bytes]) -> int:
    rows, count = (read(table, line) for line in given), 0
    while batch := list(islice(rows, AT_ONCE)):
        connection.execute(table.insert(), batch)
        count += len(batch)
    numbered = table.autoincrement_column
    if numbered is not None and connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, numbered.name)
        connection.execute(select(func.setval(sequence, func.max(numbered))))
    return count


def read(table: Table, line: bytes) -> dict[str, object]:
    row: dict[str, object] = json.loads(line)
    for name, value in row.items():
        readers = [reader for sort, reader in READERS if isinstance(table.c[name].type, sort)]
        row[name] = readers[0](value) if readers and isinstance(value, str) else value
    return row


def tables(connection: Connection) -> list[Table]:
    """As they are in the database, which may be older than this code; each after those it refers to."""
    found = MetaData()
    event.listen(found, "column_reflect", as_moment)
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def as_moment(inspector: object, table: Table, column: dict[str, object]) -> None:
    if isinstance(column["type"], DateTime):
        column["type"] = Moment()
