"""The trainer's sheet of a class: how to join, who came from where, what was gained; never a name."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template

from quizlib.errors import Refusal
from quizlib.measure.gain import gain
from quizlib.press import qr_svg
from quizlib.web import twins
from quizlib.web.addresses import public_url
from quizlib.web.language import language
from quizlib.web.store import contests as store
from quizlib.web.store import entries, rounds
from quizlib.web.store.rounds import OpenedRound

classes = Blueprint("classes", __name__, url_prefix="/contests/<code>/class")


@classes.get("")
def sheet(code: str) -> str:
    rules, opened = store.find(code), rounds.of_contest(code)
    if not rules.paper.twins:
        raise Refusal("not-found")
    pairs = twins.linked(*opened) if len(opened) == 2 else []
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
