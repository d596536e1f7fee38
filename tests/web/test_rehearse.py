"""A crowd rehearses against a live server: it sits real papers, and goes nowhere uninvited."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from quizlib.cli import main
from quizlib.rehearsal.browser import Figures
from quizlib.rehearsal.crowd import Plan, find
from quizlib.rehearsal.page import forms
from quizlib.rehearsal.report import report
from quizlib.web import rehearsals
from quizlib.web.tables import Answer, Attempt, Entry
from tests.web.conftest import Application
from tests.web.contest import (
    CODE,
    ITEMS,
    SEEING,
    SURVEY,
    bank_document,
    open_contest,
    open_survey,
    rows,
    set_owner,
)


class Quiet(WSGIRequestHandler):
    """Keeps connections, as the server of production does, and tells nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, *said: object) -> None: ...


@contextmanager
def live(app: Flask) -> Iterator[str]:
    """The address of a live server, without a slash at its end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    with live(app) as address:
        yield address


def sent(app: Flask, base: str, *more: str, people: int = 20) -> int:
    code = main(["rehearse", base, "--people", str(people), "--start-within", "1", "--no-pauses", *more])
    crowd = rows(app, Entry, channel="rehearsal")
    assert len(crowd) > people  # those who never pause come on top
    return code


def test_twenty_people_enter_answer_drop_resume_and_submit(
    app: Flask, base: str, capsys: pytest.CaptureFixture[str]
) -> None:
    open_contest(app, bank_document(*ITEMS, *SEEING))

    code = sent(app, base, "--lang", "en")

    said = capsys.readouterr()
    submitted = [row for row in rows(app, Attempt) if row["submitted_at"]]
    assert code == 0, said.out
    assert len(submitted) == 20
    assert len([row for row in rows(app, Answer) if row["attempt"] == submitted[0]["id"]]) == 9
    for line in ("enter: 20,", "start: 20,", "save: 160,", "submit: 20,", "resume: 1,", "Errors: 0."):
        assert line in said.out
    assert "Answers received and lost: 0." in said.out
    assert "errors 0; 20 to go" in said.err


def test_people_without_scripts_come_to_the_end_too(app: Flask, base: str) -> None:
    open_contest(app)

    code = sent(app, base, "--plain", people=2)

    assert code == 0
    assert len([row for row in rows(app, Attempt) if row["submitted_at"]]) == 2


def test_a_survey_is_rehearsed_without_names(app: Flask, base: str) -> None:
    open_contest(app)
    open_survey(app)

    code = sent(app, base, "--contest", SURVEY, people=2)

    assert code == 0
    assert {row["name"] for row in rows(app, Entry)} == {""}


def test_what_fails_is_told_and_fails(app: Flask, base: str, capsys: pytest.CaptureFixture[str]) -> None:
    open_contest(app, eligibility__maximum_age=30)

    code = main(["rehearse", base, "--people", "2", "--start-within", "1", "--no-pauses", "--lang", "en"])

    assert code == 1
    assert "4 x enter: 403" in capsys.readouterr().out


def test_a_proved_address_names_its_contest(app: Flask, base: str) -> None:
    open_contest(app)
    with app.app_context():
        token = rehearsals.proof(CODE)

    found = find(urlsplit(f"{base}/contests/{CODE}/rehearsal/{token}"), "")

    assert found == (CODE, f"{CODE}/{token}")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://quizlib.invalid", "Show that this site is yours"),
        ("http://127.0.0.1.invalid/contests/x", "Show that this site is yours"),
        ("{base}/contests/cong-dan-so/rehearsal/1-forged", "Show that this site is yours"),
        ("http://127.0.0.1:1", "does not open: ConnectionRefusedError"),
    ],
)
def test_nobody_is_sent_to_a_site_that_is_not_ones_own(
    app: Flask, base: str, capsys: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    open_contest(app)

    code = main(["rehearse", address.format(base=base), "--lang", "en"])

    assert code == 1
    assert told in capsys.readouterr().err
    assert rows(app, Entry) == []


def test_an_owned_site_is_not_rehearsed_on_without_proof(
    app: Flask, make_app: Application, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_contest(app)
    set_owner(data)

    with live(make_app()) as base:
        code = main(["rehearse", base, "--lang", "en"])

    assert code == 1
    assert "demo = true" in capsys.readouterr().err
    assert rows(app, Entry) == []


def test_the_estimate_keeps_half_in_reserve() -> None:
    crowd, probe = Figures(), Figures(waits={"start": [(0.0, 0.1), (1.9, 0.1)], "save": [(0.0, 0.01)] * 100})

    said = report(crowd, probe, Plan(people=10, start_within=60), "en")

    assert "1 starts a second" in said[-3]
    assert said[-2].startswith("About 30 people may start within 60 s")


def test_forms_are_read_as_a_browser_reads_them() -> None:
    page = """<form action="/a?x=1&amp;y=2" method="post"><input type="hidden" name="form" value="t&quot;">
      <noscript><input type="hidden" name="plain" value="1"></noscript>
      <input type="radio" name="q1" value="a"><input type="radio" name="q1" value="b" checked>
      <select name="q2-x"><option value="">–</option>
      <option>1</option><option selected>2</option></select></form>"""

    (form,) = forms(page)

    assert form.action == "/a?x=1&y=2"
    assert form.sent == {"form": ['t"'], "q1": ["b"], "q2-x": ["2"]}
    assert form.offered == {"q1": ["a", "b"], "q2-x": ["1", "2"]}
    assert "plain" in forms(page, scripts=False)[0].sent
