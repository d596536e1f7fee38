"""Reading banks: a folder of TOML files, a bundled name, or the bytes a round has frozen."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from quizlib.bank.bank import Bank, combine
from quizlib.bank.decode import decode, part
from quizlib.errors import ContentError, Fault, fault

BUNDLED = Path(__file__).parent.parent / "questions"
# What may only seem wrong as long as another file cannot be read.
ACROSS_FILES = frozenset({"unknown-item", "unknown-source", "translates-nothing"})


def banks() -> tuple[str, ...]:
    """Names of the bundled banks."""
    return tuple(sorted(path.parent.name for path in BUNDLED.glob("*/bank.toml")))


@cache
def bundled() -> Mapping[str, Bank]:
    """Every bundled bank by its name, read once."""
    return {name: load_bank(name) for name in banks()}


def load_bank(name_or_path: str | Path, lang: str = "vi") -> Bank:
    """A bundled bank by name, or any folder of bank files, with its texts in ``lang``.

    Raises ``ContentError`` with every fault of every file; nothing is half-loaded.
    """
    folder = BUNDLED / name_or_path if str(name_or_path) in banks() else Path(name_or_path)
    bank, faults = read_bank(folder)
    if faults or bank is None:
        raise ContentError(faults)
    return bank.to(lang)


def read_bank(folder: Path) -> tuple[Bank | None, list[Fault]]:
    """The bank in a folder with all faults of all its files; no bank when there is nothing to read."""
    if not (folder / "bank.toml").is_file():
        return None, [fault(str(folder), "", "", "not-a-folder" if not folder.is_dir() else "no-bank-file")]
    faults: list[Fault] = []
    tables = {path.stem: read_toml(path, f"{folder}/", faults) for path in sorted(folder.glob("*.toml"))}
    bank, found = decode(as_document(tables), str(folder))
    if bank.name != folder.resolve().name:
        found.append(fault(f"{folder}/bank.toml", "", "name", "wrong-name", folder=folder.resolve().name))
    found += unknown_codes(bank, folder)
    unread = {each.file for each in faults}
    found = [each for each in found if each.file not in unread]
    return bank, faults + [each for each in found if not (unread and each.code in ACROSS_FILES)]


def thaw_bank(frozen: bytes) -> Bank:
    """The bank that a round froze; what is checked today does not touch what was accepted then."""
    found = [decode(document)[0] for document in json.loads(frozen)]
    return found[0] if len(found) == 1 else combine(*found)


def read_toml(path: Path, folder: str, faults: list[Fault]) -> Mapping[str, object]:
    try:
        return plain(tomllib.loads(path.read_text(encoding="utf-8-sig")))  # editors on Windows add a BOM
    except (OSError, UnicodeDecodeError) as error:
        faults.append(fault(folder + path.name, "", "", "unreadable", reason=error))
    except tomllib.TOMLDecodeError as error:
        faults.append(fault(folder + path.name, "", "", "bad-toml", reason=error))
    return {}


def plain(table: Mapping[str, object]) -> dict[str, object]:
    """A TOML table as JSON can hold it: text in NFC, dates as ISO text."""
    return {unicodedata.normalize("NFC", name): plain_value(value) for name, value in table.items()}


def plain_value(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain_value(each) for each in value]
    return plain(value) if isinstance(value, dict) else value


def as_document(tables: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """The files of a folder by what they are: ``name.toml`` and its overlays ``name.<lang>.toml``."""
    overlays: dict[str, dict[str, object]] = {}
    for stem, table in tables.items():
        name, dot, lang = stem.partition(".")
        if dot:
            overlay = overlays.setdefault(lang, {"topics": {}})
            topics = overlay["topics"]
            assert isinstance(topics, dict)
            overlay.update({"bank": table}) if name == "bank" else topics.update({name: table})
    originals = {stem: table for stem, table in tables.items() if "." not in stem}
    return {
        "bank": originals.pop("bank"),
        "sources": originals.pop("sources", {}),
        "topics": originals,
        "overlays": overlays,
    }


@cache
def known_codes() -> frozenset[str]:
    """Every ``list:code`` of the competence and scam lists that items may name."""
    lists = tomllib.loads((BUNDLED / "codes.toml").read_text(encoding="utf-8"))
    return frozenset(f"{name}:{code}" for name in lists for code in part(lists[name], "codes"))


def unknown_codes(bank: Bank, folder: Path) -> list[Fault]:
    named = [
        (item.topic, f"item {item.id}", field, code)
        for item in bank.to("vi").items
        for field, codes in (("competences", item.competences), ("forms", item.forms))
        for code in codes
    ]
    named += [(topic.id, "lesson", "forms", code) for topic in bank.topics for code in topic.lesson.forms]
    return [
        fault(f"{folder}/{topic}.toml", place, field, "unknown-code", code=code)
        for topic, place, field, code in named
        if code not in known_codes()
    ]
