"""Marking: points of one response, of a whole paper, and the grade against a cut score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.bank.schemes import SCHEMES
from quizlib.exam.paper import Paper

ACTIONS = ("key", "accept", "full")


@dataclass(frozen=True, slots=True)
class Correction:
    """A round's correction of an item: another ``key``, one more to ``accept``, or ``full`` marks for all."""

    item: str
    action: str
    key: Response = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked response; the only value that carries the key and the rationales out of the core."""

    item: str
    topic: str
    response: Response
    points: int
    max_points: int
    key: Response
    explanation: str
    rationales: Mapping[str, str]
    clues: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        return not self.response

    @property
    def is_right(self) -> bool:
        return self.points == self.max_points > 0

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a paper, whole numbers, with the mark of each item in the paper's order."""

    points: int
    max_points: int
    marks: tuple[Mark, ...]

    @property
    def all_correct(self) -> bool:
        return self.points == self.max_points > 0

    def by_topic(self) -> dict[str, tuple[int, int]]:
        """(points, most points) of each topic, in the order first met."""
        totals: dict[str, tuple[int, int]] = {}
        for mark in self.marks:
            points, most = totals.get(mark.topic, (0, 0))
            totals[mark.topic] = (points + mark.points, most + mark.max_points)
        return totals

    def to_dict(self) -> dict[str, object]:
        marks = [mark.to_dict() for mark in self.marks]
        return {"points": self.points, "max_points": self.max_points, "marks": marks}


@dataclass(frozen=True, slots=True)
class Grade:
    """``percent`` is rounded down, so that nobody reads 70 % who did not reach it."""

    passed: bool
    percent: int
    cut: int


def mark(item: Item, response: Response, corrections: Iterable[Correction] = ()) -> Mark:
    """The whole points ``response`` earns; blank (``()``) earns none.

    Raises ``Refusal("bad-response")`` when the response does not have the kind's shape.
    """
    KINDS[item.kind].check(item, response)
    keys = accepted_keys(item, corrections)
    if keys is None:
        points = item.points
    else:
        points = max(points_for(replace(item, key=key), response) for key in keys)
    return Mark(
        item=item.id,
        topic=item.topic,
        response=response,
        points=points,
        max_points=item.points,
        key=keys[0] if keys else item.key,
        explanation=item.explanation,
        rationales={option.id: option.rationale for option in item.options},
        clues={clue.part: clue.text for clue in item.clues},
    )


def points_for(item: Item, response: Response) -> int:
    return int(SCHEMES[item.scheme].share(item, response) * item.points) if response else 0


def accepted_keys(item: Item, corrections: Iterable[Correction]) -> tuple[Response, ...] | None:
    """The keys in force after the corrections, in order; None means full marks for everyone."""
    keys: tuple[Response, ...] | None = (item.key,)
    for correction in corrections:
        if correction.item != item.id:
            continue
        if correction.action == "full":
            keys = None
        elif correction.action == "key":
            keys = (correction.key,)
        else:
            keys = keys and (*keys, correction.key)  # full marks stay full marks
    return keys


def score(
    paper: Paper, responses: Mapping[str, Response], corrections: Iterable[Correction] = (), lang: str = ""
) -> Score:
    """Mark every item of the paper; ``responses`` maps item ids to tuples of strings, missing is blank."""
    corrections = tuple(corrections)
    items = paper.items_in(lang) if lang else paper.items
    marks = tuple(mark(item, responses.get(item.id, ()), corrections) for item in items)
    return Score(sum(each.points for each in marks), sum(each.max_points for each in marks), marks)


def grade(score: Score, cut: int) -> Grade:
    """Passed if 100 x points >= cut x max_points; ``cut`` is a whole percentage. No points, no pass."""
    most = score.max_points
    passed = most > 0 and 100 * score.points >= cut * most
    return Grade(passed, 100 * score.points // (most or 1), cut)
