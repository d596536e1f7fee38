"""The application for a WSGI server, from the settings of the environment."""

from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import DBAPIError

from quizlib.web.app import create_app
from quizlib.web.clock import now
from quizlib.web.sheets import sheet_of
from quizlib.web.shelf import bundled
from quizlib.web.store import rounds


def read_ahead(app: Flask) -> None:
    """What takes a second to read is read before the first people come, who would all read it at once."""
    bundled()
    with app.app_context(), suppress(DBAPIError):  # without a database there is nothing to read yet
        for round in rounds.unclosed(now()):
            sheet_of(round.id)


app = create_app()
read_ahead(app)
