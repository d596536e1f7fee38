"""Identical wrong answers: pairs who chose the same wrong options, beside what chance would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from quizlib.measure.choices import BLANK, Choices
from quizlib.measure.moments import Floats
from quizlib.measure.options import with_keys
from quizlib.measure.printing import Result, Rows
from quizlib.measure.responses import Responses
from quizlib.measure.wording import figure, say

BY_CHANCE = 0.05  # ours: pairs that chance may add to the list of a whole round
BLOCK = 128  # people a matrix product: counts of 128 x 20,000 are 10 MB
MOST = 1000  # pairs listed
LOOSE = 1e6  # how far Chernoff's bound may overrate a chance
BATCH = 20_000  # pairs whose chances are computed together
Indices = npt.NDArray[np.intp]
Small = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair(Result):
    """``same_wrong`` items on which both chose the same wrong option, of ``wrong`` wrong answers of each.

    ``expected`` is their mean by chance, and ``chance`` the probability of so many or more, for two strangers
    with as many wrong answers, each item as hard and each wrong option as popular as in the whole round.
    """

    one: str
    other: str
    same_wrong: int
    wrong: tuple[int, int]
    expected: float
    chance: float


@dataclass(frozen=True, slots=True)
class Pairs(Rows):
    """Evidence for a person to judge, never a verdict. ``rows``: the least likely first.

    ``compared`` pairs in all, of which ``found`` are over the threshold; ``rows`` holds as many as asked for.
    """

    rows: tuple[Pair, ...]
    compared: int
    found: int

    def __str__(self) -> str:
        return f"{Rows.__str__(self)}\n{self.found} of {self.compared} pairs"

    def say(self, lang: str = "en") -> list[str]:
        """A sentence for each row, in Vietnamese (``vi``) or English (``en``)."""
        return [
            say("same-wrong", lang, one=row.one, other=row.other, same=row.same_wrong, wrong_one=row.wrong[0],
                wrong_other=row.wrong[1], expected=row.expected, compared=self.compared,
                by_chance=figure(row.chance * self.compared, lang, ".2g"))
            for row in self.rows
        ]  # fmt: skip


def identical_wrong(
    responses: Responses, at_least: int | None = None, *, most: int = MOST, block: int = BLOCK
) -> Pairs:
    """All pairs of people with ``at_least`` same wrong answers; ContentError without chosen options and keys.

    Unless it is given, the pairs are listed of which chance gives fewer than 0.05 in the whole round: people
    with many wrong answers need more in common. Blanks are no wrong answers. Where more than ``most`` pairs
    are found those with the highest counts stay. Takes O(people^2 x wrong options), in blocks of people.
    """
    choices = with_keys(responses)
    people = len(responses.people)
    compared = people * (people - 1) // 2
    wrong = (choices.codes != choices.keys) & (choices.codes >= 0) & (choices.keys != BLANK)
    chances, alike = _chances(wrong, responses.shown), _alike(choices, wrong)
    limits = None if at_least is not None else _limits(len(responses.items), compared)
    kept, found = np.empty((0, 3), dtype=np.intp), 0
    for rows in _blocks(_one_hot(choices, wrong), chances, alike, at_least, limits, block):
        if at_least is None:
            rows = rows[_tails(rows, chances, alike) * compared <= BY_CHANCE]
        found += len(rows)
        if len(rows) > most:
            rows = rows[rows[:, 2] >= np.partition(rows[:, 2], -most)[-most]]
        rows = np.concatenate([kept, rows])
        kept = rows[np.argsort(-rows[:, 2], kind="stable")[:most]]
    tails, wrongs = _tails(kept, chances, alike), wrong.sum(axis=1)
    order = np.lexsort((kept[:, 1], kept[:, 0], tails))
    listed = [
        Pair(
            one=responses.people[one],
            other=responses.people[other],
            same_wrong=count,
            wrong=(int(wrongs[one]), int(wrongs[other])),
            expected=float((chances[one] * chances[other]) @ alike),
            chance=tail,
        )
        for (one, other, count), tail in zip(kept[order].tolist(), tails[order].tolist(), strict=True)
    ]
    return Pairs(tuple(listed), compared, found)


def _blocks(
    hot: Small, chances: Floats, alike: Floats, at_least: int | None, limits: Small | None, block: int
) -> Iterator[Indices]:
    """Rows (one, other, count) of the pairs over the threshold, or near enough it, in the order of people."""
    likely, weighed = chances.astype(np.float32), (chances * alike).astype(np.float32)
    for start in range(0, len(hot), block):
        counts = hot[start : start + block] @ hot[start:].T
        over = counts >= (1 if at_least is None else at_least)
        if limits is not None:
            expected = weighed[start : start + block] @ likely[start:].T
            over &= limits[counts.astype(np.int16)] >= expected
        square = over[:, : len(over)]
        square &= ~np.tri(len(over), dtype=np.bool_)  # nobody with themselves, every pair once
        one, other = np.divmod(np.flatnonzero(over), over.shape[1])
        yield np.column_stack([one + start, other + start, counts[one, other].astype(np.intp)])


def _one_hot(choices: Choices, wrong: npt.NDArray[np.bool_]) -> Small:
    """People x (item, wrong option): 1 where chosen."""
    pairs = [(item, option) for item, options in enumerate(choices.options) for option in options]
    hot = [wrong[:, item] & (choices.codes[:, item] == option) for item, option in pairs]
    return np.column_stack([each for each in hot if each.any()] or [np.zeros(len(wrong))]).astype(np.float32)


def _alike(choices: Choices, wrong: npt.NDArray[np.bool_]) -> Floats:
    """Per item, the probability that two wrong answers are the same: sum of squared shares of the options."""
    shares = []
    for item, options in enumerate(choices.options):
        chosen = choices.codes[wrong[:, item], item]
        counts = np.array([np.count_nonzero(chosen == option) for option in options])
        shares.append(float(((counts / max(1, len(chosen))) ** 2).sum()))
    return np.array(shares)


def _chances(wrong: npt.NDArray[np.bool_], shown: npt.NDArray[np.bool_]) -> Floats:
    """People x items: probability of a wrong answer, 1 / (1 + exp(-(t_i + b_j))), 0 where not shown.

    b_j is the log odds of a wrong answer over all people; t_i is found by Newton's method so that a person's
    chances sum to that person's wrong answers (Rasch 1960, with difficulties held).
    """
    known = np.maximum(shown.sum(axis=0), 1)
    odds = (wrong.sum(axis=0) + 0.5) / (known - wrong.sum(axis=0) + 0.5)
    lean, counts = np.zeros((len(wrong), 1)), wrong.sum(axis=1, keepdims=True)
    for _ in range(16):
        chances = shown / (1 + np.exp(-lean) / odds)
        slope = (chances * (1 - chances)).sum(axis=1, keepdims=True) + 1e-9
        lean = np.clip(lean + np.clip((counts - chances.sum(axis=1, keepdims=True)) / slope, -2, 2), -12, 12)
    found: Floats = shown / (1 + np.exp(-lean) / odds)
    return found


def _limits(items: int, pairs: int) -> Small:
    """For each count the greatest expected count at which the exact chance is worth computing.

    There c ln(c/e) - c + e, which is Chernoff's bound on -ln P(count >= c) for a sum of independent events of
    mean e, comes within a factor LOOSE of the threshold.
    """
    counts = np.arange(1.0, items + 1)
    low, high = np.full(items, 1e-300), counts
    for _ in range(60):
        middle = np.sqrt(low) * np.sqrt(high)
        is_rare = counts * np.log(counts / middle) - counts + middle >= log(max(1, pairs) / BY_CHANCE / LOOSE)
        low, high = np.where(is_rare, middle, low), np.where(is_rare, high, middle)
    return np.concatenate([[-1.0], low]).astype(np.float32)


def _tails(rows: Indices, chances: Floats, alike: Floats) -> Floats:
    """P(so many or more) of each pair's independent events, by convolution (Poisson-binomial)."""
    tails = np.empty(len(rows))
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        spread = np.zeros((len(alike) + 1, len(part)))
        spread[0] = 1
        for item, each in enumerate(alike):
            agree = chances[part[:, 0], item] * chances[part[:, 1], item] * each
            moved = spread[:-1] * agree
            spread *= 1 - agree
            spread[1:] += moved
        beyond = np.arange(len(alike) + 1)[:, None] >= part[:, 2]
        tails[start : start + BATCH] = np.minimum((spread * beyond).sum(axis=0), 1.0)
    return tails
