"""Real values for tests: items, bank documents, banks and folders of bank files, each with one call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quizlib.bank.bank import Bank
from quizlib.bank.decode import decode
from quizlib.bank.fields import UNSCORED, UNSCORED_KINDS
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


def a_judge_table(item_id: str = "judge-1", verdict: str = "scam", **changes: Any) -> Raw:
    """Scam or genuine; one clue, on the part ``text``."""
    usual = {"stimulus": item_id, "clue": clue_tables("text"), "key": [verdict, "4"], "option": None}
    return an_item_table(item_id, **{"kind": "judge", "verdict": verdict, **usual, **changes})


def a_clues_table(item_id: str = "clues-1", **changes: Any) -> Raw:
    """Both parts of the stimulus are clues."""
    usual = {"stimulus": item_id, "clue": clue_tables("from", "text"), "key": ["from", "text"]}
    return an_item_table(
        item_id, **{"kind": "clues", "verdict": "scam", "points": 2, "option": None, **usual, **changes}
    )


def an_action_table(item_id: str = "action-1", **changes: Any) -> Raw:
    """a is safe, b not enough, c harmful."""
    acts = [table | {"harm": harm} for harm, table in enumerate(option_tables("abc"))]
    return an_item_table(item_id, **{"kind": "action", "points": 2, "option": acts, **changes})


def a_scenario_table(item_id: str = "story-1", **changes: Any) -> Raw:
    """Three steps; a leads past the second one, and only a, e gathers all three points."""
    steps = [
        step_table("s1", choice_table("a", "s3", points=2), choice_table("b", "s2")),
        step_table("s2", choice_table("c", "s3", cost=5_000_000), choice_table("d", "s3", points=1)),
        step_table("s3", choice_table("e", points=1), choice_table("f", cost=1_000_000)),
    ]
    usual = {"kind": "scenario", "points": 3, "key": ["a", "e"], "step": steps, "option": None}
    return an_item_table(item_id, **{**usual, **changes})


def a_scale_table(item_id: str = "scale-1", **changes: Any) -> Raw:
    """Five steps, of which nothing is secret."""
    steps = [{"id": each, "text": f"Phương án {each}"} for each in "12345"]
    return unscored_table(item_id, **{"kind": "scale", "option": steps, **changes})


def a_comment_table(item_id: str = "comment-1", **changes: Any) -> Raw:
    return unscored_table(item_id, **{"kind": "comment", **changes})


def unscored_table(item_id: str, **changes: Any) -> Raw:
    table = {name: value for name, value in an_item_table(item_id).items() if name not in UNSCORED}
    return {name: value for name, value in (table | {"option": None} | changes).items() if value is not None}


def step_table(step_id: str, *choices: Raw) -> Raw:
    return {"id": step_id, "text": f"Bước {step_id}", "choice": list(choices)}


def choice_table(choice_id: str, following: str = "", **changes: Any) -> Raw:
    onward = {"next": following} if following else {}
    return {
        "id": choice_id, "text": f"Phương án {choice_id}", "says": f"Hóa ra {choice_id}", **onward, **changes
    }  # fmt: skip


def clue_tables(*parts: str) -> list[Raw]:
    return [{"part": each, "text": f"Dấu hiệu {each}"} for each in parts]


def a_stimulus_table(stimulus_id: str, **changes: Any) -> Raw:
    parts = [
        {"id": "from", "role": "sender", "text": "Số lạ", "detail": f"Xem kỹ {stimulus_id}"},
        {"id": "text", "role": "body", "text": f"Tin nhắn {stimulus_id}"},
    ]
    return {"id": stimulus_id, "channel": "sms", "part": parts} | changes


def one_of_each_kind() -> tuple[Raw, ...]:
    """Sound item tables, the key of each giving full marks; the last two are never marked."""
    return (
        an_item_table("choice-1"),
        an_item_table("multiple-1", kind="multiple", key=["a", "b"], points=2),
        an_item_table("order-1", kind="order", key=["c", "a", "b"], points=2),
        an_item_table("number-1", kind="number", key=["1500000"], option=None),
        a_judge_table(),
        a_clues_table(),
        an_action_table(),
        a_scenario_table(),
        a_scale_table(),
        a_comment_table(),
    )


def a_lesson_table(**changes: Any) -> Raw:
    """A whole lesson; ``None`` leaves a field out."""
    table = {
        "remember": "Điều cần nhớ.",
        "about": "Chuyện này là gì. Ai hay gặp. Vì sao.",
        "signs": ["Dấu hiệu một.", "Dấu hiệu hai.", "Dấu hiệu ba."],
        "steps": ["Dừng lại.", "Gọi lại.", "Kể cho con cháu."],
        "aftermath": "Gọi ngân hàng trước.",
        "genuine": "Đồ thật thì không giục.",
        "situations": ["Có người gọi", "Có tin lạ", "Có người giục"],
        "sources": ["gazette"],
        "review_by": "2090-01-01",
    }
    return {name: value for name, value in (table | changes).items() if value is not None}


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
            table.get("topic", "money"), {"lesson": a_lesson_table(), "stimulus": [], "item": []}
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


LESSON_IN_ENGLISH = {
    "remember": "To remember.",
    "about": "What this is. Who meets it. Why.",
    "signs": ["Sign one.", "Sign two.", "Sign three."],
    "steps": ["Stop.", "Call back.", "Tell your children."],
    "aftermath": "Call the bank first.",
    "genuine": "The real thing never hurries you.",
    "situations": ["Somebody calls", "A strange message", "Somebody in a hurry"],
}


def an_overlay(*items: Raw, **head: Any) -> Raw:
    """The complete English texts of ``a_document(*items)``."""
    tables = items or (an_item_table(),)
    topics: dict[str, Raw] = {}
    for table in tables:
        file = topics.setdefault(
            table.get("topic", "money"), {"lesson": dict(LESSON_IN_ENGLISH), "items": {}}
        )
        ids = [option["id"] for option in table.get("option", ())]
        steps = table.get("step", ())
        ways = [choice["id"] for step in steps for choice in step["choice"]]
        scored = table["kind"] not in UNSCORED_KINDS
        file["items"][table["id"]] = {
            "stem": f"Question {table['id']}?",
            **({"explanation": f"Answer to {table['id']}."} if scored else {}),
            "options": {each: f"Option {each}" for each in ids},
            "rationales": {each: f"Reason {each}" for each in ids if scored},
            "clues": {clue["part"]: f"Sign {clue['part']}" for clue in table.get("clue", ())},
            "steps": {step["id"]: f"Step {step['id']}" for step in steps},
            "choices": {each: f"Option {each}" for each in ways},
            "says": {each: f"As it turns out {each}" for each in ways},
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
