"""What those who run the site are told: does it answer, can it serve, how does it fare."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade

from tests.web.conftest import Application
from tests.web.contest import CODE, RIGHT, both_databases, open_contest
from tests.web.contestant import Contestant, finisher

TOKEN = "a-token-of-the-organiser"


def figure(app: Flask, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", app.test_client().get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


@both_databases
def test_a_site_that_can_serve_says_so(app: Flask) -> None:
    assert Contestant(app).open("/healthz").json == {"status": "ok"}
    assert Contestant(app).open("/readyz").json == {"status": "ok", "reasons": []}


@both_databases
def test_a_database_that_is_behind_is_not_ready(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="0002")

    page = Contestant(app).open("/readyz")

    assert (page.status, page.json["reasons"]) == (503, ["database-not-migrated"])
    assert Contestant(app).open("/healthz").status == 200


def test_an_empty_database_is_not_ready(make_app: Application, tmp_path: Path) -> None:
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")

    assert Contestant(app).open("/readyz").json["reasons"] == ["database-not-migrated"]


@pytest.mark.parametrize(
    "address", ["postgresql://quizlib:very-secret@127.0.0.1:9/quiz", "sqlite:////no/such/folder/secret.db"]
)
def test_a_database_that_does_not_answer_is_told_without_its_secrets(
    make_app: Application, address: str
) -> None:
    page = Contestant(make_app(DATABASE_URL=address)).open("/readyz")

    assert (page.status, page.json["reasons"]) == (503, ["database-unreachable"])
    assert b"secret" not in page.body


def test_a_data_folder_that_takes_no_files_is_told(app: Flask, data: Path) -> None:
    shutil.rmtree(data)

    page = Contestant(app).open("/readyz")

    assert (page.status, page.json["reasons"]) == (503, ["data-folder-not-writable"])


# -- figures


def test_what_people_do_is_counted(app: Flask) -> None:
    open_contest(app)
    names = [f'quizlib_done_total{{what="{what}"}}' for what in ("start", "save", "submission")]
    names.append('quizlib_request_seconds_count{endpoint="attempts.answer"}')
    before = [figure(app, name) for name in names]

    finisher(app)

    assert [figure(app, name) - old for name, old in zip(names, before, strict=True)] == [1, 4, 1, 4]
    assert figure(app, "quizlib_requests_in_work") == 1  # the one that asks


def test_a_later_answer_that_stands_is_no_save(app: Flask, person: Contestant) -> None:
    name = 'quizlib_done_total{what="save"}'
    person.enter()
    person.start()
    assert person.script("choice", RIGHT["choice"], sequence="5")[0] == 200
    before = figure(app, name)

    assert person.script("choice", RIGHT["choice"], sequence="2")[0] == 409
    person.find("choice")
    person.answer(("b",), sequence="2")

    assert figure(app, name) == before


def test_refusals_are_counted_by_their_code(app: Flask) -> None:
    name = 'quizlib_refusals_total{code="not-found"}'
    before = figure(app, name)

    Contestant(app).open("/contests/no-such")

    assert figure(app, name) == before + 1


def test_figures_tell_nothing_about_anybody(app: Flask) -> None:
    open_contest(app)
    person = finisher(app)
    person.open(f"/contests/{CODE}/units?q=le")

    told = app.test_client().get("/metrics").text

    assert 'endpoint="contests.unit_choices"' in told
    for private in ("Lan", "1958", CODE, person.attempt.rpartition("/")[2], person.entry.rpartition("/")[2]):
        assert private not in told


@pytest.mark.parametrize(
    ("headers", "remote", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.7", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"X-Real-IP": "203.0.113.7"}, "127.0.0.1", 404),
        ({"Authorization": f"Bearer {TOKEN}"}, "203.0.113.7", 404),
    ],
)
def test_without_a_token_figures_are_for_this_machine(
    app: Flask, headers: dict[str, str], remote: str, status: int
) -> None:
    reply = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": remote})

    assert reply.status_code == status


@pytest.mark.parametrize(
    ("sent", "status"), [(f"Bearer {TOKEN}", 200), ("Bearer ", 404), (f"Bearer {TOKEN}é", 404), ("", 404)]
)
def test_with_a_token_figures_are_for_whoever_has_it(make_app: Application, sent: str, status: int) -> None:
    app = make_app(QUIZLIB_METRICS=TOKEN)

    assert app.test_client().get("/metrics", headers={"Authorization": sent}).status_code == status
