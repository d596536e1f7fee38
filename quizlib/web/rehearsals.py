"""Proof that a crowd which rehearses was sent by the organiser: a signed word, good for an hour."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request

from quizlib.errors import Refusal
from quizlib.web import tokens
from quizlib.web.clock import now

LASTS = timedelta(hours=1)
CHANNEL = "rehearsal"  # of the entries that such a crowd makes


def proof(code: str) -> str:
    until = str(int((now() + LASTS).timestamp()))
    return tokens.sign(current_app.config["SETTINGS"].secret, f"rehearsal {code}", until)


def is_proved(code: str, token: str) -> bool:
    try:
        until, _ = tokens.unsign(current_app.config["SETTINGS"].secret, f"rehearsal {code}", token)
    except Refusal:
        return False
    return now().timestamp() < int(until)


def is_rehearsing() -> bool:
    """The crowd's requests carry contest and proof; they come from one address, and are no flood."""
    code, _, token = request.headers.get("Quizlib-Rehearsal", "").partition("/")
    return bool(token) and is_proved(code, token)
