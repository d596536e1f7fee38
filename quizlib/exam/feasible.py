"""Can a bank meet a blueprint? Asked before a round opens, so that no contestant ever finds out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint
from quizlib.errors import Fault, QuotaError, fault
from quizlib.exam.draw import draw
from quizlib.exam.strata import quota_of, usable_sets

TRIALS = 25  # papers drawn on trial; the search is complete, so seeds differ only in where they begin


def without_stale(bank: Bank, blueprint: Blueprint, today: date) -> Blueprint:
    """The blueprint for a round that opens today: items past their review date are never drawn."""
    stale = tuple(item.id for item in bank.to("vi").items if not item.is_usable(today))
    return replace(blueprint, excluded=tuple(sorted({*blueprint.excluded, *stale})))


def blueprint_faults(bank: Bank, blueprint: Blueprint, file: str = "") -> tuple[Fault, ...]:
    """Everything that keeps the bank from giving papers that are all alike and all complete."""
    bank, place = bank.to("vi"), f"blueprint {blueprint.name}"
    found = [fault(file or bank.name, place, *flaw, **values) for *flaw, values in flaws(bank, blueprint)]
    if not found and not can_draw(bank, blueprint):
        found.append(fault(file or bank.name, place, "quota", "no-paper"))
    return tuple(found)


def can_draw(bank: Bank, blueprint: Blueprint) -> bool:
    try:
        papers = [draw(bank, blueprint, f"trial {number}") for number in range(TRIALS)]
    except QuotaError:
        return False
    return len({paper.max_points for paper in papers}) == 1


def flaws(bank: Bank, blueprint: Blueprint) -> Iterator[tuple[str, str, dict[str, object]]]:
    usable = [item for each in usable_sets(bank, blueprint) for item in each.items]
    pools = Counter(quota_of(blueprint, item) for item in usable)
    for index, quota in enumerate(blueprint.quotas):
        if pools[index] < quota.count:
            wanted = {"topic": quota.topic, "wanted": quota.count, "found": pools[index]}
            yield "quota", "quota-too-large", wanted
        for other in blueprint.quotas[:index]:
            clash = [item.id for item in bank.items if quota.accepts(item) and other.accepts(item)]
            if clash:
                yield "quota", "quotas-overlap", {"topic": quota.topic, "item": clash[0]}
        if len({item.points for item in usable if quota_of(blueprint, item) == index}) > 1:
            yield "quota", "points-differ", {"topic": quota.topic}
    for missing in sorted(set(blueprint.fixed) - {item.id for item in usable}):
        yield "fixed", "fixed-not-usable", {"item": missing}
    genuine = sum(item.verdict == "genuine" for item in usable)
    if blueprint.genuine and genuine < blueprint.genuine[0]:
        yield "genuine", "too-few-genuine", {"wanted": blueprint.genuine[0], "found": genuine}
