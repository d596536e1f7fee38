"""Real values for tests: items, bank documents, banks and folders of bank files, each with one call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quizlib.bank.bank import Bank
from quizlib.bank.decode import decode
from quizlib.bank.item import Item, Option
from quizlib.bank.kinds import KINDS

Raw = dict[str, Any]


def options(ids: Iterable[str], fixed: str = "") -> tuple[Option, ...]:
    """``options("abc")``: one option a letter, those in ``fixed`` keeping their place."""
    return tuple(Option(each, f"Phương án {each}", f"Lý do {each}", each in fixed) for each in ids)


def an_item(**changes: Any) -> Item:
    """A choice item of the topic ``money`` with options a, b, c and the key a; any field may change."""
    scheme = KINDS[changes.get("kind", "choice")].scheme
    return replace(a_bank().items[0], **{"scheme": scheme, **changes})


def an_item_table(item_id: str = "money-1", **changes: Any) -> Raw:
    """An item as a topic file writes it; ``None`` leaves a field out, ``topic`` says which file it is in."""
    table = {
        "id": item_id,
        "version": 1,
        "kind": "choice",
        "stem": f"Câu hỏi {item_id}?",
        "level": 1,
        "difficulty": "easy",
        "verdict": "none",
        "competences": ["digcomp-3.0:4.2"],
        "audience": ["everyone"],
        "sources": ["gazette"],
        "valid_from": "2020-01-01",
        "review_by": "2090-01-01",
        "key": ["a"],
        "explanation": f"Lời giải {item_id}.",
        "option": option_tables("abc"),
    }
    return {name: value for name, value in (table | changes).items() if value is not None}


def option_tables(ids: Iterable[str], **changes: Any) -> list[Raw]:
    return [
        {"id": each, "text": f"Phương án {each}", "rationale": f"Lý do {each}", **changes} for each in ids
    ]


def a_stimulus_table(stimulus_id: str, **changes: Any) -> Raw:
    parts = [
        {"id": "from", "role": "sender", "text": "Số lạ"},
        {"id": "text", "role": "body", "text": f"Tin nhắn {stimulus_id}"},
    ]
    return {"id": stimulus_id, "channel": "sms", "part": parts} | changes


def a_blueprint_table(name: str = "all", quotas: Mapping[str, int] | None = None, **changes: Any) -> Raw:
    wanted = [{"topic": topic, "count": count} for topic, count in (quotas or {"money": 1}).items()]
    return {"name": name, "title": f"Đề {name}", "quota": wanted} | changes


def a_document(*items: Raw, overlays: Mapping[str, Raw] | None = None, **head: Any) -> Raw:
    """A sound bank's document (its files as one mapping), with one item if none is given.

    Topics and stimuli are those that the items name; ``head`` changes fields of ``bank.toml``.
    """
    tables = items or (an_item_table(),)
    topics: dict[str, Raw] = {}
    for table in tables:
        file = topics.setdefault(
            table.get("topic", "money"), {"lesson": {"remember": "Điều cần nhớ."}, "stimulus": [], "item": []}
        )
        file["item"].append({name: value for name, value in table.items() if name != "topic"})
        stimulus = table.get("stimulus")
        if stimulus and stimulus not in [each["id"] for each in file["stimulus"]]:
            file["stimulus"].append(a_stimulus_table(stimulus))
    bank = {
        "name": "sample",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "cut": 70,
        "title": "Bộ mẫu",
        "about": "Để thử.",
        "topic": [{"id": topic, "title": f"Chủ đề {topic}"} for topic in topics],
        "blueprint": [a_blueprint_table(quotas=dict.fromkeys(topics, 1))],
    }
    source = {"publisher": "Báo", "title": "Bài", "address": "https://example.org/1", "read": True}
    return {
        "bank": {name: value for name, value in (bank | head).items() if value is not None},
        "sources": {"gazette": source},
        "topics": topics,
        "overlays": dict(overlays or {}),
    }


def an_overlay(*items: Raw, **head: Any) -> Raw:
    """The complete English texts of ``a_document(*items)``."""
    tables = items or (an_item_table(),)
    topics: dict[str, Raw] = {}
    for table in tables:
        file = topics.setdefault(
            table.get("topic", "money"), {"lesson": {"remember": "To remember."}, "items": {}}
        )
        ids = [option["id"] for option in table.get("option", ())]
        file["items"][table["id"]] = {
            "stem": f"Question {table['id']}?",
            "explanation": f"Answer to {table['id']}.",
            "options": {each: f"Option {each}" for each in ids},
            "rationales": {each: f"Reason {each}" for each in ids},
            "clues": {clue["part"]: f"Sign {clue['part']}" for clue in table.get("clue", ())},
        }
    texts = {
        "title": "Sample",
        "about": "To try.",
        "topics": {topic: f"Topic {topic}" for topic in topics},
        "blueprints": {"all": "Paper all"},
    }
    return {"bank": texts | head, "topics": topics}


def a_bank(*items: Raw, **changes: Any) -> Bank:
    """The bank of ``a_document(*items, **changes)``, known to be sound."""
    bank, faults = decode(a_document(*items, **changes))
    assert not faults, faults
    return bank


def write_bank(folder: Path, document: Raw | None = None, **files: str) -> Path:
    """Write a document's TOML files into ``folder``; ``files`` are further texts by their stem."""
    document = document or a_document(name=folder.name)
    tables = {"bank": document["bank"], "sources": document["sources"], **document["topics"]}
    for lang, overlay in document["overlays"].items():
        tables |= {f"{name}.{lang}": table for name, table in overlay["topics"].items()}
        tables[f"bank.{lang}"] = overlay["bank"]
    texts = {
        name: "".join(f"{key(each)} = {toml(table[each])}\n" for each in table)
        for name, table in tables.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (texts | files).items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def toml(value: object) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(name)} = {toml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
