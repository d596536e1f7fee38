"""The one clock of the web; whoever makes the application may give another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

from quizlib.web.language import ZONE

LOCAL = ZoneInfo(ZONE)


def system_clock() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """Aware, in UTC."""
    moment: datetime = current_app.config["CLOCK"]()
    return moment


def local_day(moment: datetime) -> date:
    """The day that people here write at that moment."""
    return moment.astimezone(LOCAL).date()
