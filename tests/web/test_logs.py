"""A line a request, if it is asked for: what happened, never to whom."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.conftest import Application
from tests.web.contest import CODE, RIGHT, open_contest
from tests.web.contestant import Contestant

Said = pytest.CaptureFixture[str]


def lines(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.readouterr().err.splitlines()]


def test_each_request_is_one_line_of_json(make_app: Application, capfd: Said) -> None:
    app = make_app(QUIZLIB_LOG="1")
    open_contest(app)

    page = Contestant(app).open(f"/contests/{CODE}")

    (line,) = lines(capfd)
    assert line.pop("ms") > 0
    assert line == {
        "endpoint": "contests.show",
        "method": "GET",
        "status": 200,
        "bytes": len(page.body),
        "refusal": "",
    }


def test_a_refusal_is_told_by_its_code(make_app: Application, capfd: Said) -> None:
    Contestant(make_app(QUIZLIB_LOG="1")).open("/contests/no-such")

    (line,) = lines(capfd)
    assert (line["status"], line["refusal"]) == (404, "not-found")


def test_nothing_is_told_of_anybody(make_app: Application, capfd: Said) -> None:
    app = make_app(QUIZLIB_LOG="1")
    open_contest(app)
    person = Contestant(app)
    person.enter()
    code = person.code
    person.start()
    person.script("choice", RIGHT["choice"])
    person.submit()
    person.post("/resume", code=code, birth_year="1958")
    person.open(f"/contests/{CODE}/units?q=le+chan")

    said = capfd.readouterr().err

    private = ("Lan", "1958", "le+chan", "127.0.0.1", code.replace(" ", ""), code, CODE)
    tokens = (person.entry.rpartition("/")[2], person.attempt.rpartition("/")[2])
    assert said.count("\n") > 10
    assert [word for word in (*private, *tokens) if word in said] == []


def test_without_the_setting_nothing_is_told(make_app: Application, capfd: Said) -> None:
    Contestant(make_app()).open("/real")

    assert capfd.readouterr().err == ""
