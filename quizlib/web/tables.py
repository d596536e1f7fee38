"""Rows: columns and constraints, no behaviour."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; databases without time zones keep it naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Moment, bytes: LargeBinary},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Frozen(db.Model):
    """Bytes kept for ever under their own SHA-256: rules, banks and blueprints of rounds."""

    __tablename__ = "frozen"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes]
    kept_at: Mapped[datetime]


class Contest(db.Model):
    __tablename__ = "contests"
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    rules: Mapped[str] = mapped_column(ForeignKey("frozen.hash"))
    loaded_at: Mapped[datetime]


class Round(db.Model):
    """A round that was opened; the hashes say what it was opened with, whatever is edited later."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("contest", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    contest: Mapped[str] = mapped_column(ForeignKey("contests.code"))
    number: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    secret: Mapped[bytes]
    rules: Mapped[str] = mapped_column(ForeignKey("frozen.hash"))
    bank: Mapped[str] = mapped_column(ForeignKey("frozen.hash"))
    blueprint: Mapped[str] = mapped_column(ForeignKey("frozen.hash"))
    draw_version: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    participants: Mapped[int | None]  # both settled once, when the round is closed
    all_correct: Mapped[int | None]
    published_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)  # of the published standings


class Unit(db.Model):
    __tablename__ = "units"
    contest: Mapped[str] = mapped_column(ForeignKey("contests.code"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    parent: Mapped[str] = mapped_column(String(40), default="")
    type: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    former_names: Mapped[str] = mapped_column(default="")  # one a line
    eligible: Mapped[int | None]
    eligible_on: Mapped[date | None]
    eligible_source: Mapped[str] = mapped_column(default="")
    excused: Mapped[int] = mapped_column(default=0)
    replaced_by: Mapped[str] = mapped_column(String(40), default="")


class Entry(db.Model):
    """One person in one round. ``unit_code`` is empty for a unit written by hand."""

    __tablename__ = "entries"
    __table_args__ = (Index(None, "round", "folded", "birth_year"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    birth_year: Mapped[int]
    unit_code: Mapped[str] = mapped_column(String(40))
    unit_name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(20), default="")
    phone_digest: Mapped[str] = mapped_column(String(64), default="")
    guardian: Mapped[str] = mapped_column(String(200), default="")
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    channel: Mapped[str] = mapped_column(String(20), default="web")
    assisted: Mapped[bool] = mapped_column(default=False)
    handed_on: Mapped[int] = mapped_column(default=0, server_default="0")  # closes every address made before
    lang: Mapped[str] = mapped_column(String(5))
    entered_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(default="")


class Consent(db.Model):
    """Proof of one person's agreement to one purpose: when, and to which words."""

    __tablename__ = "consents"
    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    text_hash: Mapped[str] = mapped_column(ForeignKey("frozen.hash"))
    given_at: Mapped[datetime]


class Attempt(db.Model):
    """``answers_until`` and ``submits_until`` are the one deadline function's words at the start."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("round", "entry", "ordinal"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"), index=True)
    ordinal: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    answers_until: Mapped[datetime]
    submits_until: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    void: Mapped[bool] = mapped_column(default=False)


class Answer(db.Model):
    """The response kept for one item; ``response`` is a JSON list of texts."""

    __tablename__ = "answers"
    attempt: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    response: Mapped[str]
    sequence: Mapped[int]
    first_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    changes: Mapped[int]


class Correction(db.Model):
    """A key corrected for one round; undoing removes the last one and marks again."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    item: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(10))
    key: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]


class Outcome(db.Model):
    """What an attempt came to; a correction appends a revision, nothing is overwritten."""

    __tablename__ = "outcomes"
    attempt: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    points: Mapped[int]
    max_points: Mapped[int]
    all_correct: Mapped[bool]
    passed: Mapped[bool]
    seconds: Mapped[int]
    prediction: Mapped[int | None]
    cause: Mapped[str]
    made_at: Mapped[datetime]


class Standing(db.Model):
    """A published rank; each publication is an edition of its own."""

    __tablename__ = "standings"
    __table_args__ = (Index(None, "round", "edition", "rank"),)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    rank: Mapped[int]
    criterion: Mapped[str] = mapped_column(String(20))
    points: Mapped[int]
    max_points: Mapped[int]
    prediction: Mapped[int | None]
    seconds: Mapped[int]
    submitted_at: Mapped[datetime]


class Board(db.Model):
    """What the public is shown of a round beside its standings; another ``stamp`` whenever that changes."""

    __tablename__ = "boards"
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(16))
    participants: Mapped[int]
    all_correct: Mapped[int]
    units: Mapped[str]  # a JSON list of rows
    made_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # whoever comes first after it makes the board again


class Certificate(db.Model):
    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("round", "entry", "edition"),)
    serial: Mapped[str] = mapped_column(String(12), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    entry: Mapped[str] = mapped_column(ForeignKey("entries.id"))
    edition: Mapped[int]
    facts: Mapped[str]
    status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[str] = mapped_column(String(12), default="")
    issued_at: Mapped[datetime]


class Report(db.Model):
    """A new scam that somebody told us of, without saying who they are; ``state`` is new or done."""

    __tablename__ = "reports"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str]
    channel: Mapped[str] = mapped_column(String(20))
    contact_used: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(5))
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(4))
