"""Open data gives back every item and lesson as the bank has it, and is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizlib.bank.bank import Bank
from quizlib.bank.export import as_csv, as_data, as_files, write_files
from quizlib.bank.item import Clue, Item, Lesson, Option, Part, Source, Step, StepChoice, Stimulus, Topic
from quizlib.bank.reader import banks, load_bank
from quizlib.errors import ContentError
from tests.builders import a_bank, an_item_table, an_overlay, one_of_each_kind

Json = dict[str, Any]
TEMPLATE = an_item_table(
    "template-1",
    kind="number",
    option=None,
    key=["{sum}"],
    stem="{sum} đồng là bao nhiêu?",
    row=[{"sum": "5"}, {"sum": "7"}],
    tolerance="0.5",
)
EVERY_KIND = (*one_of_each_kind(), TEMPLATE)
SAMPLE = a_bank(*EVERY_KIND)


@pytest.fixture(params=["of every kind", *banks()])
def bank(request: pytest.FixtureRequest) -> Bank:
    return load_bank(request.param) if request.param in banks() else SAMPLE


# -- reading the JSON back, with no help from what wrote it


def an_item(found: Json) -> Item:
    lists = ("key", "enemies", "competences", "forms", "audience", "sources", "rows")
    days = ("valid_from", "review_by")
    read = {
        "options": tuple(Option(**each) for each in found["options"]),
        "clues": tuple(Clue(**each) for each in found["clues"]),
        "steps": tuple(a_step(each) for each in found["steps"]),
        "stimulus": found["stimulus"] and a_stimulus(found["stimulus"]),
        "tolerance": Fraction(found["tolerance"]),
        **{name: tuple(found[name]) for name in lists},
        **{name: date.fromisoformat(found[name]) for name in days},
    }
    return Item(**{**found, **read})


def a_step(found: Json) -> Step:
    return Step(found["id"], found["text"], tuple(StepChoice(**each) for each in found["choices"]))


def a_stimulus(found: Json) -> Stimulus:
    return Stimulus(**{**found, "parts": tuple(Part(**part) for part in found["parts"])})


def a_topic(found: Json) -> Topic:
    lesson = {name: tuple(each) if isinstance(each, list) else each for name, each in found["lesson"].items()}
    return Topic(found["id"], found["title"], Lesson(**{**lesson, "review_by": a_day(lesson["review_by"])}))


def a_source(found: Json) -> Source:
    return Source(**{**found, "date": a_day(found["date"])})


def a_day(found: str | None) -> date | None:
    return date.fromisoformat(found) if found else None


def read_json(bank: Bank, lang: str) -> Json:
    found: Json = json.loads(as_files([bank], lang)[f"{bank.name}.json"])
    return found


def read_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


# -- JSON


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_can_be_read_back(bank: Bank, lang: str) -> None:
    found, bank = read_json(bank, lang), bank.to(lang)

    assert tuple(an_item(each) for each in found["items"]) == bank.items
    assert tuple(a_topic(each) for each in found["topics"]) == bank.topics
    assert {each["id"]: a_source(each) for each in found["sources"]} == bank.sources
    assert (found["name"], found["version"], found["licence"]) == (bank.name, bank.version, bank.licence)
    assert (found["title"], found["about"]) == (bank.title, bank.about)


def test_the_keys_stand_in_the_order_that_is_documented() -> None:
    found = read_json(SAMPLE, "vi")

    assert list(found) == [
        "name", "version", "licence", "lang", "title", "about", "sources", "topics", "items"
    ]  # fmt: skip
    assert [list(item) for item in found["items"]] == [
        [name for name in Item.__slots__ if name != "variant"] for _ in EVERY_KIND
    ]
    assert as_data(SAMPLE, "vi") == as_data(SAMPLE.to("en"), "vi") == found


def test_a_bank_says_in_which_language_it_really_is() -> None:
    english = a_bank(overlays={"en": an_overlay()}, languages=["vi", "en"])

    assert [as_data(bank, "en")["lang"] for bank in (SAMPLE, english)] == ["vi", "en"]
    assert as_data(english, "en")["title"] == "Sample"


def test_a_reserved_bank_is_refused() -> None:
    reserved = a_bank(reserved=True)

    for refused in (lambda: as_data(reserved, "vi"), lambda: as_files([SAMPLE, reserved], "vi")):
        with pytest.raises(ContentError) as error:
            refused()
        assert [fault.code for fault in error.value.faults] == ["bank-reserved"]


def test_one_item_in_two_banks_is_refused() -> None:
    with pytest.raises(ContentError, match="choice-1"):
        as_files([SAMPLE, a_bank(*EVERY_KIND, name="copy")], "vi")


# -- CSV


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_item_is_one_row_with_its_options_in_columns(bank: Bank, lang: str) -> None:
    files, bank = as_files([bank], lang), bank.to(lang)

    rows = read_csv(files["items.csv"])

    assert [row["id"] for row in rows] == [item.id for item in bank.items]
    for row, item in zip(rows, bank.items, strict=True):
        assert row["bank"] == bank.name
        assert row["stem"].removeprefix("'") == item.stem
        assert row["key"].removeprefix("'") == "\n".join(item.key)
        for number, option in enumerate(item.options, 1):
            shown = [row[f"option_{number}_{name}"].removeprefix("'") for name in ("id", "text", "rationale")]
            assert shown == [option.id, option.text, option.rationale]
        for part in item.stimulus.parts if item.stimulus else ():
            assert part.text in row["stimulus"]


def test_every_lesson_and_every_source_is_one_row(bank: Bank) -> None:
    files = as_files([bank], "vi")

    lessons, sources = read_csv(files["lessons.csv"]), read_csv(files["sources.csv"])

    assert [(row["id"], row["title"], row["remember"]) for row in lessons] == [
        (topic.id, topic.title, topic.lesson.remember) for topic in bank.topics
    ]
    assert [tuple(filter(None, row["signs"].split("\n"))) for row in lessons] == [
        topic.lesson.signs for topic in bank.topics
    ]
    assert [(row["id"], row["address"]) for row in sources] == [
        (source.id, source.address) for source in bank.sources.values()
    ]


def test_the_bytes_are_those_that_spreadsheets_read() -> None:
    body = as_csv([{"a": 'nói "dừng", rồi\ngọi', "b": None}, {"b": True, "c": ["một", "hai"]}])

    assert body == '\ufeffa,b,c\r\n"nói ""dừng"", rồi\ngọi",,\r\n,true,"một\nhai"\r\n'.encode()


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("made", [str, lambda text: [text, "b"]])
def test_no_cell_is_a_formula(first: str, made: Any) -> None:
    text = f'{first}HYPERLINK("https://example.org")'

    (row,) = read_csv(as_csv([{"a": made(text)}]))

    assert row["a"].startswith(f"'{first}")


@pytest.mark.parametrize("harmless", ["a=b", "5 - 3", "chào@example.org", "'thế", ""])
def test_other_cells_are_left_alone(harmless: str) -> None:
    (row,) = read_csv(as_csv([{"a": harmless, "b": "b"}]))

    assert row["a"] == harmless


# -- the folder


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_readme_names_the_licence_and_where_the_sources_are(lang: str) -> None:
    chosen = [load_bank(name) for name in banks()]

    said = as_files(chosen, lang)["README.txt"].decode()

    assert "CC-BY-4.0" in said
    assert "https://creativecommons.org/licenses/by/4.0/" in said
    assert "sources.csv" in said
    assert all(
        f"{bank.to(lang).title} ({bank.name} {bank.version}): {bank.licence}" in said for bank in chosen
    )


def test_files_of_other_names_are_left_in_place(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("của tôi", "utf-8")

    write_files(tmp_path, {"a.txt": b"1"}, overwrite=True)
    write_files(tmp_path, {"a.txt": b"2"}, overwrite=True)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "mine.txt": "của tôi".encode(),
        "a.txt": b"2",
    }


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    with pytest.raises(OSError, match="no-such"):
        write_files(tmp_path, {"a.txt": b"new", "no-such/b.txt": b""}, overwrite=True)

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]
