"""Standings are the same bytes for everyone, made once for what is shown and asked of nobody twice."""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from quizlib.exam.score import Correction
from quizlib.web import publishing
from quizlib.web.boards import AGE, MOST
from quizlib.web.publishing import RENEWED
from quizlib.web.store import boards, contests, rounds, work
from quizlib.web.tables import Board, db
from tests.web.conftest import Application
from tests.web.contest import (
    CODE,
    RIGHT,
    WRONG,
    Clock,
    both_databases,
    close_round,
    contest_rules,
    correct,
    open_contest,
    publish_round,
    rows,
    statements,
)
from tests.web.contestant import Contestant, finisher

PEOPLE = f"/contests/{CODE}/standings"
PLACES = [
    prefix + place + query
    for prefix in ("", "/en")
    for place in (PEOPLE, f"{PEOPLE}/units")
    for query in ("", "?size=large", "?page=2&size=larger")
]
LIVE = {
    "prediction": None,
    "ranking": {"criteria": ["score", "earliest"]},
    "results": {"standings": "live", "score": "at-once", "cut": 50},
}


@pytest.fixture
def published(app: Flask, clock: Clock) -> Flask:
    """A site where two people stand."""
    open_contest(app)
    finisher(app, RIGHT, name="Nguyễn Lan")
    finisher(app, WRONG, name="Trần Đắc")
    close_round(app, clock)
    publish_round(app, clock)
    return app


def body(app: Flask, place: str, **headers: str) -> bytes:
    return app.test_client(use_cookies=False).get(place, headers=headers).data


def settle() -> None:
    """Wait for what is made in the background."""
    for thread in threading.enumerate():
        if thread.name == "standings":
            thread.join()


@both_databases
@pytest.mark.parametrize("place", PLACES)
def test_everyone_gets_the_same_bytes(
    app: Flask, published: Flask, make_app: Application, place: str
) -> None:
    mark = "&" if "?" in place else "?"
    others = [place, f"{place}{mark}utm=zalo&x=<b>", f"{place}{mark}code=1"]

    found = {body(app, each) for each in others} | {body(make_app(), place)}
    small = {body(each, place, **{"Accept-Encoding": "gzip"}) for each in (app, make_app())}

    assert len(found) == len(small) == 1
    assert gzip.decompress(small.pop()) == found.pop()


def test_every_page_language_and_size_has_bytes_of_its_own(published: Flask) -> None:
    assert len({body(published, place) for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_page_already_is_told_so(published: Flask, clock: Clock, encoding: str) -> None:
    client = published.test_client(use_cookies=False)
    first = client.get(PEOPLE, headers={"Accept-Encoding": encoding})
    asked = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}

    again = client.get(PEOPLE, headers=asked)
    publish_round(published, clock)
    clock.forward(minutes=1)
    publish_round(published, clock)
    renewed = client.get(PEOPLE, headers=asked)

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, max-age=1"
    assert (again.headers["Vary"], first.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert (renewed.status_code, renewed.headers["ETag"] == first.headers["ETag"]) == (200, False)


@both_databases
@pytest.mark.parametrize("place", [PEOPLE, f"{PEOPLE}/units"])
def test_a_viewer_of_a_kept_page_causes_no_statement(app: Flask, published: Flask, place: str) -> None:
    body(app, place)

    with statements(app) as seen:
        body(app, place)
        body(app, f"{place}?utm=zalo")

    assert seen == []


@both_databases
def test_once_a_second_one_statement_asks_what_is_shown(app: Flask, published: Flask, clock: Clock) -> None:
    body(app, PEOPLE)
    clock.now += AGE

    with statements(app) as seen:
        for _ in range(5):
            body(app, PEOPLE)

    assert len(seen) == 1
    assert "boards" in seen[0]


def test_before_the_publication_a_viewer_causes_none_either(app: Flask) -> None:
    open_contest(app)
    body(app, PEOPLE)

    with statements(app) as seen:
        body(app, PEOPLE)

    assert seen == []


@both_databases
def test_a_new_edition_shows_within_the_stated_second(app: Flask, published: Flask, clock: Clock) -> None:
    first = body(app, PEOPLE)
    correct(app, clock, Correction("choice", "key", ("b",), "đáp án sai"))
    corrected = body(app, PEOPLE)
    publish_round(app, clock)
    at_once = body(app, PEOPLE)
    clock.now += AGE
    after = body(app, PEOPLE)

    assert first == corrected == at_once
    assert first != after


def test_a_clock_set_back_does_not_hold_an_old_edition(published: Flask, clock: Clock) -> None:
    first = body(published, PEOPLE)
    clock.forward(minutes=1)
    publish_round(published, clock)
    clock.forward(minutes=-2)

    assert body(published, PEOPLE) != first


def test_rules_loaded_anew_show_within_a_second_where_nothing_is_published(app: Flask, clock: Clock) -> None:
    open_contest(app)
    body(app, PEOPLE)
    with app.app_context():
        contests.load(contest_rules(title__vi="Tên mới"), clock.now)
        work.commit()
    clock.now += AGE

    assert "Tên mới" in body(app, PEOPLE).decode()


def test_nothing_that_a_viewer_sends_is_kept_for_others(published: Flask) -> None:
    client = published.test_client(use_cookies=False)
    client.get(f"{PEOPLE}?x=evil-words", headers={"Host": "evil.example", "Referer": "http://evil.example"})
    client.head(f"{PEOPLE}?x=evil-words")

    assert b"evil" not in body(published, PEOPLE)
    assert b'hreflang="en"' in body(published, PEOPLE)  # which a HEAD alone has no use for


def test_what_is_kept_is_bounded(published: Flask) -> None:
    for number in range(MOST + 2):
        body(published, f"{PEOPLE}?page={number + 1}")

    assert len(published.extensions["standings"][CODE].pages) <= MOST


def test_whoever_is_forgotten_is_gone_from_pages_too(published: Flask, clock: Clock) -> None:
    before = body(published, PEOPLE).decode()
    clock.now += timedelta(days=400)
    with published.app_context():
        publishing.forget(contests.find(CODE), clock.now)
        work.commit()
    clock.now += AGE
    after = body(published, PEOPLE).decode()

    assert "N*** L***" in before
    assert "N*** L***" not in after
    assert "6/6" in after


def test_figures_of_units_are_those_of_the_publication(published: Flask, clock: Clock) -> None:
    before = body(published, f"{PEOPLE}/units")
    correct(published, clock, Correction("choice", "key", ("b",), "đáp án sai"))
    with published.app_context():
        db.session.execute(db.text("UPDATE units SET eligible = 1000"))
        work.commit()
    clock.now += AGE
    published.extensions.pop("standings")

    assert body(published, f"{PEOPLE}/units") == before


@both_databases
def test_a_process_makes_its_pages_from_the_database_again(app: Flask, published: Flask) -> None:
    before = [body(app, place) for place in PLACES]
    app.extensions.pop("standings")

    assert [body(app, place) for place in PLACES] == before


def test_a_board_from_before_there_were_boards_is_made_when_somebody_looks(
    published: Flask, clock: Clock
) -> None:
    """As the migration leaves a round that had been published."""
    whole = body(published, f"{PEOPLE}/units")
    with published.app_context():
        db.session.execute(db.update(Board).values(stamp="", units="[]", due_at=Board.made_at))
        work.commit()
    clock.now += AGE
    first = body(published, f"{PEOPLE}/units")
    settle()
    clock.now += AGE

    assert first != whole
    assert body(published, f"{PEOPLE}/units") == whole
    assert rows(published, Board)[0]["due_at"] is None


def test_ones_own_place_is_one_statement_by_its_whole_key(published: Flask) -> None:
    with published.app_context():
        entry = str(db.session.execute(db.text("SELECT entry FROM standings WHERE rank = 2")).scalar_one())
        round = rounds.find(CODE, 1)
        with statements(published) as seen:
            found = publishing.standings.of_entry(round.id, round.edition, entry)

    assert found is not None
    assert (found.rank, len(seen)) == (2, 1)
    assert all(f"standings.{column} = ?" in seen[0] for column in ("round", "edition", "entry"))


# -- live


@pytest.fixture
def live(app: Flask) -> Flask:
    open_contest(app, **LIVE)
    return app


def test_live_standings_are_provisional_and_as_fresh_as_they_say(live: Flask, clock: Clock) -> None:
    body(live, PEOPLE)  # whoever comes first after the opening
    settle()
    finisher(live, RIGHT, name="Nguyễn Lan")
    clock.now += RENEWED - AGE
    early = body(live, PEOPLE).decode()
    settle()
    clock.now += AGE
    first = body(live, PEOPLE).decode()
    settle()
    clock.now += AGE
    after = body(live, PEOPLE).decode()

    assert "N*** L***" not in early
    assert first == early  # the old bytes, while the new ones are made
    assert "N*** L***" in after
    assert "Thứ hạng tạm thời, tính lúc 08:01, 02/11/2026" in after
    assert "chính thức" not in after


@both_databases
def test_of_many_who_come_at_once_one_makes_live_standings(
    app: Flask, live: Flask, make_app: Application, clock: Clock
) -> None:
    apps = [app, make_app(), make_app()]
    finisher(app, RIGHT)
    with statements(app) as one, statements(apps[1]) as two, statements(apps[2]) as three:
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(lambda number: body(apps[number % 3], PEOPLE), range(24)))
        settle()

    made = [each for each in (*one, *two, *three) if each.startswith("INSERT INTO standings")]
    assert len(made) == 1


def test_ones_place_in_live_standings_is_called_provisional(live: Flask, clock: Clock) -> None:
    person = finisher(live, RIGHT, name="Nguyễn Lan")
    waiting = person.open(f"{person.attempt}/outcome").text
    body(live, PEOPLE)
    settle()
    told = person.open(f"{person.attempt}/outcome").text
    close_round(live, clock)
    publish_round(live, clock)
    final = person.open(f"{person.attempt}/outcome").text

    assert "tạm xếp hạng" not in waiting
    assert "Bạn đang tạm xếp hạng 1" in told
    assert "Bạn xếp hạng 1" in final


def test_live_standings_end_with_the_publication(live: Flask, clock: Clock) -> None:
    finisher(live, RIGHT, name="Nguyễn Lan")
    body(live, PEOPLE)
    settle()
    close_round(live, clock)
    publish_round(live, clock)

    page = Contestant(live).open(PEOPLE).text

    assert "Kết quả chính thức, công bố lúc 08:01, 09/11/2026" in page
    assert rows(live, Board)[0]["due_at"] is None
    with live.app_context():
        assert {row[0] for row in db.session.execute(db.text("SELECT edition FROM standings"))} == {1}


def test_the_contest_leads_to_its_live_standings(live: Flask) -> None:
    assert PEOPLE in Contestant(live).open(f"/contests/{CODE}").links


def test_a_round_that_is_still_to_begin_does_not_hide_the_last_one(published: Flask, clock: Clock) -> None:
    with published.app_context():
        round = rounds.find(CODE, 1)
        later = {"number": 2, "opens_at": clock.now + timedelta(days=1), "id": round.id + 1}
        row = dict(db.session.execute(db.select(*rounds.Round.__table__.columns)).one()._mapping)
        db.session.execute(db.insert(rounds.Round).values(row | later))
        boards.keep(round.id + 1, publishing.Facts(0, 0), (), clock.now, None)
        work.commit()

    assert "N*** L***" in body(published, PEOPLE).decode()


# -- while people guess the number


def test_while_people_guess_how_many_they_are_no_public_page_tells(app: Flask, clock: Clock) -> None:
    open_contest(app)
    places = [
        prefix + place
        for prefix in ("", "/en")
        for place in (
            "/",
            *(
                f"/contests/{CODE}{each}"
                for each in ("", "/rules", "/standings", "/standings/units", "/survey")
            ),
        )
    ]
    before = [body(app, place) for place in places]
    for number in range(3):
        finisher(app, RIGHT, name=f"Người {'abc'[number]}", prediction="3")
    clock.now += AGE

    assert [body(app, place) for place in places] == before
