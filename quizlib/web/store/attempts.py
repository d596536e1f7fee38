"""Attempts: started once, submitted once, whatever arrives twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from quizlib.contest.checks import Start
from quizlib.errors import Refusal
from quizlib.exam.attempt import Attempt as Sitting
from quizlib.exam.attempt import answers_until, submits_until
from quizlib.web.store import entries
from quizlib.web.store.dialect import insert_once
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.tables import Attempt as Row
from quizlib.web.tables import Entry, Moment, Round, db


@dataclass(frozen=True, slots=True)
class Attempt:
    id: str
    round: int
    entry: str
    ordinal: int
    seed: str
    digest: str
    started_at: datetime
    extra_seconds: int
    submitted_at: datetime | None
    void: bool

    def sitting(self, round: OpenedRound) -> Sitting:
        """The attempt as its clock sees it."""
        extra = timedelta(seconds=self.extra_seconds)
        return Sitting(self.started_at, round.closes_at, round.timing, extra, self.submitted_at)


FIELDS = tuple(Attempt.__slots__)
ROWS, PEOPLE = Row.__table__, Entry.__table__
COLUMNS = tuple(ROWS.c[name] for name in FIELDS)
BY_ID = select(*COLUMNS).where(ROWS.c.id == bindparam("attempt"))
WITH_PERSON = BY_ID.add_columns(*entries.COLUMNS).join(PEOPLE, PEOPLE.c.id == ROWS.c.entry)
OF_ENTRY = select(*COLUMNS).where(ROWS.c.entry == bindparam("entry")).order_by(ROWS.c.ordinal)
SUBMIT = (
    update(ROWS)
    .where(ROWS.c.id == bindparam("attempt"), ROWS.c.submitted_at.is_(None))
    .where(ROWS.c.submits_until > bindparam("now", type_=Moment))
    .values(submitted_at=bindparam("now"))
)
STARTS = (
    select(Round.__table__.c.number, ROWS.c.started_at)
    .join(Round.__table__, Round.__table__.c.id == ROWS.c.round)
    .where(ROWS.c.entry == bindparam("entry"))
)


def start(attempt: Attempt, round: OpenedRound) -> None:
    """One insert; the same (round, entry, ordinal) starts only once."""
    sitting = attempt.sitting(round)
    row = {name: getattr(attempt, name) for name in FIELDS}
    row |= {"answers_until": answers_until(sitting), "submits_until": submits_until(sitting)}
    db.session.execute(insert_once(ROWS), row)


def grant(attempt: Attempt, round: OpenedRound, extra: timedelta) -> None:
    """Extra time in all (not added to what was given before); the deadlines follow."""
    longer = replace(attempt, extra_seconds=int(extra.total_seconds()))
    sitting = longer.sitting(round)
    deadlines = {"answers_until": answers_until(sitting), "submits_until": submits_until(sitting)}
    values = {"extra_seconds": longer.extra_seconds, **deadlines}
    db.session.execute(update(Row).where(Row.id == attempt.id).values(values))


def get(attempt: str) -> Attempt:
    row = db.session.execute(BY_ID, {"attempt": attempt}).first()
    if row is None:
        raise Refusal("not-found")
    return Attempt(*row)


def with_person(attempt: str) -> tuple[Attempt, entries.Entry]:
    row = db.session.execute(WITH_PERSON, {"attempt": attempt}).first()
    if row is None:
        raise Refusal("not-found")
    return Attempt(*row[: len(COLUMNS)]), entries.Entry(*row[len(COLUMNS) :])


def submit(attempt: str, now: datetime) -> bool:
    """True for the one submission that counts: in time, and the first."""
    done = db.session.execute(SUBMIT, {"attempt": attempt, "now": now})
    return done.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def close(attempt: str, ended_at: datetime, void: bool, now: datetime) -> bool:
    """Close an attempt whose time is over; True for the one that closed it."""
    statement = (
        update(Row)
        .where(Row.id == attempt, Row.submitted_at.is_(None), Row.submits_until <= now)
        .values(submitted_at=ended_at, void=void)
    )
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def of_entry(entry: str) -> list[Attempt]:
    return [Attempt(*row) for row in db.session.execute(OF_ENTRY, {"entry": entry})]


def history(entry: str) -> list[Start]:
    """The starts of one person in this contest, as the checks want them."""
    return [Start(*row) for row in db.session.execute(STARTS, {"entry": entry})]


def unfinished(round_id: int) -> list[Attempt]:
    """Attempts that nobody has submitted or closed yet."""
    statement = select(*COLUMNS).where(Row.round == round_id, Row.submitted_at.is_(None))
    return [Attempt(*row) for row in db.session.execute(statement)]


def submitted(round_id: int) -> list[Attempt]:
    statement = select(*COLUMNS).where(Row.round == round_id, Row.submitted_at.is_not(None))
    return [Attempt(*row) for row in db.session.execute(statement)]
