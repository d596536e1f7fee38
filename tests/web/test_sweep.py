"""Sweeping: what people left open is closed and marked, once, whoever else comes by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from quizlib.web import sweeping
from quizlib.web.store import overdue
from quizlib.web.tables import Attempt, Certificate, Outcome, db
from tests.web.contest import (
    MAX_POINTS,
    OPENS,
    RIGHT,
    Clock,
    both_databases,
    count,
    open_contest,
    rows,
    statements,
)
from tests.web.contestant import Contestant

pytestmark = both_databases


def leave_open(app: Flask, people: int = 1) -> None:
    """So many have answered everything and never submitted."""
    for number in range(people):
        person = Contestant(app)
        person.enter(name=f"Người {'abcdefghij'[number] * 2}")
        person.start()
        person.sit(RIGHT)


def sweep(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["round", "sweep"]).output


def test_what_is_over_is_closed_and_marked(app: Flask, clock: Clock) -> None:
    open_contest(app)
    leave_open(app)
    clock.forward(hours=1)

    said = [sweep(app), sweep(app)]

    (attempt,), (outcome,) = rows(app, Attempt), rows(app, Outcome)
    assert said == ["1 papers closed\n", "0 papers closed\n"]
    assert attempt["submitted_at"] == OPENS + timedelta(minutes=20)
    assert outcome["points"] == MAX_POINTS
    assert count(app, Certificate) == 1


def test_what_may_still_be_answered_or_submitted_is_left_alone(app: Flask, clock: Clock) -> None:
    open_contest(app)
    leave_open(app)
    clock.forward(minutes=20, seconds=4)

    assert sweep(app) == "0 papers closed\n"
    assert count(app, Outcome) == 0


def test_many_are_closed_in_small_pieces(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "AT_ONCE", 2)
    open_contest(app)
    leave_open(app, 5)
    clock.forward(hours=1)

    assert sweep(app) == "5 papers closed\n"
    assert count(app, Outcome) == 5


def test_one_that_cannot_be_marked_holds_up_no_other(app: Flask, clock: Clock) -> None:
    open_contest(app)
    leave_open(app, 3)
    with app.app_context():
        first = db.session.scalar(db.select(Attempt.id).order_by(Attempt.id).limit(1))
        db.session.execute(db.update(Attempt).where(Attempt.id == first).values(digest="altered"))
        db.session.commit()
    clock.forward(hours=1)

    assert sweep(app) == "2 papers closed\n"
    assert count(app, Outcome) == 2
    assert [row["id"] for row in rows(app, Attempt) if row["submitted_at"] is None] == [first]


def test_with_nothing_to_do_it_asks_once(app: Flask) -> None:
    open_contest(app)
    leave_open(app)

    with app.app_context(), statements(app) as seen:
        assert sweeping.sweep() == 0

    assert len(seen) == 1
