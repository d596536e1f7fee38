"""The site by a clock that somebody else sets: a file says by how many seconds it is wrong."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizlib.web import create_app


def clock() -> datetime:
    file = Path(os.environ["FAULTS_CLOCK"])
    seconds = float(file.read_text()) if file.exists() else 0
    return datetime.now(UTC) + timedelta(seconds=seconds)


app = create_app({"CLOCK": clock})
