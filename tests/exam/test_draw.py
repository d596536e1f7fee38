"""A paper is a pure function of bank, blueprint and seed, on every machine and in every language."""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from quizlib.bank.bank import Bank
from quizlib.errors import QuizError, QuotaError
from quizlib.exam.draw import draw, option_order
from tests.builders import (
    Raw,
    a_bank,
    a_blueprint_table,
    a_comment_table,
    a_scale_table,
    an_item,
    an_item_table,
    an_overlay,
    option_tables,
    options,
)

ROWS = [{"sum": str(number)} for number in range(5)]

# Every feature of a draw in nine items: sets, an enemy, a template, a fixed option, two quotas.
SMALL = (
    an_item_table("money-1", stimulus="sms", verdict="scam"),
    an_item_table("money-2", stimulus="sms", verdict="scam", difficulty="medium"),
    an_item_table("money-3", difficulty="hard", enemies=["law-2"]),
    an_item_table("money-4", option=[*option_tables("abc"), *option_tables("d", fixed=True)]),
    an_item_table("money-5", difficulty="medium", stem="{sum} đồng?", row=ROWS),
    an_item_table("law-1", topic="law", kind="order", key=["b", "c", "a"], points=2),
    an_item_table("law-2", topic="law", kind="multiple", key=["a", "c"], points=2, difficulty="hard"),
    an_item_table("law-3", topic="law", points=2, verdict="genuine"),
    an_item_table("law-4", topic="law", points=2, verdict="genuine", difficulty="hard"),
)
SMALL_BLUEPRINT = a_blueprint_table(quotas={"money": 3, "law": 2}, genuine=[1, 2])

# A change here means that papers already drawn would change: raise DRAW_VERSION and keep the old draw.
GOLDEN = {
    "seed 1": "864c4f05c53ed45daeb608c60a85c941aa0d683ddcda211a083a256c15ec0817",
    "seed 2": "7d4431362990d785560a7953627eca770783642a75d6dfbb9299418f877895b9",
    "hạt giống": "8a5546798d47179898a9de999dc7c1d329c9b6bb755fa13c5d18edac74d32b49",
}


def a_small_bank(*items: Raw, **changes: object) -> Bank:
    tables = items or SMALL
    head = {"blueprint": [SMALL_BLUEPRINT], "languages": ["vi", "en"], **changes}
    return a_bank(*tables, overlays={"en": an_overlay(*tables)}, **head)


def in_another_process(hash_seed: str) -> list[str]:
    command = (
        "from tests.exam.test_draw import GOLDEN, a_small_bank, draw\n"
        "print(*[draw(a_small_bank(), 'all', seed).digest for seed in GOLDEN])"
    )
    done = subprocess.run(
        [sys.executable, "-c", command],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": "."},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("seed", GOLDEN)
def test_a_seed_gives_the_paper_it_gave_on_the_first_day(seed: str) -> None:
    paper = draw(a_small_bank(), "all", seed)

    assert (paper.digest, paper.draw_version) == (GOLDEN[seed], 1)


def test_the_paper_does_not_depend_on_the_process() -> None:
    drawn = [in_another_process(hash_seed) for hash_seed in ("1", "4294967295")]

    assert drawn == [list(GOLDEN.values())] * 2


def test_two_draws_of_one_seed_are_equal_and_of_two_seeds_are_not() -> None:
    bank = a_small_bank()

    first, again, other = (draw(bank, "all", seed) for seed in ("one", "one", "two"))

    assert first == again
    assert first.digest != other.digest


def test_neither_keys_nor_what_is_said_of_them_change_the_paper() -> None:
    def with_other_secrets(table: Raw) -> Raw:
        secrets = [option | {"rationale": "Khác."} for option in table["option"]]
        return table | {"key": table["key"][::-1] if table["kind"] == "order" else ["b"],
                        "points": 2, "explanation": "Khác.", "option": secrets}  # fmt: skip

    bank, other = a_small_bank(), a_small_bank(*map(with_other_secrets, SMALL))

    papers = [(draw(bank, "all", str(seed)), draw(other, "all", str(seed))) for seed in range(20)]

    assert all(paper.digest == another.digest for paper, another in papers)


def test_verdicts_change_no_paper_unless_the_blueprint_asks_for_them() -> None:
    blueprint = a_blueprint_table(quotas={"money": 3, "law": 2})
    scams = [table | {"verdict": "scam"} for table in SMALL]
    bank, other = a_small_bank(blueprint=[blueprint]), a_small_bank(*scams, blueprint=[blueprint])

    papers = [(draw(bank, "all", str(seed)), draw(other, "all", str(seed))) for seed in range(20)]

    assert all(paper.digest == another.digest for paper, another in papers)


def test_the_language_of_the_bank_does_not_change_the_paper() -> None:
    bank = a_small_bank()

    papers = [draw(bank.to(lang), "all", "seed") for lang in ("vi", "en", "km")]

    assert len({paper.digest for paper in papers}) == 1
    assert papers[1].items == papers[0].items_in("en")


def test_a_template_gives_one_of_its_rows_under_its_own_id() -> None:
    bank = a_small_bank()

    drawn = [item for seed in range(60) for item in draw(bank, "all", str(seed)).items if item.rows]

    assert {item.id for item in drawn} == {"money-5"}
    assert {item.stem for item in drawn} == {f"{row['sum']} đồng?" for row in ROWS}
    assert all(
        item.stem == f"{ROWS[item.variant]['sum']} đồng?" for item in drawn if item.variant is not None
    )


def test_every_item_that_can_be_drawn_is_drawn_by_some_seed() -> None:
    bank = a_small_bank()

    drawn = {item.id for seed in range(60) for item in draw(bank, "all", str(seed)).items}

    assert drawn == {item.id for item in bank.items}


def test_options_are_shuffled_and_fixed_ones_keep_their_place() -> None:
    item = an_item(options=options("abcdef", fixed="bf"))

    orders = [option_order(item, str(seed)) for seed in range(200)]

    assert all(sorted(order) == list("abcdef") for order in orders)
    assert {(order[1], order[5]) for order in orders} == {("b", "f")}
    assert len(set(orders)) == 24
    assert all(20 < count < 80 for count in Counter(order[0] for order in orders).values())


def test_the_order_of_options_differs_between_items_of_one_paper() -> None:
    items = [an_item(id=f"money-{number}", options=options("abcdef")) for number in range(20)]

    orders = {option_order(item, "seed") for item in items}

    assert len(orders) > 10


def test_what_is_never_marked_comes_last_and_in_the_order_of_the_file() -> None:
    asked = [a_scale_table(f"scale-{number}") for number in range(1, 5)]
    items = [a_comment_table(), *asked, *(an_item_table(f"money-{number}") for number in range(5))]
    bank = a_bank(*items, blueprint=[a_blueprint_table(quotas={"money": 10})])

    papers = [draw(bank, "all", str(seed)) for seed in range(20)]

    assert {tuple(item.id for item in paper.items[5:]) for paper in papers} == {
        ("comment-1", "scale-1", "scale-2", "scale-3", "scale-4")
    }
    assert len({tuple(item.id for item in paper.items[:5]) for paper in papers}) > 10
    assert {paper.orders["scale-1"] for paper in papers} == {("1", "2", "3", "4", "5")}


def test_excluded_and_retired_items_are_never_drawn() -> None:
    items = [an_item_table(f"money-{number}", retired=number == 1) for number in range(1, 6)]
    bank = a_bank(*items, blueprint=[a_blueprint_table(quotas={"money": 2})])
    plan = replace(bank.blueprints["all"], excluded=("money-2",))

    drawn = {item.id for seed in range(50) for item in draw(bank, plan, str(seed)).items}

    assert drawn == {"money-3", "money-4", "money-5"}


# (why no paper can be drawn, items, blueprint)
IMPOSSIBLE = [
    ("too few items", [an_item_table()], a_blueprint_table(quotas={"money": 2})),
    ("all are enemies",
     [an_item_table(f"money-{each}", enemies=[f"money-{other}" for other in range(12) if other != each])
      for each in range(12)], a_blueprint_table(quotas={"money": 2})),
    ("the fixed ones are enemies",
     [an_item_table("money-1", enemies=["money-2"]), an_item_table("money-2"), an_item_table("money-3")],
     a_blueprint_table(quotas={"money": 2}, fixed=["money-1", "money-2"])),
    ("a fixed one is missing",
     [an_item_table("money-1"), an_item_table("money-2")], a_blueprint_table(fixed=["money-9"])),
    ("a fixed one is retired",
     [an_item_table("money-1", retired=True), an_item_table("money-2")],
     a_blueprint_table(fixed=["money-1"])),
    ("more fixed ones than the quota has",
     [an_item_table("money-1"), an_item_table("money-2")], a_blueprint_table(fixed=["money-1", "money-2"])),
    ("a set is larger than the quota",
     [an_item_table(f"money-{each}", stimulus="sms") for each in range(3)],
     a_blueprint_table(quotas={"money": 2})),
    ("pairs cannot fill an odd quota",
     [an_item_table(f"money-{each}", stimulus=f"sms-{each // 2}") for each in range(40)],
     a_blueprint_table(quotas={"money": 13})),
    ("all genuine ones stand in a quota of one",
     [*(an_item_table(f"money-{each}", verdict="genuine") for each in range(20)),
      *(an_item_table(f"law-{each}", topic="law") for each in range(60))],
     a_blueprint_table(quotas={"money": 1, "law": 15}, genuine=[2, 16])),
    ("too many are genuine",
     [an_item_table(f"money-{each}", verdict="genuine") for each in range(40)],
     a_blueprint_table(quotas={"money": 10}, genuine=[0, 9])),
    ("no topic of that name", [an_item_table()], a_blueprint_table(quotas={"money": 1}, genuine=[1, 1])),
]  # fmt: skip


@pytest.mark.parametrize(("why", "items", "blueprint"), IMPOSSIBLE, ids=[case[0] for case in IMPOSSIBLE])
def test_an_impossible_blueprint_is_refused_quickly(why: str, items: list[Raw], blueprint: Raw) -> None:
    bank = a_bank(*items, blueprint=[blueprint])
    start = time.perf_counter()

    with pytest.raises(QuotaError, match="no paper of the blueprint “all” can be drawn from sample"):
        draw(bank, "all", "seed")

    assert time.perf_counter() - start < 5
    assert issubclass(QuotaError, QuizError)


def test_a_paper_of_twenty_from_eighty_costs_milliseconds() -> None:
    levels = ["easy", "medium", "hard"]
    items = [
        an_item_table(
            f"{topic}-{each}", topic=topic, difficulty=levels[each % 3], verdict=["scam", "genuine"][each % 2]
        )
        for topic in ("money", "law", "news", "phone")
        for each in range(20)
    ]
    quotas = dict.fromkeys(("money", "law", "news", "phone"), 5)
    bank = a_bank(*items, blueprint=[a_blueprint_table(quotas=quotas, genuine=[8, 12])])
    start = time.perf_counter()

    for seed in range(20):
        draw(bank, "all", str(seed))

    assert (time.perf_counter() - start) / 20 < 0.05  # about 0.002 on an idle machine; the rest is patience
