"""JSON Schemas of the bank files, made from the reader's own fields, for completion in editors."""

from __future__ import annotations

from collections.abc import Mapping

from quizlib.bank import fields
from quizlib.bank.fields import Field

Schema = dict[str, object]
TEXT: Schema = {"type": "string", "minLength": 1}
ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$"}
SHAPES: dict[str, Schema] = {
    "id": ID,
    "text": TEXT,
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
    "ids": {"type": "array", "items": ID},
    "texts": {"type": "array", "items": TEXT},
    "wholes": {"type": "array", "items": {"type": "integer"}},
    "table": {"type": "object"},
    "tables": {"type": "array", "items": {"type": "object"}},
}
NESTED: dict[tuple[str, str], Mapping[str, Field]] = {
    ("topic-file", "lesson"): fields.LESSON,
    ("topic-file", "stimulus"): fields.STIMULUS,
    ("topic-file", "item"): fields.ITEM,
    ("stimulus", "part"): fields.PART,
    ("item", "option"): fields.OPTION,
    ("item", "clue"): fields.CLUE,
    ("bank", "topic"): fields.TOPIC,
    ("bank", "blueprint"): fields.BLUEPRINT,
    ("blueprint", "quota"): fields.QUOTA,
}


def schemas() -> dict[str, Schema]:
    """The schema of each sort of file: ``bank``, ``topic`` and ``sources``."""
    draft = {"$schema": "https://json-schema.org/draft-07/schema#"}
    source = table("source", fields.SOURCE)
    return {
        "bank": draft | table("bank", fields.BANK),
        "topic": draft | table("topic-file", fields.TOPIC_FILE),
        "sources": draft | {"type": "object", "additionalProperties": source},
    }


def table(name: str, wanted: Mapping[str, Field]) -> Schema:
    return {
        "type": "object",
        "properties": {key: value(name, key, field) for key, field in wanted.items()},
        "required": [key for key, field in wanted.items() if field.required and key not in fields.UNSCORED],
        "additionalProperties": False,
    }


def value(name: str, key: str, field: Field) -> Schema:
    nested = NESTED.get((name, key))
    if nested is not None:
        inner = table(key, nested)
        return inner if field.shape == "table" else {"type": "array", "items": inner}
    if field.choices:
        choice: Schema = {"enum": list(field.choices)}
        return {"type": "array", "items": choice} if field.shape == "ids" else choice
    return SHAPES[field.shape]
