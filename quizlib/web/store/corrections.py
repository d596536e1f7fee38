"""Corrections of keys, in the order in which they were made."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select

from quizlib.exam.score import Correction
from quizlib.web.tables import Correction as Row
from quizlib.web.tables import db

ROWS = Row.__table__
OF_ROUND = select(ROWS).where(ROWS.c.round == bindparam("round")).order_by(ROWS.c.id)


def of_round(round_id: int) -> tuple[Correction, ...]:
    rows = db.session.execute(OF_ROUND, {"round": round_id})
    return tuple(Correction(row.item, row.action, tuple(json.loads(row.key)), row.reason) for row in rows)


def add(round_id: int, correction: Correction, now: datetime) -> None:
    db.session.add(
        Row(
            round=round_id,
            item=correction.item,
            action=correction.action,
            key=json.dumps(correction.key),
            reason=correction.reason,
            made_at=now,
        )
    )
    db.session.flush()


def remove_last(round_id: int) -> None:
    last = select(func.max(Row.id)).where(Row.round == round_id).scalar_subquery()
    db.session.execute(delete(Row).where(Row.id == last))
