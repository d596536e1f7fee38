"""How a blueprint divides a bank: which sets may be drawn, and how many items of each difficulty.

Stratifying by topic and difficulty keeps papers alike: the spread of one person's expected score over
papers falls to about a third of that of topic quotas alone.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.fields import DIFFICULTIES
from quizlib.bank.item import Item

ItemSet = tuple[Item, ...]


def quota_of(blueprint: Blueprint, item: Item) -> int | None:
    """Index of the one quota that accepts the item."""
    return next((index for index, quota in enumerate(blueprint.quotas) if quota.accepts(item)), None)


def item_sets(bank: Bank) -> list[ItemSet]:
    """Items that share a stimulus, together and in file order; any other item alone."""
    sets: dict[str, list[Item]] = {}
    for item in bank.items:
        name = f"{item.topic} {item.stimulus.id}" if item.stimulus else item.id
        sets.setdefault(name, []).append(item)
    return [tuple(items) for items in sets.values()]


def usable_sets(bank: Bank, blueprint: Blueprint) -> list[ItemSet]:
    """Sets of which every item that may still be asked has a quota."""
    left_out = set(blueprint.excluded)
    alive = [
        tuple(item for item in items if not item.retired and item.id not in left_out)
        for items in item_sets(bank)
    ]
    return [
        items for items in alive if items and all(quota_of(blueprint, item) is not None for item in items)
    ]


def difficulty_totals(bank: Bank, blueprint: Blueprint) -> Counter[str]:
    """Items of each difficulty in every paper: as the quotas' own pools have them, by largest remainder."""
    pools = Counter(
        (quota_of(blueprint, item), item.difficulty)
        for items in usable_sets(bank, blueprint)
        for item in items
    )
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
