"""A contest as the public meets it: the first screen, its rules, the search for a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request

from quizlib.contest.rules import Round as Times
from quizlib.contest.rules import Rules
from quizlib.contest.units import search
from quizlib.contest.wording import rules_text
from quizlib.web import paper_facts, surveys
from quizlib.web.clock import now
from quizlib.web.language import language
from quizlib.web.store import contests as store
from quizlib.web.store import rounds, units
from quizlib.web.store.rounds import OpenedRound

contests = Blueprint("contests", __name__, url_prefix="/contests/<code>")
MOST_UNITS = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a contest stands: the round one can enter now, the next to come, the last one published."""

    rules: Rules
    open: OpenedRound | None
    coming: Times | None
    published: OpenedRound | None


def moment_of(code: str, at: datetime) -> Moment:
    rules, opened = store.find(code), rounds.of_contest(code)
    coming = [times for times in rules.rounds if times.opens > at]
    published = [round for round in opened if round.published_at]
    return Moment(
        rules=rules,
        open=next((round for round in opened if round.is_open(at)), None),
        coming=min(coming, key=lambda times: times.opens, default=None),
        published=published[-1] if published else None,
    )


@contests.get("")
def show(code: str) -> str:
    moment = moment_of(code, now())
    shown = moment.open or moment.published
    return render_template(
        "contests/show.html",
        moment=moment,
        rules=moment.rules,
        facts=paper_facts.of(shown, language()) if shown else None,
        page_title=moment.rules.title.say(language()),
    )


@contests.get("/rules")
def rules(code: str) -> str:
    moment = moment_of(code, now())
    shown = moment.open or moment.published
    facts = paper_facts.of(shown, language()) if shown else None
    return render_template(
        "contests/rules.html",
        rules=moment.rules,
        sections=rules_text(moment.rules, language(), facts.wording if facts else None),
        facts=facts,
        page_title=moment.rules.title.say(language()),
    )


@contests.get("/survey")
def survey(code: str) -> str:
    """How the last survey was answered, once nobody answers it any more."""
    rules, over = store.find(code), [round for round in rounds.of_contest(code) if round.closed_at]
    return render_template(
        "contests/survey.html",
        rules=rules,
        scales=surveys.scales(over[-1], language()) if over else [],
        names=surveys.unit_names(code),
        page_title=rules.title.say(language()),
    )


@contests.get("/units")
def unit_choices(code: str) -> str:
    """The units that match what is typed, as the entry form shows them; a fragment for its script."""
    found = search(units.of_contest(code), request.args.get("q", ""), MOST_UNITS)
    return render_template("entries/units.html", units=found, chosen="")
