"""Frozen means kept: what is edited or upgraded in the middle of a round changes no byte of it."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from flask import Flask

from quizlib.web.store import contests, work
from quizlib.web.tables import Round, db
from tests.builders import write_bank
from tests.web.contest import Clock, bank_document, both_databases, contest_rules, open_contest, rows
from tests.web.contestant import Contestant


def edited() -> dict[str, object]:
    """The bank's document with every key, text and explanation changed."""
    document = copy.deepcopy(bank_document())
    for topic in document["topics"].values():
        for item in topic["item"]:
            item["stem"] = "Câu đã sửa?"
            item["explanation"] = "Lời giải đã sửa."
            if item["kind"] == "choice":
                item["key"] = ["b"]
    return document


@both_databases
def test_an_open_paper_its_marks_and_its_certificate_are_of_the_bank_as_it_was(
    app: Flask, data: Path, clock: Clock
) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    before = [person.ask(number).body for number in range(1, 5)]

    write_bank(data / "sample", edited())
    with app.app_context():
        contests.load(contest_rules(results__cut=100, title={"vi": "Tên khác", "en": "Another"}), clock.now)
        work.commit()
    after = [person.ask(number).body for number in range(1, 5)]
    person.sit()
    outcome = person.submit(prediction="5")

    assert after == before
    assert "6/6" in outcome.text
    assert "Câu đã sửa" not in outcome.source


@pytest.mark.parametrize("column", ["draw_version"])
def test_another_way_to_draw_is_an_error_and_never_another_paper(
    app: Flask, person: Contestant, column: str
) -> None:
    person.enter()
    person.start()
    with app.app_context():
        db.session.query(Round).update({column: 99})
        work.commit()

    reply = app.test_client().get(f"{person.attempt}/2")

    assert reply.status_code == 500
    assert "Các câu trả lời đã lưu vẫn còn" in reply.text
    assert rows(app, Round)[0]["draw_version"] == 99
