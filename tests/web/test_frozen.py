"""Frozen means kept: nothing that is edited after the opening changes what was opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from quizlib.web.store import contests, work
from quizlib.web.store.contests import _RULES
from quizlib.web.store.rounds import _BANKS, _BLUEPRINTS
from quizlib.web.tables import Attempt, Certificate, Frozen, Outcome, Round, db
from tests.builders import write_bank
from tests.web.conftest import Application
from tests.web.contest import (
    CODE,
    ITEMS,
    RIGHT,
    Clock,
    bank_document,
    close_round,
    contest_rules,
    open_contest,
    publish_round,
    rows,
)
from tests.web.contestant import Contestant, finisher


def edit_everything(app: Flask, data: Path, clock: Clock) -> None:
    """Other stems, keys, points and options in the bank's folder; other rules; and a server begun anew."""
    edited = [
        each
        | {
            "stem": f"SỬA {each['id']}?",
            "explanation": "SỬA",
            "key": ["b"] if each["id"] == "choice" else each["key"],
        }
        for each in ITEMS
    ]
    shutil.rmtree(data / "sample")
    write_bank(data / "sample", bank_document(*edited))
    with app.app_context():
        rules = contest_rules(
            title={"vi": "SỬA"}, results__cut=100, time__limit_minutes=1, paper__incomplete="invalid"
        )
        contests.load(rules, clock.now)
        work.commit()
    for cache in (_BANKS, _BLUEPRINTS, _RULES):
        cache.clear()  # as after a restart


def test_edits_change_no_byte_of_a_paper(app: Flask, person: Contestant, data: Path, clock: Clock) -> None:
    person.enter()
    person.start()
    places = ["", "/review", *(f"/{number}" for number in range(1, len(ITEMS) + 1))]
    before = [person.open(person.attempt + place).body for place in places]

    edit_everything(app, data, clock)

    assert [person.open(person.attempt + place).body for place in places] == before


def test_edits_change_no_mark_no_outcome_and_no_certificate(
    app: Flask, person: Contestant, data: Path, clock: Clock
) -> None:
    person.enter()
    person.finish()
    outcome = person.page.address
    before = person.open(outcome).body
    kept = {table: rows(app, table) for table in (Outcome, Certificate)}
    (certificate,) = kept[Certificate]
    printed = person.open(f"/verify/{certificate['serial']}").body

    edit_everything(app, data, clock)

    assert person.open(outcome).body == before
    assert person.open(f"/verify/{certificate['serial']}").body == printed
    assert {table: rows(app, table) for table in kept} == kept


def test_edits_do_not_reach_a_paper_marked_after_them(
    app: Flask, person: Contestant, data: Path, clock: Clock
) -> None:
    person.enter()
    person.start()
    person.sit()
    edit_everything(app, data, clock)

    page = person.submit()

    assert "Tuyệt vời, đúng tất cả!" in page.text
    assert "SỬA" not in page.text


def test_edits_do_not_reach_people_who_start_after_them(
    app: Flask, person: Contestant, data: Path, clock: Clock
) -> None:
    edit_everything(app, data, clock)

    late = finisher(app, RIGHT)

    assert "6/6 điểm" in late.page.text


def test_edits_do_not_reach_the_publication(app: Flask, data: Path, clock: Clock) -> None:
    open_contest(app)
    finisher(app)
    edit_everything(app, data, clock)
    close_round(app, clock)
    publish_round(app, clock)

    assert "6/6" in Contestant(app).open(f"/contests/{CODE}/standings").text


# -- what no longer fits is never served


def set_rows(app: Flask, table: type[db.Model], **values: object) -> None:
    with app.app_context():
        db.session.query(table).update(values)
        db.session.commit()


@pytest.mark.parametrize(
    ("table", "values"),
    [(Round, {"draw_version": 0}), (Attempt, {"digest": "0" * 64}), (Attempt, {"seed": "another"})],
    ids=["draw version", "digest", "seed"],
)
@pytest.mark.parametrize("place", ["", "/1", "/review", "/outcome"])
def test_another_paper_is_never_shown(
    app: Flask, person: Contestant, table: type[db.Model], values: dict[str, object], place: str
) -> None:
    person.enter()
    person.start()
    set_rows(app, table, **values)

    page = person.open(person.attempt + place)

    assert page.status == 500
    assert "Trang này đang gặp trục trặc." in page.text
    assert "Câu hỏi" not in page.text


def test_another_paper_is_never_shown_or_marked(app: Flask, person: Contestant) -> None:
    person.enter()
    person.start()
    form = person.open(f"{person.attempt}/review").forms[0].values()["form"]
    set_rows(app, Round, draw_version=0)

    review = person.open(f"{person.attempt}/review")
    submitted = person.post(f"{person.attempt}/submit", form=form)

    assert (person.ask(1).status, review.status, submitted.status) == (500, 500, 500)
    assert rows(app, Outcome) == []


@pytest.mark.parametrize("part", ["rules", "bank", "blueprint"])
def test_what_was_altered_in_the_database_is_noticed(app: Flask, person: Contestant, part: str) -> None:
    person.enter()
    person.start()
    (opened,) = rows(app, Round)
    with app.app_context():
        db.session.query(Frozen).filter_by(hash=opened[part]).update({"body": b"[]"})
        db.session.commit()
    for cache in (_BANKS, _BLUEPRINTS, _RULES):
        cache.clear()

    assert person.ask(1).status == 500


def test_frozen_bytes_are_kept_once(make_app: Application) -> None:
    app = make_app()
    open_contest(app)
    before = rows(app, Frozen)
    open_contest(app, code="khac")

    assert len(rows(app, Frozen)) == len(before) + 1  # other rules, the same bank and blueprint
