"""Answers to a scale are read by groups that nobody can be found in."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.measure.survey import ALL, OTHERS, Steps, by_unit

COUNTS = st.dictionaries(
    st.sampled_from(["", "a", "b", "c", "d", "e"]), st.lists(st.integers(0, 15), min_size=3, max_size=3)
)

# (people at each of three steps by unit, the groups they are read in)
GROUPS = [
    ({"a": [5, 5, 0], "b": [0, 0, 12]}, {ALL: (5, 5, 12), "a": (5, 5, 0), "b": (0, 0, 12)}),
    ({"a": [9, 9, 9], "b": [3, 3, 3], "c": [1, 0, 0]},
     {ALL: (13, 12, 12), "a": (9, 9, 9), OTHERS: (4, 3, 3)}),
    # nine of b could be had by subtraction: the next smallest joins them
    ({"c": [20, 0, 0], "a": [10, 0, 0], "b": [3, 3, 3]},
     {ALL: (33, 3, 3), "c": (20, 0, 0), OTHERS: (13, 3, 3)}),
    ({"a": [10, 0, 0], "b": [1, 0, 0]}, {ALL: (11, 0, 0)}),
    # people of no known unit are never a unit, however many
    ({OTHERS: [20, 0, 0], "a": [0, 10, 0]}, {ALL: (20, 10, 0), "a": (0, 10, 0), OTHERS: (20, 0, 0)}),
    ({"a": [10, 0, 0], "b": [0, 0, 0]}, {ALL: (10, 0, 0), "a": (10, 0, 0)}),
    ({"a": [5, 0, 0], "b": [4, 0, 0]}, {}),
    ({}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "groups"), GROUPS)
def test_small_units_are_read_together(
    counts: dict[str, list[int]], groups: dict[str, tuple[int, ...]]
) -> None:
    found = by_unit(counts)

    assert {unit: steps.counts for unit, steps in found.items()} == groups
    assert list(found) == list(groups)


def test_the_mean_is_that_of_the_steps_numbers() -> None:
    steps = Steps((2, 0, 1, 7))

    assert (steps.people, steps.mean) == (10, 3.3)


@given(COUNTS, st.integers(2, 20))
def test_no_group_and_no_difference_of_groups_is_small(counts: dict[str, list[int]], minimum: int) -> None:
    found = by_unit(counts, minimum)
    people = {unit: steps.people for unit, steps in found.items()}
    told = people.pop(ALL, 0)

    for size in range(len(people) + 1):
        for shown in combinations(people.values(), size):
            assert not 0 < told - sum(shown) < minimum
    assert all(number >= minimum for number in people.values())
    assert not people or sum(people.values()) == told
