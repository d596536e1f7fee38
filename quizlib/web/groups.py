"""The groups of ``flask`` commands, and how they refuse."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from quizlib.errors import QuizError
from quizlib.web.config import Settings


class Group(AppGroup):
    """Commands whose refusals are told in one clear line each, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except QuizError as error:
            raise click.ClickException(str(error)) from error


contest = Group("contest", help="Contests and their rules.")
round = Group("round", help="Open, close, settle, publish and correct a round.")
entry = Group("entry", help="People of a round.")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
