"""The proof for a rehearsal: made by the owner, good for an hour, for marked contests; its people leave."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from quizlib.web.tables import Answer, Attempt, Certificate, Consent, Entry, Outcome
from tests.web.conftest import Application
from tests.web.contest import CODE, Clock, count, open_contest, rows, set_owner
from tests.web.contestant import Contestant, finisher
from tests.web.test_commands import refusal, run


def proved(app: Flask) -> str:
    """The path that the command tells."""
    return run(app, "contest", "rehearse", CODE).output.strip()


def test_the_address_proves_for_an_hour_whose_site_it_is(app: Flask, clock: Clock) -> None:
    open_contest(app)
    address = proved(app)

    at_once = app.test_client().get(address)
    clock.forward(minutes=61)
    later = app.test_client().get(address)

    assert at_once.json == {"rehearsal": CODE}
    assert later.status_code == 404


def test_a_proof_is_good_for_its_contest_alone(app: Flask) -> None:
    open_contest(app)
    token = proved(app).rpartition("/")[2]

    for address in (f"/contests/{CODE}/rehearsal/{token}x", f"/contests/other/rehearsal/{token}"):
        assert app.test_client().get(address).status_code == 404


def test_an_owner_rehearses_only_with_a_contest_that_says_so(
    app: Flask, make_app: Application, data: Path
) -> None:
    open_contest(app)
    set_owner(data)
    owned = make_app()

    assert "demo = true" in refusal(owned, "contest", "rehearse", CODE)


def test_a_rehearsal_contest_of_an_owner_is_proved(app: Flask, make_app: Application, data: Path) -> None:
    open_contest(app, demo=True)
    set_owner(data)
    owned = make_app()

    assert proved(owned).startswith(f"/contests/{CODE}/rehearsal/")


def test_a_crowd_with_proof_is_no_flood(app: Flask) -> None:
    open_contest(app)
    token = proved(app).rpartition("/")[2]

    def tried(proof: str) -> set[int]:
        headers, client = {"Quizlib-Rehearsal": proof}, app.test_client()
        return {
            client.post("/resume", data={"code": f"{each:012d}"}, headers=headers).status_code
            for each in range(130)
        }

    assert tried(f"{CODE}/{token}") == {404}
    assert tried(f"{CODE}/{token}x") == {404, 429}


def test_whoever_rehearsed_can_be_removed_and_nobody_else(app: Flask) -> None:
    open_contest(app)
    finisher(app)
    before = {table: count(app, table) for table in (Entry, Attempt, Answer, Outcome, Certificate, Consent)}
    rehearser = Contestant(app)
    rehearser.open(f"/contests/{CODE}/enter")
    rehearser.page.forms[0].action += "?channel=rehearsal"
    rehearser.press(name="Diễn tập", birth_year="1985", unit="le chan", consent="y")
    rehearser.finish()

    said = run(app, "contest", "rehearse", CODE, "--remove").output

    assert said == f"{CODE}: 1 people erased\n"
    assert {table: count(app, table) for table in before} == before
    assert [row["channel"] for row in rows(app, Entry)] == ["web"]
