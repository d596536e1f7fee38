"""For those who run the site: does it answer, can it serve, how does it fare."""

from __future__ import annotations

import hmac
import tempfile

from flask import Blueprint, Response, current_app, request

from quizlib.errors import Refusal
from quizlib.web import watch
from quizlib.web.config import Settings
from quizlib.web.store import revisions

health = Blueprint("health", __name__)
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


@health.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers; a supervisor restarts it when it does not."""
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> tuple[dict[str, object], int]:
    """A proxy sends people here only while this says 200."""
    at = revisions.of_database()
    wrong = {
        "database-unreachable": at is None,
        "database-not-migrated": at not in (None, revisions.of_code()),
        "data-folder-not-writable": not can_write(),
    }
    reasons = [reason for reason, is_so in wrong.items() if is_so]
    return {"status": "not-ready" if reasons else "ok", "reasons": reasons}, 503 if reasons else 200


def can_write() -> bool:
    """By writing: a full disk and a read-only one look alike to people."""
    try:
        with tempfile.TemporaryFile(dir=settings().data) as file:
            file.write(bytes(4096))
    except OSError:
        return False
    return True


@health.get("/metrics")
def metrics() -> Response:
    """For whoever has the token of ``QUIZLIB_METRICS``; without that setting for this machine alone."""
    if not may_read():
        raise Refusal("not-found")
    return Response(watch.figures(), mimetype="text/plain; version=0.0.4")


def may_read() -> bool:
    """A proxy on this machine is no reader: what it passes on says so."""
    if settings().metrics:
        asked = request.headers.get("Authorization", "")
        return hmac.compare_digest(asked.encode(), f"Bearer {settings().metrics}".encode())
    passed_on = any(name in request.headers for name in PASSED_ON)
    return request.remote_addr in ("127.0.0.1", "::1") and not passed_on
