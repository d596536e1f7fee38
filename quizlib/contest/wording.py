"""The public text of a contest's rules, said from the rules themselves with the sentences of wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from string import Formatter
from typing import Annotated

from quizlib.contest.rules import Rules, Text
from quizlib.contest.terms import ANYTHING, LOCAL, At, table
from quizlib.errors import ContentError, Fault

# What the public does not read, and why.
NOT_PUBLIC = {"document": "the source of all other fields, told through them"}
# What says nothing where nobody is known by name and nothing is marked.
OF_PEOPLE = tuple(f"rules.{of}" for of in ("attempts", "banks", "paper", "practice", "results", "time.ends"))


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFacts:
    title: Text
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What the bank knows of a paper; only its ``blueprint``'s name when the bank is not at hand."""

    items: int = 0
    max_points: int = 0
    topics: tuple[TopicFacts, ...] = ()
    blueprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Text):
    """A sentence on the term ``of``: for one value of it, or for any but nought, nothing and no."""

    of: str
    each: str = ""
    value: Annotated[object, ANYTHING] = field(default=None, metadata={"key": "is"})

    def suits(self, member: object) -> bool:
        value = getattr(member, self.each) if self.each else member
        return bool(value) if self.value is None else bool(value == self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Text):
    lines: tuple[Line, ...] = field(metadata={"key": "line"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    chapters: tuple[Chapter, ...] = field(metadata={"key": "section"})


@dataclass(frozen=True, slots=True)
class Speaker(Formatter):
    """Fills a sentence in one language; a format's text goes before a value that is there."""

    lang: str

    def format_field(self, value: object, format_spec: str) -> str:
        return format_spec + self._said(value) if value is not None else ""

    def _said(self, value: object) -> str:
        if isinstance(value, Text):
            return value.say(self.lang)
        return self._moment(value.astimezone(LOCAL)) if isinstance(value, datetime) else str(value)

    def _moment(self, local: datetime) -> str:
        clock = f"{local:%H:%M:%S}".removesuffix(":00")
        day = f"on {local.day} {local:%B %Y}" if self.lang == "en" else f"ngày {local:%d/%m/%Y}"
        return f"{clock} {day}"


def rules_text(rules: Rules, lang: str, facts_of_paper: PaperFacts | None = None) -> tuple[Section, ...]:
    """The rules as sections of short lines in ``vi`` or ``en``."""
    roots = {"rules": rules, "facts": facts_of_paper or _planned(rules)}
    told = (Section(chapter.say(lang), tuple(_told(chapter, roots, lang))) for chapter in wording().chapters)
    return tuple(section for section in told if section.lines)


@cache
def wording() -> Wording:
    """The sentences, read like any document: a fault in them is a ContentError."""
    path = Path(__file__).with_name("wording.toml")
    faults: list[Fault] = []
    words = table(Wording).read(tomllib.loads(path.read_text("utf-8")), At(path.name, "", "", faults))
    if faults:
        raise ContentError(faults)
    return words


def _told(chapter: Chapter, roots: Mapping[str, object], lang: str) -> Iterator[str]:
    speaker = Speaker(lang)
    unsaid = OF_PEOPLE if _members("rules.eligibility.anonymous", roots) == (True,) else ()
    said = (line for line in chapter.lines if not line.of.startswith(unsaid))
    for of, group in groupby(said, lambda line: line.of):
        lines = list(group)
        for nth, member in enumerate(_members(of, roots), 1):
            for line in filter(lambda line: line.suits(member), lines):
                yield speaker.format(line.say(lang), it=member, nth=f"{nth}.", **roots)


def _members(of: str, roots: Mapping[str, object]) -> tuple[object, ...]:
    root, *names = of.split(".")
    value = roots[root]
    for name in names:
        value = getattr(value, name, None)  # nothing is known of a table that was left out
    return value if isinstance(value, tuple) else (value,)


def _planned(rules: Rules) -> PaperFacts:
    plan = rules.paper.blueprint
    if isinstance(plan, str):
        return PaperFacts(blueprint=plan)
    quotas = plan.get("quota")
    rows = quotas if isinstance(quotas, list) else []
    topics = tuple(_topic(quota) for quota in rows if isinstance(quota, Mapping))
    return PaperFacts(items=sum(topic.items for topic in topics), topics=topics)


def _topic(quota: Mapping[str, object]) -> TopicFacts:
    count = quota.get("count")
    title = Text(vi=str(quota.get("topic", "")))
    return TopicFacts(title=title, items=count if isinstance(count, int) else 0)
