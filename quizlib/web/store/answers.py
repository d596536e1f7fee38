"""Answers: one guarded upsert each."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, Integer, String, bindparam, delete, func, literal, select

from quizlib.bank.item import Response
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Answer as Row
from quizlib.web.tables import Attempt, Entry, Moment, db

PREDICTION = "prediction"  # kept beside the answers, so that it is saved, guarded and frozen like them


@dataclass(frozen=True, slots=True)
class Answer:
    response: Response
    sequence: int
    saved_at: datetime


def save(attempt: str, item: str, response: Response, sequence: int, now: datetime) -> Answer | None:
    """Keep the response if the attempt takes answers now and no later one is kept.

    One statement checks the attempt, its state, its deadline and the sequence. None when nothing was kept.
    """
    values = {"attempt": attempt, "item": item, "response": json.dumps(response), "sequence": sequence}
    row = db.session.execute(guarded_upsert(db.engine.dialect.name), values | {"now": now}).first()
    return value(*row) if row else None


@cache
def guarded_upsert(dialect: str) -> Executable:
    """Built once: building it costs more than the database needs to run it."""
    now, sequence = bindparam("now", type_=Moment), bindparam("sequence", type_=Integer)
    texts = [bindparam(name, type_=String) for name in ("attempt", "item", "response")]
    takes_answers = (Attempt.submitted_at.is_(None), Attempt.answers_until > now)
    attempt = select(Attempt.id).where(Attempt.id == texts[0], *takes_answers)
    # The share lock makes an answer wait for a submission that is under way, and the other way round: what
    # is kept is what was marked. SQLite writes one after the other anyway.
    accepted = select(*texts, sequence, now, now, literal(0)).where(
        attempt.with_for_update(read=True).exists()
    )
    columns = ["attempt", "item", "response", "sequence", "first_at", "saved_at", "changes"]
    statement = insert(Row.__table__).from_select(columns, accepted)
    new = statement.excluded
    kept = {"response": new.response, "sequence": new.sequence, "saved_at": new.saved_at}
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=["attempt", "item"],
        set_=kept | {"changes": Row.changes + 1},
        where=new.sequence >= Row.sequence,
    ).returning(Row.response, Row.sequence, Row.saved_at)
    return upsert


def of_attempt(attempt: str) -> dict[str, Answer]:
    found = db.session.execute(
        select(Row.item, Row.response, Row.sequence, Row.saved_at).where(Row.attempt == attempt)
    )
    return {item: value(response, sequence, at) for item, response, sequence, at in found}


def totals(round_id: int) -> list[tuple[str, str, Response, int]]:
    """(item, unit's code, response, people) over the first paper of everybody who submitted one."""
    columns = (Row.item, Entry.unit_code, Row.response)
    found = db.session.execute(
        select(*columns, func.count())
        .join(Attempt, Attempt.id == Row.attempt)
        .join(Entry, Entry.id == Attempt.entry)
        .where(Attempt.round == round_id, Attempt.ordinal == 1, Attempt.submitted_at.is_not(None))
        .where(~Attempt.void, Entry.voided_at.is_(None))
        .group_by(*columns)
    )
    return [(item, unit, tuple(json.loads(response)), count) for item, unit, response, count in found]


def forget(round_id: int, items: Collection[str]) -> None:
    """Erase what people wrote to these items in their own words."""
    sat = select(Attempt.id).where(Attempt.round == round_id)
    db.session.execute(delete(Row).where(Row.attempt.in_(sat), Row.item.in_(items)))


def value(response: str, sequence: int, saved_at: datetime) -> Answer:
    return Answer(tuple(json.loads(response)), sequence, saved_at)
