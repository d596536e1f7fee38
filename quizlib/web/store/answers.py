"""Answers: one guarded upsert each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select

from quizlib.bank.item import Response
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Answer as Row
from quizlib.web.tables import Attempt, Moment, db

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
    moment = literal(now, Moment)
    values = (literal(attempt), literal(item), literal(json.dumps(response)), literal(sequence))
    kept = select(*values, moment, moment, literal(0)).where(
        select(Attempt.id)
        .where(Attempt.id == attempt, Attempt.submitted_at.is_(None), Attempt.answers_until > moment)
        .exists()
    )
    columns = ["attempt", "item", "response", "sequence", "first_at", "saved_at", "changes"]
    statement = insert(Row.__table__).from_select(columns, kept)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=["attempt", "item"],
        set_={
            "response": new.response,
            "sequence": new.sequence,
            "saved_at": new.saved_at,
            "changes": Row.changes + 1,
        },
        where=new.sequence >= Row.sequence,
    ).returning(Row.response, Row.sequence, Row.saved_at)
    row = db.session.execute(statement).first()
    return value(*row) if row else None


def of_attempt(attempt: str) -> dict[str, Answer]:
    found = db.session.execute(
        select(Row.item, Row.response, Row.sequence, Row.saved_at).where(Row.attempt == attempt)
    )
    return {item: value(response, sequence, at) for item, response, sequence, at in found}


def value(response: str, sequence: int, saved_at: datetime) -> Answer:
    return Answer(tuple(json.loads(response)), sequence, saved_at)
