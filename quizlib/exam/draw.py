"""Drawing a paper: a pure function of (bank, blueprint, seed), the same on every machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.fields import DIFFICULTIES
from quizlib.bank.item import Item
from quizlib.exam.paper import DRAW_VERSION, Paper
from quizlib.exam.strata import difficulty_totals, quota_of, usable_sets

MOST_STEPS = 20_000  # of the search; blueprints that a bank can meet with room need about one step an item

ItemSet = tuple[Item, ...]


class QuotaError(ValueError):
    """The bank has no paper that meets the blueprint."""


def draw(bank: Bank, blueprint: Blueprint | str, seed: str) -> Paper:
    """The paper of ``seed``: every quota met, sets kept together, no enemies, difficulties always alike.

    Neither keys nor language change it. Raises ``QuotaError`` when the bank cannot meet the blueprint.
    """
    plan = bank.blueprints[blueprint] if isinstance(blueprint, str) else blueprint
    vietnamese = bank.to("vi")
    chosen = Search(vietnamese, plan, seed).run()
    ordered = sorted(chosen, key=lambda items: rank(seed, "place", items[0].id))
    items = tuple(concrete(item, seed) for each in ordered for item in each)
    return Paper(
        bank=bank,
        blueprint=plan.name,
        seed=seed,
        picks=tuple((item.id, item.variant) for item in items),
        orders={item.id: option_order(item, seed) for item in items},
        draw_version=DRAW_VERSION,
    )


def rank(seed: str, purpose: str, name: str) -> bytes:
    """A place in an order that is random between seeds and fixed for one."""
    return hashlib.sha256(f"{seed}\0{purpose}\0{name}".encode()).digest()


def concrete(item: Item, seed: str) -> Item:
    if not item.rows:
        return item
    return item.with_row(int.from_bytes(rank(seed, "row", item.id)[:8], "big") % len(item.rows))


def option_order(item: Item, seed: str) -> tuple[str, ...]:
    """Option ids shuffled by the seed; options marked ``fixed`` keep their place."""
    free = [option.id for option in item.options if not option.fixed]
    shuffled = iter(sorted(free, key=lambda option: rank(seed, f"option {item.id}", option)))
    return tuple(option.id if option.fixed else next(shuffled) for option in item.options)


@dataclass(frozen=True, slots=True)
class Needs:
    """What is still to be filled: items by quota, items by difficulty, bounds of genuine ones."""

    quotas: Counter[int]
    difficulties: Counter[str]
    genuine: tuple[int, int]

    def less(self, items: ItemSet, blueprint: Blueprint) -> Needs | None:
        """The needs once a set is taken; None when it does not fit."""
        quotas = self.quotas - Counter(quotas_of(blueprint, items))
        difficulties = self.difficulties - Counter(item.difficulty for item in items)
        genuine = sum(item.verdict == "genuine" for item in items)
        left = Needs(quotas, difficulties, (self.genuine[0] - genuine, self.genuine[1] - genuine))
        fits = (
            quotas.total() == self.quotas.total() - len(items)
            and difficulties.total() == self.difficulties.total() - len(items)
            and left.genuine[1] >= 0
        )
        return left if fits else None

    def can_be_met(self, pool: Iterable[ItemSet], blueprint: Blueprint) -> bool:
        """A quick necessary test: enough items are left for each quota, difficulty and verdict."""
        items = [item for each in pool for item in each]
        cells = Counter((quota_of(blueprint, item), item.difficulty) for item in items)
        for quota, wanted in self.quotas.items():
            if sum(min(cells[quota, name], self.difficulties[name]) for name in DIFFICULTIES) < wanted:
                return False
        for name, wanted in self.difficulties.items():
            if sum(min(cells[quota, name], count) for quota, count in self.quotas.items()) < wanted:
                return False
        return sum(item.verdict == "genuine" for item in items) >= self.genuine[0]


class Search:
    """A complete search with backtracking, in an order that the seed decides."""

    def __init__(self, bank: Bank, blueprint: Blueprint, seed: str) -> None:
        self.blueprint, self.seed, self.steps = blueprint, seed, 0
        sets = usable_sets(bank, blueprint)
        self.sets = sorted(sets, key=lambda items: rank(seed, "set", items[0].id))
        self.fixed = [items for items in self.sets if any(item.id in blueprint.fixed for item in items)]
        bounds = blueprint.genuine or (0, blueprint.size)
        wanted = Counter({index: quota.count for index, quota in enumerate(blueprint.quotas)})
        self.needs = Needs(wanted, difficulty_totals(bank, blueprint), bounds)
        self.quota_order = sorted(wanted, key=lambda index: rank(seed, "quota", str(index)))

    def run(self) -> tuple[ItemSet, ...]:
        needs: Needs | None = self.needs
        for items in self.fixed:
            needs = needs.less(items, self.blueprint) if needs else None
        rest = [items for items in self.sets if items not in self.fixed]
        rest = without_enemies(rest, [item for items in self.fixed for item in items])
        found = self.extend(needs, rest) if needs else None
        if found is None:
            raise QuotaError(f"no paper of the blueprint “{self.blueprint.name}” can be drawn from this bank")
        return (*self.fixed, *found)

    def extend(self, needs: Needs, pool: list[ItemSet]) -> tuple[ItemSet, ...] | None:
        """Sets from ``pool`` that meet ``needs`` exactly, or None."""
        if not needs.quotas.total():
            return () if needs.genuine[0] <= 0 else None
        self.steps += 1
        if self.steps > MOST_STEPS or not needs.can_be_met(pool, self.blueprint):
            return None
        quota = next(index for index in self.quota_order if needs.quotas[index])
        tried: list[ItemSet] = []
        for items in [each for each in pool if quota in quotas_of(self.blueprint, each)]:
            left = needs.less(items, self.blueprint)
            tried.append(items)
            if left is None:
                continue
            rest = without_enemies([each for each in pool if each not in tried], items)
            found = self.extend(left, rest)
            if found is not None:
                return (items, *found)
        return None


def quotas_of(blueprint: Blueprint, items: ItemSet) -> list[int]:
    found = (quota_of(blueprint, item) for item in items)
    return [index for index in found if index is not None]


def without_enemies(pool: list[ItemSet], items: Iterable[Item]) -> list[ItemSet]:
    taken = {item.id for item in items}
    hated = {enemy for item in items for enemy in item.enemies}
    return [each for each in pool if not any(item.id in hated or taken & set(item.enemies) for item in each)]
