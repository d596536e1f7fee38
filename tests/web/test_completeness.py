"""Nothing is forgotten: every refusal has its sentence, every kind its page, every address its test."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import quizlib.web
from quizlib.bank.fields import CHANNELS
from quizlib.bank.kinds import KINDS
from quizlib.contest.criteria import CRITERIA
from quizlib.contest.units import COLLECTIVE
from quizlib.errors import REFUSALS, Refusal
from quizlib.learn.review import after, write
from quizlib.web import rehearsals
from quizlib.web.door import READERS
from quizlib.web.problems import PROBLEMS, say
from quizlib.web.tables import Certificate
from tests.web.contest import (
    CLASS,
    CODE,
    OPENS,
    Clock,
    close_round,
    open_class,
    open_contest,
    publish_round,
    rows,
)
from tests.web.contestant import Contestant

WEB = Path(quizlib.web.__file__).parent
REVIEW = write(after({}, {"fake-bank": (0, 1)}, OPENS.date()))
VALUES = {"allowed": 2, "below": 16, "closes": OPENS, "opens": OPENS, "maximum": 30, "minimum": 10}

# Every address that can be opened, by its endpoint; what stands in braces is made on the way.
ADDRESSES = {
    "static": "/static/site.css",
    "site.home": "/",
    "site.real": "/real",
    "site.privacy": "/privacy",
    "site.check": "/check",
    "site.audio": "/audio/sample/choice.mp3",
    "health.alive": "/healthz",
    "health.ready": "/readyz",
    "health.metrics": "/metrics",
    "contests.show": f"/contests/{CODE}",
    "contests.rules": f"/contests/{CODE}/rules",
    "contests.survey": f"/contests/{CODE}/survey",
    "contests.unit_choices": f"/contests/{CODE}/units?q=le",
    "classes.sheet": f"/contests/{CLASS}/class",
    "entries.enter": f"/contests/{CODE}/enter",
    "entries.show": "{entry}",
    "entries.edit": "{entry}/edit",
    "papers.fresh": f"/contests/{CODE}/paper",
    "papers.show": f"/contests/{CODE}/paper/{{number}}",
    "papers.typed": f"/contests/{CODE}/typed",
    "attempts.sit": "{attempt}",
    "attempts.question": "{attempt}/1",
    "attempts.review": "{attempt}/review",
    "outcomes.show": "{attempt}/outcome",
    "standings.people": f"/contests/{CODE}/standings",
    "standings.collective": f"/contests/{CODE}/standings/units",
    "certificates.ask": "/verify",
    "certificates.verify": "/verify/{serial}",
    "certificates.show": "/certificates/{serial}",
    "certificates.as_pdf": "/certificates/{serial}.pdf",
    "certificates.as_png": "/certificates/{serial}.png",
    "certificates.as_qr": "/certificates/{serial}.svg",
    "practice.topics": "/practice",
    "practice.choose": "/practice/choose",
    "practice.begin": "/practice/scam_awareness/any",
    "practice.ask": "/practice/scam_awareness/any/seed/1",
    "practice.report": "/practice/scam_awareness/any/seed/report",
    "api.topics": "/api/topics",
    "api.lesson": "/api/topics/fake-police",
    "api.alerts": "/api/alerts",
    "api.verify": "/api/verify/{serial}",
    "api.openapi": "/api/openapi.json",
    "review.show": f"/review/{REVIEW}",
    "review.calendar": f"/review/{REVIEW}.ics",
    "rescue.help_now": "/help-now",
    "rescue.worker": "/offline.js",
    "rescue.alerts": "/alerts",
    "rescue.feed": "/alerts.atom",
    "rescue.report": "/report",
    "rescue.thanks": "/report/thanks",
    "learn.topics": "/learn?q=cong+an",
    "learn.show": "/learn/fake-police",
    "prints.ask_handbook": "/handbook",
    "prints.handbook": "/handbook/print?topics=fake-police",
    "prints.handbook_pdf": "/handbook.pdf?topics=fake-police",
    "prints.ask_poster": "/poster",
    "prints.poster": "/poster.pdf?to=/practice&title=Luyen",
    "rehearsals.show": f"/contests/{CODE}/rehearsal/{{rehearsal}}",
    "resume.ask": "/resume",
    "resume.link": "/resume/{code}",
    "resume.lost": "/resume/lost",
}


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    assert PROBLEMS.keys() == REFUSALS


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_sentence_can_be_said(app: Flask, code: str, lang: str) -> None:
    with app.test_request_context("/", environ_overrides={"quizlib.lang": lang}):
        title, advice = say(Refusal(code, **VALUES))

    assert title
    assert advice
    assert "%(" not in title + advice
    assert 400 <= PROBLEMS[code].status < 500 or code == "busy"


def test_every_kind_can_be_shown_and_read() -> None:
    assert {path.stem for path in (WEB / "templates" / "items").glob("*.html")} == KINDS.keys()
    assert READERS.keys() == KINDS.keys()


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_can_be_shown(channel: str) -> None:
    assert (WEB / "templates" / "stimuli" / f"{channel}.html").is_file()


def test_every_ranking_and_every_criterion_has_its_words() -> None:
    units = (WEB / "templates" / "standings" / "units.html").read_text("utf-8")
    wording = (WEB / "wording.py").read_text("utf-8")

    assert [name for name in COLLECTIVE if f'"{name}"' not in units] == []
    assert [name for name in CRITERIA.keys() - {"committee"} if f'"{name}"' not in wording] == []


def test_every_address_stands_in_the_table(app: Flask) -> None:
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    assert known == ADDRESSES.keys()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_address_answers_at_every_moment(app: Flask, data: Path, clock: Clock, prefix: str) -> None:
    """Before the start, while sitting, after the outcome, after the round: pages or refusals, no failure."""
    open_contest(app, paper__print=True)
    open_class(app)
    (data / "sample" / "audio").mkdir()
    (data / "sample" / "audio" / "choice.mp3").write_bytes(b"ID3")
    person = Contestant(app)
    person.enter()
    made = {"entry": person.entry, "attempt": "/attempts/none", "serial": "0" * 12, "code": person.code}
    with app.app_context():
        made["rehearsal"] = rehearsals.proof(CODE)
    made["number"] = person.open(f"/contests/{CODE}/paper").address.rpartition("/")[2]
    visit_all(person, prefix, made)
    person.open(person.entry)
    person.start()
    made["attempt"] = person.attempt
    visit_all(person, prefix, made)
    person.sit()
    person.submit()
    made["serial"] = str(rows(app, Certificate)[0]["serial"])
    finished = visit_all(person, prefix, made)
    close_round(app, clock)
    visit_all(person, prefix, made)
    publish_round(app, clock)
    visit_all(person, prefix, made)

    assert {name: status for name, status in finished.items() if status != 200} == {}


def visit_all(person: Contestant, prefix: str, made: dict[str, str]) -> dict[str, int]:
    """The status of every address; a failure stops the test."""
    found = {}
    for endpoint, address in ADDRESSES.items():
        place = prefix + address.format(**made)
        reply = person.client.get(place, follow_redirects=True, buffered=True)
        assert reply.status_code < 500, place
        found[endpoint] = reply.status_code
    return found
