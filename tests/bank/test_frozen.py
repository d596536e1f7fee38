"""What is frozen is kept: same bytes, same hash, same bank, in whatever language it is seen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlib.bank.bank import Bank, combine
from quizlib.bank.decode import decode_blueprint
from quizlib.bank.reader import banks, load_bank, thaw_bank
from quizlib.bank.table import Page
from quizlib.errors import ContentError
from quizlib.exam.draw import draw
from tests.builders import a_bank, a_blueprint_table, a_document, an_item_table, an_overlay, write_bank

TABLES = (an_item_table(stem="{sum} đồng?", row=[{"sum": "1"}]), an_item_table("money-2", stimulus="s"))


def a_bilingual_bank() -> Bank:
    overlay = an_overlay(*TABLES)
    return a_bank(*TABLES, overlays={"en": overlay}, languages=["vi", "en"])


def two_banks() -> tuple[Bank, Bank]:
    return a_bank(name="first"), a_bank(an_item_table("law-1", topic="law"), name="second", cut=80)


def test_a_thawed_bank_freezes_to_the_same_bytes() -> None:
    bank = a_bilingual_bank()

    thawed = thaw_bank(bank.frozen)

    assert (thawed.frozen, thawed.hash) == (bank.frozen, bank.hash)
    assert thawed == bank


def test_the_language_a_bank_is_seen_in_does_not_change_its_hash() -> None:
    bank = a_bilingual_bank()

    hashes = {bank.to(lang).hash for lang in ("vi", "en", "km")}

    assert hashes == {bank.hash}


def test_any_text_in_any_language_changes_the_hash() -> None:
    bank = a_bilingual_bank()
    reworded = an_overlay(*TABLES, about="Other words.")

    other = a_bank(*TABLES, overlays={"en": reworded}, languages=["vi", "en"])

    assert other.hash != bank.hash


def test_the_order_of_fields_in_a_file_does_not_change_the_hash(tmp_path: Path) -> None:
    document = a_document()
    backwards = document | {"bank": dict(reversed(document["bank"].items()))}

    hashes = [
        load_bank(write_bank(tmp_path / place / "sample", each)).hash
        for place, each in (("there", document), ("back", backwards))
    ]

    assert hashes[0] == hashes[1]


def test_frozen_bytes_are_plain_json_in_utf_8() -> None:
    frozen = a_bilingual_bank().frozen

    assert "Câu hỏi money-2?" in frozen.decode()
    assert (
        json.dumps(json.loads(frozen), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        == frozen
    )


@pytest.mark.parametrize("name", banks())
def test_bundled_banks_survive_freezing(name: str) -> None:
    bank = load_bank(name)

    thawed = thaw_bank(bank.frozen)

    assert thawed == bank


def test_what_was_accepted_once_is_thawed_even_if_it_would_be_refused_today() -> None:
    document = a_document(an_item_table(competences=["a-list-of-old:1"]))
    frozen = json.dumps([document]).encode()

    bank = thaw_bank(frozen)

    assert [item.id for item in bank.items] == ["money-1"]


def test_the_hash_is_the_same_in_every_process() -> None:
    command = "from quizlib import load_bank, banks; print([load_bank(name).hash for name in banks()])"

    told = {
        subprocess.run(
            [sys.executable, "-c", command],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert told == {f"{[load_bank(name).hash for name in banks()]}\n"}


def test_combined_banks_keep_their_topics_apart() -> None:
    first, second = two_banks()

    both = combine(first, second)

    assert (both.name, both.cut) == ("first+second", 80)
    assert [topic.id for topic in both.topics] == ["first/money", "second/law"]
    assert [(item.id, item.topic) for item in both.items] == [
        ("money-1", "first/money"),
        ("law-1", "second/law"),
    ]
    assert all(source in both.sources for item in both.items for source in item.sources)


def test_combined_banks_thaw_to_the_same_bank() -> None:
    both = combine(*two_banks())

    thawed = thaw_bank(both.frozen)

    assert thawed == both
    assert thawed.frozen == both.frozen


def test_one_bank_combined_is_that_bank() -> None:
    bank = a_bank()

    assert combine(bank) is bank


def test_an_item_in_two_banks_is_refused_with_both_places() -> None:
    banks_with_one_id = a_bank(name="first"), a_bank(name="second")

    with pytest.raises(ContentError) as refusal:
        combine(*banks_with_one_id)

    assert [(fault.file, fault.place, fault.code) for fault in refusal.value.faults] == [
        ("first/money.toml", "item money-1", "item-twice"),
        ("second/money.toml", "item money-1", "item-twice"),
    ]


def test_a_paper_can_be_drawn_over_combined_banks() -> None:
    both = combine(*two_banks())
    quotas = a_blueprint_table(quotas={"first/money": 1, "second/law": 1})
    blueprint = decode_blueprint(quotas, Page("rules.toml"))

    paper = draw(both, blueprint, "seed")

    assert {item.id for item in paper.items} == {"money-1", "law-1"}


def test_reserved_is_reserved_in_any_company() -> None:
    first, second = a_bank(name="first", reserved=True), two_banks()[1]

    assert combine(first, second).reserved
    assert not combine(*two_banks()).reserved
