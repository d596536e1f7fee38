"""Predictions and starts of a unit that its usual ways do not explain."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from math import exp, factorial

import pytest

from quizlib.measure import bursts, prediction_blocks
from quizlib.measure.signals import poisson_tail

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
OTHERS = [("Hải An", number) for number in range(1000, 2000, 3)]


def a_school(starts: int, hours: int = 3) -> list[tuple[str, datetime]]:
    chance = random.Random(1)
    return [("Lê Lợi", MORNING + timedelta(seconds=chance.random() * 3600 * hours)) for _ in range(starts)]


def test_one_number_in_one_unit_is_listed() -> None:
    found = prediction_blocks([*OTHERS, *[("Cẩm Giàng", 1234)] * 8, ("Cẩm Giàng", 5)])

    (block,) = found.rows
    assert (block.unit, block.kind, block.first, block.last) == ("Cẩm Giàng", "same", 1234, 1234)
    assert (block.people, block.unit_people) == (8, 9)
    assert block.expected == pytest.approx(9 * 1 / len(OTHERS))
    assert "ask before you conclude" in block.say()
    assert "Cẩm Giàng: 8 trên 9 người cùng dự đoán 1234" in block.say("vi")
    json.dumps(found.to_dict())
    assert "Cẩm Giàng" in str(found)
    assert found.say("vi") == [block.say("vi")]


def test_consecutive_numbers_in_one_unit_are_listed() -> None:
    found = prediction_blocks([*OTHERS, *(("Cẩm Giàng", number) for number in range(1500, 1520))])

    assert [(each.kind, each.first, each.last, each.people) for each in found.rows] == [
        ("run", 1500, 1519, 20)
    ]


def test_a_number_popular_everywhere_is_not_listed() -> None:
    found = prediction_blocks([*OTHERS, *[("Hải An", 1000)] * 300, *[("Cẩm Giàng", 1000)] * 8])

    assert [each for each in found.rows if each.unit == "Cẩm Giàng"] == []


def test_with_one_unit_alone_there_is_nothing_to_compare_with() -> None:
    (block,) = prediction_blocks([("Cẩm Giàng", 7)] * 5).rows

    assert block.expected is block.chance is None
    assert "about ?" in block.say()


def test_four_people_are_no_block() -> None:
    assert prediction_blocks([("Cẩm Giàng", 7)] * 4).rows == ()
    assert prediction_blocks([]).rows == ()


def test_many_starts_within_a_minute_are_listed() -> None:
    burst = [("Lê Lợi", MORNING + timedelta(minutes=30, seconds=n)) for n in range(20)]

    found = bursts([*a_school(100), *burst])

    (each,) = found.rows
    assert each.starts >= 20
    assert each.usual is not None
    assert each.usual < 2
    assert "Lê Lợi: " in each.say()
    assert "Cả lớp" in each.say("vi")
    json.dumps(found.to_dict())
    assert str(found).count("\n") == 1


def test_a_usual_pace_is_not_listed() -> None:
    assert bursts(a_school(600)).rows == ()


def test_a_class_that_is_all_there_is_of_its_unit_has_no_usual_pace() -> None:
    (each,) = bursts([("Lê Lợi", MORNING + timedelta(seconds=n)) for n in range(30)]).rows

    assert (each.starts, each.usual, each.chance) == (30, None, None)


def test_a_burst_is_a_minute_wide_and_counted_once() -> None:
    lone = [("Lê Lợi", MORNING + timedelta(minutes=n)) for n in range(10, 20)]
    class_of = [("Lê Lợi", MORNING + timedelta(seconds=n)) for n in range(0, 90, 5)]

    found = bursts([*lone, *class_of])

    assert [(each.at, each.starts) for each in found.rows] == [(MORNING, 12)]
    assert bursts([("Lê Lợi", MORNING + timedelta(seconds=n)) for n in (0, 0, 0, 0, 60)]).rows == ()


@pytest.mark.parametrize(("count", "mean"), [(0, 1.0), (3, 0.5), (10, 2.0), (5, 9.0)])
def test_the_tail_is_poissons(count: int, mean: float) -> None:
    below = sum(exp(-mean) * mean**each / factorial(each) for each in range(count))

    assert poisson_tail(count, mean) == pytest.approx(1 - below, rel=1e-6)
