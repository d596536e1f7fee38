"""Lessons, open to all: found by what happened or by name, read on three screens, printed on one sheet."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from quizlib.errors import Refusal
from quizlib.learn.lessons import find, lessons
from quizlib.learn.practice import can_practise
from quizlib.web.alerts import current_alerts
from quizlib.web.language import language
from quizlib.web.shelf import bundled, taught, withheld

learn = Blueprint("learn", __name__, url_prefix="/learn")


@learn.get("")
def topics() -> str:
    shelves = [(bank.title, lessons(bank)) for bank in (each.to(language()) for each in bundled().values())]
    query = request.args.get("q", "")
    found = find([topic for _title, shelf in shelves for topic in shelf], query)
    return render_template(
        "learn/topics.html", shelves=shelves, query=query, found=found, alerts=current_alerts()
    )


@learn.get("/<topic>")
def show(topic: str) -> str:
    if topic not in taught():
        raise Refusal("not-found")
    bank = taught()[topic].to(language())
    shown = bank.topic(topic)
    return render_template(
        "learn/show.html",
        bank=bank,
        topic=shown,
        sources=[bank.sources[source] for source in shown.lesson.sources],
        alerts=current_alerts(topic),
        is_free=can_practise(bank, topic, withheld()),
    )
