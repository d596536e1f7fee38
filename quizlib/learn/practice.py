"""Practice papers: a few items, without a clock and without anything that must stay secret."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint, Quota
from quizlib.bank.item import Item
from quizlib.errors import QuotaError
from quizlib.exam.draw import draw
from quizlib.exam.paper import Paper
from quizlib.exam.strata import items_together, usable_sets

LENGTHS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to practise; what is left empty may be anything.

    ``tactics`` are looked for first and ``seen`` items avoided, as far as the bank allows: the same trick
    in another story.
    """

    topic: str = ""
    channel: str = ""
    length: int = LENGTHS[0]
    tactics: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    def accepts(self, item: Item) -> bool:
        channel = item.stimulus.channel if item.stimulus else ""
        return (
            item.points > 0
            and self.topic in ("", item.topic)
            and self.channel in ("", channel)
            and item.id not in self.seen
            and (not self.tactics or item.tactic in self.tactics)
        )


def practice_paper(bank: Bank, wish: Wish, seed: str, withheld: Set[str] = frozenset()) -> Paper:
    """A paper as near to the wish as the free items allow; empty when none of its topic is free."""
    if wish.channel and not free_items(bank, broad(wish), withheld):
        return practice_paper(bank, replace(wish, channel=""), seed, withheld)
    for nearer in (wish, replace(wish, tactics=frozenset()), broad(wish)):
        size = min(wish.length, len(free_items(bank, nearer, withheld)))
        if size >= min(wish.length, len(free_items(bank, broad(wish), withheld))):
            return drawn(bank, nearer, seed, withheld, size)
    return drawn(bank, broad(wish), seed, withheld, 0)


def broad(wish: Wish) -> Wish:
    return replace(wish, tactics=frozenset(), seen=frozenset())


def drawn(bank: Bank, wish: Wish, seed: str, withheld: Set[str], size: int) -> Paper:
    """Scams and genuine things mixed where it can be done; sets of two may force a smaller paper."""
    excluded = excluded_by(bank, wish, withheld)
    for count in range(size, 0, -1):
        for genuine in ((count // 3, count - count // 3), None):
            blueprint = Blueprint("practice", "practice", (Quota(wish.topic, count),), (), genuine, excluded)
            try:
                return draw(bank, blueprint, seed)
            except QuotaError:
                continue
    return Paper(bank, "practice", seed, (), {}, 0)


def can_practise(bank: Bank, topic: str, withheld: Set[str] = frozenset()) -> bool:
    return bool(free_items(bank, Wish(topic), withheld))


def free_items(bank: Bank, wish: Wish, withheld: Set[str]) -> list[str]:
    blueprint = Blueprint("", "", (Quota(wish.topic, 1),), excluded=excluded_by(bank, wish, withheld))
    return [item.id for each in usable_sets(bank, blueprint) for item in each.items]


def excluded_by(bank: Bank, wish: Wish, withheld: Set[str]) -> tuple[str, ...]:
    """Sets stay whole: the mark of one item may tell the key of another about the same thing."""
    return tuple(
        sorted(
            item.id
            for together in items_together(bank)
            if not any(map(wish.accepts, together)) or any(item.id in withheld for item in together)
            for item in together
        )
    )
