"""Ranking tallies by a chain of criteria, each rank with the criterion that decided it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from quizlib.contest.criteria import Criterion, key_of
from quizlib.contest.tally import Facts, Standing, Tally

__all__ = ["TIED", "Facts", "Standing", "Tally", "rank"]

TIED = "tied"

Keys = tuple[int, ...]
Group = tuple[Keys, list[Tally]]  # people whom the chain cannot separate


def rank(
    tallies: Sequence[Tally], criteria: Sequence[Criterion | str], facts: Facts | None = None
) -> tuple[Standing, ...]:
    """Standings with ranks 1, 2, 2, 4, whatever the order of ``tallies`` (one for each entry).

    What the chain cannot separate shares a rank and is "tied": the committee decides. Without ``facts``
    the round is still open, and the prediction is passed over.
    """
    chain = [Criterion(link) if isinstance(link, str) else link for link in criteria]
    groups = list(_groups(tallies, chain, facts))
    edges = [_parting(above, below, chain) for (above, _), (below, _) in pairwise(groups)]
    reasons = edges[:1] + edges if edges else [""]  # the first rank looks down, all others up
    return tuple(_standings(groups, reasons))


def _groups(tallies: Sequence[Tally], chain: Sequence[Criterion], facts: Facts | None) -> Iterator[Group]:
    columns = [map(key_of(criterion, facts), tallies) for criterion in chain]
    entries = (tally.entry for tally in tallies)
    rows = sorted(zip(*columns, entries, range(len(tallies)), strict=True))  # flat rows sort fastest
    for keys, group in groupby(rows, lambda row: row[:-2]):
        yield keys, [tallies[row[-1]] for row in group]


def _parting(above: Keys, below: Keys, chain: Sequence[Criterion]) -> str:
    pairs = zip(chain, above, below, strict=True)
    return next(criterion.name for criterion, better, worse in pairs if better != worse)


def _standings(groups: Sequence[Group], reasons: Sequence[str]) -> Iterator[Standing]:
    place = 1
    for (_, sharing), reason in zip(groups, reasons, strict=False):
        for tally in sharing:
            yield Standing(place, tally, reason if len(sharing) == 1 else TIED)
        place += len(sharing)
