"""Standings of many people: ranking them off the path, and what one more viewer costs beside a constant page.

    python benchmarks/standings.py [--people 100000] [--viewers 2000] [--json FILE]

Builds the entries in a SQLite database in a folder of its own; the figures are medians of five runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response
from flask_migrate import upgrade
from sqlalchemy import event, insert, text
from werkzeug.test import create_environ

from quizlib.contest.reading import read_rules
from quizlib.contest.units import Unit
from quizlib.web import create_app, publishing
from quizlib.web.store import contests, rounds, standings, units, work
from quizlib.web.tables import Attempt, Entry, Outcome, db

RUNS = 5
A_TURN = 50
CODE = "bench"
OPENS = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=7)
WARDS = 114
PREPARED = ("Content-Type", "Content-Encoding", "Cache-Control", "ETag")
RULES: dict[str, Any] = {
    "code": CODE,
    "title": {"vi": "Công dân số", "en": "Digital citizen"},
    "organiser": {"name": {"vi": "Thành đoàn", "en": "Youth Union"}, "decision": "1", "address": "1"},
    "bank": [{"name": "scam_awareness"}],
    "paper": {"blueprint": "contest"},
    "time": {"limit_minutes": 20},
    "attempts": {"per_round": 1},
    "eligibility": {"text": {"vi": "Mọi người", "en": "Everyone"}, "minimum_age": 10, "guardian_below": 16},
    "prediction": {"target": "participants"},
    "ranking": {"criteria": ["score", "prediction", "earliest"]},
    "results": {"cut": 50},
    "certificate": {"issue": "never"},
    "round": [{"number": 1, "opens": OPENS.isoformat(), "closes": CLOSES.isoformat()}],
}


class Clock:
    now = OPENS

    def __call__(self) -> datetime:
        return self.now


def make_app(folder: str, clock: Clock) -> Flask:
    given = {"QUIZLIB_ADDRESS": "https://quiz.example", "CLOCK": clock, "TESTING": True}
    return create_app({"QUIZLIB_DATA": folder, **given})


def build(app: Flask, people: int) -> None:
    """A closed round in which so many people submitted one paper each."""
    rules = read_rules(RULES, "rules.toml")
    contests.load(rules, OPENS)
    units.keep(CODE, [Unit(code=f"U{n}", name=f"Phường {n}", eligible=9_000) for n in range(WARDS)])
    publishing.open_round(rules, 1, Path(app.config["SETTINGS"].data), OPENS)
    round, chance = rounds.find(CODE, 1), random.Random(1)
    for start in range(0, people, 10_000):
        numbers = range(start, min(people, start + 10_000))
        moments = [OPENS + timedelta(seconds=chance.randrange(600_000)) for _ in numbers]
        db.session.execute(insert(Entry), [entry(n, round.id, chance) for n in numbers])
        db.session.execute(
            insert(Attempt), [attempt(n, round.id, at) for n, at in zip(numbers, moments, strict=True)]
        )
        db.session.execute(
            insert(Outcome), [outcome(n, at, chance) for n, at in zip(numbers, moments, strict=True)]
        )
    work.commit()


def entry(number: int, round_id: int, chance: random.Random) -> dict[str, object]:
    ward = chance.randrange(WARDS)
    family, last = (
        chance.choice(["Nguyễn", "Trần", "Lê", "Phạm"]),
        chance.choice(["Lan", "Mai", "Ánh", "Đắc"]),
    )
    return {
        "id": f"e{number:08}",
        "round": round_id,
        "name": f"{family} Thị {last}",
        "folded": f"{family} thi {last}".lower(),
        "birth_year": 1940 + number % 60,
        "unit_code": f"U{ward}",
        "unit_name": f"Phường {ward}",
        "code_digest": f"{number:064}",
        "lang": "vi",
        "entered_at": OPENS,
    }


def attempt(number: int, round_id: int, at: datetime) -> dict[str, object]:
    return {
        "id": f"a{number:08}",
        "round": round_id,
        "entry": f"e{number:08}",
        "ordinal": 1,
        "seed": "0" * 64,
        "digest": "0" * 64,
        "started_at": at - timedelta(minutes=10),
        "answers_until": at,
        "submits_until": at,
        "submitted_at": at,
    }


def outcome(number: int, at: datetime, chance: random.Random) -> dict[str, object]:
    points = min(20, int(chance.gauss(14, 4)))
    return {
        "attempt": f"a{number:08}",
        "revision": 1,
        "points": max(0, points),
        "max_points": 20,
        "all_correct": points == 20,
        "passed": points >= 10,
        "seconds": chance.randrange(120, 1_200),
        "prediction": chance.randrange(200_000),
        "cause": "submitted",
        "made_at": at,
    }


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall and of this process."""
    wall, own = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - own


def publish(app: Flask) -> None:
    """As ``flask round publish`` does it: ranks, rows, figures of units, commit."""
    with app.app_context():
        publishing.publish_round(rounds.find(CODE, 1), CLOSES + timedelta(hours=1))
        work.commit()


def call(app: Flask, path: str) -> tuple[dict[str, str], bytes]:
    """One request through the application itself, as a server calls it."""
    got: list[tuple[str, str]] = []
    environ = create_environ(path, headers=[("Accept-Encoding", "gzip")])
    replies = app.wsgi_app(environ, lambda status, headers, *rest: got.extend([("status", status), *headers]))
    body = b"".join(replies)
    replies.close()  # type: ignore[attr-defined]
    return dict(got), body


def add_constant(app: Flask, headers: dict[str, str], body: bytes) -> None:
    """The bare page, at an address of the same shape: these bytes and headers, nothing asked or decided."""
    bare = Blueprint("bare", __name__, url_prefix="/bare/<code>")

    @bare.get("/constant")
    def constant(code: str) -> Response:
        return Response(body, headers=headers)

    app.register_blueprint(bare)


def in_turn(app: Flask, paths: tuple[str, str], viewers: int) -> list[float]:
    """CPU milliseconds of one request for each path, by turns of a few, so that slow moments fall on both."""
    turns = range(max(1, viewers // A_TURN))
    spent = [
        [timed(lambda path=path: [call(app, path) for _ in range(A_TURN)])[1] for path in paths]
        for _ in turns
    ]
    return [sum(times) / (len(turns) * A_TURN) * 1e3 for times in zip(*spent, strict=True)]


def count_statements(app: Flask, path: str) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine
    note = lambda *given: seen.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    call(app, path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def measure(people: int, viewers: int) -> dict[str, object]:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(folder, clock)
        with app.app_context():
            upgrade()
            build(app, people)
            clock.now = CLOSES + timedelta(minutes=1)
            closing = timed(lambda: publishing.close_round(rounds.find(CODE, 1), clock.now))
            work.commit()
        publishings = [timed(lambda: publish(app)) for _ in range(RUNS)]
        deepest = f"/contests/{CODE}/standings?page={people // 50}"
        address = f"/contests/{CODE}/standings"
        firsts: dict[str, list[float]] = {address: [], f"{address}/units": [], deepest: []}
        for path, found in firsts.items():
            for _ in range(RUNS):
                app.extensions.pop("standings", None)
                found.append(timed(lambda path=path: call(app, path))[0])  # type: ignore[misc]
        reply, body = call(app, address)
        assert reply["status"].startswith("200"), reply
        app2 = make_app(folder, clock)
        add_constant(app2, {name: reply[name] for name in PREPARED}, body)
        assert call(app2, "/bare/x/constant")[1] == call(app2, address)[1]
        pairs = [in_turn(app2, (address, "/bare/x/constant"), viewers) for _ in range(RUNS)]
        clock.now += timedelta(seconds=2)
        asking = count_statements(app2, address)
        kept_statements = count_statements(app2, address)
        place = [timed(lambda: my_place(app2, people // 2))[0] for _ in range(RUNS)]
        with app.app_context():
            size = db.session.execute(text("SELECT length(units) FROM boards")).scalar_one()
            db.engine.dispose()
        with app2.app_context():
            db.engine.dispose()
    middle = statistics.median
    ours, bare = zip(*pairs, strict=True)
    return {
        "people": people,
        "close_s": round(closing[0], 2),
        "publish_s": round(middle(wall for wall, _ in publishings), 2),
        "publish_cpu_s": round(middle(own for _, own in publishings), 2),
        "first_viewer_page_1_ms": round(middle(firsts[address]) * 1e3, 1),
        "first_viewer_last_page_ms": round(middle(firsts[deepest]) * 1e3, 1),
        "first_viewer_units_ms": round(middle(firsts[f"{address}/units"]) * 1e3, 1),
        "one_more_viewer_cpu_ms": round(middle(ours), 3),
        "constant_page_cpu_ms": round(middle(bare), 3),
        "ratio": round(middle(one / other for one, other in zip(ours, bare, strict=True)), 2),
        "statements_of_one_more_viewer": kept_statements,
        "statements_once_a_second": asking,
        "my_place_ms": round(middle(place) * 1e3, 2),
        "bytes_sent": len(body),
        "bytes_of_units_figures": size,
    }


def my_place(app: Flask, number: int) -> None:
    with app.app_context():
        round = rounds.find(CODE, 1)
        assert standings.of_entry(round.id, round.edition, f"e{number:08}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--viewers", type=int, default=2_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = measure(given.people, given.viewers)
    found |= {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "cores": os.cpu_count()}
    for name, value in found.items():
        print(f"{name:32} {value}")
    print(json.dumps(found))
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
