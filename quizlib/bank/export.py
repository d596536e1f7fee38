"""Open data: banks with everything in them as JSON, and their tables for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from quizlib.bank.bank import Bank, combine
from quizlib.bank.item import Item, Lesson, Option, Source, Topic
from quizlib.errors import ContentError, fault

Table = dict[str, object]
HEAD = ("name", "version", "licence", "lang", "title", "about")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, "CSV injection"


def as_data(bank: Bank, lang: str) -> Table:
    """An open bank as JSON holds it, keys and rationales included, with its texts in ``lang``.

    After ``HEAD`` stand ``sources``, ``topics`` and ``items``, lists of the values of ``bank/item.py`` with
    their fields in order. Raises ``ContentError`` for a reserved bank.
    """
    if bank.reserved:
        raise ContentError([fault(f"{bank.name}/bank.toml", "", "reserved", "bank-reserved")])
    bank = bank.to(lang if lang in bank.editions else "vi")
    return {
        **{name: getattr(bank, name) for name in HEAD},
        "sources": [plain(source) for source in bank.sources.values()],
        "topics": [plain(topic) for topic in bank.topics],
        "items": [plain(item) for item in bank.items],
    }


def plain(value: Item | Lesson | Option | Source | Topic) -> Table:
    """Dates as ISO text, a tolerance as an exact fraction such as ``1/2``; no item of a bank is a variant."""
    fields = json.loads(json.dumps(asdict(value), default=str))
    return {name: each for name, each in fields.items() if name != "variant"}


def as_files(banks: Sequence[Bank], lang: str) -> dict[str, bytes]:
    """Every file of an export by its name; ``ContentError`` for a reserved bank and for ids used twice."""
    combine(*banks)
    texts = {bank.name: json.dumps(as_data(bank, lang), ensure_ascii=False, indent=1) for bank in banks}
    shown = [bank.to(lang) for bank in banks]
    heads = "\n".join(f"- {bank.title} ({bank.name} {bank.version}): {bank.licence}" for bank in shown)
    note = Path(__file__).with_name(f"export.{lang}.txt").read_text(encoding="utf-8")
    return {
        "README.txt": note.format(banks=heads).encode(),
        **{f"{name}.json": f"{text}\n".encode() for name, text in texts.items()},
        "items.csv": as_csv([row_of(bank, item) for bank in shown for item in bank.items]),
        "lessons.csv": as_csv([row_of(bank, topic) for bank in shown for topic in bank.topics]),
        "sources.csv": as_csv([row_of(bank, source) for bank in shown for source in bank.sources.values()]),
    }


def row_of(bank: Bank, value: Item | Source | Topic) -> Table:
    """One row; of an item, what it shows and its clues as lines to read, and its options in columns."""
    row = {"bank": bank.name} | plain(value)
    if isinstance(value, Topic):
        row |= plain(value.lesson)
    if isinstance(value, Item):
        if shown := value.stimulus:
            row["stimulus"] = [shown.channel, *(f"{part.role}: {part.text}" for part in shown.parts)]
        row["clues"] = [f"{clue.part}: {clue.text}" for clue in value.clues]
        for number, option in enumerate(value.options, 1):
            row |= {f"option_{number}_{name}": each for name, each in plain(option).items()}
    return {name: each for name, each in row.items() if name not in ("lesson", "options")}


def as_csv(rows: Sequence[Table]) -> bytes:
    """RFC 4180, with the byte order mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """A list stands one entry a line; an apostrophe keeps text from being run as a formula."""
    lines: Iterable[object] = value if isinstance(value, list) else ["" if value is None else value]
    text = "\n".join(
        each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in lines
    )
    return f"'{text}" if text.startswith(FORMULA) else text


def write_files(folder: Path, files: Mapping[str, bytes], overwrite: bool = False) -> None:
    """All of them or none: every file is whole on the same disk before the first takes its place."""
    if folder.is_file() or (folder.exists() and any(folder.iterdir()) and not overwrite):
        raise ContentError([fault(str(folder), "", "", "folder-in-use")])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as draft:
        for name, body in files.items():
            Path(draft, name).write_bytes(body)
        for name in files:
            Path(draft, name).replace(folder / name)
