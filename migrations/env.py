"""Runs migrations on the application's own engine, inside one transaction where the database allows it."""

from alembic import context
from flask import current_app

from quizlib.web.tables import Moment

database = current_app.extensions["migrate"].db


def render_item(sort: str, thing: object, _context: object) -> str | bool:
    """A moment is written as the type the database has, so that old migrations need none of our code."""
    return "sa.DateTime(timezone=True)" if isinstance(thing, Moment) else False


def run() -> None:
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
