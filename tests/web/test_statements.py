"""How many SQL statements each page of a contestant costs: a change of this table is a decision."""

from __future__ import annotations

from flask import Flask

from tests.web.contest import CODE, RIGHT, both_databases, open_contest, statements
from tests.web.contestant import Contestant

STATEMENTS = {
    "contest": 2,
    "enter": 2,
    "entry": 3,
    "start": 4,
    "whole paper": 3,
    "question": 3,
    "answer": 1,
    "answer by script": 1,
    "review": 3,
    "submit": 12,
    "outcome": 6,
}


@both_databases
def test_pages_cost_what_the_table_says(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    entry = person.page
    person.start()
    person.sit()
    form = person.page.forms[0].values()["form"][0]
    question = person.find("choice")
    fields = {**question.forms[0].values(), **question.forms[0].filled(RIGHT["choice"])}
    other = Contestant(app)
    other.enter(name="Trần Đình Đắc")
    asked = {
        "contest": ("GET", f"/contests/{CODE}", {}),
        "enter": ("GET", f"/contests/{CODE}/enter", {}),
        "entry": ("GET", other.entry, {}),
        "start": ("POST", other.page.forms[0].action, other.page.forms[0].values()),
        "whole paper": ("GET", person.attempt, {}),
        "question": ("GET", question.address, {}),
        "answer": ("POST", question.address, fields),
        "answer by script": ("POST", question.address, {**fields, "script": "1"}),
        "review": ("GET", f"{person.attempt}/review", {}),
        "submit": ("POST", f"{person.attempt}/submit", {"form": form, "prediction": "250"}),
        "outcome": ("GET", f"{person.attempt}/outcome", {}),
    }
    assert entry.status == 200

    found = {}
    for name, (method, address, sent) in asked.items():
        with statements(app) as seen:
            reply = person.client.open(address, method=method, data=sent)
        assert reply.status_code in (200, 302)
        found[name] = len(seen)

    assert found == STATEMENTS
