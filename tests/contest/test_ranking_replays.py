"""Rankings of real contests, replayed on small fields with ties at full marks."""

from __future__ import annotations

from quizlib.contest.counting import COUNTING
from quizlib.contest.criteria import Criterion
from quizlib.contest.ranking import Facts, rank
from tests.contest.contest_builders import tally


def told(standings):
    return [(standing.rank, standing.tally.entry, standing.criterion) for standing in standings]


def test_quang_ninh_2023_all_right_then_prediction_then_earliest():
    """Quảng Ninh 60 years: a paper is right in all of its 9 questions or it is not; target: participants.

    https://vietnam.vn/en/ngay-30-6-se-dien-ra-cuoc-thi-trac-nghiem-quang-ninh-60-nam-xay-dung-va-phat-trien
    """
    field = [
        tally("an", 9, predicted=5_100, sent=50, full=9),
        tally("binh", 9, predicted=4_900, sent=40, full=9),
        tally("chi", 9, predicted=5_000, sent=90, full=9),
        tally("dung", 9, predicted=None, sent=1, full=9),
        tally("giang", 8, predicted=5_010, sent=2, full=9),
        tally("hoa", 3, predicted=5_010, sent=3, full=9),
    ]

    standings = rank(field, ("all-correct", "prediction", "earliest"), Facts(5_000, 4))

    assert told(standings) == [
        (1, "chi", "prediction"),
        (2, "binh", "prediction"),
        (3, "an", "earliest"),
        (4, "dung", "prediction"),
        (5, "giang", "all-correct"),
        (6, "hoa", "earliest"),
    ]


def test_phong_nha_2018_all_right_then_number_then_earliest_sent():
    """Phong Nha - Kẻ Bàng: 4 questions and a number; the same moment stays tied.

    https://cuocthi.phongnhakebang.vn/rules
    """
    field = [
        tally("an", 4, predicted=300, sent=10, full=4),
        tally("binh", 4, predicted=300, sent=10, full=4),
        tally("chi", 4, predicted=290, sent=99, full=4),
        tally("dung", 4, predicted=310, sent=98, full=4),
        tally("em", 2, predicted=298, sent=0, full=4),
    ]

    standings = rank(field, ("all-correct", "prediction", "earliest"), Facts(298, 4))

    assert told(standings) == [
        (1, "an", "tied"),
        (1, "binh", "tied"),
        (3, "chi", "prediction"),
        (4, "dung", "prediction"),
        (5, "em", "all-correct"),
    ]


def test_quang_nam_2014_all_right_then_number_of_all_right_then_time():
    """Quảng Nam youth: the target is the number of people with every answer right (one of two clauses).

    http://tracnghiem.tinhdoanqnam.vn/index.php
    """
    field = [
        tally("an", 15, predicted=40, seconds=500, full=15),
        tally("binh", 15, predicted=44, seconds=300, full=15),
        tally("chi", 15, predicted=42, seconds=900, full=15),
        tally("dung", 14, predicted=42, seconds=100, full=15),
    ]
    chain = (Criterion("all-correct"), Criterion("prediction", target="all-correct"), Criterion("time"))

    standings = rank(field, chain, Facts(9_000, 42))

    assert told(standings) == [
        (1, "chi", "prediction"),
        (2, "binh", "prediction"),
        (3, "an", "time"),
        (4, "dung", "all-correct"),
    ]


def test_binh_tan_2019_correct_then_fastest_then_earlier():
    """Bình Tân youth on myaloha: 20 questions drawn at random, 10 minutes, one attempt a week.

    https://myaloha.vn/89425/blog/the-le-hoi-thi-truc-tuyen-18402
    """
    field = [
        tally("an", 20, seconds=181, sent=5),
        tally("binh", 20, seconds=180, sent=300),
        tally("chi", 20, seconds=181, sent=4),
        tally("dung", 19, seconds=45, sent=1),
    ]

    standings = rank(field, ("score", "time", "earliest"), Facts(4, 3))

    assert told(standings) == [
        (1, "binh", "time"),
        (2, "chi", "time"),
        (3, "an", "earliest"),
        (4, "dung", "score"),
    ]


def test_thanh_khe_2026_score_time_prediction_committee():
    """Thanh Khê ward: no prediction is no claim under that criterion; what is left is the committee's.

    Rules of the ward's Party contest, October 2026 (40 questions, 40 minutes, one attempt).
    """
    field = [
        tally("an", 40, seconds=900, predicted=700, full=40),
        tally("binh", 40, seconds=900, predicted=None, full=40),
        tally("chi", 40, seconds=900, predicted=None, full=40),
        tally("dung", 40, seconds=901, predicted=712, full=40),
        tally("em", 39, seconds=300, predicted=712, full=40),
    ]

    standings = rank(field, ("score", "time", "prediction", "committee"), Facts(712, 4))

    assert told(standings) == [
        (1, "an", "prediction"),
        (2, "binh", "tied"),
        (2, "chi", "tied"),
        (4, "dung", "time"),
        (5, "em", "score"),
    ]


def test_vcnet_2021_many_attempts_one_counted_most_correct_then_earliest():
    """VCNet Covid quiz: of a week's attempts the one with most right answers counts, then the earliest.

    https://www.binhduong.gov.vn:443/tin-tuc/2021/11/205-phat-dong-cuoc-thi-trac-nghiem-chung-tay-phong-chong-dich-covid-19-tren-mang-xa-hoi-vcne
    """
    an = [tally("an", 18, sent=1), tally("an", 20, sent=30), tally("an", 20, sent=40)]
    binh = [tally("binh", 20, sent=31), tally("binh", 15, sent=60)]
    chi = [tally("chi", 20, sent=31)]
    counted = [COUNTING["best"](attempts) for attempts in (an, binh, chi)]

    standings = rank(counted, ("score", "earliest"), Facts(3, 3))

    assert told(standings) == [(1, "an", "earliest"), (2, "binh", "tied"), (2, "chi", "tied")]


def test_traffic_culture_2021_five_a_week_best_counts():
    """Youth and traffic culture: 30 questions of 10 points, the best of five attempts a week.

    https://chuyennguyentrai.edu.vn/cuoc-thi-thanh-nien-voi-van-hoa-giao-thong-vong-so-khao-tin1791
    """
    an = [tally("an", points, sent=n) for n, points in enumerate((250, 300, 280, 300, 290))]
    binh = [tally("binh", points, sent=n) for n, points in enumerate((290, 290))]
    counted = [COUNTING["best"](attempts) for attempts in (an, binh)]

    standings = rank(counted, ("score", "earliest"), Facts(2, 1))

    assert told(standings) == [(1, "an", "score"), (2, "binh", "score")]
    assert standings[0].tally == an[1]


def test_first_and_last_attempts_go_by_their_submission():
    attempts = [tally("an", 12, sent=5), tally("an", 20, sent=6), tally("an", 15, sent=7)]

    assert COUNTING["first"](attempts).points == 12
    assert COUNTING["last"](attempts).points == 15
