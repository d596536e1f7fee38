"""Standings of people and of units, published or live."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from quizlib.contest.masking import public_name
from quizlib.contest.rules import Rules
from quizlib.contest.units import COLLECTIVE
from quizlib.web import boards
from quizlib.web.language import language
from quizlib.web.store import standings as store
from quizlib.web.store.boards import Board

standings = Blueprint("standings", __name__, url_prefix="/contests/<code>/standings")
A_PAGE = 50


@standings.get("")
def people(code: str) -> Response:
    wanted = request.args.get("page", "1")
    number = max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 6 else 1

    def make(rules: Rules, board: Board | None) -> str:
        start, round = (number - 1) * A_PAGE, board.round if board else None
        rows = store.top(round.id, round.edition, A_PAGE + 1, start) if round else []
        return render_template(
            "standings/people.html",
            rules=rules,
            board=board,
            rows=[
                (row, public_name(name, born, rules, round.times), unit)
                for row, name, born, unit in rows[:A_PAGE]
                if round
            ],
            number=number,
            more=len(rows) > A_PAGE,
            page_title=rules.title.say(language()),
        )

    return boards.show(code, number, make)


@standings.get("/units")
def collective(code: str) -> Response:
    return boards.show(code, 1, make_collective)


def make_collective(rules: Rules, board: Board | None) -> str:
    floors = {prize.ranking: prize.floor for prize in rules.unit_prizes}
    rankings = COLLECTIVE.items() if board else ()
    return render_template(
        "standings/units.html",
        rules=rules,
        rankings=[(name, rank(board.units, floors.get(name, 0))) for name, rank in rankings if board],
        page_title=rules.title.say(language()),
    )
