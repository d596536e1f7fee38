"""The desk: everything that the pages of one attempt need, once its address was checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app

from quizlib.bank.kinds.scenario import current_step
from quizlib.exam.attempt import phase, seconds_left
from quizlib.exam.paper import ItemView, Paper, steps_met
from quizlib.web import marking, tokens
from quizlib.web.clock import now
from quizlib.web.language import language
from quizlib.web.sheets import sheet_of
from quizlib.web.store import answers, rounds, work
from quizlib.web.store import attempts as store
from quizlib.web.store.answers import PREDICTION
from quizlib.web.store.answers import Answer as Kept
from quizlib.web.store.attempts import Attempt
from quizlib.web.store.entries import Entry
from quizlib.web.store.rounds import OpenedRound


@dataclass(frozen=True, slots=True)
class Question:
    """One question as its page shows it: key-free, option ids as tokens, what is kept of the answer."""

    number: int
    view: ItemView
    tokens: dict[str, str]
    chosen: tuple[str, ...]
    sequence: int
    path: tuple[str, ...] = ()
    is_over: bool = False
    seat: str = ""  # this and the next are empty in practice, which keeps nothing
    paper: str = ""

    @property
    def name(self) -> str:
        return f"q{self.number}"

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything one attempt's pages need."""

    token: str
    attempt: Attempt
    person: Entry
    round: OpenedRound
    paper: Paper
    kept: dict[str, Kept]

    @property
    def phase(self) -> str:
        return phase(self.attempt.sitting(self.round), now())

    @property
    def seconds_left(self) -> int:
        return seconds_left(self.attempt.sitting(self.round), now())

    @property
    def has_limit(self) -> bool:
        """Extra time up to the close is no limit: so it is for what was answered on paper."""
        sitting = self.attempt.sitting(self.round)
        return self.round.timing.limit is not None and sitting.started_at + sitting.extra < sitting.closes_at

    @property
    def size(self) -> int:
        return len(self.paper.items)

    def answered(self) -> list[bool]:
        """Of each question whether it is."""
        kept = {item for item, answer in self.kept.items() if answer.response}
        return [item in kept for item, _variant in self.paper.picks]

    def questions(self) -> list[Question]:
        views = self.paper.views(language())
        return [self.question(number, view) for number, view in enumerate(views, 1)]

    def question(self, number: int, view: ItemView) -> Question:
        kept = self.kept.get(view.id)
        response = kept.response if kept else ()
        item = self.paper.bank.to(view.lang).by_id[view.id] if view.steps else None
        sheet = sheet_of(self.round.id)
        by_option, name = sheet.tokens[view.id], sheet.names[view.id]
        return Question(
            number=number,
            paper=f"{self.round.id} {self.attempt.seed}",
            seat=tokens.seat(secret(), self.token, number, self.round.id, name),
            view=replace(view, steps=steps_met(item, response)) if item else view,
            tokens=by_option,
            chosen=tuple(by_option.get(option, option) for option in response),
            sequence=kept.sequence + 1 if kept else 1,
            path=response,
            is_over=item is not None and current_step(item, response) is None,
        )

    @property
    def prediction(self) -> str:
        kept = self.kept.get(PREDICTION)
        return kept.response[0] if kept and kept.response else ""


def sit_down(token: str) -> Desk:
    """Load the attempt; whoever comes after its time closes it."""
    attempt, person, round = checked_in(token)
    attempt = marking.close_if_over(attempt, round, now())
    work.commit()
    paper = marking.paper_of(attempt, round)
    return Desk(token, attempt, person, round, paper, answers.of_attempt(attempt.id))


def checked_in(token: str) -> tuple[Attempt, Entry, OpenedRound]:
    """Whose address it is; ``Refusal`` for a forged one, or one from before the phone was handed on."""
    found, handed_on = tokens.unsign(secret(), "attempt", token)
    attempt, person = store.with_person(found)
    person.check(handed_on)
    return attempt, person, rounds.get(attempt.round)


def secret() -> bytes:
    found: bytes = current_app.config["SETTINGS"].secret
    return found
