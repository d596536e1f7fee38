"""Answers: one guarded upsert each."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from sqlalchemy import Boolean, Executable, Integer, String, bindparam, delete, func, literal, select

from quizlib.bank.item import Response
from quizlib.web.store import work
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Answer as Row
from quizlib.web.tables import Attempt, Entry, Moment, db

ROWS = Row.__table__
OF_ATTEMPT = select(ROWS.c.item, ROWS.c.response, ROWS.c.sequence, ROWS.c.saved_at).where(
    ROWS.c.attempt == bindparam("attempt")
)
A_LOAD = 10_000  # rows read at a time
PREDICTION = "prediction"  # kept beside the answers, so that it is saved, guarded and frozen like them


@dataclass(frozen=True, slots=True)
class Answer:
    response: Response
    sequence: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept now, and until when the attempt takes answers."""

    kept: Answer
    until: datetime


def save(
    attempt: str, handed_on: int, item: str, response: Response, sequence: int, now: datetime
) -> Saved | None:
    """Keep the response if this address may still answer, the attempt takes answers and none later is kept.

    One statement checks the person, the attempt, its state, its deadline and the sequence, and saves; sent
    again it changes nothing. None when nothing was kept; a blank in the place of nothing is not kept either.
    """
    row = work.at_once(
        guarded_upsert(db.engine.dialect.name), asked(attempt, handed_on, item, response, sequence, now)
    )
    if row is None:
        return None
    kept, at_sequence, saved_at, until = row
    return Saved(value(kept, at_sequence, saved_at), until)


def put(attempt: str, handed_on: int, item: str, response: Response, sequence: int, now: datetime) -> None:
    """The same within the work under way."""
    values = asked(attempt, handed_on, item, response, sequence, now)
    db.session.execute(guarded_upsert(db.engine.dialect.name), values)


def asked(
    attempt: str, handed_on: int, item: str, response: Response, sequence: int, now: datetime
) -> dict[str, object]:
    known = {"attempt": attempt, "handed_on": handed_on, "item": item, "response": json.dumps(response)}
    return {**known, "is_blank": not response, "sequence": sequence, "now": now}


def fill(attempt: str, responses: Mapping[str, Response], now: datetime) -> None:
    """A whole paper's answers at one moment, unguarded: a demo's."""
    usual = {"attempt": attempt, "sequence": 1, "first_at": now, "saved_at": now, "changes": 0}
    rows = [usual | {"item": item, "response": json.dumps(each)} for item, each in responses.items()]
    db.session.execute(insert(Row.__table__), rows)


@cache
def guarded_upsert(dialect: str) -> Executable:
    """Built once: building it costs more than the database needs to run it."""
    now, sequence = bindparam("now", type_=Moment), bindparam("sequence", type_=Integer)
    handed_on, is_blank = bindparam("handed_on", type_=Integer), bindparam("is_blank", type_=Boolean)
    texts = [bindparam(name, type_=String) for name in ("attempt", "item", "response")]
    takes_answers = (Attempt.submitted_at.is_(None), Attempt.answers_until > now)
    attempt = (
        select(Attempt.id)
        .join(Entry, Entry.id == Attempt.entry)
        .where(Attempt.id == texts[0], Entry.handed_on == handed_on, *takes_answers)
    )
    is_kept = select(Row.item).where(Row.attempt == texts[0], Row.item == texts[1]).exists()
    until = select(Attempt.answers_until).where(Attempt.id == texts[0]).scalar_subquery()
    # The share lock makes an answer wait for a submission that is under way, and the other way round: what
    # is kept is what was marked. SQLite writes one after the other anyway.
    accepted = select(*texts, sequence, now, now, literal(0)).where(
        attempt.with_for_update(read=True, of=Attempt).exists(), ~is_blank | is_kept
    )
    columns = ["attempt", "item", "response", "sequence", "first_at", "saved_at", "changes"]
    statement = insert(Row.__table__).from_select(columns, accepted)
    new = statement.excluded
    kept = {"response": new.response, "sequence": new.sequence, "saved_at": new.saved_at}
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=["attempt", "item"],
        set_=kept | {"changes": Row.changes + 1},
        where=new.sequence >= Row.sequence,
    ).returning(Row.response, Row.sequence, Row.saved_at, until)
    return upsert


def kept(attempt: str, item: str) -> Response:
    """The response so far; blank when there is none."""
    found = work.at_once(select(Row.response).where(Row.attempt == attempt, Row.item == item), {})
    return tuple(json.loads(found[0])) if found else ()


def of_attempt(attempt: str) -> dict[str, Answer]:
    found = db.session.execute(OF_ATTEMPT, {"attempt": attempt})
    return {item: value(response, sequence, at) for item, response, sequence, at in found}


def of_round(round_id: int) -> Iterator[tuple[str, dict[str, Response]]]:
    """The responses of every attempt of the round, one attempt after another; {} of one without any."""
    statement = (
        select(Attempt.id, Row.item, Row.response)
        .outerjoin(Row, Row.attempt == Attempt.id)
        .where(Attempt.round == round_id)
        .order_by(Attempt.id)
    )
    found = db.session.execute(statement.execution_options(yield_per=A_LOAD))
    for attempt, rows in groupby(found, lambda row: row[0]):
        yield attempt, {item: tuple(json.loads(response)) for _, item, response in rows if item}


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
