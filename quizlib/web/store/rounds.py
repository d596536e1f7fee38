"""Rounds that were opened, each with the rules, bank and blueprint it was opened with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.decode import decode_blueprint
from quizlib.bank.reader import thaw_bank
from quizlib.bank.table import Page
from quizlib.contest.rules import Round as Times
from quizlib.contest.rules import Rules
from quizlib.contest.tally import Facts
from quizlib.errors import Refusal
from quizlib.exam.attempt import Timing
from quizlib.web.store import frozen
from quizlib.web.store.contests import rules_of
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Round, db

ROWS = Round.__table__
BY_ID = select(ROWS).where(ROWS.c.id == bindparam("round"))
OF_CONTEST = select(ROWS).where(ROWS.c.contest == bindparam("contest")).order_by(ROWS.c.number)
_BANKS: dict[str, Bank] = {}  # by hash, as are the blueprints: what is frozen never changes
_BLUEPRINTS: dict[str, Blueprint] = {}


@dataclass(frozen=True, slots=True)
class OpenedRound:
    """``facts`` are the settled counts, None while the round is not closed."""

    id: int
    contest: str
    number: int
    opens_at: datetime
    closes_at: datetime
    secret: bytes
    rules: Rules
    bank_hash: str
    blueprint_hash: str
    draw_version: int
    closed_at: datetime | None
    facts: Facts | None
    published_at: datetime | None
    edition: int

    @property
    def bank(self) -> Bank:
        if self.bank_hash not in _BANKS:
            _BANKS[self.bank_hash] = thaw_bank(frozen.fetch(self.bank_hash))
        return _BANKS[self.bank_hash]

    @property
    def blueprint(self) -> Blueprint:
        if self.blueprint_hash not in _BLUEPRINTS:
            raw = json.loads(frozen.fetch(self.blueprint_hash))
            _BLUEPRINTS[self.blueprint_hash] = decode_blueprint(raw, Page("blueprint"))
        return _BLUEPRINTS[self.blueprint_hash]

    @property
    def times(self) -> Times:
        return next(times for times in self.rules.rounds if times.number == self.number)

    @property
    def timing(self) -> Timing:
        time = self.rules.time
        return Timing(
            limit=timedelta(minutes=time.limit_minutes) if time.limit_minutes else None,
            leeway=timedelta(seconds=time.leeway_seconds),
            expiry=time.expiry,
            grace=timedelta(minutes=time.grace_minutes),
        )

    def is_reserved(self, topic: str) -> bool:
        """Whether the rules keep this topic's bank private."""
        reserved = {source.code for source in self.rules.banks if source.reserved}
        bank = topic.rpartition("/")[0] or self.bank.name
        return bank in reserved

    @property
    def withheld(self) -> frozenset[str]:
        """Ids of the items that practice must not draw while the round is open."""
        everything = self.rules.practice.protect == "all"
        return frozenset(item.id for item in self.bank.items if everything or self.is_reserved(item.topic))

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and self.opens_at <= now < self.closes_at


def add(
    contest: str, times: Times, secret: bytes, hashes: tuple[str, str, str], draw_version: int, now: datetime
) -> bool:
    """``hashes`` are those of the rules, the bank and the blueprint. False when it was opened before."""
    rules, bank, blueprint = hashes
    statement = insert(Round.__table__).values(
        contest=contest,
        number=times.number,
        opens_at=times.opens,
        closes_at=times.closes,
        secret=secret,
        rules=rules,
        bank=bank,
        blueprint=blueprint,
        draw_version=draw_version,
        opened_at=now,
    )
    added = db.session.execute(statement.on_conflict_do_nothing().returning(Round.id))
    return added.first() is not None


def get(round_id: int) -> OpenedRound:
    return opened(db.session.execute(BY_ID, {"round": round_id}).one())


def find(contest: str, number: int) -> OpenedRound:
    found = next((round for round in of_contest(contest) if round.number == number), None)
    if found is None:
        raise Refusal("not-found")
    return found


def of_contest(contest: str) -> list[OpenedRound]:
    return [opened(row) for row in db.session.execute(OF_CONTEST, {"contest": contest})]


def unclosed(now: datetime) -> list[OpenedRound]:
    """Rounds of every contest that are not over yet."""
    rows = db.session.execute(select(ROWS).where(ROWS.c.closed_at.is_(None), ROWS.c.closes_at > now))
    return [opened(row) for row in rows]


def close(round_id: int, facts: Facts, now: datetime) -> bool:
    """Settle the counts, once; False when they were settled before."""
    statement = (
        update(Round)
        .where(Round.id == round_id, Round.closed_at.is_(None))
        .values(closed_at=now, participants=facts.participants, all_correct=facts.all_correct)
    )
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def settle(round_id: int, facts: Facts) -> None:
    """New counts after a correction."""
    values = {"participants": facts.participants, "all_correct": facts.all_correct}
    db.session.execute(update(Round).where(Round.id == round_id).values(values))


def publish(round_id: int, edition: int, now: datetime) -> None:
    values = {"published_at": now, "edition": edition}
    db.session.execute(update(Round).where(Round.id == round_id).values(values))


def opened(row: Row[Any]) -> OpenedRound:
    settled = row.participants is not None and row.all_correct is not None
    return OpenedRound(
        id=row.id,
        contest=row.contest,
        number=row.number,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        secret=row.secret,
        rules=rules_of(row.rules),
        bank_hash=row.bank,
        blueprint_hash=row.blueprint,
        draw_version=row.draw_version,
        closed_at=row.closed_at,
        facts=Facts(row.participants or 0, row.all_correct or 0) if settled else None,
        published_at=row.published_at,
        edition=row.edition,
    )
