"""Fictional people and how they answered; the same every time, from a hash and no other randomness."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from quizlib.bank.item import Item, Response
from quizlib.contest.units import Unit

FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Đoàn", "Lương"]
MIDDLES = ["Thị", "Văn", "Thu", "Minh", "Thanh", "Ngọc", "Đức", "Hồng", "Quang", "Kim"]
GIVEN = [
    "Lan", "Hương", "Hùng", "Dũng", "Hoa", "Mai", "Tuấn", "Bình", "Phượng", "Ánh",
    "Đắc", "Tuyết", "Nga", "Sơn", "Hải", "Yến", "Thảo", "Khánh", "Loan", "Phúc",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """``skill`` is the chance (percent) of knowing an item; ``minutes`` how long the paper took."""

    number: int
    name: str
    birth_year: int
    unit: Unit
    skill: int
    prediction: int | None
    minutes: int
    hour: int


def chance(number: int, purpose: str, sides: int) -> int:
    """A throw of a die with that many sides, from 0, always the same for this person and purpose."""
    found = hashlib.sha256(f"{purpose} {number}".encode()).digest()
    return int.from_bytes(found[:6], "big") % sides


def pick(number: int, purpose: str, words: Sequence[str]) -> str:
    return words[chance(number, purpose, len(words))]


def person(number: int, units: Sequence[Unit], hours: int) -> Person:
    """Units differ in size: the lower of two throws makes some of them much larger."""
    place = min(chance(number, "unit", len(units)), chance(number, "unit again", len(units)))
    name = " ".join(
        pick(number, purpose, words)
        for purpose, words in (("family", FAMILIES), ("middle", MIDDLES), ("given", GIVEN))
    )
    return Person(
        number=number,
        name=name,
        birth_year=1940 + chance(number, "year", 65),
        unit=units[place],
        skill=55 + chance(number, "skill", 44),
        prediction=None if chance(number, "silent", 20) == 0 else 120 + chance(number, "prediction", 400),
        minutes=5 + chance(number, "minutes", 14),
        hour=chance(number, "hour", hours),
    )


def answer(item: Item, who: Person) -> Response:
    """The key, or the first answer that is not: how a person of this skill would respond."""
    if chance(who.number, f"knows {item.id}", 100) < who.skill:
        return item.key
    if item.kind == "judge":
        return ("genuine" if item.verdict == "scam" else "scam", "2")
    if item.kind == "number":
        return ("1",)
    if item.kind == "order":
        return tuple(reversed(item.key))
    return next((option.id,) for option in item.options if (option.id,) != item.key)
