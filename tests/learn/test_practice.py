"""Practice papers: as near to the wish as what is free allows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item
from quizlib.learn.practice import LENGTHS, Wish, can_practise, free_items, practice_paper
from tests.builders import Raw, a_bank, a_judge_table, an_action_table, an_item_table

SEEDS = [f"seed-{number}" for number in range(12)]


def a_judge(number: int, **changes: object) -> Raw:
    """Every other one genuine."""
    return a_judge_table(f"judge-{number}", "genuine" if number % 2 else "scam", **changes)


def a_bank_to_practise() -> Bank:
    """Twelve judgements of messages, a pair about one call, and three questions of another topic."""
    tactics = ("urgency", "fear", "greed")
    judges = [a_judge(number, tactic=tactics[number % 3]) for number in range(12)]
    pair = [
        a_judge_table("pair-1", stimulus="call", topic="calls", tactic="authority"),
        an_action_table("pair-2", stimulus="call", topic="calls", tactic="fear"),
    ]
    others = [an_item_table(f"law-{number}", topic="law") for number in range(3)]
    return with_channel(a_bank(*judges, *pair, *others), "call", "call")


def with_channel(bank: Bank, stimulus_id: str, channel: str) -> Bank:
    """The bank with another channel of one stimulus."""

    def other(item: Item) -> Item:
        shown = item.stimulus
        if shown is None or shown.id != stimulus_id:
            return item
        return replace(item, stimulus=replace(shown, channel=channel))

    edition = replace(bank.edition, items=tuple(map(other, bank.items)))
    return replace(bank, editions={"vi": edition})


BANK = a_bank_to_practise()


def drawn(
    wish: Wish, seed: str = "seed", withheld: frozenset[str] = frozenset(), bank: Bank = BANK
) -> list[Item]:
    return list(practice_paper(bank, wish, seed, withheld).items)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("seed", SEEDS[:4])
def test_a_paper_is_as_long_as_wished_and_asks_nothing_twice(length: int, seed: str) -> None:
    items = drawn(Wish(length=length), seed)

    assert len(items) == len({item.id for item in items}) == min(length, len(BANK.items))


def test_the_same_seed_gives_the_same_paper_and_another_another() -> None:
    papers = [practice_paper(BANK, Wish(), seed).picks for seed in ("a", "a", *SEEDS)]

    assert papers[0] == papers[1]
    assert len(set(papers)) > 6


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_a_topic_is_kept_to(seed: str) -> None:
    items = drawn(Wish(topic="money"), seed)

    assert {item.topic for item in items} == {"money"}


@pytest.mark.parametrize(("channel", "ids"), [("call", {"pair-1", "pair-2"}), ("sms", None)])
def test_a_channel_is_kept_to(channel: str, ids: set[str] | None) -> None:
    items = drawn(Wish(channel=channel))

    assert {item.stimulus.channel for item in items if item.stimulus} == {channel}
    assert ids is None or {item.id for item in items} == ids


def test_a_topic_that_never_comes_that_way_is_practised_all_the_same() -> None:
    items = drawn(Wish(topic="law", channel="call"))

    assert {item.topic for item in items} == {"law"}


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_the_tactics_wished_come_where_the_bank_has_enough_of_them(seed: str) -> None:
    items = drawn(Wish(topic="money", tactics=frozenset({"urgency", "fear"})), seed)

    assert len(items) == 5
    assert {item.tactic for item in items} <= {"urgency", "fear"}


def test_tactics_that_are_too_few_give_way_to_the_length() -> None:
    items = drawn(Wish(topic="money", tactics=frozenset({"urgency"})))

    assert len(items) == 5


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_what_was_seen_is_avoided_while_there_is_enough_else(seed: str) -> None:
    first = drawn(Wish(topic="money"), seed)

    second = drawn(Wish(topic="money", seen=frozenset(item.id for item in first)), "after")

    assert len(second) == 5
    assert {item.id for item in first}.isdisjoint(item.id for item in second)


def test_what_was_seen_comes_again_when_nothing_else_is_left() -> None:
    everything = frozenset(item.id for item in BANK.items)

    items = drawn(Wish(topic="law", seen=everything))

    assert len(items) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_withheld_is_never_drawn_whatever_is_wished(seed: str) -> None:
    withheld = frozenset(item.id for item in BANK.items if item.topic == "money" and item.tactic != "greed")
    wishes = [
        Wish(length=20),
        Wish(topic="money", length=20),
        Wish(tactics=frozenset({"urgency"}), length=20),
        Wish(seen=frozenset(item.id for item in BANK.items)),
        Wish(channel="sms", length=20),
    ]

    papers = [drawn(wish, seed, withheld) for wish in wishes]

    assert all(papers)
    assert all(withheld.isdisjoint(item.id for item in items) for items in papers)


def test_what_stands_beside_a_withheld_item_is_withheld_with_it() -> None:
    items = drawn(Wish(length=20), withheld=frozenset({"pair-1"}))

    assert {"pair-1", "pair-2"}.isdisjoint(item.id for item in items)


def test_nothing_free_gives_an_empty_paper() -> None:
    withheld = frozenset(item.id for item in BANK.items if item.topic == "calls")

    paper = practice_paper(BANK, Wish(topic="calls", channel="call"), "seed", withheld)

    assert paper.items == ()
    assert not can_practise(BANK, "calls", withheld)
    assert can_practise(BANK, "money", withheld)


@pytest.mark.parametrize("seed", SEEDS)
def test_sets_stay_whole_and_in_their_order(seed: str) -> None:
    wishes = [Wish(length=10), Wish(tactics=frozenset({"fear"})), Wish(topic="calls"), Wish(length=20)]

    pairs = [[item.id for item in drawn(wish, seed) if item.id.startswith("pair")] for wish in wishes]

    assert all(pair in ([], ["pair-1", "pair-2"]) for pair in pairs)
    assert pairs[2] == ["pair-1", "pair-2"]


def test_a_set_is_free_as_a_whole_when_one_of_it_has_the_tactic() -> None:
    found = free_items(BANK, Wish(topic="calls", tactics=frozenset({"fear"})), frozenset())

    assert found == ["pair-1", "pair-2"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("length", [5, 10])
def test_scams_and_genuine_things_are_mixed(seed: str, length: int) -> None:
    items = drawn(Wish(topic="money", length=length), seed)

    genuine = sum(item.verdict == "genuine" for item in items)

    assert length // 3 <= genuine <= length - length // 3


def test_where_nothing_is_genuine_the_paper_is_long_enough_all_the_same() -> None:
    bank = a_bank(*(a_judge_table(f"judge-{number}") for number in range(6)))

    items = drawn(Wish(), bank=bank)

    assert (len(items), {item.verdict for item in items}) == (5, {"scam"})


def test_sets_of_two_may_make_a_paper_shorter_but_never_empty() -> None:
    pairs = [
        [a_judge_table(f"judge-{n}", stimulus=f"s{n}"), an_action_table(f"act-{n}", stimulus=f"s{n}")]
        for n in range(4)
    ]
    bank = a_bank(*(table for pair in pairs for table in pair))

    items = drawn(Wish(), bank=bank)

    assert len(items) == 4


def test_retired_items_are_not_practised() -> None:
    bank = a_bank(a_judge(0), a_judge(1, retired=True))

    assert [item.id for item in drawn(Wish(), bank=bank)] == ["judge-0"]
