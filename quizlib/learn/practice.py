"""Practice papers: a few items of one topic, without a clock and without anything that must stay secret."""

from __future__ import annotations

from collections.abc import Set

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint, Quota
from quizlib.errors import QuotaError
from quizlib.exam.draw import draw
from quizlib.exam.paper import Paper
from quizlib.exam.strata import usable_sets

A_FEW = 5


def practice_paper(bank: Bank, topic: str, seed: str, withheld: Set[str] = frozenset()) -> Paper:
    """At most five items of the topic (sets kept whole), none of those withheld; empty when none is left."""
    size = len(free_items(bank, topic, withheld))
    for count in range(min(A_FEW, size), 0, -1):
        blueprint = blueprint_for(bank, topic, count, withheld)
        try:
            return draw(bank, blueprint, seed)
        except QuotaError:  # sets of two may not add up to this count: take one fewer
            continue
    return Paper(bank, "practice", seed, (), {}, 0)


def can_practise(bank: Bank, topic: str, withheld: Set[str] = frozenset()) -> bool:
    return bool(free_items(bank, topic, withheld))


def free_items(bank: Bank, topic: str, withheld: Set[str]) -> list[str]:
    blueprint = blueprint_for(bank, topic, 1, withheld)
    return [item.id for each in usable_sets(bank, blueprint) for item in each.items]


def blueprint_for(bank: Bank, topic: str, count: int, withheld: Set[str]) -> Blueprint:
    kept_back = tuple(sorted(item.id for item in bank.items if item.id in withheld))
    return Blueprint("practice", "practice", (Quota(topic, count),), excluded=kept_back)
