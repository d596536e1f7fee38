"""Contests and the rules they were loaded with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from quizlib.contest.reading import thaw_rules
from quizlib.contest.rules import Rules
from quizlib.errors import Refusal
from quizlib.web.store import frozen
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Contest, db

RULES = select(Contest.__table__.c.rules).where(Contest.__table__.c.code == bindparam("code"))
_RULES: dict[str, Rules] = {}  # by hash; frozen rules never change


def rules_of(wanted: str) -> Rules:
    if wanted not in _RULES:
        _RULES[wanted] = thaw_rules(frozen.fetch(wanted))
    return _RULES[wanted]


def load(rules: Rules, now: datetime) -> None:
    """A new contest, or the new rules of one for the rounds that are still to open."""
    row = {"code": rules.code, "rules": frozen.keep(rules.document, now), "loaded_at": now}
    statement = insert(Contest.__table__).values(row)
    db.session.execute(statement.on_conflict_do_update(index_elements=["code"], set_=row))


def find(code: str) -> Rules:
    """The rules of the contest; ``Refusal("not-found")`` when there is none."""
    wanted = db.session.scalar(RULES, {"code": code})
    if wanted is None:
        raise Refusal("not-found")
    return rules_of(wanted)


def all_rules() -> list[Rules]:
    return [rules_of(wanted) for wanted in db.session.scalars(select(Contest.rules).order_by(Contest.code))]
