"""Reading one TOML table against its fields, noting every fault instead of stopping at the first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from quizlib.bank.fields import Field
from quizlib.errors import Fault, fault

Raw = Mapping[str, object]
NOTHING: Raw = {}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+|_[a-z0-9]+)*")
DECIMAL = re.compile(r"\d{1,15}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Page:
    """Where we are reading: a file, a place in it, and the list that collects its faults."""

    file: str
    place: str = ""
    faults: list[Fault] = field(default_factory=list)

    def at(self, place: str) -> Page:
        return Page(self.file, place, self.faults)

    def add(self, name: str, code: str, /, **values: object) -> None:
        self.faults.append(fault(self.file, self.place, name, code, **values))


def is_day(value: object) -> bool:
    if isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True
    return type(value) is date


def is_list_of(value: object, claim: Callable[[object], bool]) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(claim(part) for part in value)


def is_id(value: object) -> bool:
    return isinstance(value, str) and bool(ID.fullmatch(value))


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: object) -> bool:
    return type(value) is int


# shape: (claim, what stands in for a faulty value so that reading can go on)
SHAPES: dict[str, tuple[Callable[[object], bool], object]] = {
    "id": (is_id, "?"),
    "text": (is_text, "?"),
    "whole": (is_whole, 1),
    "flag": (lambda value: isinstance(value, bool), False),
    "day": (is_day, date.min),
    "number": (lambda value: isinstance(value, str) and bool(DECIMAL.fullmatch(value)), "0"),
    "ids": (lambda value: is_list_of(value, is_id), ()),
    "texts": (lambda value: is_list_of(value, is_text), ()),
    "wholes": (lambda value: is_list_of(value, is_whole), ()),
    "table": (lambda value: isinstance(value, Mapping), {}),
    "tables": (lambda value: is_list_of(value, lambda part: isinstance(part, Mapping)), ()),
}


class Table:
    """One table whose values have the shapes that ``fields`` state; its faults are on ``page``.

    Fields in ``given`` cannot be stated: they have the values given.
    """

    def __init__(self, raw: Raw, fields: Mapping[str, Field], page: Page, given: Raw = NOTHING) -> None:
        fields = {name: field for name, field in fields.items() if name not in given}
        self.page = page
        self.values = dict(given) | {name: checked(raw, name, field, page) for name, field in fields.items()}
        for name in sorted(raw.keys() - fields.keys()):
            near = difflib.get_close_matches(name, fields, n=1)
            page.add(name, "unknown-field-near" if near else "unknown-field",
                     near="".join(near), known=", ".join(fields))  # fmt: skip

    def text(self, name: str) -> str:
        return str(self.values[name] or "")

    def whole(self, name: str) -> int:
        value = self.values[name]
        return value if isinstance(value, int) else 0

    def flag(self, name: str) -> bool:
        return self.values[name] is True

    def day(self, name: str) -> date | None:
        value = self.values[name]
        return (
            date.fromisoformat(value)
            if isinstance(value, str)
            else value
            if isinstance(value, date)
            else None
        )

    def number(self, name: str) -> Fraction:
        return Fraction(str(self.values[name]))

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return tuple(str(part) for part in value) if isinstance(value, Sequence) else ()

    def wholes(self, name: str) -> tuple[int, ...]:
        value = self.values[name]
        return tuple(part for part in value if isinstance(part, int)) if isinstance(value, Sequence) else ()

    def table(self, name: str) -> Raw:
        value = self.values[name]
        return value if isinstance(value, Mapping) else {}

    def tables(self, name: str) -> tuple[Raw, ...]:
        value = self.values[name]
        return (
            tuple(part for part in value if isinstance(part, Mapping)) if isinstance(value, Sequence) else ()
        )


def checked(raw: Raw, name: str, field: Field, page: Page) -> object:
    claim, stand_in = SHAPES[field.shape]
    if name not in raw:
        if field.required:
            page.add(name, "missing-field")
        return stand_in if field.required else field.default
    value = raw[name]
    if not claim(value):
        page.add(name, "bad-shape-" + field.shape)
        return stand_in
    chosen = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    for part in chosen if field.choices else ():
        if part not in field.choices:
            page.add(name, "unknown-choice", value=part, choices=", ".join(field.choices))
    return value
