"""Scoring schemes: which share of an item's points a response earns.

They live with the item because the scheme is part of it: changing the scheme changes the difficulty
(Kanzow et al. 2023, doi 10.2196/43792). Every scheme states its ``steps``, the number of equal parts it
divides the points into, so that marks are always whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from quizlib.bank.item import Item, Response


@dataclass(frozen=True, slots=True)
class Scheme:
    """``share`` (0..1) of the points a non-blank response earns; always a multiple of 1/``steps``."""

    share: Callable[[Item, Response], Fraction]
    steps: Callable[[Item], int]
    kinds: tuple[str, ...]


def exact(item: Item, response: Response) -> Fraction:
    return Fraction(response == item.key)


def plus_minus(item: Item, response: Response) -> Fraction:
    """Right ticks minus wrong ticks over the number of right ones, never below 0 (Betts et al. 2022)."""
    right = len(set(response) & set(item.key))
    return max(Fraction(0), Fraction(2 * right - len(response), len(item.key)))


def per_option(item: Item, response: Response) -> Fraction:
    """Options judged rightly, ticked or left alone, over all options."""
    wrong = len(set(response) ^ set(item.key))
    return Fraction(len(item.options) - wrong, len(item.options))


def neighbour_pairs(item: Item, response: Response) -> Fraction:
    """Neighbours of the right order that the response keeps side by side."""
    kept = set(pairwise(item.key)) & set(pairwise(response))
    return Fraction(len(kept), len(item.key) - 1)


def within_tolerance(item: Item, response: Response) -> Fraction:
    return Fraction(abs(Fraction(response[0]) - Fraction(item.key[0])) <= item.tolerance)


def verdict(item: Item, response: Response) -> Fraction:
    """Scam or genuine; how sure one was is kept for the report and earns nothing."""
    return Fraction(response[0] == item.key[0])


def least_harm(item: Item, response: Response) -> Fraction:
    """All for the safe act, half for one that is not enough, nothing for a harmful one."""
    return Fraction(2 - item.option(response[0]).harm, 2)


def path(item: Item, response: Response) -> Fraction:
    """The points gathered along a scenario's path, never below 0."""
    points = {choice.id: choice.points for step in item.steps for choice in step.choices}
    return max(Fraction(0), Fraction(sum(points[choice] for choice in response), item.points))


SCHEMES: dict[str, Scheme] = {
    "exact": Scheme(exact, lambda item: 1, ("choice", "multiple", "order")),
    "verdict": Scheme(verdict, lambda item: 1, ("judge",)),
    "least-harm": Scheme(least_harm, lambda item: 2, ("action",)),
    "path": Scheme(path, lambda item: 1, ("scenario",)),
    "plus-minus": Scheme(plus_minus, lambda item: max(1, len(item.key)), ("multiple", "clues")),
    "per-option": Scheme(per_option, lambda item: max(1, len(item.options)), ("multiple",)),
    "neighbour-pairs": Scheme(neighbour_pairs, lambda item: max(1, len(item.key) - 1), ("order",)),
    "within-tolerance": Scheme(within_tolerance, lambda item: 1, ("number",)),
    "none": Scheme(lambda item, response: Fraction(0), lambda item: 1, ("scale", "comment")),
}
