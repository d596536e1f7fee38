"""Runs migrations on the application's own engine, all of them or none."""

from alembic import context
from flask import current_app

from quizlib.web.tables import Moment

OURS = 7140  # hosts that start together wait for the one that upgrades
database = current_app.extensions["migrate"].db


def render_item(sort: str, thing: object, _context: object) -> str | bool:
    """A moment is written as the type the database has, so that old migrations need none of our code."""
    return "sa.DateTime(timezone=True)" if isinstance(thing, Moment) else False


def run() -> None:
    with database.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:  # it changes a table by making it anew, and must not miss the old one in between
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_server_default=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            connection.exec_driver_sql(
                "BEGIN IMMEDIATE" if is_sqlite else f"SELECT pg_advisory_xact_lock({OURS})"
            )
            context.run_migrations()
            if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("a migration has left a row that refers to nothing")
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run()
