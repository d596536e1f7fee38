"""Units: found by any spelling, ranked by count, rate and mean."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest

from quizlib.contest.units import (
    COLLECTIVE,
    Unit,
    UnitFigures,
    by_mean,
    by_participants,
    by_rate,
    search,
)

UNITS = [
    Unit(code="10888", name="Cẩm Giang", type="Xã"),
    Unit(code="10903", name="Cẩm Giàng", type="Xã", former_names=("Lai Cách",)),
    Unit(code="11560", name="Thuỷ Nguyên", type="Phường", former_names=("Thủy Đường",)),
    Unit(code="11146", name="Nguyên Giáp", type="Xã"),
    Unit(code="11533", name="Hoà Bình", type="Phường"),
    Unit(code="01234", name="Đồ Sơn", type="Phường"),
    Unit(code="O-1", name="Trường cũ", replaced_by="O-2"),
    Unit(code="O-2", name="Trường mới"),
    Unit(code="O-3", name="Nơi đã bỏ", replaced_by="không có"),
]


def codes(query, limit=10):
    return [unit.code for unit in search(UNITS, query, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Cẩm Giang", ["10888", "10903"]),
        ("Cẩm Giàng", ["10903", "10888"]),
        ("xã cẩm giàng", ["10903", "10888"]),
        ("cam giang", ["10888", "10903"]),
        (unicodedata.normalize("NFD", "Cẩm Giàng"), ["10903", "10888"]),
    ],
)
def test_two_units_that_fold_alike_both_show_the_exact_one_first(query, first):
    assert codes(query) == first


@pytest.mark.parametrize("query", ["Thuỷ Nguyên", "Thủy Nguyên", "thuy nguyen", "THỦY NGUYÊN", "thuỷ ngu"])
def test_old_and_new_tone_places_find_the_same_unit(query):
    assert codes(query) == ["11560"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nguyên", ["11146", "11560"]),
        ("giap", ["11146"]),
        ("uyen", ["11146", "11560"]),
        ("lai cach", ["10903"]),
        ("10903", ["10903"]),
        ("109", ["10903"]),
        ("do son", ["01234"]),
        ("đo son", ["01234"]),
        ("không thấy", []),
        ("  ", []),
    ],
)
def test_units_are_found_by_beginning_word_part_former_name_and_code(query, found):
    assert codes(query) == found


def test_a_replaced_unit_leads_to_its_successor():
    assert codes("truong cu") == ["O-2"]
    assert codes("truong") == ["O-2"]
    assert codes("noi da bo") == []


def test_no_more_than_the_limit_is_shown():
    assert len(codes("n", limit=2)) == 2


def figures(code, participants, points, eligible=None, excused=0):
    return UnitFigures(Unit(code=code, name=code, eligible=eligible, excused=excused), participants, points)


def told(standings):
    return [(standing.rank, standing.figures.unit.code, standing.shared) for standing in standings]


def test_rate_leaves_out_the_excused_and_is_exact():
    assert figures("a", 2, 30, eligible=5, excused=2).rate == Fraction(2, 3)


@pytest.mark.parametrize(("eligible", "excused"), [(None, 0), (0, 0), (3, 3)])
def test_a_rate_without_a_head_count_is_unknown(eligible, excused):
    assert figures("a", 2, 30, eligible=eligible, excused=excused).rate is None


def test_thanh_khe_2026_rate_above_a_floor_then_mean_then_committee():
    """Completion rate with a floor of 70 %, then the mean of those who finished, then the committee."""
    field = [
        figures("a", 70, 1_400, eligible=100),
        figures("b", 7, 133, eligible=10),
        figures("c", 7, 133, eligible=11, excused=1),
        figures("d", 69, 1_380, eligible=100),
        figures("e", 500, 10_000),
        figures("f", 3, 30, eligible=3),
    ]

    assert told(by_rate(field, 70)) == [
        (1, "f", False),
        (2, "a", False),
        (3, "b", True),
        (3, "c", True),
        (None, "d", False),
        (None, "e", False),
    ]


def test_most_participants_share_a_rank_when_equal():
    field = [figures("a", 5, 1), figures("b", 9, 1), figures("c", 5, 99), figures("d", 0, 0)]

    assert told(by_participants(field)) == [
        (1, "b", False),
        (2, "a", True),
        (2, "c", True),
        (None, "d", False),
    ]


def test_mean_needs_enough_people():
    field = [figures("a", 2, 40), figures("b", 10, 150), figures("c", 10, 149)]

    assert told(by_mean(field, 10)) == [(1, "b", False), (2, "c", False), (None, "a", False)]


@pytest.mark.parametrize("ranking", COLLECTIVE.values(), ids=COLLECTIVE.keys())
def test_collective_rankings_do_not_depend_on_order(ranking):
    field = [figures(str(n), n % 3, n, eligible=n % 4) for n in range(12)]

    assert ranking(field, 1) == ranking(field[::-1], 1)
