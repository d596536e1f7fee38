"""Fifty at the same instant are one: the database decides, on either of the databases we serve on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from quizlib.web.tables import Answer, Attempt, Certificate, Outcome
from tests.web.contest import both_databases, count, open_contest, rows
from tests.web.contestant import Contestant

MANY = 50


def at_once(count: int, act: Callable[[int], int]) -> list[int]:
    """What many threads get when all of them begin together."""
    with ThreadPoolExecutor(max_workers=count) as pool:
        return list(pool.map(act, range(count)))


@both_databases
def test_fifty_parallel_starts_give_one_attempt(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    form = person.enter().forms[0]

    statuses = at_once(MANY, lambda _: app.test_client().post(form.action, data=form.values()).status_code)

    assert set(statuses) == {302}
    assert count(app, Attempt) == 1


@both_databases
def test_fifty_parallel_submissions_give_one_outcome(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    form = person.sit().forms[0]

    statuses = at_once(MANY, lambda _: app.test_client().post(form.action, data=form.values()).status_code)

    assert set(statuses) == {302}
    assert count(app, Outcome) == 1
    assert count(app, Certificate) == 1


@both_databases
def test_of_answers_that_cross_the_highest_sequence_is_kept(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    page = person.find("choice")
    right, wrong = (page.forms[0].filled(response) for response in (("a",), ("b",)))
    action, values = page.forms[0].action, page.forms[0].values()

    def send(number: int) -> int:
        chosen = right if number == 20 else wrong
        data = {**values, **chosen, "sequence": str(number), "script": "1"}
        return app.test_client().post(action, data=data).status_code

    statuses = at_once(20, lambda number: send(number + 1))

    assert set(statuses) <= {200, 409}
    (kept,) = rows(app, Answer)
    assert (kept["sequence"], kept["response"]) == (20, '["a"]')
