"""People who walk through a contest in step: every step is one burst over all of them, and is measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from benchmarks.driver import Reply, get, post
from benchmarks.site import OPEN
from quizlib.rehearsal.page import Form, forms

Burst = Callable[[str, list[bytes]], list[Reply]]  # the name of the step, its requests
Walk = Callable[[Burst], None]
NUMBERS = count(1)
CERTIFICATE = re.compile(r"/certificates/[0-9A-Za-z]{12}\b")


@dataclass
class Person:
    """What somebody's browser holds: the page it shows, the paper's questions, the way to the certificate."""

    number: int = field(default_factory=lambda: next(NUMBERS))
    page: str = ""
    address: str = ""
    questions: list[Form] = field(default_factory=list)
    certificate: str = ""

    @property
    def form(self) -> Form:
        return forms(self.page)[0]


def enter(people: Sequence[Person], burst: Burst) -> None:
    load(people, burst, "enter: the form", [f"/contests/{OPEN}/enter" for _ in people])
    send(people, burst, "enter", [entered(each) for each in people])
    load(people, burst, "enter: ready", [each.address for each in people])


def entered(person: Person) -> tuple[str, str]:
    name, year = f"Đo Tốc Độ {person.number}", str(1940 + person.number % 60)
    form = person.form
    return form.action, form.body(name=name, birth_year=year, unit="Lê Chân", consent="y")


def start(people: Sequence[Person], burst: Burst) -> None:
    forms_now = [each.form for each in people]
    send(people, burst, "start", [(form.action, form.body()) for form in forms_now])
    load(people, burst, "the paper", [each.address for each in people])
    for each in people:
        each.questions = [form for form in forms(each.page) if "sequence" in form.sent]


def answer(people: Sequence[Person], burst: Burst, turns: int) -> None:
    """Every question once, everybody's first before anybody's second, as on a day of contest."""
    requests = [
        post(
            form.action,
            form.body(**form.answered(turn + each.number * (question + 3))) + "&script=1",
            each.number,
        )
        for turn in range(turns)
        for question in range(len(people[0].questions))
        for each in people
        for form in [each.questions[question]]
    ]
    for reply in burst("answer", requests):
        assert reply.status == 200, (reply.status, reply.text[:300])
        assert '"saved"' in reply.text, reply.text


def submit(people: Sequence[Person], burst: Burst) -> None:
    reviews = [f"{each.address.partition('#')[0]}/review" for each in people]
    load(people, burst, "submit: the review", reviews)
    ready = [next(form for form in forms(each.page) if form.action.endswith("/submit")) for each in people]
    bodies = [form.body(prediction=str(each.number)) for form, each in zip(ready, people, strict=True)]
    send(people, burst, "submit", [(form.action, body) for form, body in zip(ready, bodies, strict=True)])
    load(people, burst, "outcome", [each.address for each in people])
    for each in people:
        found = CERTIFICATE.search(each.page)
        each.certificate = f"{found[0]}.pdf" if found else ""


def load(people: Sequence[Person], burst: Burst, step: str, paths: list[str]) -> None:
    requests = [get(path, each.number) for path, each in zip(paths, people, strict=True)]
    for each, reply in zip(people, burst(step, requests), strict=True):
        assert reply.status == 200, (step, reply.status, reply.location, reply.text[:500])
        each.page = reply.text


def send(people: Sequence[Person], burst: Burst, step: str, filled: list[tuple[str, str]]) -> None:
    """Posted forms; each leads to another page."""
    requests = [post(*form, each.number) for form, each in zip(filled, people, strict=True)]
    for each, reply in zip(people, burst(step, requests), strict=True):
        assert reply.status in (302, 303), (step, reply.status, reply.text[:2000])
        each.address = reply.location
