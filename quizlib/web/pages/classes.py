"""The trainer's sheet of a class: how to join, who came from where, what was gained; never a name."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from quizlib.errors import Refusal
from quizlib.measure.gain import gain
from quizlib.press import qr_svg
from quizlib.web import paper_facts
from quizlib.web.addresses import public_url
from quizlib.web.language import language
from quizlib.web.publishing import counted_tallies
from quizlib.web.store import contests as store
from quizlib.web.store import entries, rounds
from quizlib.web.store.rounds import OpenedRound

classes = Blueprint("classes", __name__, url_prefix="/contests/<code>/class")


@classes.get("")
def sheet(code: str) -> str:
    rules, opened = store.find(code), rounds.of_contest(code)
    if not rules.paper.twins:
        raise Refusal("not-found")
    pairs = linked(*opened) if len(opened) == 2 else []
    found = gain(pairs) if len(pairs) > 1 else None
    address = public_url("contests.show", code=code)
    return render_template(
        "classes/sheet.html",
        rules=rules,
        attendance=attendance(opened),
        linked=len(pairs),
        gain=found if found and not found.is_wide else None,
        address=address,
        qr=qr_svg(address),
        page_title=rules.title.say(language()),
    )


def attendance(opened: list[OpenedRound]) -> list[tuple[str, int, int]]:
    """People of each unit who came before and after; the unit as at entry."""
    came = [Counter(entry.unit_name for entry in entries.of_round(round.id).values()) for round in opened]
    before, after = [*came, Counter(), Counter()][:2]
    return [(unit, before[unit], after[unit]) for unit in sorted(before | after)]


def linked(before: OpenedRound, after: OpenedRound) -> list[tuple[float, float]]:
    """(before, after) of everyone who sat both."""
    first, second = shares(before), shares(after)
    return [(first[person], second[person]) for person in sorted(first.keys() & second.keys())]


def shares(round: OpenedRound) -> dict[str, float]:
    """Share of the points by person; people forgotten, and those who cannot be told apart, are left out."""
    people, most = entries.of_round(round.id), paper_facts.of(round, language()).wording.max_points
    sat = [(people[entry], tally.points / most) for entry, tally in counted_tallies(round).items()]
    alike = Counter(entry.person for entry, _ in sat)
    return {entry.person: share for entry, share in sat if entry.birth_year and alike[entry.person] == 1}
