"""Bytes kept under their hash."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select

from quizlib.errors import FrozenError
from quizlib.web.store.dialect import insert_once
from quizlib.web.tables import Frozen, db


def keep(body: bytes, now: datetime) -> str:
    """Keep the bytes, once; returns their SHA-256 in hex."""
    found = hashlib.sha256(body).hexdigest()
    row = {"hash": found, "body": body, "kept_at": now}
    db.session.execute(insert_once(Frozen.__table__), row)
    return found


def fetch(wanted: str) -> bytes:
    """The bytes kept; ``FrozenError`` when they are gone or no longer the same."""
    body = db.session.scalar(select(Frozen.body).where(Frozen.hash == wanted))
    if body is None or hashlib.sha256(body).hexdigest() != wanted:
        raise FrozenError(f"what was frozen as {wanted} is missing or altered")
    return body
