"""Closing what people left open, sooner than the close of the round would; nothing depends on it."""

from __future__ import annotations

import logging
import time
from threading import Thread

from flask import Flask

from quizlib.errors import FrozenError
from quizlib.web import marking
from quizlib.web.clock import now
from quizlib.web.store import overdue, rounds, work

EVERY = 60  # seconds
PAUSE = 0.02  # seconds after each attempt, in which others may write


def sweep(pause: float = 0) -> int:
    """How many attempts were closed, each by itself: one that cannot be marked holds up no other."""
    closed, last = 0, ""
    while found := overdue.after(last, now()):
        for attempt in found:
            try:
                marking.close_if_over(attempt, rounds.get(attempt.round), now())
                work.commit()
                closed += 1
            except FrozenError as error:
                work.undo()
                logging.getLogger(__name__).error("not swept: %s", error)
            time.sleep(pause)
        last = found[-1].id
    return closed


def sweep_for_ever(app: Flask) -> None:
    while True:
        time.sleep(EVERY)
        try:
            with app.app_context():
                sweep(PAUSE)
        except Exception:  # a database that is away for a while ends no server
            app.logger.exception("sweep")


def start_sweeping(app: Flask) -> None:
    """Beside the workers, in the process that watches them."""
    Thread(target=sweep_for_ever, args=(app,), daemon=True).start()
