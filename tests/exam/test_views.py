"""What a page may show before marking holds nothing that gives the answer away (law 1)."""

import json
from dataclasses import fields

from quizlib.bank.item import Item
from quizlib.exam.draw import draw
from quizlib.exam.paper import ItemView, view
from quizlib.exam.score import mark
from tests.builders import Raw, a_bank, a_blueprint_table, an_item_table

SECRET = {
    "explanation": "bí-mật-lời-giải",
    "verdict": "scam",
    "tactic": "urgency",
    "tolerance": "0.25",
    "clue": [{"part": "text", "text": "bí-mật-dấu-hiệu"}],
    "option": [
        {"id": each, "text": f"Phương án {each}", "rationale": f"bí-mật-lý-do-{each}"}
        for each in ("mot", "hai")
    ],
}
WORDS = (
    "key",
    "rationale",
    "verdict",
    "clue",
    "explanation",
    "tactic",
    "tolerance",
    "scheme",
    "difficulty",
    "rows",
)


def items() -> list[Raw]:
    choice = an_item_table("money-1", **SECRET, key=["hai"], stimulus="tin")
    number = an_item_table(
        "money-2", **SECRET | {"option": None}, kind="number", key=["987654"], stimulus="tin"
    )
    return [choice, number]


def shown(*tables: Raw) -> str:
    """All that a paper shows, as JSON."""
    bank = a_bank(*tables, blueprint=[a_blueprint_table(quotas={"money": 2})])
    views = draw(bank, "all", "seed").views()
    return json.dumps([each.to_dict() for each in views], ensure_ascii=False)


def test_no_secret_is_in_what_is_shown() -> None:
    text = shown(*items())

    assert "bí-mật" not in text
    assert "scam" not in text and "urgency" not in text and "987654" not in text and "0.25" not in text
    assert [word for word in WORDS if f'"{word}' in text] == []


def test_banks_that_differ_only_in_secrets_show_the_same_bytes() -> None:
    other_words = [
        table
        | {"explanation": "Khác.", "verdict": "genuine", "tactic": "fear", "clue": []}
        | {"key": ["mot"] if table["kind"] == "choice" else ["1"]}
        | {"option": [option | {"rationale": "Khác."} for option in table.get("option", [])]}
        for table in items()
    ]

    assert shown(*items()) == shown(*other_words)


def test_a_view_has_no_field_that_is_not_known_to_be_harmless() -> None:
    names = {field.name for field in fields(ItemView)}

    assert names == {
        "id", "kind", "topic", "stem", "options", "stimulus", "steps", "unit", "audio", "points",
        "ai_generated", "lang",
    }  # fmt: skip
    assert names < {field.name for field in fields(Item)}


def test_a_view_shows_its_options_in_the_order_of_the_paper() -> None:
    item = a_bank(an_item_table()).items[0]

    seen = view(item, ("c", "a", "b"))

    assert [(option.id, option.text) for option in seen.options] == [
        ("c", "Phương án c"),
        ("a", "Phương án a"),
        ("b", "Phương án b"),
    ]
    assert [option.id for option in view(item).options] == ["a", "b", "c"]


def test_a_view_of_a_template_is_filled() -> None:
    table = an_item_table(stem="Gửi {sum} đồng?", row=[{"sum": "5"}])

    paper = draw(a_bank(table), "all", "seed")

    assert paper.views()[0].stem == "Gửi 5 đồng?"


def test_secrets_come_out_with_the_mark() -> None:
    item = a_bank(*items()).items[0]

    marked = mark(item, ("mot",)).to_dict()

    assert marked["key"] == ("hai",)
    assert marked["rationales"] == {"mot": "bí-mật-lý-do-mot", "hai": "bí-mật-lý-do-hai"}
    assert (marked["explanation"], marked["clues"]) == ("bí-mật-lời-giải", {"text": "bí-mật-dấu-hiệu"})
