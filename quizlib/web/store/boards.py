"""What the public is shown of a round: counts and figures of units, as they were when last ranked."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update

from quizlib.contest.tally import Facts
from quizlib.contest.units import Unit, UnitFigures
from quizlib.web.store.dialect import insert
from quizlib.web.store.rounds import OpenedRound, opened
from quizlib.web.tables import Board as Row
from quizlib.web.tables import Round, db

SHOWN = ("code", "type", "name", "eligible", "excused")  # of a unit: its rate is a record too


@dataclass(frozen=True, slots=True)
class Board:
    """``stamp`` is another whenever the public is to see something else; ``due_at``: to be made again."""

    round: OpenedRound
    stamp: str
    facts: Facts
    units: tuple[UnitFigures, ...]
    made_at: datetime
    due_at: datetime | None


def newest(contest: str, now: datetime) -> Board | None:
    """Of the last round that has begun and has one."""
    statement = select(Round, Row).join(Row, Row.round == Round.id).order_by(Round.number.desc()).limit(1)
    found = db.session.execute(statement.where(Round.contest == contest, Round.opens_at <= now)).first()
    if found is None:
        return None
    round, row = found
    units = tuple(UnitFigures(Unit(**unit), *sums) for unit, *sums in json.loads(row.units))
    facts = Facts(row.participants, row.all_correct)
    return Board(opened(round), row.stamp, facts, units, row.made_at, row.due_at)


def keep(
    round_id: int, facts: Facts, units: Iterable[UnitFigures], made_at: datetime, due_at: datetime | None
) -> None:
    shown = [({name: getattr(x.unit, name) for name in SHOWN}, x.participants, x.points) for x in units]
    row = asdict(facts) | {"round": round_id, "stamp": secrets.token_hex(8), "units": json.dumps(shown)}
    row |= {"made_at": made_at, "due_at": due_at}
    statement = insert(Row.__table__).values(row)
    db.session.execute(statement.on_conflict_do_update(index_elements=["round"], set_=row))


def claim(round_id: int, now: datetime, until: datetime) -> bool:
    """Whether it falls to the caller to make the board again, who has until then."""
    statement = update(Row).where(Row.round == round_id, Row.due_at <= now).values(due_at=until)
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def touch(round_id: int) -> None:
    """Something that its pages show has changed."""
    db.session.execute(update(Row).where(Row.round == round_id).values(stamp=secrets.token_hex(8)))
