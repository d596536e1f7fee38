"""At its limit a server says so at once, in plain words, rather than keep everybody waiting."""

from __future__ import annotations

import secrets
from collections import deque
from threading import Lock

from flask import Flask, request

from quizlib.errors import Refusal
from quizlib.web.config import Settings

PATIENCE = 5  # seconds in which one's turn comes, or a connection to the database is free
SPARE = 8  # threads of a server that are left to refuse, to tell its health, to hand out files
NEVER_REFUSED = (None, "static", "health")  # blueprints; files have none
SITTING = ("attempts", "resume")  # their clock runs: they come before who starts and who looks


class Work:
    """The requests in hand: a few are worked on at once, the others wait, first come first served.

    More at once would only fight for the interpreter; without the order some would wait for seconds.
    """

    def __init__(self, at_once: int) -> None:
        self.free, self.lock = at_once, Lock()
        self.first: deque[Lock] = deque()  # who sits a paper
        self.others: deque[Lock] = deque()

    def take(self, most_waiting: int, is_first: bool) -> bool:
        """False at once when too many wait already, or when no turn has come in time."""
        turn, queue = Lock(), self.first if is_first else self.others
        turn.acquire()
        with self.lock:
            if self.free:
                self.free -= 1
                return True
            if len(self.first) + len(self.others) >= most_waiting:
                return False
            queue.append(turn)
        return turn.acquire(timeout=PATIENCE) or not self.gave_up(turn, queue)

    def gave_up(self, turn: Lock, queue: deque[Lock]) -> bool:
        """False when the turn came in the very last moment."""
        with self.lock:
            waits = turn in queue
            if waits:
                queue.remove(turn)
        return waits

    def leave(self) -> None:
        with self.lock:
            queue = self.first or self.others
            if queue:
                queue.popleft().release()
            else:
                self.free += 1


def install_busy(app: Flask, settings: Settings) -> None:
    """Everybody but those sitting a paper may take two thirds of the places."""
    work = app.extensions["quizlib.work"] = Work(settings.pool)

    @app.before_request
    def take() -> None:
        if request.blueprint in NEVER_REFUSED:
            return
        sits = request.blueprint in SITTING
        if not work.take(settings.busy if sits else settings.busy * 2 // 3, sits):
            raise busy()
        request.environ["quizlib.in-hand"] = [True]  # emptied once, whoever copies this request

    @app.teardown_request
    def leave(error: BaseException | None) -> None:
        if mark := request.environ.get("quizlib.in-hand"):
            mark.clear()
            work.leave()


def busy() -> Refusal:
    """To be tried again after a pause that is not the same for all; shorter for whom the clock runs."""
    sits = request.blueprint in SITTING
    return Refusal("busy", seconds=3 + secrets.randbelow(6) if sits else 10 + secrets.randbelow(21))
