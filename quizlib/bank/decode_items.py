"""From one topic file's tables to its lesson, stimuli and items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quizlib.bank import fields
from quizlib.bank.difficulty import PREMISES, expected_difficulty
from quizlib.bank.item import Clue, Item, Lesson, Option, Part, Step, StepChoice, Stimulus
from quizlib.bank.kinds import KINDS
from quizlib.bank.schemes import SCHEMES
from quizlib.bank.table import Page, Raw, Table

DETAILS = "details"  # the overlays' table of what inspecting shows


@dataclass(frozen=True, slots=True)
class TopicContent:
    lesson: Lesson
    items: tuple[Item, ...]


def decode_topic_file(topic: str, raw: Raw, page: Page) -> TopicContent:
    table = Table(raw, fields.TOPIC_FILE, page)
    lesson = decode_lesson(Table(table.table("lesson"), fields.LESSON, page.at("lesson")))
    stimuli = [decode_stimulus(each, page) for each in table.tables("stimulus")]
    by_id = {stimulus.id: stimulus for stimulus in stimuli}
    for twice in repeated(stimulus.id for stimulus in stimuli):
        page.at(f"stimulus {twice}").add("id", "stimulus-twice")
    items = tuple(decode_item(topic, each, by_id, page) for each in table.tables("item"))
    return TopicContent(lesson, items)


def decode_lesson(table: Table) -> Lesson:
    return Lesson(
        remember=table.text("remember"),
        about=table.text("about"),
        signs=table.texts("signs"),
        steps=table.texts("steps"),
        aftermath=table.text("aftermath"),
        genuine=table.text("genuine"),
        situations=table.texts("situations"),
        forms=table.texts("forms"),
        sources=table.texts("sources"),
        review_by=table.day("review_by"),
    )


def decode_stimulus(raw: Raw, page: Page) -> Stimulus:
    table = Table(raw, fields.STIMULUS, page.at(f"stimulus {raw.get('id', '?')}"))
    parts = [Table(each, fields.PART, table.page) for each in table.tables("part")]
    if repeated(part.text("id") for part in parts):
        table.page.add("part", "part-twice")
    if any(part.text("id") == DETAILS for part in parts):
        table.page.add("part", "part-named-details")
    return Stimulus(
        id=table.text("id"),
        channel=table.text("channel"),
        parts=tuple(
            Part(*(each.text(name) for name in ("id", "role", "text", "detail", "by"))) for each in parts
        ),
        ai_generated=table.flag("ai_generated"),
    )


def decode_item(topic: str, raw: Raw, stimuli: Mapping[str, Stimulus], page: Page) -> Item:
    given = fields.UNSCORED if raw.get("kind") in fields.UNSCORED_KINDS else {}
    table = Table(raw, fields.ITEM, page.at(f"item {raw.get('id', '?')}"), given)
    kind = KINDS.get(table.text("kind"))
    item = Item(
        id=table.text("id"),
        version=table.whole("version"),
        kind=table.text("kind"),
        topic=topic,
        stem=table.text("stem"),
        options=tuple(decode_option(each, table.page, given) for each in table.tables("option")),
        key=table.texts("key"),
        explanation=table.text("explanation"),
        scheme=table.text("scheme") or (kind.scheme if kind else ""),
        points=table.whole("points"),
        level=table.whole("level"),
        difficulty=decode_difficulty(table),
        premise=table.text("premise"),
        verdict=table.text("verdict"),
        tactic=table.text("tactic"),
        stimulus=stimuli.get(table.text("stimulus")),
        clues=tuple(decode_clue(each, table.page) for each in table.tables("clue")),
        enemies=table.texts("enemies"),
        competences=table.texts("competences"),
        forms=table.texts("forms"),
        audience=table.texts("audience"),
        sources=table.texts("sources"),
        valid_from=table.day("valid_from") or date.min,
        review_by=table.day("review_by") or date.max,
        retired=table.flag("retired"),
        ai_generated=table.flag("ai_generated"),
        tolerance=table.number("tolerance"),
        unit=table.text("unit"),
        audio=table.text("audio"),
        rows=tuple(decode_row(each, table.page) for each in table.tables("row")),
        steps=tuple(decode_step(each, table.page) for each in table.tables("step")),
        lang="vi",
    )
    if table.text("stimulus") and item.stimulus is None:
        table.page.add("stimulus", "unknown-stimulus", stimulus=table.text("stimulus"))
    check_item(item, table.page)
    return item


def decode_difficulty(table: Table) -> str:
    """As stated, or as it follows from a scam's premise and its clues; never both."""
    stated, premise, clues = table.text("difficulty"), table.text("premise"), len(table.tables("clue"))
    if bool(stated) == bool(premise):
        table.page.add("difficulty", "difficulty-or-premise")
    if premise and not (clues and table.text("verdict") == "scam"):
        table.page.add("premise", "premise-of-what")
    return expected_difficulty(premise, clues) if premise in PREMISES else stated


def decode_option(raw: Raw, page: Page, given: Raw) -> Option:
    table = Table(raw, fields.OPTION, page.at(f"{page.place}, option {raw.get('id', '?')}"), given)
    return Option(
        id=table.text("id"),
        text=table.text("text"),
        rationale=table.text("rationale"),
        fixed=table.flag("fixed"),
        harm=table.whole("harm"),
    )


def decode_step(raw: Raw, page: Page) -> Step:
    table = Table(raw, fields.STEP, page.at(f"{page.place}, step {raw.get('id', '?')}"))
    choices = [Table(each, fields.STEP_CHOICE, table.page) for each in table.tables("choice")]
    return Step(
        table.text("id"),
        table.text("text"),
        tuple(
            StepChoice(
                id=each.text("id"),
                text=each.text("text"),
                next=each.text("next"),
                points=each.whole("points"),
                cost=each.whole("cost"),
                says=each.text("says"),
            )
            for each in choices
        ),
    )


def decode_clue(raw: Raw, page: Page) -> Clue:
    table = Table(raw, fields.CLUE, page.at(f"{page.place}, clue {raw.get('part', '?')}"))
    return Clue(table.text("part"), table.text("text"))


def decode_row(raw: Raw, page: Page) -> dict[str, str]:
    if not all(isinstance(value, str) for value in raw.values()):
        page.add("row", "row-not-text")
    return {name: str(value) for name, value in raw.items()}


def check_item(item: Item, page: Page) -> None:
    """Whatever makes an item impossible to show or to mark, each variant of a template by itself."""
    if not 1 <= item.level <= 4:
        page.add("level", "bad-level")
    for name, number in (("points", item.points), ("version", item.version)):
        if number < 1 and (name == "version" or item.kind not in fields.UNSCORED_KINDS):
            page.add(name, "not-positive")
    if date.min < item.review_by <= item.valid_from:
        page.add("review_by", "reviewed-before-valid")
    if repeated(option.id for option in item.options):
        page.add("option", "option-twice")
    if repeated(clue.part for clue in item.clues):
        page.add("clue", "part-twice")
    parts = {part.id for part in item.stimulus.parts} if item.stimulus else set()
    for clue in item.clues:
        if clue.part not in parts:
            page.add("clue", "unknown-part", part=clue.part)
    check_scheme(item, page)
    check_rows(item, page)
    if item.kind in KINDS:
        check_kind(item, page)


def check_kind(item: Item, page: Page) -> None:
    """The kind's own demands, on each variant of a template, each flaw told once."""
    variants = [item.with_row(index) for index in range(len(item.rows))] or [item]
    flaws = {str(flaw): flaw for variant in variants for flaw in KINDS[item.kind].flaws(variant)}
    for name, code, values in flaws.values():
        page.add(name, code, **values)


def check_scheme(item: Item, page: Page) -> None:
    scheme = SCHEMES.get(item.scheme)
    if scheme is None or item.kind not in KINDS:
        return
    if item.kind not in scheme.kinds:
        fitting = [name for name, each in SCHEMES.items() if item.kind in each.kinds]
        page.add("scheme", "scheme-not-for-kind", kind=item.kind, fitting=", ".join(fitting))
    elif item.points % scheme.steps(item):
        page.add("points", "marks-not-whole", scheme=item.scheme, steps=scheme.steps(item))


def check_rows(item: Item, page: Page) -> None:
    if any(row.keys() != item.rows[0].keys() for row in item.rows):
        page.add("row", "rows-differ")
    check_placeholders(item, page)


def check_placeholders(item: Item, page: Page) -> None:
    """Every name in braces, in whatever language, is a column of every row."""
    used = item.placeholders
    for missing in sorted({name for row in item.rows for name in used - row.keys()}):
        page.add("row", "row-lacks", name=missing)
    if used and not item.rows:
        page.add("row", "no-rows", names=", ".join(sorted(used)))


def repeated(ids: Iterable[str]) -> list[str]:
    return [each for each, count in Counter(ids).items() if count > 1]
