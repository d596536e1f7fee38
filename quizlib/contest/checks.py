"""May this person start an attempt now?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizlib.contest.rules import Round, Rules
from quizlib.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What a person said at the door; ``barred``: "I am one of those who may not enter"."""

    birth_year: int
    guardian: bool = False
    barred: bool = False
    unit_known: bool = True


@dataclass(frozen=True, slots=True)
class Start:
    """One attempt already begun by the same person in this contest."""

    round: int
    at: datetime


History = Sequence[Start]
Check = Callable[[Rules, Round, Applicant, History, datetime], None]


def admit(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    """Raises the first Refusal that applies; returns when the attempt may begin."""
    for check in CHECKS:
        check(rules, round, applicant, history, now)


def is_open(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    if now < round.opens:
        raise Refusal("round-not-open", number=round.number, opens=round.opens)
    if now >= round.closes:
        raise Refusal("round-closed", number=round.number, closes=round.closes)


def not_barred(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    if applicant.barred:
        raise Refusal("barred")


def of_age(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    age, who = round.age(applicant.birth_year), rules.eligibility
    if age < who.minimum_age:
        raise Refusal("too-young", minimum=who.minimum_age)
    if 0 < who.maximum_age < age:
        raise Refusal("too-old", maximum=who.maximum_age)


def guardian_agrees(
    rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime
) -> None:
    if round.age(applicant.birth_year) < rules.eligibility.guardian_below and not applicant.guardian:
        raise Refusal("guardian-needed", below=rules.eligibility.guardian_below)


def unit_is_known(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    if not applicant.unit_known:
        raise Refusal("unit-unknown")


def attempts_left(rules: Rules, round: Round, applicant: Applicant, history: History, now: datetime) -> None:
    here = [start for start in history if start.round == round.number]
    this_week = [start for start in here if round.week(start.at) == round.week(now)]
    spans = (
        ("ever", rules.attempts.ever, history),
        ("round", rules.attempts.per_round, here),
        ("week", rules.attempts.per_week, this_week),
    )
    for span, allowed, starts in spans:
        if 0 < allowed <= len(starts):
            raise Refusal("attempts-used", allowed=allowed, span=span)


# In this order, so that a person first hears what cannot be changed.
CHECKS: tuple[Check, ...] = (is_open, not_barred, of_age, guardian_agrees, unit_is_known, attempts_left)
