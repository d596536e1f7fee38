"""What every reply carries: nothing foreign may run, nobody keeps a page, no cookie is ever set."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.contest import CODE, open_contest
from tests.web.contestant import Contestant

NOTHING = {"default-src", "base-uri", "frame-ancestors"}  # of the policy
OWN = {"style-src", "script-src", "img-src", "connect-src", "form-action"}
PLACES = [
    "/",
    f"/contests/{CODE}",
    f"/contests/{CODE}/enter",
    f"/contests/{CODE}/units?q=le",
    f"/contests/{CODE}/typed",
    "/contests/no-such",
    "/practice",
    "/resume",
    "/verify",
    "/healthz",
    "/no-such",
    "/attempts/abc",
    "/static/site.css",
    "/static/no-such.css",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT"])
def test_every_reply_is_guarded(app: Flask, place: str, method: str) -> None:
    open_contest(app)

    headers = app.test_client().open(place, method=method, buffered=True).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert {policy[name] for name in NOTHING} == {"'none'"}
    assert {source for name in policy.keys() - NOTHING for source in policy[name].split()} == {
        "'self'",
        "data:",
    }
    assert policy.keys() >= OWN
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize("place", PLACES[:-2])
def test_no_page_is_kept(app: Flask, place: str) -> None:
    open_contest(app)

    assert app.test_client().get(place).headers["Cache-Control"] == "no-store"


def test_files_are_kept_for_ever_under_the_address_of_their_content(person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}")
    address = next(part for part in page.source.split('"') if part.startswith("/static/site.css"))

    reply = person.client.get(address, buffered=True)

    assert "?v=" in address
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.status_code == 200


def test_a_file_that_is_not_there_is_not_remembered(person: Contestant) -> None:
    assert person.client.get("/static/no-such.css").headers["Cache-Control"] == "no-store"


def test_over_https_the_browser_is_told_to_stay(person: Contestant) -> None:
    headers = person.client.get("/real", base_url="https://localhost").headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_pages_of_one_person_are_not_indexed(person: Contestant) -> None:
    person.enter()
    pages = [
        person.page,
        person.start(),
        person.open(person.attempt),
        person.open(f"{person.attempt}/review"),
    ]
    pages += [person.submit(), person.open("/resume")]

    assert all('<meta name="robots" content="noindex">' in page.source for page in pages)
