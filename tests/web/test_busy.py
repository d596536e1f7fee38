"""At the limit: refused at once and honestly, those who sit a paper last, and every try again goes on."""

from __future__ import annotations

import re
from threading import Thread

import pytest
from flask import Flask

from quizlib.web.tables import Answer, Entry, db
from tests.web.conftest import Application
from tests.web.contest import CODE, RIGHT, both_databases, count, open_contest, statements
from tests.web.contestant import Contestant

PERSON = {"name": "Nguyễn Thị Lan", "birth_year": "1958", "unit": "le chan", "consent": "y"}


@pytest.fixture
def app(make_app: Application) -> Flask:
    app = make_app(QUIZLIB_BUSY="6")
    open_contest(app)
    return app


def fill(app: Flask, hands: int) -> None:
    """So many requests are in hand, or leave again."""
    app.extensions["quizlib.work"].add(hands)


def test_up_to_the_limit_everybody_is_served(app: Flask) -> None:
    fill(app, 3)

    assert [Contestant(app).open(f"/contests/{CODE}").status for _ in range(10)] == [200] * 10
    assert app.extensions["quizlib.work"].count == 3


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
    fill(app, -4)

    person.press()

    assert refused.status == 503
    assert "http-equiv" not in refused.source
    assert "Nguyễn Thị Lan" in person.page.text
    assert count(app, Entry) == 1


def test_answers_are_saved_where_others_wait(app: Flask) -> None:
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    fill(app, 5)

    assert Contestant(app).open(f"/contests/{CODE}").status == 503
    assert person.answer(RIGHT["choice"]).status == 200
    assert count(app, Answer) == 1


def test_an_answer_that_is_refused_is_kept_on_the_page(app: Flask) -> None:
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    fill(app, 6)
    refused = person.answer(RIGHT["choice"])
    fill(app, -6)

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

    assert app.extensions["quizlib.work"].count == 0


def test_who_is_in_hand_waits_for_a_turn(make_app: Application) -> None:
    app = make_app(QUIZLIB_POOL="1")
    open_contest(app)
    turns, shown = app.extensions["quizlib.work"].turns, []
    turns.acquire()
    waiting = Thread(target=lambda: shown.append(Contestant(app).open(f"/contests/{CODE}").status))
    waiting.start()
    waiting.join(0.2)
    waited = waiting.is_alive()

    turns.release()
    waiting.join()

    assert (waited, shown) == (True, [200])


def test_who_waits_too_long_for_a_turn_is_told(
    make_app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizlib.web.busy.PATIENCE", 0.1)
    app = make_app(QUIZLIB_POOL="1")
    app.extensions["quizlib.work"].turns.acquire()

    assert Contestant(app).open("/real").status == 503
    assert app.extensions["quizlib.work"].count == 0


def test_a_place_is_given_back_after_a_failure(app: Flask) -> None:
    with app.app_context():
        db.session.execute(db.text("DROP TABLE units"))
        db.session.commit()

    with pytest.raises(Exception, match="no such table"):
        Contestant(app).open(f"/contests/{CODE}/units?q=le")

    assert app.extensions["quizlib.work"].count == 0


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
