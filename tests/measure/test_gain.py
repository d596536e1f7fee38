"""A gain: exact quantiles, a plain mean, and an interval that holds what it says of simulated classes."""

from __future__ import annotations

import random
from functools import cache
from math import exp
from statistics import NormalDist, fmean

import pytest

from quizlib.exam.draw import draw
from quizlib.exam.paper import Paper
from quizlib.exam.score import score
from quizlib.exam.twins import HALVES, half_of, twin_seed
from quizlib.measure.gain import gain, t_quantile
from tests.builders import a_bank, a_blueprint_table, an_item_table

# (degrees of freedom, two-sided 95 %, two-sided 99 %), as in every table, such as NIST/SEMATECH 1.3.6.7.2.
TABLE = [
    (1, 12.7062, 63.6567),
    (2, 4.3027, 9.9248),
    (3, 3.1824, 5.8409),
    (4, 2.7764, 4.6041),
    (9, 2.2622, 3.2498),
    (19, 2.0930, 2.8609),
    (30, 2.0423, 2.7500),
    (120, 1.9799, 2.6174),
    (1000, 1.9623, 2.5808),
]


@pytest.mark.parametrize(("freedom", "two_sided_95", "two_sided_99"), TABLE)
def test_quantiles_are_those_of_the_tables(freedom: int, two_sided_95: float, two_sided_99: float) -> None:
    assert round(t_quantile(freedom), 4) == two_sided_95
    assert round(t_quantile(freedom, 0.99), 4) == two_sided_99


def test_a_gain_is_the_mean_difference_with_its_interval() -> None:
    """Student's own data of 1908: hours of sleep that one drug gave more than another, mean 1.58."""
    more = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]

    found = gain([(1.0, 1.0 + each) for each in more])

    assert (found.people, found.before) == (10, 1.0)
    assert [round(each, 4) for each in (found.mean, found.low, found.high)] == [1.58, 0.7001, 2.4599]
    assert round(found.after, 4) == 2.58


@pytest.mark.parametrize("people", [0, 1])
def test_fewer_than_two_people_have_no_gain(people: int) -> None:
    with pytest.raises(ValueError, match=f"at least 2 people, not {people}"):
        gain([(0.5, 0.6)] * people)


@pytest.mark.parametrize(("people", "is_wide"), [(2, True), (9, True), (10, False), (40, False)])
def test_under_ten_people_the_interval_is_called_wide(people: int, is_wide: bool) -> None:
    assert gain([(0.5, 0.6), *[(0.5, 0.7)] * (people - 1)]).is_wide == is_wide


# -- classes, through the real draw and the real score

CLASSES, PEOPLE, PAPERS = 2_000, 20, 40
LEVELS = {"easy": -1.0, "medium": 0.0, "hard": 1.0}
SKILL = NormalDist(0.3, 1.0)  # before the lesson, in logits
LEARNT = NormalDist(0.8, 0.4)
TOPICS = ("money", "law", "news", "phone")
BANK = a_bank(
    *(
        an_item_table(
            f"{topic}-{each}",
            topic=topic,
            difficulty=list(LEVELS)[each % 3],
            verdict=["scam", "genuine"][each % 2],
        )
        for topic in TOPICS
        for each in range(12)
    ),
    blueprint=[a_blueprint_table(quotas=dict.fromkeys(TOPICS, 2), genuine=[2, 6])],
)


@cache
def paper(seed: str) -> Paper:
    return draw(BANK, half_of(BANK, BANK.blueprints["all"], seed), seed)


@cache
def share(seed: str, right: tuple[bool, ...]) -> float:
    """What the paper's real score makes of who knew which item."""
    answers = zip(paper(seed).items, right, strict=True)
    found = score(paper(seed), {item.id: item.key if is_right else ("b",) for item, is_right in answers})
    return found.points / found.max_points


def difficulties(harder: float) -> dict[str, float]:
    """Items differ within their level, and those of half B are all harder than they should be."""
    plan = half_of(BANK, BANK.blueprints["all"], HALVES[0])
    chance = random.Random("difficulties")
    return {
        item.id: chance.gauss(LEVELS[item.difficulty], 0.6) + harder * (item.id in plan.excluded)
        for item in BANK.items
    }


def knows(skill: float, difficulty: float) -> float:
    """The chance of a right answer (Rasch 1960)."""
    return 1 / (1 + exp(difficulty - skill))


def planted(hard: dict[str, float]) -> float:
    """What everybody would gain on average, over all people, papers and both orders."""
    items = [hard[item] for half in HALVES for n in range(PAPERS) for item, _ in paper(f"{half}{n}").picks]
    before, after = (
        fmean(knows(skills.inv_cdf((step + 0.5) / 50), each) for step in range(50) for each in items)
        for skills in (SKILL, SKILL + LEARNT)
    )
    return after - before


def a_class(chance: random.Random, hard: dict[str, float]) -> list[tuple[float, float]]:
    pairs = []
    for _ in range(PEOPLE):
        name, skill = str(chance.random()), chance.gauss(SKILL.mean, SKILL.stdev)
        skills = (skill, skill + chance.gauss(LEARNT.mean, LEARNT.stdev))
        pairs.append(tuple(sat(chance, name, round, skills[round - 1], hard) for round in (1, 2)))
    return pairs


def sat(chance: random.Random, name: str, round: int, skill: float, hard: dict[str, float]) -> float:
    seed = twin_seed(f"-{chance.randrange(PAPERS)}", name, round)
    return share(seed, tuple(chance.random() < knows(skill, hard[item]) for item, _ in paper(seed).picks))


@pytest.mark.parametrize("harder", [0.0, 1.0])
def test_a_planted_gain_lies_in_the_interval_in_95_of_100_classes(harder: float) -> None:
    """However much harder one half of the bank is: 93 to 97 in 100, by chance of the simulation itself."""
    hard, chance = difficulties(harder), random.Random(f"classes {harder}")
    truth = planted(hard)

    found = [gain(a_class(chance, hard)) for _ in range(CLASSES)]

    held = sum(each.low <= truth <= each.high for each in found) / CLASSES
    bias = fmean(each.mean for each in found) - truth
    assert 0.93 <= held <= 0.97
    assert abs(bias) < 0.005
