"""Certificates: facts never change; a successor replaces, a reason revokes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from quizlib.contest.certificate import CertificateFacts
from quizlib.web.store.dialect import insert_once
from quizlib.web.tables import Certificate as Row
from quizlib.web.tables import Round, db


@dataclass(frozen=True, slots=True)
class Certificate:
    serial: str
    round: int
    entry: str
    edition: int
    facts: CertificateFacts
    status: str
    reason: str
    replaced_by: str
    issued_at: datetime


ROWS = Row.__table__
NEWEST = (
    select(ROWS)
    .where(ROWS.c.round == bindparam("round"), ROWS.c.entry == bindparam("entry"))
    .order_by(ROWS.c.edition.desc())
    .limit(1)
)


def issue(certificate: Certificate) -> None:
    """The same edition for the same person is issued only once."""
    row = {name: getattr(certificate, name) for name in Certificate.__slots__}
    row["facts"] = certificate.facts.canonical().decode()
    db.session.execute(insert_once(ROWS), row)


def replace(serial: str, successor: str) -> None:
    values = {"status": "replaced", "replaced_by": successor}
    db.session.execute(update(Row).where(Row.serial == serial).values(values))


def revoke(serial: str, reason: str) -> None:
    db.session.execute(update(Row).where(Row.serial == serial).values(status="revoked", reason=reason))


def get(serial: str) -> Certificate | None:
    row = db.session.execute(select(ROWS).where(ROWS.c.serial == serial)).first()
    return value(row) if row else None


def newest(round_id: int, entry: str) -> Certificate | None:
    row = db.session.execute(NEWEST, {"round": round_id, "entry": entry}).first()
    return value(row) if row else None


def value(row: Any) -> Certificate:
    return Certificate(
        serial=row.serial,
        round=row.round,
        entry=row.entry,
        edition=row.edition,
        facts=CertificateFacts.from_dict(json.loads(row.facts)),
        status=row.status,
        reason=row.reason,
        replaced_by=row.replaced_by,
        issued_at=row.issued_at,
    )


def sample(contest: str) -> str:
    """The serial of one certificate of the contest's first round, to show how verifying works."""
    statement = select(Row.serial).join(Round, Round.id == Row.round).where(Round.contest == contest)
    return db.session.scalars(statement.order_by(Round.number, Row.serial).limit(1)).one()
