"""The announced crowd: everybody enters, starts, answers, submits and looks at the standings."""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from quizlib.errors import ContentError, fault
from quizlib.rehearsal.browser import Browser, Failed, Figures, is_loopback
from quizlib.rehearsal.page import Form, forms

PAUSE = (4.0, 16.0)  # seconds from one answer to the next
DROPPED = 20  # every so manieth loses the phone in the middle, and goes on with the code
AT_ONCE = 32  # people who never pause, when the server's limit is looked for
LOOKED_FOR = 4.0  # seconds, or less for a small crowd
BORN = "1985"
CODE = re.compile(r"\b\d{4}\s\d{4}\s\d{4}\b")
CONTEST = re.compile(r"(?:/en)?/contests/([\w-]+)")
PROVED = re.compile(r"(?:/en)?/contests/([\w-]+)/rehearsal/([\w-]+)")
SAMPLE = '<aside class="sample">'


@dataclass(frozen=True, slots=True)
class Plan:
    """How many come within how many seconds, and whether they pause and have scripts."""

    people: int
    start_within: float
    pauses: bool = True
    scripts: bool = True


@dataclass
class Person:
    """One contestant with one browser, at /contests/``contest``."""

    browser: Browser
    contest: str
    plan: Plan
    code: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    def come(self, act: Callable[[Person], None]) -> None:
        try:
            act(self)
        except Failed as failed:
            self.browser.figures.errors.append(str(failed))
        self.browser.connection.close()

    def sit(self) -> None:
        page = self.begin()
        attempt = questions(page)[0].action.rpartition("/")[0]
        for _ in self.answers(page):
            time.sleep(random.uniform(*PAUSE) if self.plan.pauses else 0)  # noqa: S311  no secret
        review = self.browser.open(f"{attempt}/review")
        self.press(review, "/submit", "submit", prediction=str(self.browser.number))
        self.browser.open(f"/contests/{self.contest}/standings")

    def begin(self) -> str:
        """From the poster's address to the paper."""
        page = self.browser.open(f"/contests/{self.contest}/enter")
        fields = {"name": f"Diễn tập {self.browser.number}", "birth_year": BORN, "phone": "0900000000"}
        fields |= {"unit": "Diễn tập", "consent": "y", "phone_consent": "y"}
        page = self.press(page, "/enter", "enter", ("?channel=rehearsal", "&unit_code=other"), **fields)
        self.code = found[0] if (found := CODE.search(page)) else ""
        page = self.press(page, "/start", "start") if self.code else page
        if not questions(page):
            raise Failed(f"start: {heading(page)}")
        return page

    def press(
        self, page: str, ending: str, kind: str, more: tuple[str, str] = ("", ""), **fields: str
    ) -> str:
        """Fill in and send the form whose address ends like that."""
        form = next((each for each in forms(page, self.plan.scripts) if each.action.endswith(ending)), None)
        if form is None:
            raise Failed(f"{kind}: {heading(page)}")
        return self.browser.open(form.action + more[0], kind, form.body(**fields) + more[1])

    def answers(self, page: str) -> Iterator[int]:
        """Every question in turn; without scripts each reply is the page with the next one."""
        left, answered = questions(page), 0
        drops = 1 + len(left) // 2 if self.code and self.browser.number % DROPPED == 1 else 0
        while left:
            yield answered
            if answered + 1 == drops:
                left = self.resume()[answered:]
            page = self.answer(left.pop(0))
            answered += 1
            left = left if self.plan.scripts else questions(page)

    def answer(self, question: Form) -> str:
        given = question.answered(self.browser.number + len(self.kept))
        more = "&script=1" if self.plan.scripts else "&go=next"
        reply = self.browser.open(question.action, "save", question.body(**given) + more)
        if self.plan.scripts and json.loads(reply)["state"] != "saved":
            raise Failed(f"save: {reply}")
        self.kept |= given
        return reply

    def resume(self) -> list[Form]:
        """The phone is gone; another one goes on with the code, and shows what was acknowledged."""
        self.browser.connection.close()
        page = self.browser.open("/resume")
        found = questions(self.press(page, "/resume", "resume", code=self.code, birth_year=BORN))
        shown = {name: (form.sent.get(name), those) for form in found for name, those in form.offered.items()}
        for name, value in self.kept.items():  # a story's step that was taken is offered no more
            sent, those = shown.get(name, ([value], []))
            if sent != [value] and (value in those or not those):
                self.browser.figures.lost.append(name)
        return found


def questions(page: str) -> list[Form]:
    return [form for form in forms(page) if "sequence" in form.sent]


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>([^<]*)</h1>", page)
    return found[1].strip() if found else "?"


def rehearse(url: str, contest: str, plan: Plan) -> tuple[Figures, Figures]:
    """What the crowd met; then what a few people met who never paused."""
    base, crowd, probe = urlsplit(url), Figures(), Figures()
    contest, proof = find(base, contest)

    def people(first: int, count: int, figures: Figures) -> list[Person]:
        numbers = range(first, first + count)
        return [Person(Browser(base, proof, figures, number), contest, plan) for number in numbers]

    first = random.randrange(10**8)  # noqa: S311  so that nobody has been here before
    arrivals = sorted(random.uniform(0, plan.start_within) for _ in range(plan.people))  # noqa: S311
    run(people(first, plan.people, crowd), arrivals, Person.sit, crowd)
    hurried = people(first + plan.people, min(AT_ONCE, plan.people), probe)
    run(hurried, [0.0] * len(hurried), hurry(min(LOOKED_FOR, 1 + plan.start_within)), probe)
    return crowd, probe


def find(base: SplitResult, contest: str) -> tuple[str, str]:
    """The contest's code and the proof; refused where the organiser has not shown that the site is theirs."""
    browser, proved = Browser(base, "", Figures(), 0), PROVED.fullmatch(base.path)
    if not proved and not is_loopback(base):
        raise ContentError([fault(base.netloc, "", "", "site-not-proved")])
    try:
        page = browser.open(proved[0] if proved else f"/contests/{contest}" if contest else "/")
    except Failed as failed:
        code = "site-not-proved" if str(failed) == "page: 404" else "site-silent"
        raise ContentError([fault(base.netloc, "", "", code, said=failed)]) from failed
    found = CONTEST.fullmatch(browser.address)
    if proved and json.loads(page) == {"rehearsal": proved[1]}:
        return proved[1], f"{proved[1]}/{proved[2]}"
    if proved or not found or SAMPLE not in page:
        raise ContentError([fault(base.netloc, "", "", "not-a-rehearsal")])
    return found[1], ""


def hurry(seconds: float) -> Callable[[Person], None]:
    """Start again and again for half of the time, then save again and again."""
    half, until = (time.monotonic() + seconds * share for share in (0.5, 1))

    def act(person: Person) -> None:
        page = ""
        while not page or time.monotonic() < half:
            page = person.begin()
            person.browser.number += 10**8
        while time.monotonic() < until:
            for question in questions(page):
                given = question.body(**question.answered(person.browser.number)) + "&script=1"
                person.browser.open(question.action, "save", given)

    return act


def run(people: list[Person], arrivals: list[float], act: Callable[[Person], None], figures: Figures) -> None:
    """Each in a thread of their own, which waits for their moment; how it goes is told every second."""
    threads = [
        threading.Timer(moment, person.come, [act]) for person, moment in zip(people, arrivals, strict=True)
    ]
    for thread in threads:
        thread.daemon = True
        thread.start()
    while left := sum(thread.is_alive() for thread in threads):
        counts = [
            f"{kind} {len(figures.waits.get(kind, ()))}" for kind in ("enter", "start", "save", "submit")
        ]
        line = f"{', '.join(counts)}; errors {len(figures.errors)}; {left} to go"
        sys.stderr.write(f"{line:<78}" + ("\r" if sys.stderr.isatty() else "\n"))
        threads[-1].join(1)
        time.sleep(0.05)
