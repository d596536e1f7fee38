"""People with phones who go through a contest in step, and send again whatever did not get through."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from benchmarks.trial import Kept, place_of
from quizlib.rehearsal.browser import Browser, Failed
from quizlib.rehearsal.crowd import Person, questions
from quizlib.rehearsal.page import Form

PATIENCE = 60  # seconds that a phone tries to get something through
PAUSE = 0.3  # seconds until it tries again
GONE = (502, 503, 504)


class Phone(Browser):
    """Sends again what did not get through, as the script of the pages does, and as people do."""

    again = 0

    def exchange(self, path: str, body: str | None) -> tuple[int, str, str, str]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                reply = super().exchange(path, body)
            except Failed:
                reply = (GONE[0], "", "", "")
            is_gone = reply[0] in GONE and not reply[1]  # who is told how long to wait does that instead
            if not is_gone or time.monotonic() > until:
                return reply
            self.again += 1
            time.sleep(PAUSE)


@dataclass
class Crowd:
    """People who go through the contest in step, and what each was told to have been received."""

    people: list[Person]
    pool: ThreadPoolExecutor
    papers: list[list[Form]] = field(default_factory=list)
    received: Kept = field(default_factory=dict)

    def begin(self) -> None:
        pages = self.pool.map(Person.begin, self.people)
        self.papers = [questions(page) for page in pages]

    def answer(self, in_the_middle: Callable[[], None]) -> None:
        """Everybody's first question before anybody's second; something happens among the middle one's."""
        turns, middle = range(len(self.papers[0])), len(self.people) // 2

        def one(turn: int, number: int) -> None:
            if turn == len(turns) // 2 and number == middle:
                in_the_middle()
            self.keep(self.people[number], self.papers[number][turn])

        for turn in turns:
            list(self.pool.map(partial(one, turn), range(len(self.people))))

    def keep(self, person: Person, form: Form) -> None:
        told = json.loads(person.answer(form))
        sent = [person.kept[name] for name in form.offered if name in person.kept]
        assert sorted(told["chosen"]) == sorted(sent), (told, sent)
        self.received[place_of(form)] = (told["sequence"] - 1, told["chosen"])

    def submit(self) -> None:
        list(self.pool.map(self.submit_one, self.people, self.papers))

    def submit_one(self, person: Person, paper: list[Form]) -> None:
        review = person.browser.open(paper[0].action.rpartition("/")[0] + "/review")
        person.press(review, "/submit", "submit", prediction=str(person.browser.number))
        assert "/outcome" in person.browser.address, person.browser.address
