"""Starting an attempt: once, by those who may, while they may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.web.tables import Attempt, Entry, db
from tests.web.contest import CLOSES, CODE, OPENS, Clock, count, open_contest, rows
from tests.web.contestant import Contestant


def test_the_start_opens_the_paper_and_its_clock(app: Flask, person: Contestant) -> None:
    person.enter()
    page = person.start()

    (attempt,) = rows(app, Attempt)
    assert page.address == f"{person.attempt}/1"
    assert "Câu 1/4" in page.text
    assert "Còn 20 phút" in page.text
    assert (attempt["ordinal"], attempt["started_at"]) == (1, OPENS)
    assert attempt["answers_until"] == OPENS + timedelta(minutes=20, seconds=5)
    assert attempt["submits_until"] == OPENS + timedelta(minutes=20, seconds=5)


def test_with_a_script_the_start_opens_the_whole_paper(person: Contestant) -> None:
    person.enter()

    page = person.press(plain=None)

    assert len(page.forms) == 4


def test_a_paper_never_outlasts_its_round(app: Flask, person: Contestant, clock: Clock) -> None:
    clock.now = CLOSES - timedelta(minutes=3)
    person.enter()
    page = person.start()

    assert "Còn 3 phút" in page.text
    assert rows(app, Attempt)[0]["answers_until"] == CLOSES + timedelta(seconds=5)


def test_starting_twice_is_starting_once(app: Flask, person: Contestant, clock: Clock) -> None:
    person.enter()
    first = person.start()
    clock.forward(minutes=1)
    second = person.post(f"{person.entry}/start", ordinal="1")

    assert first.address == f"{second.address}/1"
    assert "Còn 19 phút" in second.text
    assert count(app, Attempt) == 1


def test_a_second_attempt_is_another_paper(app: Flask, person: Contestant) -> None:
    person.enter()
    person.finish()
    person.open(person.entry)
    person.start()

    first, second = rows(app, Attempt)
    assert first["ordinal"] != second["ordinal"]
    assert first["seed"] != second["seed"]


def test_the_same_start_still_leads_to_its_paper_when_the_round_is_over(
    person: Contestant, clock: Clock
) -> None:
    person.enter()
    person.finish()
    clock.now = CLOSES

    assert "/outcome" in person.post(f"{person.entry}/start", ordinal="1").address


def test_attempts_are_counted(app: Flask, person: Contestant) -> None:
    person.enter()
    for ordinal in (1, 2):
        person.post(f"{person.entry}/start", ordinal=str(ordinal))
    page = person.post(f"{person.entry}/start", ordinal="3")

    assert page.status == 409
    assert "Bạn đã thi đủ số lần cho phép (2 lần)." in page.text
    assert count(app, Attempt) == 2


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (CLOSES, "Vòng thi đã kết thúc lúc 08:00, 09/11/2026."),
        (OPENS - timedelta(seconds=1), "Vòng thi chưa mở"),
    ],
)
def test_nobody_starts_outside_the_round(
    app: Flask, person: Contestant, clock: Clock, when: Any, said: str
) -> None:
    person.enter()
    clock.now = when

    page = person.press()

    assert (page.status, said in page.text) == (403, True)
    assert count(app, Attempt) == 0


@pytest.mark.parametrize("ordinal", ["3", "9999", "0", "-1", "", "1.0", "một", "²", "9" * 5000, None])
def test_only_the_next_attempt_can_be_started(app: Flask, person: Contestant, ordinal: str | None) -> None:
    person.enter()

    page = person.press(ordinal=ordinal)

    assert page.status == 400
    assert "Trang này đã mở từ trước" in page.text
    assert count(app, Attempt) == 0


@pytest.mark.parametrize("token", ["abc", "aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb"])
def test_a_forged_entry_starts_nothing(app: Flask, person: Contestant, token: str) -> None:
    assert person.post(f"/entries/{token}/start", ordinal="1").status == 404
    assert count(app, Attempt) == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"birth_year": 2020}, "Cuộc thi dành cho người từ 10 tuổi trở lên."),
        ({"birth_year": 2013}, "Bạn dưới 16 tuổi nên cần cha mẹ hoặc người giám hộ đồng ý."),
    ],
)
def test_age_is_asked_again_at_the_start(
    app: Flask, person: Contestant, changes: dict[str, object], said: str
) -> None:
    person.enter()
    with app.app_context():
        db.session.query(Entry).update(changes)
        db.session.commit()

    page = person.press()

    assert (page.status, said in page.text) == (403, True)


def test_weeks_are_counted_from_the_opening(app: Flask, clock: Clock) -> None:
    later = (OPENS + timedelta(days=21)).isoformat()
    open_contest(
        app, attempts={"per_week": 1}, round=[{"number": 1, "opens": OPENS.isoformat(), "closes": later}]
    )
    person = Contestant(app)
    person.enter()
    person.finish()

    person.open(person.entry)
    this_week = person.press().status
    clock.forward(days=7)
    person.open(person.entry)
    next_week = person.press().status

    assert (this_week, next_week) == (409, 200)


def test_the_contest_page_leads_to_the_start(person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}")

    assert person.open(next(link for link in page.links if link.endswith("/enter"))).status == 200
