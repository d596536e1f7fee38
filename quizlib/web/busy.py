"""At its limit a server says so at once, in plain words, rather than keep everybody waiting."""

from __future__ import annotations

import secrets
from threading import BoundedSemaphore, Lock

from flask import Flask, g, request

from quizlib.errors import Refusal
from quizlib.web.config import Settings

PATIENCE = 5  # seconds in which one's turn comes, or a connection to the database is free
SPARE = 8  # threads of a server that are left to refuse, to tell its health, to hand out files
NEVER_REFUSED = (None, "static", "health")  # blueprints; files have none
SITTING = ("attempts", "resume")  # their clock runs: they come before who starts and who looks


class Work:
    """How many requests are in hand in this process; a few at once are worked on, the others wait a moment."""

    def __init__(self, at_once: int) -> None:
        self.count, self.lock, self.turns = 0, Lock(), BoundedSemaphore(at_once)

    def take(self, most: int) -> bool:
        with self.lock:
            if self.count >= most:
                return False
            self.count += 1
        if self.turns.acquire(timeout=PATIENCE):
            return True
        self.add(-1)
        return False

    def leave(self) -> None:
        self.turns.release()
        self.add(-1)

    def add(self, hands: int) -> None:
        with self.lock:
            self.count += hands


def install_busy(app: Flask, settings: Settings) -> None:
    """Everybody but those sitting a paper may take two thirds of the places."""
    work = app.extensions["quizlib.work"] = Work(settings.pool)

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
