"""Before a round opens, whatever would keep a contestant from a fair paper is told to its author."""

from dataclasses import replace
from datetime import date

import pytest

from quizlib.bank.decode import decode_blueprint
from quizlib.bank.table import Page
from quizlib.exam.feasible import blueprint_faults, without_stale
from tests.builders import Raw, a_bank, a_blueprint_table, an_item_table

TODAY = date(2026, 11, 21)
THREE = [an_item_table(f"money-{number}") for number in (1, 2, 3)]
OVERLAPPING = [
    {"topic": "money", "count": 1},
    {"topic": "money", "count": 1, "difficulty": "easy"},
]
APART = [
    {"topic": "money", "count": 1, "difficulty": "easy"},
    {"topic": "money", "count": 1, "difficulty": "hard"},
]

# (code, field, values, items, blueprint)
CASES = [
    ("quota-too-large", "quota", {"topic": "money", "wanted": "4", "found": "3"}, THREE,
     a_blueprint_table(quotas={"money": 4})),
    ("quota-too-large", "quota", {"topic": "money", "wanted": "3", "found": "2"},
     [*THREE[:2], an_item_table("money-3", retired=True)], a_blueprint_table(quotas={"money": 3})),
    ("quotas-overlap", "quota", {"topic": "money", "item": "money-1"}, THREE,
     a_blueprint_table(quota=OVERLAPPING)),
    ("points-differ", "quota", {"topic": "money"}, [*THREE, an_item_table("money-4", points=2)],
     a_blueprint_table()),
    ("fixed-not-usable", "fixed", {"item": "money-9"}, THREE, a_blueprint_table(fixed=["money-9"])),
    ("fixed-not-usable", "fixed", {"item": "law-1"}, [*THREE, an_item_table("law-1", topic="law")],
     a_blueprint_table(fixed=["law-1"])),
    ("too-few-genuine", "genuine", {"wanted": "1", "found": "0"}, THREE, a_blueprint_table(genuine=[1, 1])),
    ("no-paper", "quota", {}, [each | {"stimulus": "sms"} for each in THREE],
     a_blueprint_table(quotas={"money": 2})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "field", "values", "items", "blueprint"), CASES, ids=[case[0] for case in CASES]
)
def test_an_impossible_or_unfair_blueprint_is_told_with_its_reason(
    code: str, field: str, values: dict[str, str], items: list[Raw], blueprint: Raw
) -> None:
    bank = a_bank(*items, blueprint=[blueprint])

    faults = blueprint_faults(bank, bank.blueprints["all"], "sample/bank.toml")

    assert (code, field, values) in [(each.code, each.field, dict(each.values)) for each in faults]
    assert {(each.file, each.place) for each in faults} == {("sample/bank.toml", "blueprint all")}
    assert all(each.say("vi") and each.say("en") for each in faults)


def test_a_blueprint_that_can_be_met_has_no_fault() -> None:
    items = [*THREE, an_item_table("money-4", difficulty="hard")]
    bank = a_bank(*items, blueprint=[a_blueprint_table(quota=APART)])

    faults = blueprint_faults(bank, bank.blueprints["all"])

    assert faults == ()


def test_quotas_of_one_topic_that_do_not_overlap_are_not_blamed_for_others_that_do() -> None:
    items = [*THREE, an_item_table("money-4", difficulty="hard"), an_item_table("law-1", topic="law")]
    law = [{"topic": "law", "count": 1}, {"topic": "law", "count": 1, "level": 1}]
    bank = a_bank(*items, blueprint=[a_blueprint_table(quota=[*APART, *law])])

    faults = blueprint_faults(bank, bank.blueprints["all"])

    blamed = [dict(each.values)["topic"] for each in faults if each.code == "quotas-overlap"]
    assert blamed == ["law"]


def test_stale_and_not_yet_valid_items_are_left_out_of_a_round() -> None:
    items = [
        *THREE,
        an_item_table("money-4", review_by="2026-11-21"),
        an_item_table("money-5", valid_from="2026-11-22"),
        an_item_table("money-6", review_by="2026-11-22", valid_from="2026-11-21"),
    ]
    bank = a_bank(*items)

    plan = without_stale(bank, replace(bank.blueprints["all"], excluded=("money-1",)), TODAY)

    assert plan.excluded == ("money-1", "money-4", "money-5")


def test_a_blueprint_reads_back_from_what_it_writes() -> None:
    blueprint = decode_blueprint(a_blueprint_table(quota=APART, fixed=["money-1"], genuine=[0, 2]), Page("x"))

    again = decode_blueprint(blueprint.to_dict(), Page("x"))

    assert again == blueprint
