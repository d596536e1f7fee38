"""Papers on paper: printed with a number, typed in once, marked as the very paper that was printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.errors import ContentError
from quizlib.web import marking
from quizlib.web.pages.papers import seed_of
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.tables import Attempt, Entry, Outcome
from tests.web.contest import (
    CLOSES,
    CODE,
    ITEMS,
    OPENS,
    RIGHT,
    RIGHT_SEEING,
    SEEING,
    Clock,
    bank_document,
    count,
    open_contest,
    rows,
)
from tests.web.contestant import Contestant, Page

PAPER, TYPED = f"/contests/{CODE}/paper", f"/contests/{CODE}/typed"
PRINTABLE = (*ITEMS, *(each for each in SEEING if each["kind"] != "scenario"))
LAN = {"name": "Nguyễn Thị Lan", "birth_year": "1941", "unit": "le chan", "consent": "y"}
DAC = {**LAN, "name": "Trần Đình Đắc"}


@pytest.fixture
def round(app: Flask) -> OpenedRound:
    return open_contest(app, bank_document(*PRINTABLE), paper__print=True)


@pytest.fixture
def helper(app: Flask, round: OpenedRound) -> Contestant:
    return Contestant(app)


def number_of(page: Page) -> str:
    return page.address.rpartition("/")[2]


def type_in(helper: Contestant, number: str, **fields: str) -> Page:
    """The number, then the person; ends at the first question."""
    helper.open(TYPED)
    helper.press(number=number)
    helper.press(**(fields or LAN))
    helper.attempt = helper.page.address
    return helper.page


def order_of(text: str) -> list[str]:
    """Every stem and option, as they are read from the top."""
    return [found[1] or found[2] for found in re.finditer(r"Câu hỏi (\w+)\?|Phương án (\w+)", text)]


def test_a_paper_is_printed_answered_and_typed_in(app: Flask, helper: Contestant) -> None:
    printed = helper.open(PAPER)
    typed = type_in(helper, number_of(printed))
    helper.sit(RIGHT | RIGHT_SEEING)
    outcome = helper.submit(prediction="12")

    (entry,), (attempt,) = rows(app, Entry), rows(app, Attempt)
    assert order_of(typed.text) == order_of(printed.text)
    assert (entry["channel"], entry["assisted"]) == ("paper", True)
    assert rows(app, Outcome)[0]["points"] == rows(app, Outcome)[0]["max_points"]
    assert "Xong, nhập bài tiếp theo" in outcome.text
    assert attempt["submitted_at"] == OPENS


def test_the_attempt_has_the_digest_of_the_print(app: Flask, helper: Contestant, round: OpenedRound) -> None:
    number = number_of(helper.open(PAPER))
    type_in(helper, number)

    (attempt,) = rows(app, Attempt)
    with app.app_context():
        printed = marking.draw_paper(round, seed_of(round, number))
    assert (attempt["seed"], attempt["digest"]) == (printed.seed, printed.digest)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_two_prints_of_one_number_are_the_same_bytes(helper: Contestant, clock: Clock, prefix: str) -> None:
    address = helper.open(prefix + PAPER).address
    first = helper.page.body
    clock.forward(days=3)

    assert helper.open(address).body == first


def test_each_print_is_another_paper(helper: Contestant) -> None:
    pages = [helper.open(PAPER) for _ in range(8)]

    assert len({number_of(page) for page in pages}) == 8
    assert len({tuple(order_of(page.text)) for page in pages}) > 1


def test_a_sheet_has_letters_boxes_and_nothing_secret(helper: Contestant) -> None:
    page = helper.open(PAPER)

    sheet = page.source.partition("Phiếu trả lời")[2]
    assert page.text.count(number_of(page)) == 1 + len(PRINTABLE) + 2
    assert sheet.count("<li>") == len(PRINTABLE)
    assert re.findall(r"<span>([A-D])<b", sheet).count("A") == len(PRINTABLE) - 1  # a number has a line
    assert not any(secret in page.source for secret in ("Lời giải", "Lý do", "Dấu hiệu lạ"))
    assert "Tôi đã đồng ý khi làm bài trên giấy." in sheet


@pytest.mark.parametrize("kind", [each["id"] for each in PRINTABLE])
def test_every_kind_is_printed(helper: Contestant, kind: str) -> None:
    assert f"Câu hỏi {kind}?" in helper.open(PAPER).text


def test_a_story_in_steps_is_not_opened_for_print(app: Flask) -> None:
    with pytest.raises(ContentError, match="cannot be printed"):
        open_contest(app, bank_document(*ITEMS, *SEEING), paper__print=True)


def test_what_is_typed_in_has_no_clock_but_the_close_of_the_round(
    app: Flask, helper: Contestant, clock: Clock
) -> None:
    typed = type_in(helper, number_of(helper.open(PAPER)))
    clock.forward(hours=5)
    later = helper.ask(1)

    assert rows(app, Attempt)[0]["answers_until"] == CLOSES + timedelta(seconds=5)
    assert "data-left" not in typed.source
    assert "Còn" not in later.text
    assert later.status == 200


def test_the_close_of_the_round_ends_it_like_any_other(app: Flask, helper: Contestant, clock: Clock) -> None:
    type_in(helper, number_of(helper.open(PAPER)))
    clock.now = CLOSES + timedelta(seconds=6)

    assert "/outcome" in helper.open(helper.attempt).address
    assert count(app, Outcome) == 1


def test_a_paper_sat_on_the_phone_keeps_its_clock(helper: Contestant) -> None:
    helper.enter()

    assert "Còn 20 phút" in helper.start().text


# -- one paper, one person


def test_a_paper_is_typed_in_only_once(app: Flask, helper: Contestant) -> None:
    number = number_of(helper.open(PAPER))
    type_in(helper, number)

    page = type_in(Contestant(app), number, **DAC)

    assert (page.status, "đã có người nhập" in page.text) == (409, True)
    assert (count(app, Entry), count(app, Attempt)) == (1, 1)


def test_the_same_form_sent_twice_is_the_same_attempt(app: Flask, helper: Contestant) -> None:
    helper.open(TYPED + "?number=" + number_of(helper.open(PAPER)))
    asked = helper.page.forms[0]

    pages = [helper.post(asked.action, **{**asked.values(), **LAN}) for _ in range(2)]

    assert pages[0].address == pages[1].address
    assert (count(app, Entry), count(app, Attempt)) == (1, 1)


def test_after_one_paper_the_next_number_is_asked_and_nothing_is_left(helper: Contestant) -> None:
    type_in(helper, number_of(helper.open(PAPER)))
    helper.open(f"{helper.attempt}/review")
    helper.press(0)
    asked = helper.press(0)
    number = number_of(Contestant(helper.client.application).open(PAPER))
    page = helper.press(number=number)

    assert "Số đề" in asked.text
    assert LAN["name"] not in asked.source + page.source
    assert page.forms[0].values()["unit"] == ["phường Lê Chân"]
    assert helper.open(helper.attempt).status == 403


@pytest.mark.parametrize("typed", ["0000-0000-0000", "ABCD", "<b>", "é"])
def test_a_number_that_was_never_printed_is_told(app: Flask, helper: Contestant, typed: str) -> None:
    helper.open(TYPED)

    page = helper.press(number=typed)

    assert "không có đề mang số này" in page.text
    assert helper.open(f"{PAPER}/{typed}").status == 404
    assert helper.post(f"{TYPED}?number={typed}", **LAN).status == 404
    assert count(app, Entry) == 0


@pytest.mark.parametrize(
    "typed", [str.lower, lambda number: number.replace("-", " "), lambda number: number.replace("0", "O")]
)
def test_a_number_is_read_as_people_write_it(helper: Contestant, typed: Callable[[str], str]) -> None:
    assert "Câu 1/" in type_in(helper, typed(number_of(helper.open(PAPER)))).text


def test_a_number_of_another_round_is_none_of_this_one(app: Flask, helper: Contestant) -> None:
    open_contest(app, bank_document(*PRINTABLE), code="khac", paper__print=True)
    number = number_of(helper.open("/contests/khac/paper"))

    assert helper.open(f"{PAPER}/{number}").status == 404


def test_what_is_missing_is_asked_for_again(app: Flask, helper: Contestant) -> None:
    number = number_of(helper.open(PAPER))
    page = type_in(helper, number, **{**LAN, "birth_year": "41"})
    asked = page.text
    helper.press(birth_year="1941")

    assert "Hãy ghi năm sinh bằng bốn chữ số" in asked
    assert "Câu 1/" in helper.page.text
    assert count(app, Attempt) == 1


# -- only where and when the rules say


def test_where_the_rules_do_not_say_so_nothing_is_printed(app: Flask, person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}")

    assert PAPER not in page.links
    assert {person.open(place).status for place in (PAPER, TYPED, f"{PAPER}/0000-0000-0000")} == {404}
    assert person.post(f"{TYPED}?number=1", **LAN).status == 404
    assert "làm bài trên giấy" not in person.open(f"/contests/{CODE}/rules").text


def test_the_contest_and_its_rules_tell_of_it(helper: Contestant) -> None:
    page = helper.open(f"/contests/{CODE}")

    assert {PAPER, TYPED} <= set(page.links)
    assert "Bài trên giấy không tính giờ làm" in helper.open(f"/contests/{CODE}/rules").text


@pytest.mark.parametrize("moment", [OPENS - timedelta(minutes=1), CLOSES])
def test_outside_the_round_nothing_is_printed_or_typed(helper: Contestant, clock: Clock, moment: Any) -> None:
    number = number_of(helper.open(PAPER))
    clock.now = moment

    statuses = {helper.open(place).status for place in (PAPER, TYPED, f"{PAPER}/{number}")}

    assert statuses | {helper.post(f"{TYPED}?number={number}", **LAN).status} == {403}
