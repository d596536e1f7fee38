"""Saving an answer: every kind, every bad shape, whatever comes late, twice or in the wrong order."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.web.tables import Answer
from tests.builders import an_item_table
from tests.web.contest import (
    CLOSES,
    ITEMS,
    OPENS,
    RIGHT,
    WRONG,
    Clock,
    bank_document,
    both_databases,
    count,
    open_contest,
    responses,
    rows,
)
from tests.web.contestant import Contestant


@pytest.fixture
def sitting(person: Contestant) -> Contestant:
    person.enter()
    person.start()
    return person


@pytest.mark.parametrize("answers", [RIGHT, WRONG])
@pytest.mark.parametrize("item", RIGHT)
def test_an_answer_is_kept(app: Flask, sitting: Contestant, item: str, answers: dict[str, Response]) -> None:
    sitting.find(item)
    sitting.answer(answers[item])

    assert responses(app, Answer) == {item: answers[item]}


@pytest.mark.parametrize(("go", "place"), [("next", "/3"), ("previous", "/1"), ("review", "/review")])
def test_the_button_says_where_to_go(sitting: Contestant, go: str, place: str) -> None:
    sitting.ask(2)

    page = sitting.answer(RIGHT[sitting.page.item], go=go)

    assert page.address == sitting.attempt + place


def test_a_form_that_was_cut_off_on_its_way_changes_nothing(app: Flask, sitting: Contestant) -> None:
    sitting.find("choice")
    sitting.answer(RIGHT["choice"])
    form = sitting.find("choice").forms[0]
    fields = {name: value for name, value in form.values().items() if not name.startswith("q")}
    came = urlencode(fields | {"sequence": "9"}, doseq=True).encode()

    # The server of production claims to have the whole.
    told = {"CONTENT_LENGTH": str(len(came) + 12), "wsgi.input_terminated": True}
    kind = "application/x-www-form-urlencoded"
    reply = sitting.client.post(
        form.action, input_stream=BytesIO(came), content_type=kind, environ_overrides=told
    )

    assert reply.status_code == 400
    assert responses(app, Answer) == {"choice": RIGHT["choice"]}


def test_after_the_last_question_comes_the_review(sitting: Contestant) -> None:
    sitting.ask(len(ITEMS))

    assert sitting.answer(()).address == f"{sitting.attempt}/review"


@pytest.mark.parametrize("item", RIGHT)
def test_a_blank_answer_keeps_nothing(app: Flask, sitting: Contestant, item: str) -> None:
    sitting.find(item)
    sitting.answer(())

    assert count(app, Answer) == 0


@pytest.mark.parametrize("item", ["multiple", "number", "order"])
def test_an_answer_can_be_taken_back(app: Flask, sitting: Contestant, item: str) -> None:
    sitting.find(item)
    sitting.answer(RIGHT[item])
    sitting.find(item)
    sitting.answer(())

    assert responses(app, Answer) == {item: ()}
    assert "Đã lưu" not in sitting.find(item).text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1500000", "1500000"),
        ("1.500.000", "1500000"),
        ("1 500 000", "1500000"),
        ("0,50", "0.5"),
        ("-7", "-7"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_vietnamese_writes_it(
    app: Flask, sitting: Contestant, typed: str, kept: str
) -> None:
    sitting.find("number")
    sitting.answer((typed,))

    assert responses(app, Answer) == {"number": (kept,)}


def test_a_number_is_read_as_the_language_of_the_page_writes_it(app: Flask, sitting: Contestant) -> None:
    sitting.find("number")
    sitting.open(f"/en{sitting.page.address}")
    sitting.answer(("1,500,000",))

    assert responses(app, Answer) == {"number": ("1500000",)}


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        ("choice", ["zzzzzzzz"]),
        ("choice", "both"),
        ("choice", ["a"]),
        ("multiple", ["zzzzzzzz"]),
        ("multiple", "twice"),
        ("number", ["nhiều"]),
        ("number", ["1.5.0"]),
        ("number", ["1" * 400]),
        ("number", ["NaN"]),
        ("order", ["1", "", ""]),
        ("order", ["1", "1", "2"]),
        ("order", ["1", "2", "4"]),
        ("order", ["một", "2", "3"]),
    ],
)
def test_what_is_no_answer_is_told_beside_the_question(
    app: Flask, sitting: Contestant, item: str, fields: Any
) -> None:
    controls = [each for each in sitting.find(item).forms[0].controls if each.name.startswith("q")]
    names, tokens = sorted({each.name for each in controls}), [each.value for each in controls]
    sent = {"both": tokens[:2], "twice": tokens[:1] * 2}.get(
        fields if isinstance(fields, str) else "", fields
    )
    values = dict(zip(names, sent, strict=True)) if item == "order" else {names[0]: sent}

    page = sitting.press(**values)
    status, told = sitting.script(item, (), **values)

    assert "Chưa đọc được câu trả lời này." in page.text
    assert page.item == item
    assert (status, told) == (422, {"state": "unread"})
    assert count(app, Answer) == 0


# -- order of arrival


def test_the_page_counts_its_answers(app: Flask, sitting: Contestant, clock: Clock) -> None:
    sitting.find("choice")
    sitting.answer(("b",))
    clock.forward(seconds=9)
    sitting.find("choice")
    sitting.answer(("a",))

    (kept,) = rows(app, Answer)
    assert (kept["sequence"], kept["changes"]) == (2, 1)
    assert (kept["first_at"], kept["saved_at"]) == (OPENS, OPENS + timedelta(seconds=9))


@pytest.mark.parametrize(
    ("sequence", "kept", "state"), [("1", "a", "kept-later"), ("2", "c", "saved"), ("3", "c", "saved")]
)
def test_an_older_answer_never_replaces_a_newer_one(
    app: Flask, sitting: Contestant, sequence: str, kept: str, state: str
) -> None:
    sitting.script("choice", ("a",), sequence="2")

    status, told = sitting.script("choice", ("c",), sequence=sequence)

    assert told["state"] == state
    assert status == (200 if state == "saved" else 409)
    assert responses(app, Answer) == {"choice": (kept,)}


def test_an_older_form_shows_what_is_kept(app: Flask, sitting: Contestant) -> None:
    sitting.script("choice", ("a",), sequence="2")

    sitting.find("choice")
    page = sitting.answer(("c",), sequence="1")

    assert "Câu này vừa được trả lời ở máy khác." in page.text
    assert page.forms[0].values().items() >= page.forms[0].filled(("a",)).items()


@pytest.mark.parametrize("sequence", ["", "x", "-5", "1.5", None])
def test_a_sequence_that_is_none_counts_as_the_first(
    app: Flask, sitting: Contestant, sequence: str | None
) -> None:
    sitting.find("choice")
    sitting.answer(("a",), sequence=sequence)

    assert [row["sequence"] for row in rows(app, Answer)] == [1]


@both_databases
@pytest.mark.parametrize("sequence", ["9" * 10, "9" * 30, "9" * 5000])
def test_a_sequence_that_nobody_reaches_is_refused(app: Flask, sitting: Contestant, sequence: str) -> None:
    sitting.find("choice")

    assert sitting.answer(("a",), sequence=sequence).status == 400
    assert count(app, Answer) == 0


# -- what a script is told


def test_a_script_is_told_what_is_kept(sitting: Contestant) -> None:
    status, told = sitting.script("choice", ("a",))
    shown = sitting.find("choice").forms[0].filled(("a",))

    assert status == 200
    assert told == {
        "state": "saved",
        "sequence": 2,
        "chosen": next(iter(shown.values())),
        "at": "08:00",
        "left": 1200,
    }


def test_a_script_is_told_of_a_later_answer(sitting: Contestant) -> None:
    sitting.script("multiple", ("a", "c"), sequence="5")
    status, told = sitting.script("multiple", ("b",), sequence="4")
    shown = sitting.find("multiple").forms[0].filled(("a", "c"))

    assert status == 409
    assert (told["state"], told["sequence"]) == ("kept-later", 6)
    assert sorted(told["chosen"]) == sorted(next(iter(shown.values())))


def test_a_script_is_told_when_time_is_over(app: Flask, sitting: Contestant, clock: Clock) -> None:
    page = sitting.find("choice")
    values = {**page.forms[0].values(), **page.forms[0].filled(("a",)), "script": "1"}
    clock.forward(minutes=20, seconds=5)

    reply = sitting.client.post(page.forms[0].action, data=values)

    assert (reply.status_code, reply.json["state"], reply.json["left"]) == (409, "over", 0)
    assert count(app, Answer) == 0


# -- time


@pytest.mark.parametrize(
    ("seconds", "kept"), [(1199, True), (1200, True), (1204.9, True), (1205, False), (3000, False)]
)
def test_answers_count_until_the_deadline_and_the_leeway(
    app: Flask, sitting: Contestant, clock: Clock, seconds: float, kept: bool
) -> None:
    sitting.find("choice")
    clock.forward(seconds=seconds)
    page = sitting.answer(("a",))

    assert (count(app, Answer) == 1) == kept
    assert page.address.endswith("/outcome") != kept


@pytest.mark.parametrize(("seconds", "kept"), [(4, True), (5, False)])
def test_the_end_of_the_round_is_a_deadline_too(
    app: Flask, person: Contestant, clock: Clock, seconds: int, kept: bool
) -> None:
    clock.now = CLOSES - timedelta(minutes=2)
    person.enter()
    person.start()
    person.find("choice")
    clock.now = CLOSES + timedelta(seconds=seconds)
    person.answer(("a",))

    assert (count(app, Answer) == 1) == kept


def test_nothing_changes_after_the_submission(app: Flask, sitting: Contestant) -> None:
    sitting.sit()
    sitting.find("choice")
    stale = sitting.page
    sitting.submit()
    before = rows(app, Answer)

    sitting.page = stale
    page = sitting.answer(("b",))

    assert page.address == f"{sitting.attempt}/outcome"
    assert rows(app, Answer) == before


# -- whose form


@pytest.mark.parametrize("form", ["", "abc", "é", None])
def test_a_form_of_another_page_is_not_taken(app: Flask, sitting: Contestant, form: str | None) -> None:
    sitting.find("choice")
    page = sitting.answer(("a",), form=form)

    assert page.status == 400
    assert "Trang này đã mở từ trước" in page.text
    assert count(app, Answer) == 0


def test_the_form_of_another_attempt_is_not_taken(app: Flask, sitting: Contestant) -> None:
    other = Contestant(app)
    other.enter(name="Trần Đình Đắc")
    other.start()
    theirs = other.ask(1).forms[0].values()["form"]

    sitting.ask(1)

    assert sitting.answer((), form=theirs).status == 400


def test_a_form_answers_no_question_but_its_own(sitting: Contestant) -> None:
    form = sitting.ask(1).forms[0].values()["form"]

    assert sitting.post(f"{sitting.attempt}/2", form=form).status == 400
    assert sitting.post(f"{sitting.attempt}/5", form=form).status == 400


def test_option_tokens_are_alike_for_all_and_tell_nothing(app: Flask, sitting: Contestant) -> None:
    other = Contestant(app)
    other.enter(name="Trần Đình Đắc")
    other.start()
    ours, theirs = sitting.find("choice").forms[0], other.find("choice").forms[0]

    tokens = [next(iter(ours.filled((option,)).values()))[0] for option in "abc"]

    assert tokens == [next(iter(theirs.filled((option,)).values()))[0] for option in "abc"]
    assert all(len(token) == 8 for token in tokens)


def test_answers_of_a_template_item_are_kept_under_its_id(app: Flask) -> None:
    item = an_item_table("sum", stem="{x} đồng. Câu hỏi sum?", row=[{"x": "5"}, {"x": "6"}])
    bank = bank_document(item)
    bank["overlays"] = {}
    open_contest(app, bank)
    person = Contestant(app)
    person.enter()
    person.start()

    person.find("sum")
    person.answer(("a",))

    assert responses(app, Answer) == {"sum": ("a",)}
    assert "{x}" not in person.find("sum").text
