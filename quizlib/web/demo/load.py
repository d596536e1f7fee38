"""Loading the demo; loading it again only makes sure that a round is open."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from quizlib.contest.reading import read_rules
from quizlib.contest.rules import Rules
from quizlib.contest.units import Unit
from quizlib.errors import Refusal
from quizlib.web import marking, publishing, tokens
from quizlib.web.clock import LOCAL
from quizlib.web.config import Settings
from quizlib.web.demo.people import Person, answer, person
from quizlib.web.pages.entries import attempt_for
from quizlib.web.store import answers, attempts, contests, entries, rounds, units, work
from quizlib.web.store.answers import PREDICTION
from quizlib.web.store.entries import Entry
from quizlib.web.store.rounds import OpenedRound

HERE = Path(__file__).parent
CODE = "cong-dan-so-hai-phong"
FINISHERS = 300
OPEN_FOR = timedelta(days=60)


def load_demo(settings: Settings, now: datetime) -> None:
    """A closed and published round, and one that is open at ``now``."""
    today = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        rules = contests.find(CODE)
    except Refusal:
        load_past(settings, today, now)
        rules = contests.find(CODE)
    if not any(round.is_open(now) for round in rounds.of_contest(CODE)):
        rules = with_round(rules, today, today + OPEN_FOR)
        contests.load(rules, now)
        publishing.open_round(rules, rules.rounds[-1].number, settings.data, now)
    work.commit()


def load_past(settings: Settings, today: datetime, now: datetime) -> None:
    """The first round, as if it had been held in the days before today."""
    opens, closes = today - timedelta(days=15), today - timedelta(days=8)
    stated = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    rules = read_rules(stated | {"round": [times_of(1, opens, closes)]}, "rules.toml")
    contests.load(rules, opens)
    known = demo_units(closes)
    units.keep(CODE, known)
    publishing.open_round(rules, 1, settings.data, opens)
    round = rounds.find(CODE, 1)
    hours = int((closes - opens) / timedelta(hours=1)) - 1
    for number in range(FINISHERS):
        finish(settings, round, person(number, known, hours))
    finish_together(settings, round, known, hours)
    publishing.close_round(round, closes)
    publishing.publish_round(rounds.find(CODE, 1), closes + timedelta(hours=4))


def times_of(number: int, opens: datetime, closes: datetime) -> dict[str, object]:
    title = {"vi": "Khởi động", "en": "Warm-up"} if number == 1 else {"vi": "Chính thức", "en": "Main"}
    return {"number": number, "title": title, "opens": opens.isoformat(), "closes": closes.isoformat()}


def with_round(rules: Rules, opens: datetime, closes: datetime) -> Rules:
    """The same rules with one more round."""
    stated = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
    held: Sequence[Mapping[str, object]] = [times_of(r.number, r.opens, r.closes) for r in rules.rounds]
    number = max(r.number for r in rules.rounds) + 1
    return read_rules(stated | {"round": [*held, times_of(number, opens, closes)]}, "rules.toml")


def demo_units(on: datetime) -> list[Unit]:
    source = "Số minh họa"
    rows = tomllib.loads((HERE / "units.toml").read_text("utf-8"))["unit"]
    return [
        Unit(
            code=row["code"],
            name=row["name"],
            type=row["type"],
            former_names=tuple(row.get("former_names", ())),
            eligible=row.get("eligible"),
            eligible_on=on.date() if row.get("eligible") else None,
            eligible_source=source if row.get("eligible") else "",
        )
        for row in rows
    ]


def finish_together(settings: Settings, round: OpenedRound, known: list[Unit], hours: int) -> None:
    """Two people who cannot be told apart: same points, same prediction, same moment."""
    one = replace(person(FINISHERS, known, hours), skill=100, prediction=FINISHERS)
    finish(settings, round, replace(one, name="Trần Đình Đắc"))
    finish(settings, round, replace(one, number=FINISHERS + 1, name="Lò Thị Ảnh Tuyết"))


def finish(settings: Settings, round: OpenedRound, who: Person) -> None:
    """One person enters, answers everything and submits, at moments of the past."""
    started = round.opens_at + timedelta(hours=who.hour, seconds=7 * who.minutes)
    submitted = started + timedelta(minutes=who.minutes)
    entry = Entry(
        id=tokens.short(tokens.digest(settings.secret, "demo", str(round.id), str(who.number)), 16),
        round=round.id,
        name=who.name,
        birth_year=who.birth_year,
        unit_code=who.unit.code,
        unit_name=f"{who.unit.type} {who.unit.name}",
        lang="vi",
        guardian="Người giám hộ minh họa" if who.birth_year > 2008 else "",
    )
    code = tokens.resume_code(settings.secret, entry.id)
    entries.enter(entry, tokens.lookup(settings.secret, "code", code), started)
    attempt = attempt_for(settings.secret, entry, 1, round, started)
    attempts.start(attempt, round)
    responses = {item.id: answer(item, who) for item in marking.paper_of(attempt, round).items}
    if who.prediction is not None:
        responses[PREDICTION] = (str(who.prediction),)
    answers.fill(attempt.id, responses, submitted)
    marking.submit(attempt, round, submitted)
