"""The whole way of one person, from the contest's page to the certificate, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.contest import CODE, Clock, close_round, open_contest, publish_round
from tests.web.contestant import Contestant

both_databases = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@both_databases
def test_a_person_comes_from_the_contest_to_the_certificate(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = Contestant(app)

    person.open(f"/contests/{CODE}")
    person.enter()
    print(person.page.text)
    person.start()
    person.sit()
    print(person.page.text)
    person.submit(prediction="1")
    print(person.page.text, person.page.address)
    close_round(app, clock)
    publish_round(app, clock)
    print(person.open(person.page.address).text)
