"""People in the middle of their papers on a server of their own, and a record of what they were told."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade

from benchmarks import cohort
from benchmarks.cohort import Person
from benchmarks.driver import Reply, parsed, post, run
from benchmarks.site import ROOT, fill, postgresql, wait_until_up
from benchmarks.ways import Way
from quizlib.rehearsal.page import Form
from quizlib.web import create_app, tokens
from quizlib.web.store import rounds

PEOPLE = 24


@dataclass
class Recorder:
    """The highest sequence that the server said it has, by attempt and seat."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: dict[tuple[str, str], int] = field(default_factory=dict)
    saves: int = 0


@dataclass
class Site:
    """One server that can be killed and started again at its port."""

    environment: dict[str, str]
    folder: Path
    workers: int
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        options = ["--interface", "wsgi", "--workers", str(self.workers), "--blocking-threads", "8"]
        options += ["--no-ws", "--log-level", "critical", "--port", str(self.port)]
        command = [sys.executable, "-m", "granian", *options]
        with (self.folder / "site.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--respawn-failed-workers", "quizlib.web.wsgi:app"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until_up(self.process, self.port, self.folder / "site.log")

    def kill(self) -> None:
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def children(self) -> list[int]:
        assert self.process
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in found.split()]


@dataclass
class Trial:
    """Somebody's questions, the way to the server, what was recorded, and the database's own account."""

    site: Site
    people: list[Person]
    recorder: Recorder
    kept: Callable[[], dict[tuple[str, str], tuple[int, str]]]
    uri: str
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    sequences: Counter[tuple[int, int]] = field(default_factory=Counter)

    def save(self, way: Way, who: int | None = None) -> bool:
        """One new answer of somebody, sent that way; True when the server said that it has it."""
        person = self.people[self.chance.randrange(PEOPLE) if who is None else who]
        place = self.chance.randrange(len(person.questions))
        with self.recorder.lock:
            self.sequences[person.number, place] += 1
            sequence = self.sequences[person.number, place]
        return self.send(person, person.questions[place], sequence, way)

    def send(self, person: Person, form: Form, sequence: int, way: Way) -> bool:
        answered = form.answered(self.chance.randrange(100)) | {"sequence": str(sequence)}
        request = post(form.action, form.body(**answered) + "&script=1", person.number)
        request = request.replace(b"Accept-Encoding: gzip\r\n", b"")
        attempt, seat = form.action.split("/")[2].partition("-")[0], form.sent["form"][0].split("-")[0]
        try:
            raws = way(self.site.port, request)
        except OSError:
            return False
        replies = [parsed(raw) for raw in raws if b"\r\n\r\n" in raw]
        acknowledged = [told for reply in replies if (told := saved(reply))]
        with self.recorder.lock:
            for told in acknowledged:
                self.recorder.saves += 1
                best = self.recorder.acknowledged.get((attempt, seat), 0)
                self.recorder.acknowledged[attempt, seat] = max(best, int(str(told["sequence"])) - 1)
        return bool(acknowledged)

    def lost(self, kept: dict[tuple[str, str], tuple[int, str]]) -> int:
        """Answers that were acknowledged, and of which the database has an older one or none."""
        with self.recorder.lock:
            return sum(kept.get(place, (0, ""))[0] < at for place, at in self.recorder.acknowledged.items())


def saved(reply: Reply) -> dict[str, object] | None:
    try:
        told: dict[str, object] = json.loads(reply.text)
    except ValueError:
        return None
    return told if told.get("state") == "saved" else None


@contextmanager
def trial_on(database: str) -> Iterator[Trial]:
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizlib-faults-")))
        data.chmod(0o755)
        uri = "" if database == "sqlite" else stack.enter_context(postgresql(data / "postgresql"))[0]
        name = uri or f"sqlite:///{data}/quizlib.db"
        app = create_app({"QUIZLIB_DATA": data, "DATABASE_URL": name})
        with app.app_context():
            upgrade()
            fill(app, 30)
        secret = {"QUIZLIB_DATA": str(data), "DATABASE_URL": name, "QUIZLIB_PROXIES": "1"}
        site = Site(os.environ | secret, data, workers=1 if database == "sqlite" else 2)
        site.start()
        stack.callback(site.kill)
        people = [Person() for _ in range(PEOPLE)]

        def burst(step: str, requests: list[bytes]) -> list[Reply]:
            return run(f"http://127.0.0.1:{site.port}", requests, 8).replies

        cohort.enter(people, burst)
        cohort.start(people, burst)
        for each in people:  # stories go step by step, orders want all their places: neither is tried here
            each.questions = [form for form in each.questions if "document" not in form.sent]
        seats = seats_of(app)
        yield Trial(site, people, Recorder(), lambda: account(name, seats), uri)


def seats_of(app: Flask) -> dict[tuple[int, str], str]:
    """(round, item) to the seat's own name of it."""
    with app.app_context():
        opened = rounds.of_contest(cohort.OPEN)
        return {
            (each.id, item.id): f"{each.id}.{tokens.item_token(each.secret, item)}"
            for each in opened
            for item in each.bank.items
        }


def account(name: str, seats: dict[tuple[int, str], str]) -> dict[tuple[str, str], tuple[int, str]]:
    """What the database itself says: (attempt, seat) to (sequence, response)."""
    query = (
        "SELECT answers.attempt, attempts.round, answers.item, answers.sequence, answers.response"
        " FROM answers JOIN attempts ON attempts.id = answers.attempt"
    )
    if name.startswith("sqlite"):
        with closing(sqlite3.connect(name.removeprefix("sqlite:///"))) as connection:
            rows = connection.execute(query).fetchall()
    else:
        with psycopg.connect(name) as link:
            rows = link.execute(query).fetchall()
    return {
        (attempt, seats[round_id, item]): (sequence, response)
        for attempt, round_id, item, sequence, response in rows
        if (round_id, item) in seats
    }
