"""Bank: items of one subject, in every language they are written in."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from quizlib.bank.blueprint import Blueprint
from quizlib.bank.item import Item, Source, Topic
from quizlib.errors import ContentError, fault

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Edition:
    """A bank's content with its texts in one language."""

    title: str
    about: str
    topics: tuple[Topic, ...]
    blueprints: Mapping[str, Blueprint]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bank:
    """A validated bank, seen in the language ``lang``.

    ``documents`` are the JSON-compatible texts it was read from, all languages included; ``hash`` (SHA-256,
    hex) is of those alone, so switching language never changes it. ``cut`` is a whole percentage.
    """

    name: str
    version: str
    licence: str
    cut: int
    reserved: bool
    sources: Mapping[str, Source]
    editions: Mapping[str, Edition]
    documents: tuple[Document, ...]
    lang: str = "vi"

    @property
    def edition(self) -> Edition:
        return self.editions.get(self.lang) or self.editions["vi"]

    @property
    def title(self) -> str:
        return self.edition.title

    @property
    def about(self) -> str:
        return self.edition.about

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self.edition.topics

    @property
    def blueprints(self) -> Mapping[str, Blueprint]:
        return self.edition.blueprints

    @property
    def items(self) -> tuple[Item, ...]:
        return self.edition.items

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.frozen).hexdigest()

    @cached_property
    def frozen(self) -> bytes:
        """The canonical bytes under which a round keeps this bank."""
        text = json.dumps(self.documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def to(self, lang: str) -> Bank:
        """The same bank with its texts in another language; what is not translated stays Vietnamese."""
        if lang == self.lang:
            return self
        return self.others.setdefault(lang, replace(self, lang=lang))

    @cached_property
    def others(self) -> dict[str, Bank]:
        """This bank in other languages, as far as somebody asked for them."""
        return {}

    def topic(self, topic_id: str) -> Topic:
        return next(topic for topic in self.topics if topic.id == topic_id)


def combine(*banks: Bank) -> Bank:
    """One bank for a contest over several; topics become ``bank/topic``. One bank alone stays as it is.

    Raises ``ContentError`` for item ids that stand in more than one bank.
    """
    if len(banks) == 1:
        return banks[0]
    ids = Counter(item.id for bank in banks for item in bank.items)
    twice = [(bank.name, item) for bank in banks for item in bank.items if ids[item.id] > 1]
    if twice:
        raise ContentError(
            fault(f"{name}/{item.topic}.toml", f"item {item.id}", "id", "item-twice") for name, item in twice
        )
    languages = sorted({lang for bank in banks for lang in bank.editions})
    return Bank(
        name="+".join(bank.name for bank in banks),
        version="+".join(bank.version for bank in banks),
        licence="+".join(dict.fromkeys(bank.licence for bank in banks)),
        cut=max(bank.cut for bank in banks),
        reserved=any(bank.reserved for bank in banks),
        sources={f"{bank.name}/{key}": source for bank in banks for key, source in bank.sources.items()},
        editions={lang: combined_edition([bank.to(lang) for bank in banks]) for lang in languages},
        documents=tuple(document for bank in banks for document in bank.documents),
        lang=banks[0].lang,
    )


def combined_edition(banks: list[Bank]) -> Edition:
    return Edition(
        title=" + ".join(bank.title for bank in banks),
        about=" ".join(bank.about for bank in banks),
        topics=tuple(
            replace(
                topic,
                id=f"{bank.name}/{topic.id}",
                lesson=replace(topic.lesson, sources=within(bank, topic.lesson.sources)),
            )
            for bank in banks
            for topic in bank.topics
        ),
        blueprints={},
        items=tuple(
            replace(
                item,
                topic=f"{bank.name}/{item.topic}",
                sources=within(bank, item.sources),
            )
            for bank in banks
            for item in bank.items
        ),
    )


def within(bank: Bank, sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{bank.name}/{source}" for source in sources)
