"""What was forgotten is named: a refusal without a sentence, a kind without a template, a page unopened."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import quizlib.web
from quizlib.bank.fields import CHANNELS
from quizlib.bank.kinds import KINDS
from quizlib.errors import REFUSALS
from quizlib.web.door import READERS
from quizlib.web.problems import PROBLEMS
from quizlib.web.tables import Certificate
from tests.web.contest import CODE, Clock, close_round, open_contest, publish_round, rows
from tests.web.contestant import Contestant, finisher

TEMPLATES = Path(quizlib.web.__file__).parent / "templates"


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    assert PROBLEMS.keys() == REFUSALS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_shown_and_read(kind: str) -> None:
    assert (TEMPLATES / "items" / f"{kind}.html").is_file()
    assert kind in READERS


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_can_be_shown(channel: str) -> None:
    assert (TEMPLATES / "stimuli" / f"{channel}.html").is_file()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_opens_in_both_languages(app: Flask, clock: Clock, prefix: str) -> None:
    open_contest(app)
    person = finisher(app)
    sitting = Contestant(app)
    sitting.enter(name="Trần Văn Bình")
    ready = sitting.entry
    sitting.start()
    attempt, finished = sitting.attempt, person.attempt
    serial = rows(app, Certificate)[0]["serial"]
    during = {
        "site.home": "/",
        "site.real": "/real",
        "site.privacy": "/privacy",
        "site.health": "/health",
        "contests.show": f"/contests/{CODE}",
        "contests.rules": f"/contests/{CODE}/rules",
        "contests.unit_choices": f"/contests/{CODE}/units?q=cam",
        "entries.enter": f"/contests/{CODE}/enter",
        "entries.show": person.entry,
        "entries.edit": f"{ready}/edit",
        "attempts.sit": attempt,
        "attempts.question": f"{attempt}/1",
        "attempts.review": f"{attempt}/review",
        "outcomes.show": f"{finished}/outcome",
        "standings.people": f"/contests/{CODE}/standings",
        "standings.collective": f"/contests/{CODE}/standings/units",
        "certificates.ask": "/verify",
        "certificates.verify": f"/verify/{serial}",
        "certificates.show": f"/certificates/{serial}",
        "certificates.as_pdf": f"/certificates/{serial}.pdf",
        "certificates.as_png": f"/certificates/{serial}.png",
        "certificates.as_qr": f"/certificates/{serial}.svg",
        "practice.topics": "/practice",
        "practice.choose": "/practice/choose",
        "practice.begin": "/practice/scam_awareness/any",
        "practice.ask": "/practice/scam_awareness/any/seed/1",
        "practice.report": "/practice/scam_awareness/any/seed/report",
        "resume.ask": "/resume",
        "resume.lost": "/resume/lost",
        "resume.link": f"/resume/{person.code}",
    }
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    answered = {name: Contestant(app).open(prefix + address).status for name, address in during.items()}
    close_round(app, clock)
    publish_round(app, clock)
    later = [
        Contestant(app).open(prefix + during[name]).status for name in ("standings.people", "outcomes.show")
    ]

    assert pages - during.keys() == {"static", "site.audio"}
    assert {name: status for name, status in answered.items() if status != 200} == {}
    assert later == [200, 200]
