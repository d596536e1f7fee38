"""The reader names every fault of every file with its place, and reads nothing half."""

import unicodedata
from pathlib import Path

import pytest

from quizlib.bank.decode import decode
from quizlib.bank.reader import load_bank, read_bank
from quizlib.errors import ContentError
from tests.builders import (
    LESSON_IN_ENGLISH,
    a_bank,
    a_blueprint_table,
    a_document,
    a_judge_table,
    a_lesson_table,
    a_stimulus_table,
    an_item_table,
    an_overlay,
    option_tables,
    write_bank,
)


def with_file(**changes: object) -> dict:
    """A document whose only topic file has other tables."""
    document = a_document()
    document["topics"]["money"] |= changes
    return document


def with_source(**changes: object) -> dict:
    document = a_document()
    document["sources"]["gazette"] |= changes
    return document


def in_english(**head: object) -> dict:
    """A document whose complete English overlay has other texts in its ``bank.en.toml``."""
    return a_document(languages=["vi", "en"], overlays={"en": an_overlay(**head)})


def in_english_items(table: dict | None = None, *, file: dict | None = None, **texts: object) -> dict:
    """The same, with other texts of the one item, or other tables beside it in its file."""
    overlay = an_overlay(table or an_item_table())
    overlay["topics"]["money"]["items"]["money-1"] |= texts
    overlay["topics"]["money"] |= file or {}
    return a_document(table or an_item_table(), languages=["vi", "en"], overlays={"en": overlay})


def in_english_lesson(**texts: object) -> dict:
    """The same, with other texts of its lesson; ``None`` leaves one out."""
    lesson = {name: text for name, text in (LESSON_IN_ENGLISH | texts).items() if text is not None}
    return in_english_items(file={"lesson": lesson})


ROWS = [{"sum": "1"}, {"sum": "2"}]
MONEY, BANK, ITEM = "money.toml", "bank.toml", "item money-1"

# (code, file, place, field, a document with this fault)
CASES = [
    # tables and fields
    ("missing-field", BANK, "", "licence", a_document(licence=None)),
    ("missing-field", MONEY, ITEM, "stem", a_document(an_item_table(stem=None))),
    ("missing-field", MONEY, "lesson", "remember", with_file(lesson={})),
    ("missing-field", "sources.toml", "gazette", "publisher", {**a_document(), "sources": {"gazette": {}}}),
    ("unknown-field", MONEY, ITEM, "zzz", a_document(an_item_table(zzz=1))),
    ("unknown-field-near", MONEY, ITEM, "explanatoin", a_document(an_item_table(explanatoin="x"))),
    ("unknown-choice", MONEY, ITEM, "kind", a_document(an_item_table(kind="essay"))),
    ("unknown-choice", MONEY, ITEM, "audience", a_document(an_item_table(audience=["martians"]))),
    ("bad-shape-id", MONEY, ITEM, "difficulty", a_document(an_item_table(difficulty="Rất khó"))),
    ("bad-shape-text", MONEY, ITEM, "stem", a_document(an_item_table(stem="  "))),
    ("bad-shape-whole", MONEY, ITEM, "level", a_document(an_item_table(level="1"))),
    ("bad-shape-whole", MONEY, ITEM, "points", a_document(an_item_table(points=True))),
    ("bad-shape-flag", MONEY, ITEM, "retired", a_document(an_item_table(retired="no"))),
    ("bad-shape-day", MONEY, ITEM, "review_by", a_document(an_item_table(review_by="2026-02-30"))),
    ("bad-shape-number", MONEY, ITEM, "tolerance", a_document(an_item_table(tolerance=0.5))),
    ("bad-shape-ids", MONEY, ITEM, "sources", a_document(an_item_table(sources="gazette"))),
    ("bad-shape-texts", MONEY, ITEM, "key", a_document(an_item_table(key="a"))),
    ("bad-shape-wholes", BANK, "blueprint all", "genuine",
     a_document(blueprint=[a_blueprint_table(genuine=["1", "2"])])),
    ("bad-shape-table", MONEY, "", "lesson", with_file(lesson="x")),
    ("bad-shape-tables", MONEY, "", "item", with_file(item="x")),
    # banks
    ("not-a-percentage", BANK, "", "cut", a_document(cut=101)),
    ("topic-twice", BANK, "topic money", "id", a_document(topic=[{"id": "money", "title": "T"}] * 2)),
    ("topic-without-file", BANK, "topic law", "id",
     a_document(topic=[{"id": "money", "title": "T"}, {"id": "law", "title": "L"}])),
    ("file-without-topic", BANK, "", "topic", a_document(topic=[])),
    ("unknown-topic", BANK, "blueprint all", "quota",
     a_document(blueprint=[a_blueprint_table(quotas={"law": 1})])),
    ("no-overlay", BANK, "", "languages", a_document(languages=["vi", "en"])),
    ("bad-bounds", BANK, "blueprint all", "genuine",
     a_document(blueprint=[a_blueprint_table(genuine=[3, 1])])),
    ("empty-quota", BANK, "blueprint all", "quota", a_document(blueprint=[a_blueprint_table(quota=[])])),
    ("empty-quota", BANK, "blueprint all", "quota",
     a_document(blueprint=[a_blueprint_table(quotas={"money": 0})])),
    ("blueprint-twice", BANK, "blueprint all", "name", a_document(blueprint=[a_blueprint_table()] * 2)),
    # items
    ("item-twice", MONEY, ITEM, "id", a_document(an_item_table(), an_item_table())),
    ("unknown-item", MONEY, ITEM, "enemies", a_document(an_item_table(enemies=["money-9"]))),
    ("enemy-beside", MONEY, ITEM, "enemies",
     a_document(an_item_table(stimulus="s", enemies=["money-2"]), an_item_table("money-2", stimulus="s"))),
    ("enemy-beside", MONEY, ITEM, "enemies", a_document(an_item_table(enemies=["money-1"]))),
    ("unknown-source", MONEY, ITEM, "sources", a_document(an_item_table(sources=["rumour"]))),
    ("unknown-stimulus", MONEY, ITEM, "stimulus", with_file(item=[an_item_table(stimulus="s")])),
    ("stimulus-twice", MONEY, "stimulus s", "id", with_file(stimulus=[a_stimulus_table("s")] * 2)),
    ("part-twice", MONEY, "stimulus s", "part",
     with_file(stimulus=[a_stimulus_table("s", part=[{"id": "x", "role": "body", "text": "X"}] * 2)])),
    ("part-named-details", MONEY, "stimulus s", "part",
     with_file(stimulus=[a_stimulus_table("s", part=[{"id": "details", "role": "body", "text": "X"}])])),
    ("unknown-part", MONEY, ITEM, "clue",
     a_document(an_item_table(stimulus="s", clue=[{"part": "seal", "text": "Dấu"}]))),
    ("unknown-part", MONEY, ITEM, "clue", a_document(an_item_table(clue=[{"part": "text", "text": "Chữ"}]))),
    ("option-twice", MONEY, ITEM, "option", a_document(an_item_table(option=option_tables("abb")))),
    ("option-count", MONEY, ITEM, "option", a_document(an_item_table(option=option_tables("a")))),
    ("option-count", MONEY, ITEM, "option", a_document(an_item_table(kind="number", key=["1"]))),
    ("key-names-no-option", MONEY, ITEM, "key", a_document(an_item_table(key=["d"]))),
    ("key-count", MONEY, ITEM, "key", a_document(an_item_table(key=["a", "b"]))),
    ("key-count", MONEY, ITEM, "key", a_document(an_item_table(kind="multiple", key=[]))),
    ("key-count", MONEY, ITEM, "key", a_document(an_item_table(kind="order", key=["a", "b"]))),
    ("key-count", MONEY, ITEM, "key", a_document(an_item_table(kind="number", option=None, key=["1", "2"]))),
    ("key-repeats", MONEY, ITEM, "key", a_document(an_item_table(kind="order", key=["a", "a", "b"]))),
    ("key-not-sorted", MONEY, ITEM, "key",
     a_document(an_item_table(kind="multiple", points=2, key=["b", "a"]))),
    ("key-not-canonical", MONEY, ITEM, "key",
     a_document(an_item_table(kind="number", option=None, key=["1.500.000"]))),
    ("difficulty-or-premise", MONEY, ITEM, "difficulty", a_document(an_item_table(difficulty=None))),
    ("difficulty-or-premise", MONEY, ITEM, "difficulty",
     a_document(a_judge_table("money-1", premise="weak"))),
    ("premise-of-what", MONEY, ITEM, "premise",
     a_document(an_item_table(difficulty=None, premise="strong"))),
    ("bad-level", MONEY, ITEM, "level", a_document(an_item_table(level=5))),
    ("not-positive", MONEY, ITEM, "points", a_document(an_item_table(points=0))),
    ("not-positive", MONEY, ITEM, "version", a_document(an_item_table(version=0))),
    ("reviewed-before-valid", MONEY, ITEM, "review_by", a_document(an_item_table(review_by="2020-01-01"))),
    ("scheme-not-for-kind", MONEY, ITEM, "scheme", a_document(an_item_table(scheme="plus-minus"))),
    ("marks-not-whole", MONEY, ITEM, "points", a_document(an_item_table(kind="multiple", key=["a", "b"]))),
    ("marks-not-whole", MONEY, ITEM, "points",
     a_document(an_item_table(kind="order", key=["c", "a", "b"], points=3))),
    # templates
    ("row-not-text", MONEY, ITEM, "row", a_document(an_item_table(stem="{sum}?", row=[{"sum": 1}]))),
    ("rows-differ", MONEY, ITEM, "row", a_document(an_item_table(row=[{"sum": "1"}, {"day": "2"}]))),
    ("row-lacks", MONEY, ITEM, "row", a_document(an_item_table(stem="{sum} {day}?", row=ROWS))),
    ("no-rows", MONEY, ITEM, "row", a_document(an_item_table(stem="{sum}?"))),
    ("key-names-no-option", MONEY, ITEM, "key",
     a_document(an_item_table(key=["{right}"], row=[{"right": "a"}, {"right": "z"}]))),
    # translations
    ("missing-translation", "bank.en.toml", "", "about", in_english(about=None)),
    ("missing-translation", "bank.en.toml", "topics", "money", in_english(topics={})),
    ("missing-translation", "money.en.toml", "items money-1", "stem", in_english_items(stem=" ")),
    ("missing-translation", "money.en.toml", "items money-1 rationales", "a",
     in_english_items(rationales={"b": "B", "c": "C"})),
    ("missing-translation", "money.en.toml", "items", "money-1", in_english_items(file={"items": {}})),
    ("missing-translation", "money.en.toml", "lesson", "remember", in_english_lesson(remember=" ")),
    ("missing-translation", "money.en.toml", "lesson", "genuine", in_english_lesson(genuine=None)),
    ("list-differs", "money.en.toml", "lesson", "signs", in_english_lesson(signs=None)),
    ("list-differs", "money.en.toml", "lesson", "steps", in_english_lesson(steps=["Stop."])),
    ("unknown-source", MONEY, "lesson", "sources", with_file(lesson=a_lesson_table(sources=["none"]))),
    ("translates-nothing", "bank.en.toml", "", "motto", in_english(motto="M")),
    ("translates-nothing", "bank.en.toml", "", "items", in_english(items={"money-1": {}})),
    ("translates-nothing", "money.en.toml", "items money-1", "key", in_english_items(key=["b"])),
    ("translates-nothing", "money.en.toml", "items", "money-9",
     in_english_items(file={"items": {"money-9": {"stem": "S"}}})),
    ("translates-nothing", "money.en.toml", "stimuli", "s", in_english_items(file={"stimuli": {"s": {}}})),
    ("row-lacks", "money.en.toml", "items money-1", "row",
     in_english_items(an_item_table(stem="{sum}?", row=ROWS), stem="{some}?")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "file", "place", "field", "document"), CASES, ids=[case[0] for case in CASES]
)
def test_a_fault_is_told_with_its_file_place_and_field(
    code: str, file: str, place: str, field: str, document: dict
) -> None:
    _, faults = decode(document)

    told = [each for each in faults if each.code == code]

    assert (file, place, field) in [(each.file, each.place, each.field) for each in told], faults
    assert len(set(faults)) == len(faults)


@pytest.mark.parametrize(
    ("code", "file", "place", "field", "document"), CASES, ids=[case[0] for case in CASES]
)
def test_a_fault_reads_as_a_sentence_in_both_languages(
    code: str, file: str, place: str, field: str, document: dict
) -> None:
    _, faults = decode(document)

    sentences = [each.say(lang) for each in faults for lang in ("vi", "en")]

    assert all(sentence.strip() and "{" not in sentence for sentence in sentences)


def test_a_sound_document_has_no_fault() -> None:
    sound = a_document(
        an_item_table(stimulus="s", clue=[{"part": "text", "text": "Chữ"}]),
        an_item_table("money-2", kind="multiple", key=["a", "b"], points=2),
        an_item_table("money-3", kind="order", key=["c", "a", "b"], points=2),
        an_item_table("law-1", topic="law", kind="number", option=None, key=["{sum}"], row=ROWS),
    )

    _, faults = decode(sound)

    assert faults == []


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    document = a_document(
        an_item_table(key=["z"], level=9),
        an_item_table("law-1", topic="law", sources=["rumour"]),
        name="sample",
        cut=120,
    )
    folder = write_bank(tmp_path / "sample", document)

    _, faults = read_bank(folder)

    assert {(Path(each.file).name, each.place, each.code) for each in faults} == {
        ("bank.toml", "", "not-a-percentage"),
        ("money.toml", "item money-1", "key-names-no-option"),
        ("money.toml", "item money-1", "bad-level"),
        ("law.toml", "item law-1", "unknown-source"),
    }


def test_a_file_with_broken_syntax_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    document = a_document(an_item_table(), an_item_table("law-1", topic="law", level=7))
    folder = write_bank(tmp_path / "sample", document, money="[lesson\nremember = 'x'")

    _, faults = read_bank(folder)

    assert [(each.file, each.code) for each in faults] == [
        (f"{folder}/money.toml", "bad-toml"),
        (f"{folder}/law.toml", "bad-level"),
    ]
    assert "line 1" in faults[0].say("en")


def test_a_broken_file_is_not_blamed_on_those_that_refer_to_it(tmp_path: Path) -> None:
    tables = (an_item_table(enemies=["law-1"]), an_item_table("law-1", topic="law"))
    document = a_document(*tables, overlays={"en": an_overlay(*tables)}, languages=["vi", "en"])
    folder = write_bank(tmp_path / "sample", document, law="= 1", sources="= 2")

    _, faults = read_bank(folder)

    assert [(Path(each.file).name, each.code) for each in faults] == [
        ("law.toml", "bad-toml"),
        ("sources.toml", "bad-toml"),
    ]


@pytest.mark.parametrize("broken", ["bank", "sources", "money", "bank.en", "money.en"])
def test_whichever_file_is_broken_the_reader_names_that_one_alone(tmp_path: Path, broken: str) -> None:
    document = a_document(languages=["vi", "en"], overlays={"en": an_overlay()})
    folder = write_bank(tmp_path / "sample", document, **{broken: "]"})

    _, faults = read_bank(folder)

    assert [(each.file, each.code) for each in faults] == [(f"{folder}/{broken}.toml", "bad-toml")]


def test_a_file_in_another_character_set_is_told(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "sample")
    (folder / "money.toml").write_bytes("remember = 'Đừng vội'".encode("utf-16"))

    _, faults = read_bank(folder)

    assert [(each.file, each.code) for each in faults] == [(f"{folder}/money.toml", "unreadable")]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "sample")
    for path in folder.glob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")

    bank = load_bank(folder)

    assert bank.frozen == load_bank(write_bank(tmp_path / "again" / "sample")).frozen


def test_a_folder_is_needed_and_a_bank_file_in_it(tmp_path: Path) -> None:
    absent, empty = tmp_path / "absent", tmp_path / "empty"
    empty.mkdir()

    codes = [read_bank(folder)[1][0].code for folder in (absent, empty)]

    assert codes == ["not-a-folder", "no-bank-file"]


def test_a_bank_has_the_name_of_its_folder(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "other", a_document(name="sample"))

    _, faults = read_bank(folder)

    assert [(each.field, each.code) for each in faults] == [("name", "wrong-name")]


@pytest.mark.parametrize("field", ["competences", "forms"])
def test_a_code_of_no_list_is_told(tmp_path: Path, field: str) -> None:
    table = an_item_table(**{field: ["digcomp-3.0:9.9"]})
    folder = write_bank(tmp_path / "sample", a_document(table))

    _, faults = read_bank(folder)

    assert [(each.place, each.field, each.code) for each in faults] == [
        ("item money-1", field, "unknown-code")
    ]


def test_a_bank_with_faults_is_not_loaded_and_says_why_in_the_readers_language(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "sample", a_document(cut=101))

    with pytest.raises(ContentError) as refusal:
        load_bank(folder)

    assert refusal.value.lines("en") == [f"{folder}/bank.toml: cut: A number from 0 to 100 is needed."]
    assert refusal.value.lines("vi") == [f"{folder}/bank.toml: cut: Cần một số từ 0 đến 100."]


def test_texts_are_kept_in_one_unicode_form(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Đừng vội")
    folder = write_bank(tmp_path / "sample", a_document(an_item_table(stem=decomposed)))

    bank = load_bank(folder)

    assert bank.items[0].stem == "Đừng vội" != decomposed


def test_a_sound_folder_reads_as_its_document_does(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "sample", a_document(an_item_table(), an_item_table("law-1", topic="law")))

    bank = load_bank(folder)

    assert [item.id for item in bank.items] == ["money-1", "law-1"]
    assert bank.items == a_bank(an_item_table(), an_item_table("law-1", topic="law")).items
