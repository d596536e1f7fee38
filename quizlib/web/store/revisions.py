"""Which migration the database is at, and which one this code was written for."""

from __future__ import annotations

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from quizlib.web.tables import db


def of_database() -> str | None:
    """Empty before the first migration, None when the database does not answer."""
    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    except SQLAlchemyError:
        return None


def of_code() -> str:
    return known(current_app.extensions["migrate"].directory)[0]


def is_known(revision: str) -> bool:
    return revision in known(current_app.extensions["migrate"].directory)


@cache
def known(folder: str) -> tuple[str, ...]:
    """The newest first."""
    return tuple(each.revision for each in ScriptDirectory(folder).walk_revisions())
