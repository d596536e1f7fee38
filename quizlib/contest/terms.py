"""Reading a table of a document by the types of a dataclass, noting every fault on the way."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar, Union, cast, get_args, get_origin
from typing import get_type_hints as types_of

from quizlib.errors import Fault, fault

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # fixed since 1975; needs no zone files
NEVER = datetime.min.replace(tzinfo=UTC)  # stands in for a moment that could not be read

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
D = TypeVar("D", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class At:
    """Where we are reading: a file, a table in it, a field, and the list that collects the faults."""

    file: str
    place: str
    field: str
    faults: list[Fault]

    def inside(self, field: str) -> At:
        return At(self.file, ".".join(filter(None, (self.place, self.field))), field, self.faults)

    def wrong(self, instead: T, code: str, **values: object) -> T:
        """Notes a fault; ``instead`` stands in, so that reading can go on to the next fault."""
        self.faults.append(fault(self.file, self.place, self.field, code, **values))
        return instead


@dataclass(frozen=True, slots=True)
class Shape(Generic[T_co]):
    """How a value is read, and what stands in for one that is missing or wrong."""

    read: Callable[[object, At], T_co]
    blank: T_co


@dataclass(frozen=True, slots=True)
class Term:
    """A field of a dataclass as documents write it; a field's metadata may give it another ``key``."""

    name: str
    key: str
    shape: Shape[object]
    default: object

    def read(self, table: Mapping[str, object], at: At) -> object:
        if self.key in table:
            return self.shape.read(table[self.key], at)
        return at.wrong(self.stand_in, "missing-field") if self.default is MISSING else self.default

    @property
    def stand_in(self) -> object:
        return self.shape.blank if self.default is MISSING else self.default


def table(kind: type[D]) -> Shape[D]:
    """A table whose terms are the fields of a frozen dataclass, their types saying what may stand there."""
    make: Callable[..., D] = kind
    terms = terms_of(kind)
    blank = make(**{term.name: term.stand_in for term in terms})

    def read(value: object, at: At) -> D:
        if not isinstance(value, dict):
            return at.wrong(blank, "bad-shape-table")
        _note_unknown(value, [term.key for term in terms], at)
        return make(**{term.name: term.read(value, at.inside(term.key)) for term in terms})

    return Shape(read, blank)


@cache
def terms_of(kind: type[DataclassInstance]) -> tuple[Term, ...]:
    """The terms of a table; a field whose ``key`` is empty is none of the document's."""
    hints = types_of(kind, include_extras=True)
    keys = {field.name: field.metadata.get("key", field.name) for field in fields(kind)}
    return tuple(
        Term(field.name, keys[field.name], _shape_of(hints[field.name]), field.default)
        for field in fields(kind)
        if keys[field.name]
    )


def whole(least: int = 0, most: int = 1_000_000) -> Shape[int]:
    def read(value: object, at: At) -> int:
        if type(value) is int and least <= value <= most:  # True is an int to isinstance
            return value
        return at.wrong(least, "bad-whole", least=least, most=most)

    return Shape(read, least)


def one_of(choices: tuple[str, ...]) -> Shape[str]:
    def read(value: object, at: At) -> str:
        if isinstance(value, str) and value in choices:
            return value
        return at.wrong(choices[0], "unknown-choice", value=value, choices=", ".join(choices))

    return Shape(read, choices[0])


def many(shape: Shape[T]) -> Shape[tuple[T, ...]]:
    def read(value: object, at: At) -> tuple[T, ...]:
        if not isinstance(value, list):
            return at.wrong((), "bad-list")
        places = (replace(at, field=f"{at.field} {number}") for number in range(1, len(value) + 1))
        return tuple(shape.read(part, place) for part, place in zip(value, places, strict=True))

    return Shape(read, ())


def _shape_of(hint: object) -> Shape[object]:
    if compound := COMPOUNDS.get(get_origin(hint)):
        return compound(get_args(hint))
    return LEAVES.get(hint) or table(cast("type[DataclassInstance]", hint))


def _note_unknown(value: Mapping[str, object], known: list[str], at: At) -> None:
    for name in sorted(value.keys() - set(known)):
        near = difflib.get_close_matches(name, known, n=1)
        code = "unknown-field-near" if near else "unknown-field"
        at.inside(name).wrong(None, code, near="".join(near), known=", ".join(known))


def _read_anything(value: object, at: At) -> object:
    return value


def _read_line(value: object, at: At) -> str:
    return value.strip() if isinstance(value, str) and value.strip() else at.wrong("", "bad-shape-text")


def _read_slug(value: object, at: At) -> str:
    is_slug = isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value)
    return str(value) if is_slug else at.wrong("", "bad-shape-id")


def _read_flag(value: object, at: At) -> bool:
    return value if isinstance(value, bool) else at.wrong(False, "bad-shape-flag")


def _read_moment(value: object, at: At) -> datetime:
    """A date with a time; local unless it carries an offset; kept in UTC."""
    try:
        text = value if isinstance(value, str) and len(value) > len("2026-11-02") else ""
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError):
        return at.wrong(NEVER, "bad-moment")


SLUG = Shape(_read_slug, "")
LINE = Shape(_read_line, "")
ANYTHING = Shape(_read_anything, None)
LEAVES: dict[object, Shape[object]] = {
    int: whole(),
    str: LINE,
    bool: Shape(_read_flag, False),
    datetime: Shape(_read_moment, NEVER),
}
COMPOUNDS: dict[object, Callable[..., Shape[object]]] = {
    Annotated: lambda parts: parts[1],
    Literal: one_of,
    tuple: lambda parts: many(_shape_of(parts[0])),
    Union: lambda parts: _shape_of(parts[0]),  # X | None: left out is None
    UnionType: lambda parts: _shape_of(parts[0]),
}
