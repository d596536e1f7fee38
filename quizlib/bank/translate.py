"""Laying an overlay's texts over the Vietnamese ones: structure, keys and sources stand in one place only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizlib.bank.bank import Edition
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.decode_items import check_placeholders
from quizlib.bank.item import Item, Step, Stimulus, Topic
from quizlib.bank.table import Page, Raw, is_text
from quizlib.errors import Fault


class Texts:
    """The texts of one overlay table; what is missing or belongs to nothing becomes a fault."""

    def __init__(self, raw: object, page: Page, required: bool = True) -> None:
        self.raw: Raw = raw if isinstance(raw, Mapping) else {}
        self.page = page
        self.required = required
        self.used: set[str] = set()

    def text(self, name: str, otherwise: str, required: bool = True) -> str:
        self.used.add(name)
        value = self.raw.get(name)
        if value is None and not (required and self.required and otherwise):
            return otherwise
        if not is_text(value):
            self.page.add(name, "missing-translation")
            return otherwise
        return str(value)

    def texts(self, name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        """A list as long as the original one."""
        value = self.raw.get(name)
        if not otherwise or (value is None and not self.required):
            return otherwise
        self.used.add(name)
        if not isinstance(value, list) or not all(map(is_text, value)) or len(value) != len(otherwise):
            self.page.add(name, "list-differs", wanted=len(otherwise))
            return otherwise
        return tuple(map(str, value))

    def under(self, name: str, required: bool | None = None) -> Texts:
        self.used.add(name)
        wanted = self.required if required is None else required
        return Texts(self.raw.get(name), self.page.at(f"{self.page.place} {name}".strip()), wanted)

    def __contains__(self, name: str) -> bool:
        return name in self.raw

    def end(self) -> None:
        """To be called when every text was taken: what is left over translates nothing."""
        for name in sorted(self.raw.keys() - self.used):
            self.page.add(name, "translates-nothing")


def translate(
    base: Edition, lang: str, overlay: Raw, folder: str, complete: bool, faults: list[Fault]
) -> Edition:
    """``base`` in another language; an item with no texts at all falls back unless ``complete``."""

    def texts(name: str, raw: object) -> Texts:
        return Texts(raw, Page(f"{folder}{name}.{lang}.toml", "", faults), complete)

    head = texts("bank", overlay.get("bank"))
    titles, blueprints = head.under("topics"), head.under("blueprints")
    raw_topics = overlay.get("topics")
    files = raw_topics if isinstance(raw_topics, Mapping) else {}
    by_topic = {topic.id: texts(topic.id, files.get(topic.id)) for topic in base.topics}
    edition = Edition(
        title=head.text("title", base.title),
        about=head.text("about", base.about),
        topics=tuple(translate_topic(topic, titles, by_topic[topic.id]) for topic in base.topics),
        blueprints={name: translate_blueprint(each, blueprints) for name, each in base.blueprints.items()},
        items=tuple(translate_item(item, lang, by_topic[item.topic]) for item in base.items),
    )
    for table in (titles, blueprints, head):
        table.end()
    for topic, file in by_topic.items():
        check_stray(file, [item for item in base.items if item.topic == topic])
    for stray in sorted(files.keys() - by_topic.keys()):
        texts(stray, None).page.add("", "translates-nothing")
    return edition


def check_stray(file: Texts, items: Sequence[Item]) -> None:
    """Texts of items and stimuli that the original file does not have."""
    stimuli = {item.stimulus.id for item in items if item.stimulus}
    for name, known in (("items", {item.id for item in items}), ("stimuli", stimuli)):
        table = file.under(name)
        table.used |= known
        table.end()
    file.end()


def translate_topic(topic: Topic, titles: Texts, file: Texts) -> Topic:
    texts, lesson = file.under("lesson"), topic.lesson
    translated = replace(
        lesson,
        remember=texts.text("remember", lesson.remember),
        about=texts.text("about", lesson.about),
        signs=texts.texts("signs", lesson.signs),
        steps=texts.texts("steps", lesson.steps),
        aftermath=texts.text("aftermath", lesson.aftermath),
        genuine=texts.text("genuine", lesson.genuine),
        situations=texts.texts("situations", lesson.situations),
    )
    texts.end()
    return Topic(topic.id, titles.text(topic.id, topic.title), translated)


def translate_blueprint(blueprint: Blueprint, titles: Texts) -> Blueprint:
    return replace(blueprint, title=titles.text(blueprint.name, blueprint.title))


def translate_item(item: Item, lang: str, file: Texts) -> Item:
    """The item with every text of the overlay; with none of them it keeps its own language."""
    items = file.under("items")
    if item.id not in items:
        if file.required:
            items.page.add(item.id, "missing-translation")
        return item
    texts = items.under(item.id, required=True)
    options, rationales, clues = texts.under("options"), texts.under("rationales"), texts.under("clues")
    translated = replace(
        item,
        lang=lang,
        stem=texts.text("stem", item.stem),
        explanation=texts.text("explanation", item.explanation),
        unit=texts.text("unit", item.unit, required=False),
        audio=texts.text("audio", "", required=False),  # a recording in another language says nothing here
        options=tuple(
            replace(
                option,
                text=options.text(option.id, option.text),
                rationale=rationales.text(option.id, option.rationale),
            )
            for option in item.options
        ),
        clues=tuple(replace(clue, text=clues.text(clue.part, clue.text)) for clue in item.clues),
        steps=translate_steps(item, texts),
        stimulus=translate_stimulus(item.stimulus, file),
    )
    for table in (options, rationales, clues, texts):
        table.end()
    check_placeholders(translated, texts.page)
    return translated


def translate_steps(item: Item, texts: Texts) -> tuple[Step, ...]:
    steps, choices, says = texts.under("steps"), texts.under("choices"), texts.under("says")
    translated = tuple(
        replace(
            step,
            text=steps.text(step.id, step.text),
            choices=tuple(
                replace(
                    choice, text=choices.text(choice.id, choice.text), says=says.text(choice.id, choice.says)
                )
                for choice in step.choices
            ),
        )
        for step in item.steps
    )
    for table in (steps, choices, says):
        table.end()
    return translated


def translate_stimulus(stimulus: Stimulus | None, file: Texts) -> Stimulus | None:
    """Names of senders and the like may stay as they are, so no part must be translated."""
    if stimulus is None:
        return None
    texts = file.under("stimuli").under(stimulus.id, required=False)
    details = texts.under("details")
    parts = tuple(
        replace(part, text=texts.text(part.id, part.text), detail=details.text(part.id, part.detail))
        for part in stimulus.parts
    )
    details.end()
    texts.end()
    return replace(stimulus, parts=parts)
