"""Units of a contest."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from quizlib.bank.fold import fold
from quizlib.contest.units import Unit
from quizlib.web.store.dialect import insert
from quizlib.web.tables import Unit as Row
from quizlib.web.tables import db

ROWS = Row.__table__
OF_CONTEST = select(ROWS).where(ROWS.c.contest == bindparam("contest")).order_by(ROWS.c.folded, ROWS.c.code)


def keep(contest: str, units: Iterable[Unit]) -> None:
    for unit in units:
        row = {
            "contest": contest,
            "code": unit.code,
            "parent": unit.parent,
            "type": unit.type,
            "name": unit.name,
            "folded": fold(unit.name),
            "former_names": "\n".join(unit.former_names),
            "eligible": unit.eligible,
            "eligible_on": unit.eligible_on,
            "eligible_source": unit.eligible_source,
            "excused": unit.excused,
            "replaced_by": unit.replaced_by,
        }
        statement = insert(Row.__table__).values(row)
        db.session.execute(statement.on_conflict_do_update(index_elements=["contest", "code"], set_=row))


def of_contest(contest: str) -> list[Unit]:
    rows = db.session.execute(OF_CONTEST, {"contest": contest})
    return [
        Unit(
            code=row.code,
            name=row.name,
            type=row.type,
            parent=row.parent,
            former_names=tuple(row.former_names.split("\n")) if row.former_names else (),
            eligible=row.eligible,
            eligible_on=row.eligible_on,
            eligible_source=row.eligible_source,
            excused=row.excused,
            replaced_by=row.replaced_by,
        )
        for row in rows
    ]
