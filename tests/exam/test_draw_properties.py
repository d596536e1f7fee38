"""Whatever the bank and the blueprint: a paper that is drawn meets every condition."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.bank.bank import Bank
from quizlib.bank.blueprint import Blueprint, Quota
from quizlib.bank.item import Item
from quizlib.errors import QuotaError
from quizlib.exam.draw import draw
from quizlib.exam.paper import Paper
from tests.builders import Raw, a_bank, an_item_table

TOPICS = ("money", "law", "news")
DIFFICULTIES = ("easy", "medium", "hard")
VERDICTS = ("scam", "genuine", "none")
ROWS = [{"sum": "1"}, {"sum": "2"}]


@st.composite
def item_tables(draw_from: st.DrawFn, topic: str, number: int) -> Raw:
    """An item that may share a message, be a template, be retired or be an enemy of one of another topic."""
    others = [f"{other}-{each}" for other in TOPICS if other != topic for each in range(2)]
    chance = st.integers(0, 7).map(lambda each: each == 5)
    return an_item_table(
        f"{topic}-{number}",
        topic=topic,
        difficulty=draw_from(st.sampled_from(DIFFICULTIES)),
        verdict=draw_from(st.sampled_from(VERDICTS)),
        level=draw_from(st.integers(1, 2)),
        stimulus=draw_from(st.sampled_from([None, None, None, None, "sms-1", "sms-2"])),
        row=ROWS if draw_from(chance) else [],
        retired=draw_from(chance),
        enemies=[draw_from(st.sampled_from(others))] if draw_from(chance) else [],
    )


@st.composite
def random_banks(draw_from: st.DrawFn) -> Bank:
    tables = [
        draw_from(item_tables(topic, number))
        for topic in TOPICS
        for number in range(draw_from(st.integers(4, 9)))
    ]
    return a_bank(*tables, blueprint=None)


@st.composite
def random_blueprints(draw_from: st.DrawFn, bank: Bank) -> Blueprint:
    """Quotas by topic, or by topic and difficulty or verdict, with fixed items and bounds now and then."""
    alive = [item for item in bank.items if not item.retired]
    quotas: list[Quota] = []
    for topic in TOPICS:
        parted, names = draw_from(
            st.sampled_from([("", ("",)), ("difficulty", DIFFICULTIES), ("verdict", VERDICTS)])
        )
        for name in names:
            quota = Quota(topic, 0, **({parted: name} if parted else {}))
            count = draw_from(st.integers(0, min(3, sum(map(quota.accepts, alive)))))
            quotas += [replace(quota, count=count)] if count else []
    least = draw_from(st.integers(0, 1))
    named = [item.id for item in alive if any(quota.accepts(item) for quota in quotas)]
    fixed = draw_from(st.lists(st.sampled_from(named or ["money-0"]), max_size=1))
    excluded = draw_from(st.lists(st.sampled_from(["money-1", "law-1"]), max_size=1))
    return Blueprint(
        name="random",
        title="Đề",
        quotas=tuple(quotas),
        fixed=tuple(fixed),
        genuine=draw_from(st.sampled_from([None, (least, least + 2)])),
        excluded=tuple(excluded),
    )


def drawn(bank: Bank, blueprint: Blueprint, seeds: list[str]) -> list[Paper]:
    papers = []
    for seed in seeds:
        try:
            papers.append(draw(bank, blueprint, seed))
        except QuotaError:
            continue
    return papers


def broken(paper: Paper, blueprint: Blueprint) -> list[str]:
    """The conditions that a paper does not meet."""
    items, ids = paper.items, {item.id for item in paper.items}
    genuine = sum(item.verdict == "genuine" for item in items)
    least, most = blueprint.genuine or (0, blueprint.size)
    claims = {
        "every quota is met": all(
            sum(map(quota.accepts, items)) == quota.count for quota in blueprint.quotas
        ),
        "nothing else is asked": len(items) == blueprint.size,
        "no item twice": len(ids) == len(items),
        "fixed items are there": ids >= set(blueprint.fixed),
        "excluded and retired ones are not": not any(
            item.retired or item.id in blueprint.excluded for item in items
        ),
        "genuine ones within bounds": least <= genuine <= most,
        "no enemies": not any(enemy in ids for item in items for enemy in item.enemies),
        "sets together": all(map(is_whole_and_in_file_order, sets_of(paper), [paper] * len(items))),
        "templates filled": all((item.variant is None) == (not item.rows) for item in items),
        "options permuted": all(
            sorted(paper.orders[item.id]) == sorted(option.id for option in item.options) for item in items
        ),
    }
    return [name for name, holds in claims.items() if not holds]


def sets_of(paper: Paper) -> list[list[Item]]:
    """Items that share a stimulus, in the order of the bank."""
    sets: dict[tuple[str, str], list[Item]] = {}
    for item in paper.bank.items:
        if item.stimulus and item.id in {each.id for each in paper.items}:
            sets.setdefault((item.topic, item.stimulus.id), []).append(item)
    return list(sets.values())


def is_whole_and_in_file_order(items: list[Item], paper: Paper) -> bool:
    """One after another, as in the file."""
    order = [item.id for item in paper.items]
    start = order.index(items[0].id)
    return order[start : start + len(items)] == [item.id for item in items]


@settings(max_examples=80)
@given(st.data())
def test_every_paper_drawn_meets_every_condition(data: st.DataObject) -> None:
    bank = data.draw(random_banks())
    blueprint = data.draw(random_blueprints(bank))

    papers = drawn(bank, blueprint, ["1", "2", "3"])

    assert [broken(paper, blueprint) for paper in papers] == [[]] * len(papers)


@settings(max_examples=40)
@given(st.data())
def test_papers_of_one_blueprint_are_equally_difficult_and_worth_the_same(data: st.DataObject) -> None:
    bank = data.draw(random_banks())
    blueprint = data.draw(random_blueprints(bank))

    papers = drawn(bank, blueprint, ["1", "2", "3", "4"])

    assert len({frozenset(Counter(item.difficulty for item in paper.items).items()) for paper in papers}) <= 1
    assert len({paper.max_points for paper in papers}) <= 1


@settings(max_examples=40)
@given(st.data())
def test_whether_a_paper_exists_does_not_depend_on_the_seed(data: st.DataObject) -> None:
    bank = data.draw(random_banks())
    blueprint = data.draw(random_blueprints(bank))

    papers = drawn(bank, blueprint, ["1", "2", "3", "4"])

    assert len(papers) in (0, 4)


@settings(max_examples=30)
@given(st.integers(3, 12), st.integers(1, 3))
def test_lone_items_without_enemies_always_fill_quotas_that_are_small_enough(size: int, count: int) -> None:
    items = [
        an_item_table(f"{topic}-{each}", topic=topic, difficulty=DIFFICULTIES[(each * each + len(topic)) % 3])
        for topic in TOPICS
        for each in range(size)
    ]
    quotas = tuple(Quota(topic, count) for topic in TOPICS)

    papers = drawn(a_bank(*items), Blueprint("full", "Đề", quotas), ["1", "2", "3"])

    assert len(papers) == 3
