"""At the limit: refused at once and honestly, those who sit a paper last, and every try again goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Lock, Thread

import pytest
from flask import Flask

from quizlib.web.tables import Answer, Entry, db
from tests.web.conftest import Application
from tests.web.contest import CODE, RIGHT, both_databases, count, open_contest, statements
from tests.web.contestant import Contestant, Page, checked

TURNS = 8
PERSON = {"name": "Nguyễn Thị Lan", "birth_year": "1958", "unit": "le chan", "consent": "y"}


@pytest.fixture
def app(make_app: Application) -> Flask:
    app = make_app(QUIZLIB_BUSY="6")
    open_contest(app)
    return app


def fill(app: Flask, waiting: int) -> None:
    """Every turn is taken, and so many more wait for one."""
    work = app.extensions["quizlib.work"]
    while work.free:
        work.take(0, False)
    for _ in range(waiting):
        turn = Lock()
        turn.acquire()
        work.others.append(turn)


def empty(app: Flask) -> None:
    """All of them have left."""
    work = app.extensions["quizlib.work"]
    for _ in range(len(work.others) + TURNS):
        work.leave()


def in_background(act: Callable[[], Page]) -> tuple[Thread, list[int]]:
    """Begun, and given a moment in which it would be done if it had not to wait."""
    statuses: list[int] = []
    thread = Thread(target=lambda: statuses.append(act().status))
    thread.start()
    thread.join(0.2)
    return thread, statuses


def test_whoever_comes_is_served_and_leaves(app: Flask) -> None:
    assert [Contestant(app).open(f"/contests/{CODE}").status for _ in range(20)] == [200] * 20
    assert app.extensions["quizlib.work"].free == TURNS


def test_below_the_limit_one_waits_for_a_turn(app: Flask) -> None:
    fill(app, 3)

    thread, statuses = in_background(lambda: Contestant(app).open("/real"))
    waited = thread.is_alive()
    empty(app)
    thread.join()

    assert (waited, statuses) == (True, [200])


def test_who_sits_a_paper_has_the_next_turn(app: Flask) -> None:
    person = Contestant(app)
    person.enter()
    person.start()
    form = person.find("choice").forms[0]
    sent = {**form.values(), **form.filled(RIGHT["choice"]), "script": "1"}
    fill(app, 4)
    thread, statuses = in_background(lambda: checked(person.client.post(form.action, data=sent)))

    app.extensions["quizlib.work"].leave()
    thread.join()

    assert statuses == [200]
    assert count(app, Answer) == 1


def test_who_waits_too_long_for_a_turn_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizlib.web.busy.PATIENCE", 0.1)
    fill(app, 0)

    assert Contestant(app).open("/real").status == 503
    assert len(app.extensions["quizlib.work"].others) == 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_beyond_it_a_page_says_so_and_tries_again_by_itself(app: Flask, prefix: str) -> None:
    fill(app, 4)

    with statements(app) as seen:
        page = Contestant(app).open(f"{prefix}/contests/{CODE}")

    wait = int(page.headers["Retry-After"])
    assert (page.status, seen) == (503, [])
    assert 10 <= wait <= 30
    assert f'<meta http-equiv="refresh" content="{wait}">' in page.source
    assert str(wait) in page.text
    assert len(page.body) < 2500


def test_the_pause_is_not_the_same_for_all(app: Flask) -> None:
    fill(app, 4)

    assert len({Contestant(app).open("/real").headers["Retry-After"] for _ in range(60)}) > 5


def test_what_was_filled_in_can_be_sent_again(app: Flask) -> None:
    person = Contestant(app)
    person.open(f"/contests/{CODE}/enter?size=large")
    fill(app, 4)
    refused = person.press(**PERSON)
    empty(app)

    person.press()

    assert refused.status == 503
    assert "http-equiv" not in refused.source
    assert "Nguyễn Thị Lan" in person.page.text
    assert count(app, Entry) == 1


def test_an_answer_that_is_refused_is_kept_on_the_page(app: Flask) -> None:
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    fill(app, 6)
    refused = person.answer(RIGHT["choice"])
    empty(app)

    person.press()

    assert (refused.status, int(refused.headers["Retry-After"]) < 10) == (503, True)
    assert count(app, Answer) == 1


def test_a_script_is_told_to_try_again(app: Flask) -> None:
    person = Contestant(app)
    person.enter()
    person.start()
    form = person.find("choice").forms[0]
    fill(app, 6)

    reply = person.client.post(form.action, data={**form.values(), "script": "1"})

    assert (reply.status_code, reply.json["state"]) == (503, "busy")
    assert count(app, Answer) == 0


def test_the_api_says_it_as_json(app: Flask) -> None:
    fill(app, 4)

    page = Contestant(app).open("/api/topics")

    assert (page.status, page.json["code"]) == (503, "busy")


@pytest.mark.parametrize("place", ["/healthz", "/readyz", "/metrics", "/static/site.css"])
def test_health_and_files_are_never_refused(app: Flask, place: str) -> None:
    fill(app, 100)

    assert app.test_client().get(place, buffered=True).status_code == 200


@pytest.mark.parametrize("place", ["/no-such", "/attempts/forged", "/contests/no-such", "/real"])
def test_a_place_is_given_back_whatever_happens(app: Flask, place: str) -> None:
    Contestant(app).open(place)

    assert app.extensions["quizlib.work"].free == TURNS


def test_a_place_is_given_back_after_a_failure(app: Flask) -> None:
    with app.app_context():
        db.session.execute(db.text("DROP TABLE units"))
        db.session.commit()

    with pytest.raises(Exception, match="no such table"):
        Contestant(app).open(f"/contests/{CODE}/units?q=le")

    assert app.extensions["quizlib.work"].free == TURNS


@both_databases
def test_without_a_connection_to_the_database_it_is_the_same_page(
    database: str, make_app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizlib.web.app.PATIENCE", 0.1)
    app = make_app(QUIZLIB_POOL="1")
    open_contest(app)

    with app.app_context(), db.engine.connect():
        page = Contestant(app).open(f"/contests/{CODE}")

    assert page.status == 503
    assert re.search("tự thử lại sau \\d+ giây", page.text)
    assert Contestant(app).open(f"/contests/{CODE}").status == 200


def test_no_value_of_a_statement_reaches_a_log(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="no such table") as failed:
        db.session.execute(db.text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Nguyễn Thị Lan"})

    assert "Lan" not in str(failed.value)
