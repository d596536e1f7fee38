"""From what is kept of an attempt to its paper, its score and its outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.item import Response
from quizlib.errors import FrozenError
from quizlib.exam.attempt import closing, phase, seconds_used
from quizlib.exam.draw import Plan
from quizlib.exam.paper import Paper
from quizlib.exam.score import Correction, Score, grade, score
from quizlib.exam.twins import half_of
from quizlib.web import issuing, tokens
from quizlib.web.store import answers, attempts, corrections, outcomes
from quizlib.web.store.answers import PREDICTION, Answer
from quizlib.web.store.attempts import Attempt
from quizlib.web.store.outcomes import Outcome
from quizlib.web.store.rounds import OpenedRound

FORMS = 200  # different papers of a round: drawn once by each process and kept; neighbours rarely share one


def paper_of(attempt: Attempt, round: OpenedRound) -> Paper:
    """The attempt's paper; ``FrozenError`` rather than any other."""
    paper = draw_paper(round, attempt.seed)
    if paper.draw_version != round.draw_version or paper.digest != attempt.digest:
        raise FrozenError(f"attempt {attempt.id}: the paper is not the one that was drawn")
    return paper


def draw_paper(round: OpenedRound, seed: str) -> Paper:
    bank, plan = Key(round.bank_hash, round.bank), Key(round.blueprint_hash, round.blueprint)
    return drawn(bank, plan, seed, round.rules.paper.twins)


def seed_of(round: OpenedRound, entry: str, ordinal: int) -> str:
    """One of FORMS seeds of the round, another for each attempt of a person.

    A paper takes milliseconds to draw and its questions to be rendered: an opening has no time for it.
    """
    first = int.from_bytes(tokens.digest(round.secret, "form", entry)[:8])
    form = (first + ordinal) % FORMS
    return tokens.digest(round.secret, "seed", str(form)).hex()


class Key:
    """A frozen value that is equal by its hash alone."""

    def __init__(self, hash: str, value: Bank | Blueprint) -> None:
        self.hash, self.value = hash, value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other.hash == self.hash

    def __hash__(self) -> int:
        return hash(self.hash)


@lru_cache(maxsize=4096)
def drawn(bank: Key, blueprint: Key, seed: str, twins: bool) -> Paper:
    return planned(bank, blueprint, seed[0] if twins else "").draw(seed)


@lru_cache(maxsize=32)
def planned(bank: Key, blueprint: Key, half: str) -> Plan:
    assert isinstance(bank.value, Bank)
    assert isinstance(blueprint.value, Blueprint)
    plan = half_of(bank.value, blueprint.value, half) if half else blueprint.value
    return Plan(bank.value, plan)


def responses_of(kept: dict[str, Answer]) -> dict[str, Response]:
    return {item: answer.response for item, answer in kept.items() if item != PREDICTION}


def score_of(
    attempt: Attempt,
    round: OpenedRound,
    kept: dict[str, Answer],
    corrected: tuple[Correction, ...],
    lang: str = "vi",
) -> Score:
    return score(paper_of(attempt, round), responses_of(kept), corrected, lang)


def counted_papers(round: OpenedRound) -> Iterator[tuple[str, Paper, Score]]:
    """(entry, paper, score) of every paper that counts, one after another, as the corrections have it."""
    corrected, submitted = (
        corrections.of_round(round.id),
        {each.id: each for each in attempts.submitted(round.id)},
    )
    counting = {issuing.counted(round, found)[0] for found in outcomes.tallies(round.id).values()}
    for attempt, responses in answers.of_round(round.id):
        if attempt in counting:
            paper = paper_of(submitted[attempt], round)
            yield submitted[attempt].entry, paper, score(paper, responses, corrected)


def close_if_over(attempt: Attempt, round: OpenedRound, now: datetime) -> Attempt:
    """Whoever touches an attempt whose time is over closes it, once."""
    if phase(attempt.sitting(round), now) != "expired":
        return attempt
    ended_at, void = closing(attempt.sitting(round))
    if attempts.close(attempt.id, ended_at, void, now):
        keep_outcome(replace(attempt, submitted_at=ended_at, void=void), round, now)
    return attempts.get(attempt.id)


def submit(attempt: Attempt, round: OpenedRound, now: datetime) -> None:
    """Submit and mark, once, however often it is asked."""
    if attempts.submit(attempt.id, now):
        keep_outcome(replace(attempt, submitted_at=now), round, now)


def keep_outcome(attempt: Attempt, round: OpenedRound, now: datetime) -> None:
    """The first outcome of an attempt that has just ended, and the certificate it earns."""
    outcomes.append(outcome_of(attempt, round, corrections.of_round(round.id), 1, "submitted", now))
    issuing.follow(attempt.entry, round, now, reason="later-attempt")


def facts_of(outcome: Outcome) -> tuple[int, int, bool, bool]:
    return outcome.points, outcome.max_points, outcome.all_correct, outcome.passed


def outcome_of(
    attempt: Attempt,
    round: OpenedRound,
    corrected: tuple[Correction, ...],
    revision: int,
    cause: str,
    now: datetime,
) -> Outcome:
    kept = answers.of_attempt(attempt.id)
    paper = paper_of(attempt, round)
    result = score(paper, responses_of(kept), corrected)
    blanks = [mark for mark in result.marks if mark.max_points and mark.is_blank]
    complete = not blanks or round.rules.paper.incomplete == "zero"
    return Outcome(
        attempt=attempt.id,
        revision=revision,
        points=result.points if complete else 0,
        max_points=result.max_points,
        all_correct=complete and result.all_correct,
        passed=complete and grade(result, round.rules.results.cut).passed,
        seconds=seconds_used(attempt.sitting(round), ended_at(attempt, round, kept)),
        prediction=prediction_of(kept),
        cause=cause,
        made_at=now,
    )


def ended_at(attempt: Attempt, round: OpenedRound, kept: dict[str, Answer]) -> datetime:
    """The moment to which the rules count the seconds used."""
    assert attempt.submitted_at is not None
    saved = [answer.saved_at for item, answer in kept.items() if item != PREDICTION]
    if round.rules.time.ends_at == "submit" or not saved:
        return attempt.submitted_at
    return max(saved)


def receipt(round: OpenedRound, attempt: str, kept: dict[str, Answer]) -> str:
    """Eight characters that stand for exactly these answers: whoever holds them can ask what was recorded."""
    said = json.dumps(sorted((item, answer.response) for item, answer in kept.items()))
    code = tokens.short(tokens.digest(round.secret, "receipt", attempt, said), 8).upper()
    return f"{code[:4]}-{code[4:]}"


def prediction_of(kept: dict[str, Answer]) -> int | None:
    response = kept[PREDICTION].response if PREDICTION in kept else ()
    return int(response[0]) if response else None
