"""From a bank's document (its files as one JSON-compatible mapping) to a Bank, with every fault found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from quizlib.bank import fields
from quizlib.bank.bank import Bank, Document, Edition
from quizlib.bank.blueprint import Blueprint, Quota
from quizlib.bank.decode_items import TopicContent, decode_topic_file
from quizlib.bank.item import Item, Source, Topic
from quizlib.bank.table import Page, Raw, Table
from quizlib.bank.translate import translate
from quizlib.errors import Fault


def decode(document: Document, folder: str = "") -> tuple[Bank, list[Fault]]:
    """The bank, and all faults of all its files; a bank with faults is only good for further checks."""
    faults: list[Fault] = []
    folder = f"{folder}/" if folder else ""
    pages = {name: Page(f"{folder}{name}.toml", "", faults) for name in ("bank", "sources")}
    head = Table(part(document, "bank"), fields.BANK, pages["bank"])
    titles = decode_titles(head)
    files = part(document, "topics")
    contents = {
        topic: decode_topic_file(topic, part(files, topic), Page(f"{folder}{topic}.toml", "", faults))
        for topic in dict.fromkeys((*titles, *files))
        if topic in files
    }
    check_files(titles, files, pages["bank"])
    sources = decode_sources(part(document, "sources"), pages["sources"])
    vietnamese = Edition(
        title=head.text("title"),
        about=head.text("about"),
        topics=tuple(
            Topic(topic, titles.get(topic, topic), content.lesson) for topic, content in contents.items()
        ),
        blueprints=decode_blueprints(head, titles),
        items=tuple(item for content in contents.values() for item in content.items),
    )
    check_items(contents, sources, folder, faults)
    check_lessons(contents, sources, folder, faults)
    overlays = part(document, "overlays")
    for lang in sorted(set(head.texts("languages")) - overlays.keys() - {"vi"}):
        head.page.add("languages", "no-overlay", lang=lang)
    translated = {
        lang: translate(
            vietnamese, lang, part(overlays, lang), folder, lang in head.texts("languages"), faults
        )
        for lang in sorted(overlays)
    }
    if not 0 <= head.whole("cut") <= 100:
        head.page.add("cut", "not-a-percentage")
    bank = Bank(
        name=head.text("name"),
        version=head.text("version"),
        licence=head.text("licence"),
        cut=head.whole("cut"),
        reserved=head.flag("reserved"),
        sources=sources,
        editions={"vi": vietnamese} | translated,
        documents=(document,),
    )
    return bank, list(dict.fromkeys(faults))


def part(raw: Raw, name: str) -> Raw:
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}


def decode_titles(head: Table) -> dict[str, str]:
    """Title by topic id, in the order of bank.toml."""
    titles: dict[str, str] = {}
    for raw in head.tables("topic"):
        topic = Table(raw, fields.TOPIC, head.page.at(f"topic {raw.get('id', '?')}"))
        if topic.text("id") in titles:
            topic.page.add("id", "topic-twice")
        titles[topic.text("id")] = topic.text("title")
    return titles


def check_files(titles: Mapping[str, str], files: Raw, page: Page) -> None:
    for missing in sorted(titles.keys() - files.keys()):
        page.at(f"topic {missing}").add("id", "topic-without-file", file=f"{missing}.toml")
    for stray in sorted(files.keys() - titles.keys()):
        page.add("topic", "file-without-topic", file=f"{stray}.toml", topic=stray)


def decode_sources(raw: Raw, page: Page) -> dict[str, Source]:
    sources = {}
    for source_id in raw:
        table = Table(part(raw, source_id), fields.SOURCE, page.at(source_id))
        sources[source_id] = Source(
            id=source_id,
            publisher=table.text("publisher"),
            title=table.text("title"),
            address=table.text("address"),
            date=table.day("date"),
            read=table.flag("read"),
        )
    return sources


def decode_blueprints(head: Table, titles: Mapping[str, str]) -> dict[str, Blueprint]:
    found = {}
    for raw in head.tables("blueprint"):
        page = head.page.at(f"blueprint {raw.get('name', '?')}")
        blueprint = decode_blueprint(raw, page)
        for quota in blueprint.quotas:
            if quota.topic not in titles:
                page.add("quota", "unknown-topic", topic=quota.topic, topics=", ".join(titles))
        if blueprint.name in found:
            page.add("name", "blueprint-twice")
        found[blueprint.name] = blueprint
    return found


def decode_blueprint(raw: Raw, page: Page) -> Blueprint:
    """A blueprint as a bank file or a rules document writes it."""
    table = Table(raw, fields.BLUEPRINT, page)
    bounds = table.wholes("genuine")
    if len(bounds) not in (0, 2) or list(bounds) != sorted(bounds):
        page.add("genuine", "bad-bounds")
        bounds = ()
    quotas = tuple(decode_quota(Table(quota, fields.QUOTA, page)) for quota in table.tables("quota"))
    if not quotas or any(quota.count < 1 for quota in quotas):
        page.add("quota", "empty-quota")
    return Blueprint(
        name=table.text("name"),
        title=table.text("title"),
        quotas=quotas,
        fixed=table.texts("fixed"),
        excluded=table.texts("excluded"),
        genuine=(bounds[0], bounds[1]) if bounds else None,
    )


def decode_quota(table: Table) -> Quota:
    return Quota(
        topic=table.text("topic"),
        count=table.whole("count"),
        difficulty=table.text("difficulty"),
        level=table.whole("level"),
        verdict=table.text("verdict"),
        kind=table.text("kind"),
        kinds=table.texts("kinds"),
        verdicts=table.texts("verdicts"),
    )


def check_items(
    contents: Mapping[str, TopicContent], sources: Mapping[str, Source], folder: str, faults: list[Fault]
) -> None:
    """What an item refers to must exist, and no id may stand twice in a bank."""
    ids = Counter(item.id for content in contents.values() for item in content.items)
    for topic, content in contents.items():
        for item in content.items:
            page = Page(f"{folder}{topic}.toml", f"item {item.id}", faults)
            if ids[item.id] > 1:
                page.add("id", "item-twice")
            for missing in sorted(set(item.enemies) - ids.keys()):
                page.add("enemies", "unknown-item", item=missing)
            for beside in content.items:
                if beside.id in item.enemies and stand_together(item, beside):
                    page.add("enemies", "enemy-beside", item=beside.id)
            for missing in sorted(set(item.sources) - sources.keys()):
                page.add("sources", "unknown-source", source=missing)


def check_lessons(
    contents: Mapping[str, TopicContent], sources: Mapping[str, Source], folder: str, faults: list[Fault]
) -> None:
    for topic, content in contents.items():
        for missing in sorted(set(content.lesson.sources) - sources.keys()):
            Page(f"{folder}{topic}.toml", "lesson", faults).add("sources", "unknown-source", source=missing)


def stand_together(item: Item, other: Item) -> bool:
    """Whether every paper with one of them has both: items that share a stimulus are drawn as one set."""
    return item.id == other.id or (item.stimulus is not None and item.stimulus == other.stimulus)
