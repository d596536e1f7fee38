"""What this site warns of: the bundled alerts, and those that its own staff have written."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import current_app

from quizlib.learn.alerts import BUNDLED_ALERTS, Alert, current, read_alerts
from quizlib.web.clock import local_day, now
from quizlib.web.shelf import taught


def current_alerts(topic: str = "") -> list[Alert]:
    """Those of one topic or all, newest first; one of the staff's replaces the bundled one of its id."""
    found = {alert.id: alert for file in alert_files() for alert in faultless(file, changed(file))}
    held = current(found.values(), local_day(now()))
    return [alert for alert in held if topic in ("", alert.topic)]


def alert_files() -> tuple[Path, Path]:
    return BUNDLED_ALERTS, current_app.config["SETTINGS"].data / "alerts.toml"


def changed(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


@lru_cache(maxsize=4)
def faultless(file: Path, changed_at: int) -> list[Alert]:
    """Read once a change; a file with a fault is left out whole and told in the log, so that pages go on."""
    alerts, faults = read_alerts(file, taught())
    for fault in faults:
        current_app.logger.error(fault.line())
    return [] if faults else alerts
