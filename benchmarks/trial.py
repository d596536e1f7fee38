"""People in the middle of their papers on a server of their own, and a record of what they were told."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask_migrate import upgrade

from benchmarks import cohort
from benchmarks.cohort import Person
from benchmarks.driver import Reply, parsed, post, run
from benchmarks.killable import Site
from benchmarks.site import fill, postgresql
from benchmarks.small_disk import SMALL, put_answers_on, small_disk
from benchmarks.ways import Way, whole
from quizlib.rehearsal.page import Form
from quizlib.web import create_app, tokens
from quizlib.web.store import rounds
from quizlib.web.tables import db

OPENED = f"SELECT id FROM rounds WHERE contest = '{cohort.OPEN}'"
Place = tuple[str, str]  # an attempt and a seat
Seats = dict[tuple[int, str], tuple[str, dict[str, str]]]  # of (round, item): its name, and its options'
Kept = dict[Place, tuple[int, list[str]]]  # sequence, and what was chosen as pages call it
PEOPLE = 24
PATIENCE = 60  # seconds


@dataclass
class Recorder:
    """The highest sequence that the server said it has, by attempt and seat; what was sent with each."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: dict[Place, int] = field(default_factory=dict)
    sent: dict[tuple[Place, int], list[list[str]]] = field(default_factory=dict)
    saves: int = 0


@dataclass
class Trial:
    """Somebody's questions, the way to the server, what was recorded, and the database's own account."""

    site: Site
    people: list[Person]
    recorder: Recorder
    seats: Seats
    name: str  # of the database, as the site knows it
    database: Path  # PostgreSQL's folder
    has_small_disk: bool = False
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
        answered, place = form.answered(self.chance.randrange(100)), place_of(form)
        body = form.body(**answered, sequence=str(sequence))
        request = post(form.action, f"{body}&script=1", person.number)
        request = request.replace(b"Accept-Encoding: gzip\r\n", b"")
        with self.recorder.lock:
            self.recorder.sent.setdefault((place, sequence), []).append(sorted(answered.values()))
        try:
            raws = way(self.site.port, request)
        except OSError:
            return False
        replies = [parsed(raw) for raw in raws if b"\r\n\r\n" in raw]
        acknowledged = [told for reply in replies if (told := saved(reply))]
        with self.recorder.lock:
            for told in acknowledged:
                self.recorder.saves += 1
                best = self.recorder.acknowledged.get(place, 0)
                self.recorder.acknowledged[place] = max(best, int(str(told["sequence"])) - 1)
        return bool(acknowledged)

    def until_refused(self) -> None:
        """Somebody on whom nobody else's answers depend goes on until a fault is felt."""
        self.until(False)

    def until_saved(self) -> None:
        self.until(True)

    def until(self, is_saved: bool) -> None:
        until = time.monotonic() + PATIENCE
        while self.save(whole, PEOPLE - 1) != is_saved:
            assert time.monotonic() < until, "nothing is saved again" if is_saved else "the fault is not felt"
            time.sleep(0.02)
            self.site.tend()

    def closed(self) -> int:
        """Papers that are over, though nobody has submitted and nobody's time is up."""
        query = f"SELECT 1 FROM attempts WHERE submitted_at IS NOT NULL AND round IN ({OPENED})"
        return len(rows(self.name, query))

    def kept(self) -> Kept:
        return account(self.name, self.seats)

    def lost(self, kept: Kept) -> int:
        """Answers that were acknowledged, and of which the database has an older one, another one or none."""
        with self.recorder.lock:
            return sum(not self.is_there(place, at, kept) for place, at in self.recorder.acknowledged.items())

    def is_there(self, place: Place, acknowledged: int, kept: Kept) -> bool:
        sequence, chosen = kept.get(place, (0, []))
        return sequence >= acknowledged and sorted(chosen) in self.recorder.sent[place, sequence]


def place_of(form: Form) -> Place:
    """Of a question's form."""
    return form.action.split("/")[2].partition("-")[0], form.sent["form"][0].split("-")[0]


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
        folder, uri, has_small_disk = data / "postgresql", "", False
        if database == "postgresql":
            has_small_disk = stack.enter_context(small_disk(data / SMALL))
            uri, _ = stack.enter_context(postgresql(folder))
        name = uri or f"sqlite:///{data}/quizlib.db"
        app = create_app({"QUIZLIB_DATA": data, "DATABASE_URL": name})
        stack.callback(let_go, app)
        with app.app_context():
            upgrade()
            fill(app, 30)
        if has_small_disk:
            put_answers_on(data / SMALL, uri, folder.stat().st_uid)
        own = {"QUIZLIB_DATA": str(data), "DATABASE_URL": name, "QUIZLIB_PROXIES": "1"}
        own["FAULTS_CLOCK"] = str(data / "clock-is-wrong-by")
        site = Site(os.environ | own, data, workers=1 if database == "sqlite" else 2)
        site.start()
        stack.callback(site.kill)
        people = [Person() for _ in range(PEOPLE)]

        def burst(step: str, requests: list[bytes]) -> list[Reply]:
            return run(f"http://127.0.0.1:{site.port}", requests, 8).replies

        cohort.enter(people, burst)
        cohort.start(people, burst)
        for each in people:  # stories go step by step, orders want all their places: neither is tried here
            each.questions = [form for form in each.questions if "document" not in form.sent]
        yield Trial(site, people, Recorder(), seats_of(app), name, folder, has_small_disk)


def let_go(app: Flask) -> None:
    """Of its connections to the database."""
    with app.app_context():
        db.engine.dispose()


def seats_of(app: Flask) -> Seats:
    with app.app_context():
        return {
            (each.id, item.id): (
                f"{each.id}.{tokens.item_token(each.secret, item)}",
                tokens.answer_tokens(each.secret, item),
            )
            for each in rounds.of_contest(cohort.OPEN)
            for item in each.bank.items
        }


def account(name: str, seats: Seats) -> Kept:
    """What the database itself says."""
    query = (
        "SELECT answers.attempt, attempts.round, answers.item, answers.sequence, answers.response"
        " FROM answers JOIN attempts ON attempts.id = answers.attempt"
    )
    kept: Kept = {}
    for attempt, round_id, item, sequence, response in rows(name, query):
        if (round_id, item) in seats:  # the prediction has no seat
            seat, names = seats[round_id, item]
            kept[attempt, seat] = sequence, [names.get(each, each) for each in json.loads(response)]
    return kept


def rows(name: str, query: str) -> list[tuple[Any, ...]]:
    """From the database itself, whatever the site would say."""
    if name.startswith("sqlite"):
        with closing(sqlite3.connect(name.removeprefix("sqlite:///"))) as file:
            return file.execute(query).fetchall()
    with psycopg.connect(name) as server:
        return server.execute(query.encode()).fetchall()
