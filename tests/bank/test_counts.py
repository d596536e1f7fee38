"""Counts of live items, by everything a committee asks."""

from datetime import date

from quizlib.bank.counts import counts, coverage
from tests.builders import a_bank, an_item_table, an_overlay

TODAY = date(2026, 11, 21)
TABLES = (
    an_item_table("money-1"),
    an_item_table("money-2", level=2, verdict="scam", review_by="2026-11-21"),
    an_item_table("money-3", valid_from="2026-11-22"),
    an_item_table("money-4", retired=True),
)


def test_live_items_are_counted_by_each_property() -> None:
    bank = a_bank(*TABLES)

    found = counts(bank, TODAY)

    assert found["topic"] == {"money": 3}
    assert found["level"] == {"1": 2, "2": 1}
    assert found["verdict"] == {"none": 2, "scam": 1}
    assert found["state"] == {"live": 3, "not yet valid": 1, "retired": 1, "stale": 1}


def test_languages_count_only_what_is_really_translated() -> None:
    bank = a_bank(*TABLES, overlays={"km": an_overlay(TABLES[0], TABLES[3])})

    found = counts(bank, TODAY)

    assert found["language"] == {"km": 1, "vi": 3}


def test_what_a_bank_covers_is_counted_by_form_and_competence() -> None:
    bank = a_bank(
        an_item_table("money-1", verdict="scam", forms=["ais24-2023:romance"]),
        an_item_table("money-2", level=2),
        an_item_table("money-3", retired=True),
    )

    found = coverage(bank)

    assert found["ais24-2023:romance"] == {"items": 1, "scam": 1, "level 1": 1}
    assert found["digcomp-3.0:4.2"] == {"items": 2, "scam": 1, "none": 1, "level 1": 1, "level 2": 1}
