"""How groups of people answered a scale, never a group so small that it tells on its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizlib.measure.people import FEWEST_PEOPLE

ALL, OTHERS = "*", ""


@dataclass(frozen=True, slots=True)
class Steps:
    """How many people chose each step, the first step first."""

    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """Of the steps' numbers, the first being 1."""
        return sum(number * count for number, count in enumerate(self.counts, 1)) / self.people


def by_unit(counts: Mapping[str, Sequence[int]], minimum: int = FEWEST_PEOPLE) -> dict[str, Steps]:
    """ALL, then the units in their order, then OTHERS: units of fewer people than ``minimum`` together.

    ``counts`` are the people at each step; under OTHERS stand those of no known unit. Where OTHERS would be
    too few the next smallest unit joins, so that nobody is found by subtraction; where ALL are too few, {}.
    """
    counts = {unit: found for unit, found in counts.items() if any(found)}
    others: list[str] = []
    for unit in sorted(counts, key=lambda unit: (unit != OTHERS, sum(counts[unit]))):
        hidden = sum(sum(counts[each]) for each in others)
        if unit == OTHERS or sum(counts[unit]) < minimum or 0 < hidden < minimum:
            others.append(unit)
    groups = {ALL: list(counts)} | {unit: [unit] for unit in counts if unit not in others}
    groups |= {OTHERS: others} if others and len(groups) > 1 else {}
    rows = {name: zip(*(counts[unit] for unit in units), strict=True) for name, units in groups.items()}
    steps = {name: Steps(tuple(map(sum, columns))) for name, columns in rows.items()}
    return steps if steps[ALL].people >= minimum else {}
