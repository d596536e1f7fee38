"""What arrives many times at once happens once: the database decides, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

from flask import Flask
from sqlalchemy import text

from quizlib.web.store import answers, attempts, work
from quizlib.web.tables import Answer, Attempt, Certificate, Entry, Outcome, db
from tests.web.contest import CODE, MAX_POINTS, RIGHT, Clock, both_databases, count, open_contest, rows
from tests.web.contestant import Contestant

pytestmark = both_databases
MANY = 50


def at_once(number: int, act: Callable[[int], int]) -> list[int]:
    """What every one of so many threads got, all let go at the same moment."""
    gate = Barrier(number)

    def wait_and_act(which: int) -> int:
        gate.wait()
        return act(which)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(wait_and_act, range(number)))


def post(app: Flask, address: str, fields: dict[str, object]) -> int:
    """From a browser of its own."""
    return app.test_client(use_cookies=False).post(address, data=fields).status_code


def test_many_starts_are_one_attempt(app: Flask, person: Contestant) -> None:
    person.enter()
    form = person.page.forms[0]

    statuses = at_once(MANY, lambda _: post(app, form.action, {**form.values()}))

    assert statuses == [302] * MANY
    assert count(app, Attempt) == 1


def test_many_submissions_are_one_outcome(app: Flask, person: Contestant) -> None:
    person.enter()
    person.start()
    form = person.sit().forms[0]

    statuses = at_once(
        MANY, lambda which: post(app, form.action, {**form.values(), "prediction": str(which + 1)})
    )

    (outcome,) = rows(app, Outcome)
    (kept,) = rows(app, Answer, item="prediction")
    assert statuses == [302] * MANY
    assert outcome["points"] == MAX_POINTS
    assert kept["response"] == f'["{outcome["prediction"]}"]'
    assert count(app, Certificate) == 1


def test_of_many_answers_the_latest_is_kept(app: Flask, person: Contestant) -> None:
    person.enter()
    person.start()
    form = person.find("number").forms[0]
    name = next(each for each in form.values() if each.startswith("q"))

    def answer(which: int) -> int:
        sent = {**form.values(), name: str(which + 1), "sequence": str(which + 1), "script": "1"}
        return post(app, form.action, sent)

    statuses = at_once(20, answer)

    (kept,) = rows(app, Answer)
    assert set(statuses) <= {200, 409}
    assert statuses[19] == 200
    assert (kept["response"], kept["sequence"]) == ('["20"]', 20)
    assert kept["changes"] == statuses.count(200) - 1


def test_the_same_form_sent_many_times_is_one_entry(app: Flask, person: Contestant) -> None:
    form = person.open(f"/contests/{CODE}/enter").forms[0]
    fields = {**form.values(), "name": "Lan Anh", "birth_year": "1958", "unit": "lc", "consent": "y"}

    statuses = at_once(20, lambda _: post(app, form.action, fields))

    assert statuses == [302] * 20
    assert count(app, Entry) == 1


def test_a_printed_paper_typed_in_by_many_at_once_is_one_person_s(app: Flask) -> None:
    open_contest(app, paper__print=True)
    number = Contestant(app).open(f"/contests/{CODE}/paper").address.rpartition("/")[2]
    address = f"/contests/{CODE}/typed?number={number}"
    forms = [Contestant(app).open(address).forms[0].values() for _ in range(10)]

    def type_in(which: int) -> int:
        person = {"name": f"Lan {'abcdefghij'[which]}", "birth_year": "1941", "unit": "lc", "consent": "y"}
        return post(app, address, {**forms[which], **person})

    statuses = at_once(10, type_in)

    assert sorted(statuses) == [302] + [409] * 9
    assert (count(app, Entry), count(app, Attempt)) == (1, 1)


def test_many_visitors_close_an_expired_attempt_once(app: Flask, person: Contestant, clock: Clock) -> None:
    person.enter()
    person.start()
    person.sit()
    clock.forward(hours=1)
    address = f"{person.attempt}/outcome"

    statuses = at_once(20, lambda _: app.test_client(use_cookies=False).get(address).status_code)

    assert set(statuses) <= {200, 404}  # 404: closed this instant, its outcome not yet kept
    assert count(app, Outcome) == 1
    assert person.open(address).status == 200


def test_many_people_start_and_answer_together(app: Flask) -> None:
    open_contest(app)

    def take_part(which: int) -> int:
        person = Contestant(app)
        person.enter(name=f"Người {chr(ord('a') + which)}{chr(ord('a') + which)}")
        return person.finish(RIGHT).status

    assert at_once(10, take_part) == [200] * 10
    assert [row["points"] for row in rows(app, Outcome)] == [MAX_POINTS] * 10


def test_an_answer_never_slips_in_behind_the_submission(app: Flask, person: Contestant, clock: Clock) -> None:
    """What was submitted is what was marked: an answer in flight waits for the submission, and is refused."""
    person.enter()
    person.start()
    (attempt,) = [str(row["id"]) for row in rows(app, Attempt)]
    kept: list[object] = []
    begun = Event()

    def answer() -> None:
        with app.app_context():
            begun.set()
            kept.append(answers.save(attempt, 0, "choice", ("a",), 1, clock.now))
            work.commit()

    late = Thread(target=answer)
    with app.app_context():
        assert attempts.submit(attempt, clock.now)
        db.session.execute(text("SELECT 1"))
        late.start()
        begun.wait()
        late.join(0.3)
        waited = late.is_alive()
        work.commit()
    late.join()

    assert waited
    assert kept == [None]
    assert count(app, Answer) == 0
