"""Submitting: once, in time, and what becomes of papers that nobody submits."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.web.tables import Answer, Attempt, Outcome
from tests.web.contest import (
    CLOSES,
    CODE,
    MAX_POINTS,
    OPENS,
    RIGHT,
    WRONG,
    Clock,
    close_round,
    count,
    open_contest,
    rows,
)
from tests.web.contestant import Contestant, finisher

GRACE = {"limit_minutes": 20, "expiry": "grace", "grace_minutes": 2}
VOID = {"limit_minutes": 20, "expiry": "void"}


def sitter(app: Flask, answers: dict[str, Response] = RIGHT, **changes: Any) -> Contestant:
    """Somebody who has answered, in a contest of these rules."""
    open_contest(app, **changes)
    person = Contestant(app)
    person.enter()
    person.start()
    person.sit(answers)
    return person


def the_outcome(app: Flask) -> dict[str, object]:
    (row,) = rows(app, Outcome)
    return row


def the_attempt(app: Flask) -> dict[str, object]:
    (row,) = rows(app, Attempt)
    return row


def test_a_submitted_paper_has_its_outcome(app: Flask, clock: Clock) -> None:
    person = sitter(app)
    clock.forward(minutes=7)
    page = person.submit(prediction="250")

    outcome = the_outcome(app)
    assert page.address == f"{person.attempt}/outcome"
    assert the_attempt(app)["submitted_at"] == OPENS + timedelta(minutes=7)
    assert (outcome["points"], outcome["max_points"], outcome["seconds"]) == (MAX_POINTS, MAX_POINTS, 420)
    assert (outcome["all_correct"], outcome["passed"], outcome["prediction"]) == (True, True, 250)
    assert (outcome["revision"], outcome["cause"]) == (1, "submitted")


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (RIGHT, 6),
        (WRONG, 0),
        ({}, 0),
        (RIGHT | {"choice": ("b",)}, 5),
        (RIGHT | {"number": ("1500001",)}, 5),
        (RIGHT | {"multiple": ("a",)}, 5),
        (RIGHT | {"multiple": ("a", "b", "c")}, 5),
        (RIGHT | {"order": ("b", "c", "a")}, 5),
        ({"choice": ("a",)}, 1),
    ],
)
def test_points_are_whole_and_as_the_kinds_say(app: Flask, answers: dict[str, Response], points: int) -> None:
    sitter(app, answers).submit()

    assert the_outcome(app)["points"] == points


def test_submitting_twice_is_submitting_once(app: Flask, clock: Clock) -> None:
    person = sitter(app)
    review = person.page
    person.submit(prediction="1")
    first = rows(app, Attempt), rows(app, Outcome)

    clock.forward(minutes=1)
    person.page = review
    page = person.submit(prediction="999")

    assert page.address == f"{person.attempt}/outcome"
    assert (rows(app, Attempt), rows(app, Outcome)) == first


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("250", 250), ("1.200", 1200), ("1 200", 1200), ("1,200", 1200), ("٢٥٠", 250), ("", None)],
)
def test_a_prediction_is_a_whole_number(app: Flask, typed: str, kept: int | None) -> None:
    sitter(app).submit(prediction=typed)

    assert the_outcome(app)["prediction"] == kept


def test_a_prediction_can_be_changed_until_the_submission(app: Flask) -> None:
    person = sitter(app)
    person.submit(prediction="nhiều")
    person.press(prediction="250")

    assert the_outcome(app)["prediction"] == 250


@pytest.mark.parametrize(
    ("changes", "seconds", "points", "void", "ended"),
    [
        ({}, 1204, 6, False, 1204),
        ({}, 1205, 6, False, 1200),
        ({}, 9000, 6, False, 1200),
        ({"time": GRACE}, 1324, 6, False, 1324),
        ({"time": GRACE}, 1325, 6, True, 1200),
        ({"time": VOID}, 1204, 6, False, 1204),
        ({"time": VOID}, 1205, 6, True, 1200),
    ],
)
def test_the_rules_say_what_becomes_of_a_late_paper(
    app: Flask, clock: Clock, changes: dict[str, Any], seconds: int, points: int, void: bool, ended: int
) -> None:
    person = sitter(app, **changes)
    clock.forward(seconds=seconds)
    person.submit()

    attempt, outcome = the_attempt(app), the_outcome(app)
    assert (outcome["points"], attempt["void"]) == (points, void)
    assert attempt["submitted_at"] == OPENS + timedelta(seconds=ended)
    assert outcome["seconds"] == min(ended, 1200)


def test_a_void_paper_is_told_kindly(app: Flask, clock: Clock) -> None:
    person = sitter(app, time=VOID)
    clock.forward(minutes=30)

    page = person.submit()

    assert "Bài thi đã hết giờ mà chưa nộp" in page.text
    assert "điểm" not in page.text


def test_in_the_grace_no_prediction_is_taken(app: Flask, clock: Clock) -> None:
    person = sitter(app, time=GRACE)
    clock.forward(seconds=1210)
    person.open(f"{person.attempt}/review")
    person.press(prediction="250")

    assert (the_outcome(app)["prediction"], the_outcome(app)["points"]) == (None, MAX_POINTS)


@pytest.mark.parametrize(("incomplete", "points", "passed"), [("zero", 5, True), ("invalid", 0, False)])
@pytest.mark.parametrize("blank", ["never", "taken back"])
def test_the_rules_say_what_an_incomplete_paper_is_worth(
    app: Flask, incomplete: str, points: int, passed: bool, blank: str
) -> None:
    person = sitter(app, RIGHT | {"number": ()}, paper__incomplete=incomplete)
    if blank == "taken back":
        person.find("number")
        person.answer(("7",))
        person.find("number")
        person.answer(())
    person.submit()

    outcome = the_outcome(app)
    assert (outcome["points"], outcome["passed"], outcome["all_correct"]) == (points, passed, False)


def test_an_incomplete_paper_is_told_why_it_has_no_points(app: Flask) -> None:
    person = sitter(app, RIGHT | {"number": ()}, paper__incomplete="invalid")

    assert "0/6 điểm" in person.submit().text


@pytest.mark.parametrize(("ends_at", "seconds"), [("submit", 600), ("last-answer", 240)])
def test_the_rules_say_to_which_moment_time_is_counted(
    app: Flask, clock: Clock, ends_at: str, seconds: int
) -> None:
    open_contest(app, time__ends_at=ends_at, prediction=None, ranking={"criteria": ["score", "time"]})
    person = Contestant(app)
    person.enter()
    person.start()
    clock.forward(seconds=240)
    person.sit()
    clock.forward(seconds=360)
    person.submit()

    assert the_outcome(app)["seconds"] == seconds


def test_the_prediction_is_no_answer_that_time_is_counted_to(app: Flask, clock: Clock) -> None:
    person = sitter(app, time__ends_at="last-answer")
    clock.forward(seconds=600)
    person.submit(prediction="250")

    assert the_outcome(app)["seconds"] == 0


@pytest.mark.parametrize("form", ["", "abc", None])
def test_a_form_of_another_page_submits_nothing(app: Flask, form: str | None) -> None:
    person = sitter(app)

    assert person.submit(form=form).status == 400
    assert count(app, Outcome) == 0


def test_closing_the_round_submits_what_was_left_open(app: Flask, clock: Clock) -> None:
    sitter(app, RIGHT | {"choice": ("b",)})
    close_round(app, clock)

    assert the_attempt(app)["submitted_at"] == OPENS + timedelta(minutes=20)
    assert the_outcome(app)["points"] == 5


def test_whoever_is_still_sitting_at_the_end_is_waited_for(app: Flask, clock: Clock) -> None:
    clock.now = CLOSES - timedelta(minutes=1)
    person = sitter(app)
    clock.now = CLOSES

    refused = app.test_cli_runner().invoke(args=["round", "close", "cong-dan-so", "1"])
    clock.forward(seconds=4)
    person.submit()
    clock.forward(seconds=1)
    closed = app.test_cli_runner().invoke(args=["round", "close", "cong-dan-so", "1"])

    assert (refused.exit_code, closed.exit_code) == (1, 0)
    assert "1 people, 1 all correct" in closed.output


def test_answers_that_had_not_come_through_go_along_with_the_submission(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    sent = []
    for item in ("choice", "multiple"):
        form = person.find(item).forms[0]
        fields = {**form.values(), **form.filled(RIGHT[item]), "number": form.action.rpartition("/")[2]}
        sent.append(urlencode(fields, doseq=True))
    review = person.open(f"{person.attempt}/review")

    person.post(f"{person.attempt}/submit", **review.forms[0].values(), answer=sent)

    kept = {row["item"]: row["response"] for row in rows(app, Answer)}
    assert kept == {"choice": '["a"]', "multiple": json.dumps(list(RIGHT["multiple"]))}


@pytest.mark.parametrize("forged", ["number=1&form=1.abc-def&q1=a", "", "number=99"])
def test_what_is_no_answer_does_not_hold_up_the_submission(app: Flask, forged: str) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    person.answer(("a",))
    review = person.open(f"{person.attempt}/review")

    reply = person.post(f"{person.attempt}/submit", **review.forms[0].values(), answer=[forged])

    assert reply.status == 200
    assert (count(app, Outcome), count(app, Answer)) == (1, 1)


def test_a_receipt_stands_for_exactly_the_answers_recorded(app: Flask) -> None:
    open_contest(app)
    person = finisher(app)
    (receipt,) = re.findall(r"Mã biên nhận: (\S{4}-\S{4})\.", person.open(f"{person.attempt}/outcome").text)

    told = app.test_cli_runner().invoke(args=["round", "receipt", CODE, "1", receipt.lower()])
    mistyped = app.test_cli_runner().invoke(args=["round", "receipt", CODE, "1", "AAAA-AAAA"])

    assert f"choice: {RIGHT['choice'][0]} (" in told.output
    assert len(told.output.splitlines()) == count(app, Answer)
    assert (mistyped.exit_code, "mistyped" in mistyped.output) == (1, True)
