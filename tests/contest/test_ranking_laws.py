"""What holds of every ranking, whatever the field."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.contest.criteria import CRITERIA, Criterion, key_of
from quizlib.contest.ranking import TIED, Facts, rank
from tests.contest.contest_builders import tally

FACTS = Facts(participants=6, all_correct=2)
PEOPLE = st.builds(
    lambda points, predicted, seconds, sent: (points, predicted, seconds, sent),
    st.integers(0, 3),
    st.none() | st.integers(0, 12),
    st.integers(0, 3),
    st.integers(0, 3),
)
FIELDS = st.lists(PEOPLE, max_size=12).map(
    lambda people: [
        tally(f"e{number}", points, predicted=predicted, seconds=seconds, sent=sent, full=3)
        for number, (points, predicted, seconds, sent) in enumerate(people)
    ]
)
CHAINS = st.lists(st.sampled_from(sorted(CRITERIA)), unique=True).map(
    lambda names: [Criterion(name, seconds=2) for name in names]
)


def keys(standing, chain):
    return [key_of(criterion, FACTS)(standing.tally) for criterion in chain]


@given(FIELDS, CHAINS, st.randoms())
def test_ranking_does_not_depend_on_the_order_of_its_input(field, chain, shuffler):
    shuffled = shuffler.sample(field, len(field))

    assert rank(shuffled, chain, FACTS) == rank(field, chain, FACTS)


@given(FIELDS, CHAINS)
def test_each_pair_of_neighbours_has_a_reason(field, chain):
    names = [criterion.name for criterion in chain]
    standings = rank(field, chain, FACTS)

    for above, below in pairwise(standings):
        assert keys(above, chain) <= keys(below, chain)
        if above.rank == below.rank:
            assert keys(above, chain) == keys(below, chain)
            assert above.criterion == below.criterion == TIED
        elif below.criterion != TIED:
            at = names.index(below.criterion)
            assert keys(above, chain)[:at] == keys(below, chain)[:at]
            assert keys(above, chain)[at] < keys(below, chain)[at]


@given(FIELDS, CHAINS)
def test_a_rank_is_one_more_than_the_people_ahead(field, chain):
    standings = rank(field, chain, FACTS)

    for standing in standings:
        ahead = [other for other in standings if keys(other, chain) < keys(standing, chain)]
        assert standing.rank == len(ahead) + 1


def test_the_first_rank_is_explained_by_the_one_below():
    standings = rank([tally("an", 20), tally("binh", 19)], ("score",))

    assert [standing.criterion for standing in standings] == ["score", "score"]


def test_the_only_one_needs_no_reason():
    assert [standing.criterion for standing in rank([tally("an")], ("score",))] == [""]


def test_nobody_gives_no_standings():
    assert rank([], ("score", "earliest"), FACTS) == ()


def test_without_criteria_everyone_shares_the_first_rank():
    standings = rank([tally("binh"), tally("an")], ())

    assert [(standing.rank, standing.tally.entry) for standing in standings] == [(1, "an"), (1, "binh")]


def test_an_open_round_is_ranked_without_the_prediction():
    field = [tally("an", predicted=6, sent=2), tally("binh", predicted=99, sent=1)]

    provisional, final = (rank(field, ("prediction", "earliest"), facts) for facts in (None, FACTS))

    assert [(standing.tally.entry, standing.criterion) for standing in provisional] == [
        ("binh", "earliest"),
        ("an", "earliest"),
    ]
    assert final[0].tally.entry == "an"


@pytest.mark.parametrize(
    ("tie", "order"),
    [
        ("tie", [(1, "above"), (1, "below"), (3, "farther")]),
        ("below-first", [(1, "below"), (2, "above"), (3, "farther")]),
        ("above-first", [(1, "above"), (2, "below"), (3, "farther")]),
    ],
)
def test_equal_distance_goes_by_the_rules(tie, order):
    field = [tally("above", predicted=8), tally("below", predicted=4), tally("farther", predicted=3)]

    standings = rank(field, [Criterion("prediction", tie=tie)], FACTS)

    assert [(standing.rank, standing.tally.entry) for standing in standings] == order


def test_time_bands_are_coarse():
    field = [tally("an", seconds=60), tally("binh", seconds=119), tally("chi", seconds=120)]

    standings = rank(field, [Criterion("time-bands", seconds=60)])

    assert [standing.rank for standing in standings] == [1, 1, 3]


def test_a_microsecond_is_enough_to_be_earlier():
    early, late = tally("b"), tally("a")
    late = type(late)(
        *(*(getattr(late, name) for name in late.__slots__[:-1]), late.submitted_at.replace(microsecond=1))
    )

    assert [standing.tally.entry for standing in rank([late, early], ("earliest",))] == ["b", "a"]


def test_a_hundred_thousand_people_are_ranked():
    dice = random.Random(2026)
    field = [tally(f"e{n:06}", dice.randint(0, 20), sent=dice.randint(0, 9_000)) for n in range(100_000)]

    assert len(rank(field, ("score", "prediction", "earliest"), Facts(100_000, 1))) == 100_000
