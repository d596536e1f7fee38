"""Published standings of people and of units."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from quizlib.contest.masking import public_name
from quizlib.contest.units import COLLECTIVE, UnitFigures
from quizlib.web.clock import now
from quizlib.web.language import language
from quizlib.web.pages.contests import moment_of
from quizlib.web.publishing import counted_tallies
from quizlib.web.store import entries, units
from quizlib.web.store import standings as store
from quizlib.web.store.rounds import OpenedRound

standings = Blueprint("standings", __name__, url_prefix="/contests/<code>/standings")
A_PAGE = 50


@standings.get("")
def people(code: str) -> str:
    moment = moment_of(code, now())
    round = moment.published
    wanted = request.args.get("page", "1")
    number = max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 6 else 1
    rows = store.top(round.id, round.edition, A_PAGE + 1, (number - 1) * A_PAGE) if round else []
    return render_template(
        "standings/people.html",
        rules=moment.rules,
        moment=moment,
        round=round,
        rows=[
            (row, public_name(name, born, moment.rules, round.times), unit)
            for row, name, born, unit in rows[:A_PAGE]
            if round
        ],
        number=number,
        more=len(rows) > A_PAGE,
        page_title=moment.rules.title.say(language()),
    )


@standings.get("/units")
def collective(code: str) -> str:
    moment = moment_of(code, now())
    rankings = []
    if moment.published:
        figures = unit_figures(code, moment.published)
        floors = {prize.ranking: prize.floor for prize in moment.rules.unit_prizes}
        rankings = [(name, rank(figures, floors.get(name, 0))) for name, rank in COLLECTIVE.items()]
    return render_template(
        "standings/units.html",
        rules=moment.rules,
        moment=moment,
        rankings=rankings,
        page_title=moment.rules.title.say(language()),
    )


def unit_figures(code: str, round: OpenedRound) -> list[UnitFigures]:
    """People and points of each unit that somebody entered for; units written by hand are not ranked."""
    people = entries.of_round(round.id)
    totals: dict[str, tuple[int, int]] = {}
    for entry, tally in counted_tallies(round).items():
        count, points = totals.get(people[entry].unit_code, (0, 0))
        totals[people[entry].unit_code] = (count + 1, points + tally.points)
    return [UnitFigures(unit, *totals[unit.code]) for unit in units.of_contest(code) if unit.code in totals]
