"""Entries: the people of a round."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, exists, literal, literal_column, select, update

from quizlib.bank.fold import fold
from quizlib.errors import Refusal
from quizlib.web.store.dialect import insert, insert_once
from quizlib.web.tables import Answer, Attempt, Certificate, Consent, Outcome, Standing, db
from quizlib.web.tables import Entry as Row


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    round: int
    name: str
    birth_year: int
    unit_code: str
    unit_name: str
    lang: str
    phone: str = ""
    phone_digest: str = ""
    guardian: str = ""
    channel: str = "web"
    assisted: bool = False
    handed_on: int = 0

    def check(self, handed_on: int) -> None:
        """``Refusal("handed-on")`` for an address from before the phone was handed on."""
        if handed_on != self.handed_on:
            raise Refusal("handed-on")

    @property
    def person(self) -> str:
        """Who this is, the same in every round: folded name, birth year and unit."""
        return "\n".join((fold(self.name), str(self.birth_year), self.unit_code or fold(self.unit_name)))


ROWS = Row.__table__
COLUMNS = tuple(ROWS.c[name] for name in Entry.__slots__)
BY_ID = select(*COLUMNS).where(ROWS.c.id == bindparam("entry"))
ALIKE = (
    select(*COLUMNS)
    .where(*(ROWS.c[name] == bindparam(name) for name in ("round", "folded", "birth_year")))
    .order_by(ROWS.c.entered_at)
)
# What a correction leaves alone.
FIRST_GIVEN = ("id", "round", "channel", "assisted", "handed_on", "code_digest", "entered_at")


def enter(entry: Entry, code_digest: str, now: datetime) -> None:
    """One insert; sending the same form again corrects it until the first attempt has begun."""
    row = asdict(entry) | {"folded": fold(entry.name), "code_digest": code_digest, "entered_at": now}
    db.session.execute(correcting(db.engine.dialect.name), row | {"void_reason": ""})


@cache
def correcting(dialect: str) -> Executable:
    """The insert, or the correction; ``entries.id`` is that of the row that is there."""
    statement = insert(ROWS)
    begun = exists().where(Attempt.__table__.c.entry == literal_column("entries.id"))
    corrected = {
        name: statement.excluded[name] for name in (*Entry.__slots__, "folded") if name not in FIRST_GIVEN
    }
    upsert: Executable = statement.on_conflict_do_update(index_elements=["id"], set_=corrected, where=~begun)
    return upsert


def consent(entry: str, purpose: str, text_hash: str, now: datetime) -> None:
    row = {"entry": entry, "purpose": purpose, "text_hash": text_hash, "given_at": now}
    db.session.execute(insert_once(Consent.__table__), row)


def get(entry: str) -> Entry:
    row = db.session.execute(BY_ID, {"entry": entry}).first()
    if row is None:
        raise Refusal("not-found")
    return Entry(*row)


def hand_on(entry: str, handed_on: int) -> None:
    """Close every address of this person that was made until now; once for each of them."""
    statement = update(Row).where(Row.id == entry, Row.handed_on == handed_on)
    db.session.execute(statement.values(handed_on=handed_on + 1))


def by_code(code_digest: str) -> Entry | None:
    row = db.session.execute(select(*COLUMNS).where(Row.code_digest == code_digest)).first()
    return Entry(*row) if row else None


def alike(round_id: int, name: str, birth_year: int) -> list[Entry]:
    """Entries of the same folded name and birth year in this round."""
    wanted = {"round": round_id, "folded": fold(name), "birth_year": birth_year}
    return [Entry(*row) for row in db.session.execute(ALIKE, wanted)]


def of_round(round_id: int) -> dict[str, Entry]:
    rows = db.session.execute(select(*COLUMNS).where(Row.round == round_id))
    return {row.id: Entry(*row) for row in rows}


def units_of(round_id: int) -> dict[str, str]:
    """The unit's code of every entry."""
    rows = db.session.execute(select(Row.id, Row.unit_code).where(Row.round == round_id))
    return {entry: unit for entry, unit in rows}  # noqa: C416  mypy reads no dict from rows


def forget(round_id: int) -> int:
    """Erase who the people of a round were; how many of which unit took part stays. Returns their number."""
    nobody = {"name": "", "folded": "", "birth_year": 0, "phone": "", "phone_digest": "", "guardian": ""}
    values = nobody | {"code_digest": literal("erased ") + Row.id}
    known = (Row.round == round_id, Row.birth_year != 0)
    return db.session.execute(update(Row).where(*known).values(values)).rowcount  # type: ignore[attr-defined, no-any-return]


def remove(round_id: int, channel: str) -> int:
    """Erase all that those who came through a channel have left. Returns their number."""
    people = select(Row.id).where(Row.round == round_id, Row.channel == channel)
    sat = select(Attempt.id).where(Attempt.entry.in_(people))
    for table in (Answer, Outcome):
        db.session.execute(delete(table).where(table.attempt.in_(sat)))
    for table in (Attempt, Certificate, Standing, Consent):
        db.session.execute(delete(table).where(table.entry.in_(people)))
    gone = delete(Row).where(Row.round == round_id, Row.channel == channel)
    return db.session.execute(gone).rowcount  # type: ignore[attr-defined, no-any-return]
