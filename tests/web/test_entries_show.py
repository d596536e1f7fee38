"""The page of somebody who has entered: ready to start, or the way back."""

from __future__ import annotations

import pytest
from flask import Flask

from quizlib.web.tables import Entry
from tests.web.contest import CODE, Clock, open_contest, rows
from tests.web.contestant import Contestant


def test_it_tells_the_code_and_offers_the_start(person: Contestant) -> None:
    page = person.enter()

    assert len(person.code.replace(" ", "")) == 12
    assert "Bắt đầu làm bài, tính giờ từ lúc này" in page.text
    assert page.forms[0].values() == {"ordinal": ["1"], "plain": ["1"]}


def test_a_contest_without_a_limit_does_not_speak_of_time(app: Flask) -> None:
    open_contest(app, time__limit_minutes=0)

    assert "tính giờ từ lúc này" not in Contestant(app).enter().text


@pytest.mark.parametrize(("answer", "said"), [("b", "Đúng rồi!"), ("a", "Đáp án là Việt Nam.")])
def test_the_warm_up_answers_at_once(person: Contestant, answer: str, said: str) -> None:
    person.enter()

    page = person.press(which=1, warm_up=answer)

    assert said in page.text


def test_an_unfinished_paper_is_opened_again(person: Contestant) -> None:
    person.enter()
    person.start()

    assert person.open(person.entry).address == person.attempt


def test_finished_papers_are_listed_and_the_next_may_start(person: Contestant) -> None:
    person.enter()
    person.finish()

    page = person.open(person.entry)

    assert "Xem kết quả lần 1" in page.text
    assert page.forms[0].values()["ordinal"] == ["2"]


def test_a_paper_whose_time_is_over_is_closed_on_the_way(person: Contestant, clock: Clock) -> None:
    person.enter()
    person.start()
    clock.forward(minutes=21)

    assert "Xem kết quả lần 1" in person.open(person.entry).text


def test_a_mistyped_name_can_be_corrected_until_the_start(app: Flask, person: Contestant) -> None:
    person.enter(name="Nguyễn Thị Lam")

    person.open(f"{person.entry}/edit")
    page = person.press(name="Nguyễn Thị Lan", consent="y")
    person.start()
    begun = person.open(f"{person.entry}/edit")

    assert "Chào Nguyễn Thị Lan" in page.text
    assert [row["name"] for row in rows(app, Entry)] == ["Nguyễn Thị Lan"]
    assert begun.address == person.attempt


def test_a_wrong_unit_can_be_corrected_without_a_script(app: Flask, person: Contestant) -> None:
    person.enter(unit="le chan")

    person.open(f"{person.entry}/edit")
    person.press(unit="do son", consent="y")

    assert [row["unit_code"] for row in rows(app, Entry)] == ["DS"]


@pytest.mark.parametrize(
    "address",
    [
        "/entries/abc",
        "/entries/aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb",
        "/entries/%00-a",
        "/entries/abc/edit",
        "/attempts/aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb",
        "/attempts/abc/1",
        "/attempts/abc/review",
        "/attempts/abc/outcome",
    ],
)
def test_an_address_that_was_not_given_out_is_not_found(person: Contestant, address: str) -> None:
    assert person.open(address).status == 404


def test_an_entry_is_no_key_to_an_attempt(person: Contestant) -> None:
    person.enter()
    token = person.entry.removeprefix("/entries/")

    assert person.open(f"/attempts/{token}").status == 404
    assert person.open(f"/contests/{CODE}").status == 200
