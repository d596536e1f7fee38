"""Units that compete: finding one by any of its names, and the rankings for collective prizes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate, groupby

from quizlib.bank.fold import fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_NO_MATCH = 5  # one more than the worst of the grades of a match


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Known by its official ``code``, never by its name; ``eligible`` is a head-count, None if unknown."""

    code: str
    name: str
    type: str = ""
    parent: str = ""
    former_names: tuple[str, ...] = ()
    eligible: int | None = None
    eligible_on: date | None = None
    eligible_source: str = ""
    excused: int = 0
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What a unit's people did: how many finished, and the sum of their counted points."""

    unit: Unit
    participants: int
    points: int

    @property
    def rate(self) -> Fraction | None:
        """Finished / (eligible - excused); None is "unknown", which is not nought."""
        expected = (self.unit.eligible or 0) - self.unit.excused
        return Fraction(self.participants, expected) if expected > 0 else None

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.points, self.participants) if self.participants else None


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """``rank`` is None for a unit below the floor or without the figure; a shared rank is the committee's."""

    rank: int | None
    figures: UnitFigures
    shared: bool = False


def search(units: Sequence[Unit], query: str, limit: int = 10) -> tuple[Unit, ...]:
    """Best matches first: as typed with its tones, whole name, beginning, beginning of a word, anywhere.

    A unit that was replaced is found by its old name but its successor is offered.
    """
    folded, toned = fold(query), _toned(query)
    if not folded:
        return ()
    graded = [(_grade(unit, folded, toned), unit) for unit in units]
    graded = [(grade, unit) for grade, unit in graded if grade < _NO_MATCH]
    graded.sort(key=lambda pair: (pair[0], fold(pair[1].name), pair[1].code))
    known = {unit.code: unit for unit in units}
    found = {live.code: live for _, unit in graded if (live := _successor(unit, known))}
    return tuple(found.values())[:limit]


def by_participants(figures: Sequence[UnitFigures], floor: int = 0) -> tuple[UnitStanding, ...]:
    """Most people who finished; at least ``floor`` of them."""
    return _ranked(
        figures, lambda unit: (unit.participants,), lambda unit: unit.participants >= max(floor, 1)
    )


def by_rate(figures: Sequence[UnitFigures], floor: int = 0) -> tuple[UnitStanding, ...]:
    """Highest rate, then highest mean; at least ``floor`` percent (Thanh Khê's rules of 2026)."""
    return _ranked(
        figures,
        lambda unit: (unit.rate or Fraction(), unit.mean or Fraction()),
        lambda unit: unit.rate is not None and unit.participants > 0 and 100 * unit.rate >= floor,
    )


def by_mean(figures: Sequence[UnitFigures], floor: int = 0) -> tuple[UnitStanding, ...]:
    """Highest mean of the counted points; at least ``floor`` people."""
    return _ranked(
        figures, lambda unit: (unit.mean or Fraction(),), lambda unit: unit.participants >= max(floor, 1)
    )


def _ranked(
    figures: Sequence[UnitFigures],
    keys: Callable[[UnitFigures], tuple[Fraction | int, ...]],
    qualifies: Callable[[UnitFigures], bool],
) -> tuple[UnitStanding, ...]:
    ordered = sorted(figures, key=lambda unit: unit.unit.code)
    worthy = sorted(filter(qualifies, ordered), key=keys, reverse=True)
    groups = [list(group) for _, group in groupby(worthy, keys)]
    ranks = accumulate(map(len, groups), initial=1)
    ranked = (
        UnitStanding(rank, unit, len(group) > 1)
        for rank, group in zip(ranks, groups, strict=False)
        for unit in group
    )
    return (*ranked, *(UnitStanding(None, unit) for unit in ordered if not qualifies(unit)))


def _grade(unit: Unit, folded: str, toned: list[str]) -> int:
    names = (unit.name, f"{unit.type} {unit.name}", unit.code, *unit.former_names)
    return min(_closeness(name, folded, toned) for name in names)


def _closeness(name: str, folded: str, toned: list[str]) -> int:
    ours = fold(name)
    grades = (
        _toned(name) == toned,
        ours == folded,
        ours.startswith(folded),
        f" {folded}" in ours,
        folded in ours,
    )
    return [*grades, True].index(True)


def _toned(text: str) -> list[str]:
    """Words with the tone put last, so that Thủy and Thuỷ are the same word but Giang and Giàng are not."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return [re.sub(f"([{_TONES}])(.*)", r"\2\1", word) for word in words]


def _successor(unit: Unit, known: dict[str, Unit]) -> Unit | None:
    seen: set[str] = set()
    while unit.replaced_by and unit.code not in seen:
        seen.add(unit.code)
        if unit.replaced_by not in known:
            return None
        unit = known[unit.replaced_by]
    return unit


# Which ranking a collective prize may name: from the units' figures and a floor to standings.
COLLECTIVE: dict[str, Callable[[Sequence[UnitFigures], int], tuple[UnitStanding, ...]]] = {
    "participants": by_participants,
    "rate": by_rate,
    "mean": by_mean,
}
