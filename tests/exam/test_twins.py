"""Two papers of one person have no item in common, and the halves they come from are alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item
from quizlib.exam.draw import draw
from quizlib.exam.paper import DRAW_VERSION, Paper
from quizlib.exam.twins import HALVES, half_of, halves, twin_seed
from tests.builders import Raw, a_bank, a_blueprint_table, an_item_table

LEVELS = ["easy", "medium", "hard"]
ITEMS = [
    an_item_table(
        f"{topic}-{each}", topic=topic, difficulty=LEVELS[each % 3], verdict=["scam", "genuine"][each % 2]
    )
    for topic in ("money", "law")
    for each in range(24)
]
PAIRS = [an_item_table(f"news-{each}", topic="news", stimulus=f"sms-{each // 2}") for each in range(16)]
PLAN = a_blueprint_table(quotas={"money": 3, "law": 3, "news": 2}, genuine=[2, 4])

# A change here means that papers already drawn would change: raise DRAW_VERSION and keep the old halves.
GOLDEN = {
    "A seed": "76d5c8d771fe189f9ace35c8718bfd89442ae5f9b00d2c9982db9981da190bde",
    "B seed": "d1a5d64ed0bdccbd0e9d01ddb47a98d3163ab8b8e8e2421f508edb4f9a2081d5",
}


def a_twins_bank(*changed: Raw, **changes: object) -> Bank:
    return a_bank(*(changed or (*ITEMS, *PAIRS)), **{"blueprint": [PLAN], **changes})


def paper(bank: Bank, seed: str) -> Paper:
    return draw(bank, half_of(bank, bank.blueprints["all"], seed), seed)


def ids(drawn: Paper) -> set[str]:
    return {item.id for item in drawn.items}


def items_of(bank: Bank, half: int) -> list[Item]:
    plan = halves(bank, bank.blueprints["all"])[half]
    return [item for item in bank.items if item.id not in plan.excluded]


def test_nobody_meets_an_item_twice() -> None:
    bank = a_twins_bank()

    for number in range(100):
        before, after = (paper(bank, twin_seed(f"-{number}{n}", f"person {number}", n)) for n in (1, 2))
        assert ids(before).isdisjoint(ids(after))
        assert len(ids(before)) == len(ids(after)) == 8
        assert before.max_points == after.max_points


def test_half_the_people_meet_either_half_first() -> None:
    firsts = Counter(twin_seed("-", f"person {number}", 1) for number in range(1000))

    assert firsts.keys() == set(HALVES)
    assert 450 < firsts["A"] < 550
    assert all(twin_seed("-", str(n), 1) != twin_seed("-", str(n), 2) for n in range(100))


def test_the_rest_of_a_seed_stays() -> None:
    assert twin_seed("0123abc", "Nguyễn Thị Lan", 1)[1:] == "123abc"


def test_halves_are_alike_in_topic_difficulty_and_verdict() -> None:
    bank = a_twins_bank()

    a, b = (Counter((i.topic, i.difficulty, i.verdict) for i in items_of(bank, half)) for half in (0, 1))

    assert a == b


def test_halves_cover_the_bank_and_keep_sets_together() -> None:
    bank = a_twins_bank()

    a, b = ({item.id for item in items_of(bank, half)} for half in (0, 1))

    assert a | b == {item.id for item in bank.items}
    assert a.isdisjoint(b)
    assert all((f"news-{each}" in a) == (f"news-{each + 1}" in a) for each in range(0, 16, 2))


def test_odd_numbers_leave_the_halves_one_set_apart_in_all() -> None:
    odd = [an_item_table(f"{topic}-{n}", topic=topic) for topic in ("money", "law", "news") for n in range(5)]
    bank = a_twins_bank(*odd)

    assert sorted(len(items_of(bank, half)) for half in (0, 1)) == [7, 8]


def test_what_the_blueprint_leaves_out_stays_out() -> None:
    bank = a_twins_bank()
    plan = replace(bank.blueprints["all"], excluded=("money-1", "news-2"))

    drawn = {i for n in range(60) for h in HALVES for i in ids(draw(bank, half_of(bank, plan, h), f"{h}{n}"))}

    assert drawn.isdisjoint({"money-1", "news-2"})


@pytest.mark.parametrize("seed", GOLDEN)
def test_a_seed_gives_the_twin_it_gave_on_the_first_day(seed: str) -> None:
    assert (paper(a_twins_bank(), seed).digest, DRAW_VERSION) == (GOLDEN[seed], 1)


def test_keys_and_language_change_no_twin() -> None:
    other = a_twins_bank(*(each | {"key": ["b"]} for each in (*ITEMS, *PAIRS)))

    for seed in ("A1", "B1", "A2", "B2"):
        assert paper(other, seed).digest == paper(a_twins_bank(), seed).digest
        assert paper(a_twins_bank().to("en"), seed).digest == paper(a_twins_bank(), seed).digest
