"""The bundled banks as everybody may use them: what is free to practise today, which topics are taught."""

from __future__ import annotations

from functools import cache

from flask import url_for

from quizlib.bank import reader
from quizlib.bank.bank import Bank
from quizlib.learn.lessons import lessons
from quizlib.web.clock import local_day, now
from quizlib.web.store import rounds


@cache
def bundled() -> dict[str, Bank]:
    return {name: bank for name, bank in reader.bundled().items() if any(item.points for item in bank.items)}


def withheld() -> frozenset[str]:
    """Items past their review date, and those of rounds that are not over and that their rules protect."""
    today = local_day(now())
    stale = (item.id for bank in bundled().values() for item in bank.items if not item.is_usable(today))
    return frozenset(stale).union(*(round.withheld for round in rounds.unclosed(now())))


@cache
def taught() -> dict[str, Bank]:
    """The bank of every topic with a lesson."""
    return {topic.id: bank for bank in bundled().values() for topic in lessons(bank)}


def lesson_place(topic: str) -> str | None:
    """Where a topic is taught, be it of a paper from one bank or, as ``bank/topic``, from several."""
    name = topic.rpartition("/")[2]
    return url_for("learn.show", topic=name) if name in taught() else None
