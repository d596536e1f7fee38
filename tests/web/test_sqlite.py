"""What SQLite promises here: an answer that was acknowledged is on disk."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from quizlib.web.clock import system_clock
from quizlib.web.store.dialect import WRITER
from quizlib.web.tables import Answer, db
from tests.web.contest import RIGHT, Clock, open_contest, rows
from tests.web.contestant import Contestant

KILLED = """
import os, signal, sys
from quizlib.web import create_app
address, fields = sys.argv[1], dict(each.split("=", 1) for each in sys.argv[2:])
reply = create_app().test_client().post(address, data=fields)
assert reply.json["state"] == "saved", reply.text
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20000)],
)
def test_every_connection_keeps_the_promise(app: Flask, setting: str, value: object) -> None:
    with app.app_context():
        assert db.session.scalar(db.text(f"PRAGMA {setting}")) == value


def test_an_acknowledged_answer_survives_the_death_of_its_process(
    app: Flask, database: str, data: Path, clock: Clock
) -> None:
    clock.now = system_clock()  # that of the process to be killed
    closes = clock.now + timedelta(hours=1)
    open_contest(app, round=[{"number": 1, "opens": clock.now.isoformat(), "closes": closes.isoformat()}])
    person = Contestant(app)
    person.enter()
    person.start()
    form = person.find("choice").forms[0]
    fields = {**form.values(), **form.filled(RIGHT["choice"]), "script": ["1"]}

    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            KILLED,
            form.action,
            *(f"{name}={value[0]}" for name, value in fields.items()),
        ],
        env={"QUIZLIB_DATA": str(data), "DATABASE_URL": database, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [row["response"] for row in rows(app, Answer)] == ['["a"]']


def test_writers_stand_in_line_and_the_line_moves_on(app: Flask) -> None:
    """Also when one gives up: by commit, by rollback, by a connection that is just dropped."""
    with app.app_context():
        for end in (db.session.commit, db.session.rollback, db.session.remove):
            db.session.execute(db.text("INSERT INTO frozen VALUES ('a', '', '2026-11-02')"))
            held = WRITER.locked()
            end()
            db.session.execute(db.text("DELETE FROM frozen"))
            db.session.commit()
            assert (held, WRITER.locked()) == (True, False)
