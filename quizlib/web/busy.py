"""At its limit a server says so at once, in plain words, rather than keep everybody waiting."""

from __future__ import annotations

import secrets
from threading import Lock

from flask import Flask, g, request

from quizlib.errors import Refusal
from quizlib.web.config import Settings

SPARE = 8  # threads of a server that are left to refuse, to tell its health, to hand out files
NEVER_REFUSED = (None, "static", "health")  # blueprints; files have none
SITTING = ("attempts", "resume")  # their clock runs: they come before who starts and who looks


class Work:
    """How many requests are in hand in this process."""

    def __init__(self) -> None:
        self.count, self.lock = 0, Lock()

    def take(self, most: int) -> bool:
        with self.lock:
            taken = self.count < most
            self.count += taken
        return taken

    def leave(self) -> None:
        with self.lock:
            self.count -= 1


def install_busy(app: Flask, settings: Settings) -> None:
    """Everybody but those sitting a paper may take two thirds of the places."""
    work = app.extensions["quizlib.work"] = Work()

    @app.before_request
    def take() -> None:
        if request.blueprint in NEVER_REFUSED:
            return
        most = settings.busy if request.blueprint in SITTING else max(1, settings.busy * 2 // 3)
        if not work.take(most):
            raise busy()
        g.in_hand = True

    @app.teardown_request
    def leave(error: BaseException | None) -> None:
        if g.pop("in_hand", False):
            work.leave()


def busy() -> Refusal:
    """To be tried again after a pause that is not the same for all; shorter for whom the clock runs."""
    sitting = request.blueprint in SITTING
    return Refusal("busy", seconds=3 + secrets.randbelow(6) if sitting else 10 + secrets.randbelow(21))
