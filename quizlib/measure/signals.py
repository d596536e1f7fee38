"""Signals of a unit: the same or consecutive predictions, and many starts within a minute."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import exp, lgamma, log, sqrt
from typing import Generic, TypeVar

from quizlib.measure.printing import Result, Rows
from quizlib.measure.wording import say

FEWEST = 5  # ours: people of a block, consecutive numbers of a run, starts of a burst
UNLIKELY = 0.001  # ours
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Block(Result):
    """``people`` of one unit's ``unit_people`` predicted ``first`` to ``last``, every number of them.

    ``expected`` by the share of all other units' people who did, and ``chance`` the probability of so many or
    more (Poisson); None where there are no other units. ``kind``: "same" number or "run" of consecutive ones.
    """

    unit: str
    kind: str
    first: int
    last: int
    people: int
    unit_people: int
    expected: float | None
    chance: float | None

    def say(self, lang: str = "en") -> str:
        return say(f"prediction-{self.kind}", lang, **self.to_dict())


@dataclass(frozen=True, slots=True)
class Burst(Result):
    """``starts`` of one unit in the minute from ``at``; ``usual`` are those of its other minutes with any.

    ``chance``: probability of so many or more (Poisson); both are None where the unit has no other minute.
    """

    unit: str
    at: datetime
    starts: int
    usual: float | None
    chance: float | None

    def say(self, lang: str = "en") -> str:
        return say("burst", lang, **(self.to_dict() | {"at": self.at.isoformat(sep=" ", timespec="seconds")}))


Found = TypeVar("Found", Block, Burst)


@dataclass(frozen=True, slots=True)
class Signals(Rows, Generic[Found]):
    """Evidence for a person to judge, never a verdict; the least likely first."""

    rows: tuple[Found, ...]

    def say(self, lang: str = "en") -> list[str]:
        return [row.say(lang) for row in self.rows]


def prediction_blocks(predictions: Iterable[tuple[str, int]], at_least: int = FEWEST) -> Signals[Block]:
    """From (unit, number predicted) of each person.

    A block is one number that ``at_least`` people of a unit predicted, or a run of ``at_least`` consecutive
    numbers, where other units do so too rarely to explain it (a chance below 0.001).
    """
    numbers: dict[str, Counter[int]] = defaultdict(Counter)
    for unit, number in predictions:
        numbers[unit][number] += 1
    everybody = sum(numbers.values(), Counter[int]())
    found = [block for unit in numbers for block in _blocks(unit, numbers[unit], everybody, at_least)]
    return Signals(_unlikely_first(found))


def bursts(starts: Iterable[tuple[str, datetime]], at_least: int = FEWEST) -> Signals[Burst]:
    """From (unit, moment) of each start.

    A burst is a minute from one start on with ``at_least`` starts of the unit, where its usual pace explains
    them too rarely (a chance below 0.001). Bursts of a unit do not overlap.
    """
    moments: dict[str, list[datetime]] = defaultdict(list)
    for unit, at in starts:
        moments[unit].append(at)
    found = [each for unit in moments for each in _bursts(unit, sorted(moments[unit]), at_least)]
    return Signals(_unlikely_first(found))


def _blocks(unit: str, own: Counter[int], everybody: Counter[int], at_least: int) -> Iterator[Block]:
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(own)), lambda each: each[1] - each[0])
    ]
    found = [("same", [number]) for number, count in own.items() if count >= at_least]
    found += [("run", run) for run in runs if len(run) >= max(2, at_least)]
    others = everybody.total() - own.total()
    for kind, run in found:
        people = sum(own[number] for number in run)
        elsewhere = sum(everybody[number] for number in run) - people
        expected = own.total() * elsewhere / others if others else None
        chance = None if expected is None else poisson_tail(people, max(expected, own.total() / (others + 1)))
        yield Block(unit, kind, run[0], run[-1], people, own.total(), expected, chance)


def _bursts(unit: str, moments: list[datetime], at_least: int) -> Iterator[Burst]:
    active = len({at.replace(second=0, microsecond=0) for at in moments})  # minutes of the clock with a start
    place = 0
    while place < len(moments):
        at = moments[place]
        inside = bisect_left(moments, at + MINUTE, place) - place
        outside = len(moments) - inside
        usual = outside / max(1, active - 1) if outside else None
        chance = None if usual is None else poisson_tail(inside, usual)
        is_burst = inside >= at_least and (chance is None or chance < UNLIKELY)
        if is_burst:
            yield Burst(unit, at, inside, usual, chance)
        place += inside if is_burst else 1


def poisson_tail(count: int, mean: float) -> float:
    """P(X >= count) for a Poisson variable of this mean, above 0."""
    reach = max(count, mean)
    counts = range(count, int(reach + 12 * sqrt(reach) + 40))
    return min(1.0, sum(exp(each * log(mean) - mean - lgamma(each + 1)) for each in counts))


def _unlikely_first(found: Iterable[Found]) -> tuple[Found, ...]:
    kept = [each for each in found if each.chance is None or each.chance < UNLIKELY]
    return tuple(sorted(kept, key=lambda each: (each.chance is not None, each.chance or 0.0)))
