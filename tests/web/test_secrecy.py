"""The key leaves the core only inside a marked result: no page before marking depends on anything secret."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.web import create_app, tokens
from quizlib.web.store import entries, rounds, work
from quizlib.web.tables import Entry, Round, db
from tests.builders import Raw
from tests.web.conftest import dispose
from tests.web.contest import CODE, ITEMS, SEEING, Clock, bank_document, open_contest, set_secret
from tests.web.contestant import Contestant, Page

ALL = (*ITEMS, *SEEING)
SECRET_TEXTS = ("Lời giải", "Lý do", "Dấu hiệu", "Hóa ra", "Answer to", "Reason", "Sign ", "As it turns out")
OTHER_KEYS = {
    "choice": ["c"],
    "number": ["-3"],
    "multiple": ["b", "d"],
    "order": ["c", "a", "b"],
    "judge": ["genuine", "4"],
    "clues": ["text"],
    "action": ["c"],
    "story": ["b", "d", "f"],
}
OTHER_CLUES = {"choice": ["text"], "judge": ["from"], "clues": ["text"]}
SOME_ANSWERS: dict[str, Response] = {
    "choice": ("b",),
    "number": ("5",),
    "multiple": ("a",),
    "order": ("b", "a", "c"),
    "judge": ("scam", "2"),
    "clues": ("from",),
    "action": ("b",),
    "story": ("b",),
}


def with_other_secrets(item: Raw) -> Raw:
    """The same to look at, with every secret another."""
    changed = copy.deepcopy(item) | {
        "key": OTHER_KEYS[item["id"]],
        "explanation": "KHÁC HẲN, dài hơn nhiều so với lời giải cũ.",
        "verdict": "genuine",
        "tactic": "fear",
    }
    for option, harm in zip(changed.get("option", ()), (1, 2, 0, 0), strict=False):
        option |= {"rationale": "KHÁC"} | ({"harm": harm} if "harm" in option else {})
    for step in changed.get("step", ()):
        for choice, points in zip(step["choice"], (0, 1), strict=True):
            choice |= {"says": "KHÁC", "cost": 9_000_000, "points": points}
    if item.get("clue"):
        changed["clue"] = [{"part": part, "text": "KHÁC"} for part in OTHER_CLUES[item["id"]]]
    return changed


def every_page_before_marking(app: Flask) -> Iterator[tuple[str, Page]]:
    """Every address that a contestant can open until the submission, and what answering replies."""
    person = Contestant(app)
    for prefix in ("", "/en"):
        for place in ("", "/rules", "/units?q=le", "/enter", "/standings", "/standings/units"):
            yield f"{prefix}/{place}", person.open(f"{prefix}/contests/{CODE}{place}")
        for place in ("/practice", "/resume", "/resume/lost", "/verify", "/real", "/privacy", "/"):
            yield prefix + place, person.open(prefix + place)
    person.open(f"/contests/{CODE}/enter")
    entry = set_entry(app, person)
    yield "entered", person.open(entry)
    yield "edit", person.open(f"{entry}/edit")
    person.open(entry)
    yield "started", person.start()
    for prefix in ("", "/en"):
        for place in ("", "/review", "/outcome", *(f"/{number}" for number in range(1, len(ALL) + 1))):
            yield f"{prefix} paper {place}", person.open(prefix + person.attempt + place)
    for item, response in SOME_ANSWERS.items():
        person.find(item)
        yield f"answered {item}", person.answer(response)
        yield f"kept {item}", person.find(item)
    person.find("number")
    yield "unread", person.answer(("nhiều",))
    yield "bad prediction", person.submit(prediction="nhiều")


def set_entry(app: Flask, person: Contestant) -> str:
    """An entry whose id is the same in both worlds, so that its papers are."""
    secret = app.config["SETTINGS"].secret
    with app.app_context():
        round = rounds.find(CODE, 1)
        entry = entries.Entry("a" * 16, round.id, "Nguyễn Thị Lan", 1958, "LC", "phường Lê Chân", "vi")
        entries.enter(
            entry, tokens.lookup(secret, "code", tokens.resume_code(secret, entry.id)), round.opens_at
        )
        work.commit()
    return f"/entries/{tokens.sign(secret, 'entry', entry.id)}"


@pytest.fixture
def worlds(data: Path, tmp_path: Path, sqlite_copies: object, clock: Clock) -> Iterator[list[Flask]]:
    """Two sites with equal secrets and clocks whose banks differ in nothing that may be shown."""
    made, forgets = [], []
    for name, items in (("one", ALL), ("two", [with_other_secrets(each) for each in ALL])):
        address, forget = sqlite_copies()  # type: ignore[operator]
        set_secret(tmp_path / name)
        app = create_app(
            {"QUIZLIB_DATA": tmp_path / name, "DATABASE_URL": address, "CLOCK": clock, "TESTING": True}
        )
        open_contest(app, bank_document(*items))
        with app.app_context():
            db.session.query(Round).update({"secret": b"r" * 32})
            db.session.commit()
        made.append(app)
        forgets.append(forget)
    yield made
    for app, forget in zip(made, forgets, strict=True):
        dispose(app)
        forget()


def test_pages_before_marking_do_not_depend_on_anything_secret(worlds: list[Flask]) -> None:
    one, two = (dict(every_page_before_marking(app)) for app in worlds)
    entry_token = 'name="entry" type="hidden" value="'

    assert one.keys() == two.keys()
    for name, page in one.items():
        ours, theirs = page.source, two[name].source
        if entry_token in ours:  # a new entry's id is random
            ours, theirs = (text.partition(entry_token)[0] for text in (ours, theirs))
        assert (page.status, page.address, ours) == (two[name].status, two[name].address, theirs), name


def test_the_two_worlds_differ_once_the_papers_are_marked(worlds: list[Flask]) -> None:
    """Else the test above would prove nothing."""
    outcomes = []
    for app in worlds:
        person = Contestant(app)
        person.open(set_entry(app, person))
        person.finish()
        outcomes.append(person.page.text)

    assert "6/14 điểm" in outcomes[0]
    assert "6/14 điểm" not in outcomes[1]


def test_no_page_before_marking_holds_a_secret_text(app: Flask) -> None:
    open_contest(app, bank_document(*ALL))

    for name, page in every_page_before_marking(app):
        assert not any(text in page.source for text in SECRET_TEXTS), name


def test_replies_to_scripts_tell_nothing_either(app: Flask, person: Contestant) -> None:
    person.enter()
    person.start()
    told = [
        person.script(item, response)[1]
        for item, response in (
            ("choice", ("a",)),
            ("choice", ("b",)),
            ("number", ("1500000",)),
            ("number", ("7",)),
        )
    ]

    assert [reply.keys() for reply in told] == [{"state", "sequence", "chosen", "at", "left"}] * 4
    assert [reply["state"] for reply in told] == ["saved"] * 4


def test_after_the_submission_keys_wait_for_the_end_of_the_round(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.finish({})
    secret = [text for text in SECRET_TEXTS if text in person.page.source]
    english = person.open(f"/en{person.attempt}/outcome")

    assert secret == []
    assert not any(text in english.source for text in SECRET_TEXTS)


def test_where_the_score_waits_not_even_the_points_are_told(app: Flask) -> None:
    open_contest(app, results={"score": "after-round"}, certificate={"issue": "after-publication"})
    pages = []
    for answers in ({}, {"choice": ("a",)}):
        person = Contestant(app)
        person.enter(name=f"Người {'ab'[len(answers)]}")
        pages.append(person.finish(answers).source.replace(person.code, "").replace(person.attempt, ""))

    entries = app.test_client()
    assert entries.get("/healthz").status_code == 200
    assert len({len(page) for page in pages}) == 1


def test_names_and_phones_of_others_stand_on_no_page(app: Flask) -> None:
    open_contest(
        app, bank_document(*ALL), eligibility__phone="optional", privacy__phone_purpose={"vi": "trao giải"}
    )
    other = Contestant(app)
    other.enter(name="Trần Đình Đắc", phone="0912345678", phone_consent="y")

    for name, page in every_page_before_marking(app):
        assert "Đình Đắc" not in page.source, name
        assert "0912345678" not in page.source, name
    with app.app_context():
        assert db.session.query(Entry).count() == 2
