"""Drawing a paper: a pure function of (bank, blueprint, seed), the same on every machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.fields import DIFFICULTIES
from quizlib.bank.item import Item
from quizlib.errors import QuotaError
from quizlib.exam.paper import DRAW_VERSION, Paper
from quizlib.exam.strata import GENUINE, Cell, ItemSet, Stratum, difficulty_totals, usable_sets

MOST_STEPS = 20_000  # of the search; blueprints that a bank can meet with room need about one step an item

Cut = tuple[str, ...]
CUTS: tuple[Cut, ...] = tuple(cut for size in range(4) for cut in combinations(DIFFICULTIES, size))
CUTS_WITHOUT = {name: [cut for cut in CUTS if name not in cut] for name in DIFFICULTIES}


def draw(bank: Bank, blueprint: Blueprint | str, seed: str) -> Paper:
    """The paper of ``seed``: every quota met, sets kept together, no enemies, difficulties always alike.

    Neither keys nor language change it. Raises ``QuotaError`` when the bank cannot meet the blueprint.
    Who draws many papers makes one ``Plan``.
    """
    return Plan(bank, blueprint).draw(seed)


class Plan:
    """What all papers of a blueprint from a bank have in common, worked out once."""

    def __init__(self, bank: Bank, blueprint: Blueprint | str) -> None:
        self.bank, self.vietnamese = bank, bank.to("vi")
        self.blueprint = bank.blueprints[blueprint] if isinstance(blueprint, str) else blueprint
        self.sets = usable_sets(self.vietnamese, self.blueprint)
        self.file = list(self.vietnamese.by_id)

    def draw(self, seed: str) -> Paper:
        """As ``draw`` says."""
        chosen = Search(self, seed).run()
        if chosen is None:
            name = self.blueprint.name
            raise QuotaError(f"no paper of the blueprint “{name}” can be drawn from {self.bank.name}")
        ordered = sorted(chosen, key=lambda each: place(each.items[0], seed, self.file))
        items = tuple(concrete(item, seed) for each in ordered for item in each.items)
        return Paper(
            bank=self.bank,
            blueprint=self.blueprint.name,
            seed=seed,
            picks=tuple((item.id, item.variant) for item in items),
            orders={item.id: option_order(item, seed) for item in items},
            draw_version=DRAW_VERSION,
        )

    @cached_property
    def needs(self) -> Needs:
        """Of a whole paper."""
        least, most = self.blueprint.genuine or (0, self.blueprint.size)
        wanted: dict[Stratum, int] = {GENUINE: most}
        wanted |= {index: quota.count for index, quota in enumerate(self.blueprint.quotas)}
        wanted |= difficulty_totals(self.sets, self.blueprint).items()
        return Needs(self.blueprint.size, wanted, least)


def rank(seed: str, purpose: str, name: str) -> bytes:
    """A place in an order that is random between seeds and fixed for one."""
    return hashlib.sha256(f"{seed}\0{purpose}\0{name}".encode()).digest()


def place(item: Item, seed: str, file: Sequence[str]) -> tuple[int, bytes]:
    """By chance, but what is only asked comes last and in the order of the file."""
    return (0, rank(seed, "place", item.id)) if item.points else (1 + file.index(item.id), b"")


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
    """What a paper still lacks: how many items, how many by stratum, and at least how many genuine ones."""

    size: int
    wanted: Mapping[Stratum, int]
    genuine: int

    def has_room_for(self, each: ItemSet) -> bool:
        return all(self.wanted[stratum] >= count for stratum, count in each.fills.items())

    def less(self, taken: ItemSet) -> Needs:
        wanted = {stratum: count - taken.fills.get(stratum, 0) for stratum, count in self.wanted.items()}
        return Needs(self.size - len(taken.items), wanted, self.genuine - taken.fills.get(GENUINE, 0))

    def can_be_met(self, pool: Iterable[ItemSet]) -> bool:
        """A quick test that sees every dead end but those that sets of several items and enemies make."""
        cells = Counter(cell for each in pool for cell in each.cells)
        others = self.size - self.wanted[GENUINE]
        return (
            self.most_of(cells) >= self.size
            and (self.genuine <= 0 or self.most_of(cells, {True}) >= self.genuine)
            and (others <= 0 or self.most_of(cells, {False}) >= others)
        )

    def most_of(self, cells: Mapping[Cell, int], genuine: Container[bool] = (True, False)) -> int:
        """How many of these items a paper can take: the greatest flow from quotas to difficulties.

        It equals the least cut (Ford and Fulkerson 1956), and three difficulties have only eight.
        """
        beyond: dict[Cut, dict[int, int]] = {cut: {} for cut in CUTS}
        for (quota, difficulty, is_genuine), count in cells.items():
            for cut in CUTS_WITHOUT[difficulty] if is_genuine in genuine else ():
                beyond[cut][quota] = beyond[cut].get(quota, 0) + count
        return min(
            sum(self.wanted[name] for name in cut)
            + sum(min(self.wanted[quota], count) for quota, count in beyond[cut].items())
            for cut in CUTS
        )


class Search:
    """A complete search with backtracking, in an order that the seed decides."""

    def __init__(self, plan: Plan, seed: str) -> None:
        self.needs, self.fixed, self.steps = plan.needs, set(plan.blueprint.fixed), 0
        self.sets = sorted(plan.sets, key=lambda each: rank(seed, "set", each.items[0].id))
        quotas = range(len(plan.blueprint.quotas))
        self.quota_order = sorted(quotas, key=lambda index: rank(seed, "quota", str(index)))

    def run(self) -> tuple[ItemSet, ...] | None:
        """The sets of the paper, the fixed ones first; None when the bank has no such paper."""
        needs, pool = self.needs, self.sets
        fixed = [each for each in self.sets if not each.ids.isdisjoint(self.fixed)]
        for each in fixed:
            if each not in pool or not needs.has_room_for(each):
                return None
            needs, pool = needs.less(each), each.apart(pool)
        known = {item_id for each in fixed for item_id in each.ids}
        found = self.extend(needs, pool) if self.fixed <= known else None
        return None if found is None else (*fixed, *found)

    def extend(self, needs: Needs, pool: list[ItemSet]) -> tuple[ItemSet, ...] | None:
        """Sets from ``pool`` that meet ``needs`` exactly, or None."""
        if not needs.size:
            return () if needs.genuine <= 0 else None
        self.steps += 1
        pool = [each for each in pool if needs.has_room_for(each)]
        if self.steps > MOST_STEPS or not needs.can_be_met(pool):
            return None
        quota = next(index for index in self.quota_order if needs.wanted[index])
        rest = pool
        for taken in [each for each in pool if quota in each.fills]:
            rest = [each for each in rest if each is not taken]
            found = self.extend(needs.less(taken), taken.apart(rest))
            if found is not None:
                return (taken, *found)
        return None
