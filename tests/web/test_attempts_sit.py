"""The paper before a contestant: all of it in one document, or one question a page."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.contest import ITEMS, RIGHT, Clock, open_contest
from tests.web.contestant import Contestant


@pytest.fixture
def sitting(person: Contestant) -> Contestant:
    person.enter()
    person.start()
    return person


def test_one_document_holds_every_question(sitting: Contestant) -> None:
    page = sitting.open(sitting.attempt)

    assert len(page.forms) == len(ITEMS)
    assert all(f"Câu hỏi {each['id']}?" in page.text for each in ITEMS)


def test_without_a_script_the_first_open_question_comes_next(sitting: Contestant) -> None:
    before = sitting.open(sitting.attempt).source
    sitting.ask(1)
    sitting.answer(RIGHT[sitting.page.item])
    after = sitting.open(sitting.attempt).source

    assert f'<noscript><meta http-equiv="refresh" content="0;url={sitting.attempt}/1">' in before
    assert f'<noscript><meta http-equiv="refresh" content="0;url={sitting.attempt}/2">' in after


def test_the_paper_stays_the_same_however_often_it_is_opened(sitting: Contestant) -> None:
    pages = [sitting.open(sitting.attempt).body for _ in range(3)]

    assert len(set(pages)) == 1


def test_a_question_page_has_one_question_and_what_it_shows(sitting: Contestant) -> None:
    page = sitting.find("choice")

    assert len(page.forms) == 1
    assert "Ví dụ: tin nhắn SMS" in page.text
    assert "Tin nhắn loan" in page.text


def test_a_saved_answer_is_still_there(sitting: Contestant) -> None:
    for item, response in RIGHT.items():
        sitting.find(item)
        sitting.answer(response)

    for item, response in RIGHT.items():
        values = sitting.find(item).forms[0].values()
        filled = sitting.page.forms[0].filled(response)
        shown = {"number": {name: ["1.500.000"] for name in filled}}.get(item, filled)
        assert {name: values.get(name) for name in filled} == shown
        assert "✓ Đã lưu" in sitting.page.text


def test_the_paper_can_be_read_in_english(sitting: Contestant) -> None:
    page = sitting.open(f"/en{sitting.attempt}")

    assert all(f"Question {each['id']}?" in page.text for each in ITEMS)
    assert "A message" in page.text
    assert "Câu hỏi" not in page.text


def test_both_languages_show_one_order(sitting: Contestant) -> None:
    vietnamese, english = sitting.ask(1).item, sitting.open(f"/en{sitting.attempt}/1").item

    assert vietnamese == english


@pytest.mark.parametrize("number", ["0", "5", "99999999999999999999", "-1", "a"])
def test_there_is_no_other_question(sitting: Contestant, number: str) -> None:
    assert sitting.open(f"{sitting.attempt}/{number}").status == 404


@pytest.mark.parametrize("place", ["", "/1", "/review"])
def test_when_time_is_over_every_page_leads_to_the_outcome(
    sitting: Contestant, clock: Clock, place: str
) -> None:
    clock.forward(minutes=20, seconds=5)

    assert sitting.open(sitting.attempt + place).address == f"{sitting.attempt}/outcome"


@pytest.mark.parametrize("place", ["", "/1"])
def test_in_the_grace_only_the_review_is_left(app: Flask, clock: Clock, place: str) -> None:
    open_contest(app, time={"limit_minutes": 20, "expiry": "grace", "grace_minutes": 2})
    person = Contestant(app)
    person.enter()
    person.start()
    clock.forward(minutes=20, seconds=5)

    assert person.open(person.attempt + place).address == f"{person.attempt}/review"


def test_the_time_left_is_told_in_whole_seconds_and_minutes(sitting: Contestant, clock: Clock) -> None:
    clock.forward(minutes=5, seconds=1)
    page = sitting.open(sitting.attempt)
    clock.forward(minutes=14, seconds=29)
    last = sitting.open(sitting.attempt)

    assert 'data-left="899"' in page.source
    assert "Còn 15 phút" in page.text
    assert "Còn 30 giây" in last.text


def test_without_a_limit_no_time_is_told(app: Flask) -> None:
    open_contest(app, time__limit_minutes=0)
    person = Contestant(app)
    person.enter()
    person.start()

    page = person.open(person.attempt)

    assert "data-left" not in page.source
    assert "Còn " not in page.text
