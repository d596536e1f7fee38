"""The handbook: lessons of the bundled banks as one booklet, or the most important on one folded sheet."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quizlib.bank.item import Source, Topic
from quizlib.bank.reader import bundled
from quizlib.errors import ContentError, fault
from quizlib.learn.rescue import RESCUE

# For a folded sheet when nobody chooses: the five most common scams of 2025 (National Cybersecurity
# Association, 60,300 people asked) and hijacked accounts. Eight small pages leave room for no more.
FOLDED = ("fake-police", "prizes", "investment", "delivery", "romance", "hijacked-account")


@dataclass(frozen=True, slots=True)
class Part:
    """The chosen topics of one bank, and the sources that its lessons name."""

    title: str
    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Handbook:
    """``site`` is the base of the addresses to scan, or empty; ``words`` are those besides the lessons."""

    lang: str
    day: date
    organiser: str
    site: str
    parts: tuple[Part, ...]
    words: Mapping[str, object]

    @property
    def addresses(self) -> list[str]:
        topics = [f"{self.site}/learn/{topic.id}" for part in self.parts for topic in part.topics]
        return [f"{self.site}/learn", *topics] if self.site else []


def handbook(
    lang: str, day: date, organiser: str, site: str, topics: Collection[str], folded: bool
) -> Handbook:
    """Those topics, or all with a written lesson. ContentError for an unknown one, or too many to fold."""
    banks = [bank.to(lang) for bank in bundled().values()]
    written = [topic.id for bank in banks for topic in bank.topics if topic.lesson.is_written]
    if unknown := ", ".join(sorted({*topics} - {*written})):
        known = ", ".join(written)
        raise ContentError([fault("", "", "topics", "unknown-choice", value=unknown, choices=known)])
    if folded and len(topics) > len(FOLDED):
        raise ContentError([fault("", "", "topics", "too-many-to-fold", most=len(FOLDED))])
    wanted = {*(topics or (FOLDED if folded else written))} & {*written}
    kept = [(bank, tuple(topic for topic in bank.topics if topic.id in wanted)) for bank in banks]
    parts = tuple(Part(bank.title, topics, bank.sources) for bank, topics in kept if topics)
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return Handbook(
        lang, day, organiser, site, parts, {**said[lang], "rescue": RESCUE, "after": RESCUE[lang]}
    )
