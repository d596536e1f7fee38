"""Attempts: started once, submitted once, whatever arrives twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from quizlib.contest.checks import Start
from quizlib.errors import Refusal
from quizlib.exam.attempt import Attempt as Sitting
from quizlib.exam.attempt import answers_until, submits_until
from quizlib.web.store import entries
from quizlib.web.store.dialect import insert
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.tables import Attempt as Row
from quizlib.web.tables import Entry, Round, db


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
COLUMNS = tuple(getattr(Row, name) for name in FIELDS)


def start(attempt: Attempt, round: OpenedRound) -> None:
    """One insert; the same (round, entry, ordinal) starts only once."""
    sitting = attempt.sitting(round)
    row = {name: getattr(attempt, name) for name in FIELDS}
    row |= {"answers_until": answers_until(sitting), "submits_until": submits_until(sitting)}
    db.session.execute(insert(Row.__table__).values(row).on_conflict_do_nothing())


def grant(attempt: Attempt, round: OpenedRound, extra: timedelta) -> None:
    """Extra time in all (not added to what was given before); the deadlines follow."""
    longer = replace(attempt, extra_seconds=int(extra.total_seconds()))
    sitting = longer.sitting(round)
    deadlines = {"answers_until": answers_until(sitting), "submits_until": submits_until(sitting)}
    values = {"extra_seconds": longer.extra_seconds, **deadlines}
    db.session.execute(update(Row).where(Row.id == attempt.id).values(values))


def get(attempt: str) -> Attempt:
    row = db.session.execute(select(*COLUMNS).where(Row.id == attempt)).first()
    if row is None:
        raise Refusal("not-found")
    return Attempt(*row)


def with_person(attempt: str) -> tuple[Attempt, entries.Entry]:
    statement = select(*COLUMNS, *entries.COLUMNS).join(Entry, Entry.id == Row.entry).where(Row.id == attempt)
    row = db.session.execute(statement).first()
    if row is None:
        raise Refusal("not-found")
    return Attempt(*row[: len(COLUMNS)]), entries.Entry(*row[len(COLUMNS) :])


def submit(attempt: str, now: datetime) -> bool:
    """True for the one submission that counts: in time, and the first."""
    statement = (
        update(Row)
        .where(Row.id == attempt, Row.submitted_at.is_(None), Row.submits_until > now)
        .values(submitted_at=now)
    )
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def close(attempt: str, ended_at: datetime, void: bool, now: datetime) -> bool:
    """Close an attempt whose time is over; True for the one that closed it."""
    statement = (
        update(Row)
        .where(Row.id == attempt, Row.submitted_at.is_(None), Row.submits_until <= now)
        .values(submitted_at=ended_at, void=void)
    )
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def of_entry(entry: str) -> list[Attempt]:
    rows = db.session.execute(select(*COLUMNS).where(Row.entry == entry).order_by(Row.ordinal))
    return [Attempt(*row) for row in rows]


def history(entry: str) -> list[Start]:
    """The starts of one person in this contest, as the checks want them."""
    found = db.session.execute(
        select(Round.number, Row.started_at).join(Round, Round.id == Row.round).where(Row.entry == entry)
    )
    return [Start(number, started_at) for number, started_at in found]


def unfinished(round_id: int) -> list[Attempt]:
    """Attempts that nobody has submitted or closed yet."""
    statement = select(*COLUMNS).where(Row.round == round_id, Row.submitted_at.is_(None))
    return [Attempt(*row) for row in db.session.execute(statement)]


def submitted(round_id: int) -> list[Attempt]:
    statement = select(*COLUMNS).where(Row.round == round_id, Row.submitted_at.is_not(None))
    return [Attempt(*row) for row in db.session.execute(statement)]
