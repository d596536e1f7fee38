"""How a blueprint divides a bank: which sets may be drawn, and how many items of each difficulty.

Stratifying by topic and difficulty keeps papers alike: the spread of one person's expected score over
papers falls to about a third of that of topic quotas alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.fields import DIFFICULTIES
from quizlib.bank.item import Item

GENUINE = "genuine"

# What a paper counts: items of a quota (its index), of a difficulty (its name), genuine ones (GENUINE).
Stratum = int | str

# Where an item stands: (quota, difficulty, whether it is genuine).
Cell = tuple[int, str, bool]


@dataclass(frozen=True, slots=True, eq=False)
class ItemSet:
    """Items drawn together, in file order, with all that a draw asks of them worked out once.

    ``fills`` counts them by stratum; ``cells`` has one for each item;
    ``enemies`` are the ids that may not stand in one paper with them, whichever side named the other.
    """

    items: tuple[Item, ...]
    cells: tuple[Cell, ...]
    fills: Mapping[Stratum, int]
    ids: frozenset[str]
    enemies: frozenset[str]

    def apart(self, pool: Iterable[ItemSet]) -> list[ItemSet]:
        """What of ``pool`` may still be drawn beside this set."""
        return [each for each in pool if each is not self and self.enemies.isdisjoint(each.ids)]


def quota_of(blueprint: Blueprint, item: Item) -> int | None:
    """Index of the one quota that accepts the item."""
    return next((index for index, quota in enumerate(blueprint.quotas) if quota.accepts(item)), None)


def usable_sets(bank: Bank, blueprint: Blueprint) -> list[ItemSet]:
    """Sets of which every item that may still be asked has a quota."""
    left_out, enemies = set(blueprint.excluded), enemies_by_id(bank)
    found = []
    for together in items_together(bank):
        items = [item for item in together if not item.retired and item.id not in left_out]
        quotas = [index for item in items if (index := quota_of(blueprint, item)) is not None]
        if items and len(quotas) == len(items):
            found.append(item_set(items, quotas, enemies))
    return found


def difficulty_totals(sets: Iterable[ItemSet], blueprint: Blueprint) -> Counter[str]:
    """Items of each difficulty in every paper: as the quotas' own pools have them, by largest remainder."""
    pools = Counter((quota, difficulty) for each in sets for quota, difficulty, _ in each.cells)
    shares = {name: Fraction(0) for name in DIFFICULTIES}
    for index, quota in enumerate(blueprint.quotas):
        size = sum(pools[index, name] for name in DIFFICULTIES) or 1
        for name in DIFFICULTIES:
            shares[name] += Fraction(quota.count * pools[index, name], size)
    totals = Counter({name: int(share) for name, share in shares.items()})
    by_remainder = sorted(DIFFICULTIES, key=lambda name: int(shares[name]) - shares[name])
    for name in by_remainder[: blueprint.size - totals.total()]:
        totals[name] += 1
    return totals


def items_together(bank: Bank) -> Iterable[list[Item]]:
    """Items that share a stimulus, together and in file order; any other item alone."""
    sets: dict[str, list[Item]] = {}
    for item in bank.items:
        name = f"{item.topic} {item.stimulus.id}" if item.stimulus else item.id
        sets.setdefault(name, []).append(item)
    return sets.values()


def item_set(items: list[Item], quotas: list[int], enemies: dict[str, set[str]]) -> ItemSet:
    cells = tuple(
        (quota, item.difficulty, item.verdict == GENUINE) for item, quota in zip(items, quotas, strict=True)
    )
    fills: dict[Stratum, int] = {}
    for quota, difficulty, is_genuine in cells:
        for stratum in (quota, difficulty, GENUINE) if is_genuine else (quota, difficulty):
            fills[stratum] = fills.get(stratum, 0) + 1
    return ItemSet(
        items=tuple(items),
        cells=cells,
        fills=fills,
        ids=frozenset(item.id for item in items),
        enemies=frozenset(enemy for item in items for enemy in enemies.get(item.id, ())),
    )


def enemies_by_id(bank: Bank) -> dict[str, set[str]]:
    """Both ways: an author names an enemy on one side only."""
    found: dict[str, set[str]] = {}
    for item in bank.items:
        for enemy in item.enemies:
            found.setdefault(item.id, set()).add(enemy)
            found.setdefault(enemy, set()).add(item.id)
    return found
