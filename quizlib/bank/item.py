"""The values a bank is made of: items with their secrets, and what they refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

Response = tuple[str, ...]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of an item; ``rationale`` (secret) says why it tempts and why it is right or wrong.

    ``harm`` (secret) is 0 for the safe act, 1 for one that is not enough, 2 for a harmful one.
    """

    id: str
    text: str
    rationale: str
    fixed: bool = False
    harm: int = 0


@dataclass(frozen=True, slots=True)
class Clue:
    """A part of the stimulus (secret) that gives a scam away, or proves the thing genuine."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a stimulus: ``role`` says what it is (sender, body, link ...).

    ``detail`` is what inspecting it shows (a true address, a publisher), ``by`` who speaks a turn.
    """

    id: str
    role: str
    text: str
    detail: str = ""
    by: str = "them"


@dataclass(frozen=True, slots=True)
class Stimulus:
    """The message, call, page or code that one or more items show."""

    id: str
    channel: str
    parts: tuple[Part, ...]
    ai_generated: bool = False


@dataclass(frozen=True, slots=True)
class StepChoice:
    """One way on in a scenario; ``points``, ``cost`` (đồng) and ``says`` are secret until marked."""

    id: str
    text: str
    next: str
    points: int
    cost: int
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    text: str
    choices: tuple[StepChoice, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; ``read`` says whether its text was really read."""

    id: str
    publisher: str
    title: str
    address: str
    date: date | None
    read: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a topic teaches: ``remember`` in two or three sentences, and, when it is written, the whole page.

    ``about`` says what it is, ``signs`` how to recognise it, ``steps`` what to do now, ``aftermath`` what to
    do if it has happened, ``genuine`` what the real thing looks like, ``situations`` the words in which
    people tell of it. ``forms`` are the codes of scams it covers; a lesson on a skill has none.
    """

    remember: str
    about: str = ""
    signs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    aftermath: str = ""
    genuine: str = ""
    situations: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    review_by: date | None = None

    @property
    def is_written(self) -> bool:
        return bool(self.about)


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    title: str
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Item:
    """A question with everything secret about it; pages get an ``ItemView`` instead.

    ``key`` is itself a full-mark response. ``rows`` hold the parameters of a template item, ``variant``
    the row that this concrete item was made of. ``lang`` is the language its texts are really in, ``audio`` a
    recording of them beside the bank's files, ``premise`` how well a scam's story fits those who get it: with
    the clues it makes the ``difficulty`` (``bank/difficulty.py``).
    """

    id: str
    version: int
    kind: str
    topic: str
    stem: str
    options: tuple[Option, ...]
    key: Response
    explanation: str
    scheme: str
    points: int
    level: int
    difficulty: str
    premise: str
    verdict: str
    tactic: str
    stimulus: Stimulus | None
    clues: tuple[Clue, ...]
    enemies: tuple[str, ...]
    competences: tuple[str, ...]
    forms: tuple[str, ...]
    audience: tuple[str, ...]
    sources: tuple[str, ...]
    valid_from: date
    review_by: date
    retired: bool
    ai_generated: bool
    tolerance: Fraction
    unit: str
    audio: str
    rows: tuple[Mapping[str, str], ...]
    steps: tuple[Step, ...]
    lang: str
    variant: int | None = None

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)

    def is_usable(self, today: date) -> bool:
        """Whether a new contest may still ask it: in force, not retired, not past its review date."""
        return not self.retired and self.valid_from <= today < self.review_by

    @property
    def placeholders(self) -> set[str]:
        """Names in braces, in every text and key that a row fills."""
        texts = [self.stem, self.explanation, *self.key]
        texts += [text for option in self.options for text in (option.text, option.rationale)]
        return {name for text in texts for name in PLACEHOLDER.findall(text)}

    def with_row(self, variant: int) -> Item:
        """The concrete item of a template: ``{name}`` in every text and key filled from one row."""
        row = self.rows[variant]
        return replace(
            self,
            stem=fill(self.stem, row),
            explanation=fill(self.explanation, row),
            key=tuple(fill(part, row) for part in self.key),
            options=tuple(
                replace(option, text=fill(option.text, row), rationale=fill(option.rationale, row))
                for option in self.options
            ),
            variant=variant,
        )


def fill(text: str, row: Mapping[str, str]) -> str:
    for name, value in row.items():
        text = text.replace("{" + name + "}", value)
    return text
