"""The application for a WSGI server, from the settings of the environment."""

from quizlib.web.app import create_app

app = create_app()
