"""A small contest for tests of the web: its rules, its bank, its units, its life as an organiser leads it."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from quizlib.bank.item import Response
from quizlib.contest.reading import PRESETS, read_rules
from quizlib.contest.rules import Rules
from quizlib.contest.units import Unit
from quizlib.exam.score import Correction
from quizlib.web import publishing
from quizlib.web.config import Settings
from quizlib.web.store import contests, corrections, rounds, units, work
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.tables import db
from tests.builders import (
    Raw,
    a_blueprint_table,
    a_clues_table,
    a_document,
    a_judge_table,
    a_scenario_table,
    an_action_table,
    an_item_table,
    an_overlay,
    option_tables,
    write_bank,
)

both_databases = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)

OPENS = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 08:00 in Hải Phòng
CLOSES = OPENS + timedelta(days=7)
CODE = "cong-dan-so"
SURVEY = "khao-sat"

DOCUMENT: Raw = {
    "code": CODE,
    "title": {"vi": "Công dân số", "en": "Digital citizen"},
    "organiser": {
        "name": {"vi": "Thành đoàn Hoa Phượng", "en": "Flamboyant City Youth Union"},
        "decision": "112/KH-TĐ",
        "address": "1 Đường Thử",
    },
    "bank": [{"folder": "sample"}],
    "paper": {"blueprint": "all"},
    "time": {"limit_minutes": 20},
    "attempts": {"per_round": 2},
    "eligibility": {"text": {"vi": "Mọi người", "en": "Everyone"}, "minimum_age": 10, "guardian_below": 16},
    "prediction": {"target": "participants"},
    "ranking": {"criteria": ["score", "prediction", "earliest"]},
    "results": {"cut": 50},
    "certificate": {"issue": "at-once"},
    "unit_prize": [{"ranking": "rate", "floor": 10, "count": 1, "vi": "Cờ", "en": "A banner"}],
    "round": [
        {
            "number": 1,
            "title": {"vi": "Tuần một", "en": "Week one"},
            "opens": OPENS.isoformat(),
            "closes": CLOSES.isoformat(),
        }
    ],
}

# The items of the bank, one of each kind, and what earns full marks.
ITEMS = (
    an_item_table("choice", topic="money", stimulus="loan", clue=[{"part": "from", "text": "Dấu hiệu lạ."}]),
    an_item_table("number", topic="money", kind="number", key=["1500000"], option=None, unit="đồng"),
    an_item_table(
        "multiple", topic="news", kind="multiple", key=["a", "c"], points=2, option=option_tables("abcd")
    ),
    an_item_table("order", topic="news", kind="order", key=["a", "b", "c"], points=2),
)
RIGHT: dict[str, Response] = {
    "choice": ("a",),
    "number": ("1500000",),
    "multiple": ("a", "c"),
    "order": ("a", "b", "c"),
}

# The kinds that show something, for tests of their own.
SEEING = (
    a_judge_table("judge", topic="seeing"),
    a_clues_table("clues", topic="seeing2"),
    an_action_table("action", topic="seeing2"),
    a_scenario_table("story", topic="seeing3"),
)
RIGHT_SEEING: dict[str, Response] = {
    "judge": ("scam", "4"),
    "clues": ("from", "text"),
    "action": ("a",),
    "story": ("a", "e"),
}
WRONG: dict[str, Response] = {
    "choice": ("b",),
    "number": ("7",),
    "multiple": ("b",),
    "order": ("c", "b", "a"),
}
MAX_POINTS = 6

UNITS = (
    Unit(code="LC", name="Lê Chân", type="phường", former_names=("An Biên",), eligible=10),
    Unit(code="CG", name="Cẩm Giang", type="xã", eligible=4),
    Unit(code="CGH", name="Cẩm Giàng", type="xã"),
    Unit(code="DS", name="Đồ Sơn", type="phường"),
)


class Clock:
    """What the application takes for the present: the moment that a test has set."""

    def __init__(self) -> None:
        self.now = OPENS

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def document(**changes: object) -> Raw:
    """DOCUMENT with changes by path: ``document(time__limit_minutes=0)``; ``None`` takes a term away."""
    made = copy.deepcopy(DOCUMENT)
    for path, value in changes.items():
        *tables, name = path.split("__")
        table = made
        for each in tables:
            table = table.setdefault(each, {})
        table.pop(name, None)
        if value is not None:
            table[name] = value
    return made


def contest_rules(**changes: object) -> Rules:
    return read_rules(document(**changes), "rules.toml")


def bank_document(*items: Raw, **head: object) -> Raw:
    """The bank with the blueprint ``all``: every one of ``items``, which are one of each kind by default."""
    tables = items or ITEMS
    topics = [each.get("topic", "money") for each in tables]
    quotas = {topic: topics.count(topic) for topic in topics}
    overlay = an_overlay(*tables, topics={topic: f"Topic {topic}" for topic in quotas})
    for each in tables:
        texts = overlay["topics"][each.get("topic", "money")]
        if each.get("unit"):
            texts["items"][each["id"]]["unit"] = "dong"
        if each.get("stimulus"):
            texts.setdefault("stimuli", {})[each["stimulus"]] = {"from": "A stranger", "text": "A message"}
    return a_document(*tables, overlays={"en": overlay}, blueprint=[a_blueprint_table(quotas=quotas)], **head)


def open_contest(
    app: Flask, questions: Raw | None = None, at: datetime = OPENS, **changes: object
) -> OpenedRound:
    """Load a contest with its units and open its first round; ``changes`` as for ``document``.

    ``questions`` is the document of another bank than the usual one.
    """
    rules = contest_rules(**changes)
    with app.app_context():
        settings: Settings = app.config["SETTINGS"]
        if rules.banks[0].folder:
            write_bank(settings.data / rules.banks[0].folder, questions or bank_document())
        contests.load(rules, at)
        units.keep(rules.code, UNITS)
        publishing.open_round(rules, rules.rounds[0].number, settings.data, at)
        work.commit()
        return rounds.find(rules.code, rules.rounds[0].number)


CLASS = "lop-to-5"
AFTER = OPENS + timedelta(minutes=90)  # when the test after opens
CLASS_ITEMS = [
    an_item_table(f"{topic}-{each}", topic=topic, difficulty=["easy", "hard"][each % 2])
    for topic in ("money", "news")
    for each in range(10)
]


def open_class(app: Flask, **changes: object) -> tuple[OpenedRound, OpenedRound]:
    """A class with both its tests opened; each has four of twenty items."""
    plan = a_blueprint_table(quotas={"money": 2, "news": 2})
    spans = ((OPENS, AFTER), (AFTER, AFTER + timedelta(hours=3)))
    usual = {
        "code": CLASS,
        "title": {"vi": "Lớp tổ 5", "en": "Class of group 5"},
        "bank": [{"folder": "class"}],
        "paper": {"blueprint": "all", "twins": True},
        "time": None,
        "attempts": {"per_round": 1},
        "prediction": None,
        "ranking": {"criteria": []},
        "results": {"keys": "at-once"},
        "certificate": {"issue": "never"},
        "practice": {"protect": "reserved"},
        "unit_prize": None,
        "round": [
            {"number": number, "opens": opens.isoformat(), "closes": closes.isoformat()}
            for number, (opens, closes) in enumerate(spans, 1)
        ],
    } | changes
    before = open_contest(app, a_document(*CLASS_ITEMS, name="class", blueprint=[plan]), **usual)
    with app.app_context():
        settings: Settings = app.config["SETTINGS"]
        publishing.open_round(contests.find(CLASS), 2, settings.data, OPENS)
        work.commit()
        return before, rounds.find(CLASS, 2)


def open_survey(
    app: Flask, opens: datetime = OPENS, code: str = SURVEY, known: tuple[Unit, ...] = UNITS
) -> OpenedRound:
    """Open the survey of the preset for a week, with the usual units."""
    times = {"number": 1, "opens": opens.isoformat(), "closes": (opens + (CLOSES - OPENS)).isoformat()}
    stated = tomllib.loads((PRESETS / "survey.toml").read_text("utf-8"))
    rules = read_rules(stated | {"code": code, "round": [times]}, "survey.toml")
    with app.app_context():
        contests.load(rules, opens)
        units.keep(code, known)
        publishing.open_round(rules, 1, app.config["SETTINGS"].data, opens)
        work.commit()
        return rounds.find(code, 1)


def close_round(app: Flask, clock: Clock, code: str = CODE) -> None:
    """Close the first round a minute after its end, where the clock then stands."""
    with app.app_context():
        opened = rounds.find(code, 1)
        clock.now = max(clock.now, opened.closes_at + timedelta(minutes=1))
        publishing.close_round(opened, clock.now)
        work.commit()


def publish_round(app: Flask, clock: Clock, code: str = CODE) -> None:
    with app.app_context():
        publishing.publish_round(rounds.find(code, 1), clock.now)
        work.commit()


def correct(app: Flask, clock: Clock, correction: Correction) -> None:
    """Keep a correction of the first round and mark again."""
    with app.app_context():
        opened = rounds.find(CODE, 1)
        corrections.add(opened.id, correction, clock.now)
        publishing.mark_again(opened, clock.now)
        work.commit()


def rows(app: Flask, table: type[db.Model], **where: object) -> list[dict[str, object]]:
    """The rows of a table as they lie in the database, in the order of their keys."""
    with app.app_context():
        columns = table.__table__.columns
        statement = select(*columns).filter_by(**where).order_by(*table.__table__.primary_key)
        return [dict(row._mapping) for row in db.session.execute(statement)]


def count(app: Flask, table: type[db.Model]) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def responses(app: Flask, table: type[db.Model]) -> dict[str, Response]:
    """What is kept of every answer, by item; for tests with one attempt."""
    return {str(row["item"]): tuple(json.loads(str(row["response"]))) for row in rows(app, table)}


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements that reach the database inside the block, in order."""
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def set_secret(data: Path, secret: bytes = b"k" * 32) -> None:
    """The instance's secret key, where two instances must have the same."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "secret-key").write_text(secret.hex(), "ascii")


def set_owner(data: Path, owner: str = "Thành đoàn Hoa Phượng") -> None:
    """Make the site somebody's own: nothing on it is a sample any more."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "owner").write_text(owner, "utf-8")
