"""The two tests of a class: what each person who sat both of them got."""

from __future__ import annotations

from collections import Counter

from quizlib.web import paper_facts
from quizlib.web.publishing import counted_tallies
from quizlib.web.store import entries
from quizlib.web.store.rounds import OpenedRound


def linked(before: OpenedRound, after: OpenedRound) -> list[tuple[float, float]]:
    """(before, after) of everyone who sat both."""
    first, second = shares(before), shares(after)
    return [(first[person], second[person]) for person in sorted(first.keys() & second.keys())]


def shares(round: OpenedRound) -> dict[str, float]:
    """Share of the points by person; people forgotten, and those who cannot be told apart, are left out."""
    people, most = entries.of_round(round.id), paper_facts.of(round, "vi").wording.max_points
    sat = [(people[entry], tally.points / most) for entry, tally in counted_tallies(round).items()]
    alike = Counter(entry.person for entry, _ in sat)
    return {entry.person: share for entry, share in sat if entry.birth_year and alike[entry.person] == 1}
