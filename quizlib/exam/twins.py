"""Twins: a bank dealt into two halves that are alike, so that nobody meets an item before and after."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.exam.strata import ItemSet, usable_sets

HALVES = "AB"


def halves(bank: Bank, blueprint: Blueprint) -> tuple[Blueprint, Blueprint]:
    """The blueprint for half A and for half B, each leaving out the other's items.

    Sets are dealt in turn, those of one topic, difficulty and verdict by a hash: a pure function of both.
    """
    dealt = sorted(usable_sets(bank.to("vi"), blueprint), key=place)
    others = [{item for each in dealt[start::2] for item in each.ids} for start in (1, 0)]
    a, b = (
        replace(
            blueprint, name=f"{blueprint.name}, half {half}", excluded=(*blueprint.excluded, *sorted(ids))
        )
        for half, ids in zip(HALVES, others, strict=True)
    )
    return a, b


def place(each: ItemSet) -> tuple[object, ...]:
    first, (quota, difficulty, _) = each.items[0], each.cells[0]
    return quota, first.topic, difficulty, first.verdict, sha256(first.id.encode()).digest()


def twin_seed(seed: str, person: str, round: int) -> str:
    """``seed`` with a half as its first letter: a bit of the person, turned over from round to round.

    So half the people meet A first and half B: that one half is harder cancels out.
    """
    return HALVES[(sha256(person.encode()).digest()[0] + round) % 2] + seed[1:]


def half_of(bank: Bank, blueprint: Blueprint, seed: str) -> Blueprint:
    return halves(bank, blueprint)[HALVES.index(seed[0])]
