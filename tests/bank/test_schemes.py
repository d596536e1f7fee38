"""Schemes: what share of the points a response earns."""

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.bank.schemes import SCHEMES
from tests.builders import an_item, options

FIVE = an_item(kind="multiple", key=("a", "b", "c"), options=options("abcde"))
STEPS = an_item(kind="order", key=("a", "b", "c", "d", "e"), options=options("abcde"))
NEAR = an_item(kind="number", key=("100",), options=(), tolerance=Fraction(5))

OF_OPTIONS = {"choice", "multiple", "order"}  # their keys name options and nothing else counts

# (scheme, item, response, share): t right and w wrong ticks of K options with R right ones
SHARES = [
    ("exact", an_item(), ("a",), Fraction(1)),
    ("exact", an_item(), ("b",), Fraction(0)),
    ("exact", FIVE, ("a", "b", "c"), Fraction(1)),
    ("exact", FIVE, ("a", "b"), Fraction(0)),
    # max(0, (t - w) / R), Betts et al. 2022
    ("plus-minus", FIVE, ("a", "b", "c"), Fraction(1)),
    ("plus-minus", FIVE, ("a", "b"), Fraction(2, 3)),
    ("plus-minus", FIVE, ("a", "b", "d"), Fraction(1, 3)),
    ("plus-minus", FIVE, ("a", "d"), Fraction(0)),
    ("plus-minus", FIVE, ("d", "e"), Fraction(0)),
    ("plus-minus", FIVE, ("a", "b", "c", "d", "e"), Fraction(1, 3)),
    # (t + (K - R - w)) / K
    ("per-option", FIVE, ("a", "b", "c"), Fraction(1)),
    ("per-option", FIVE, ("a", "b"), Fraction(4, 5)),
    ("per-option", FIVE, ("a", "d"), Fraction(2, 5)),
    ("per-option", FIVE, ("a", "b", "c", "d", "e"), Fraction(3, 5)),
    ("per-option", FIVE, ("d", "e"), Fraction(0)),
    # neighbour pairs kept, of n - 1
    ("neighbour-pairs", STEPS, ("a", "b", "c", "d", "e"), Fraction(1)),
    ("neighbour-pairs", STEPS, ("e", "a", "b", "c", "d"), Fraction(3, 4)),
    ("neighbour-pairs", STEPS, ("b", "a", "c", "d", "e"), Fraction(2, 4)),
    ("neighbour-pairs", STEPS, ("e", "d", "c", "b", "a"), Fraction(0)),
    ("within-tolerance", NEAR, ("105",), Fraction(1)),
    ("within-tolerance", NEAR, ("95",), Fraction(1)),
    ("within-tolerance", NEAR, ("105.1",), Fraction(0)),
    ("within-tolerance", NEAR, ("-100",), Fraction(0)),
]


def responses(item: Item) -> list[Response]:
    """Every response to an item with options but the blank one."""
    ids = [option.id for option in item.options]
    if item.kind == "order":
        return list(permutations(ids))
    most = 1 if item.kind == "choice" else len(ids)
    return [picked for size in range(1, most + 1) for picked in combinations(ids, size)]


@pytest.mark.parametrize(("scheme", "item", "response", "share"), SHARES)
def test_a_response_earns_its_share(scheme: str, item: Item, response: Response, share: Fraction) -> None:
    earned = SCHEMES[scheme].share(item, response)

    assert earned == share


@given(
    st.sampled_from([name for name, scheme in SCHEMES.items() if OF_OPTIONS & {*scheme.kinds}]),
    st.integers(3, 6),
    st.data(),
)
def test_every_share_is_a_whole_number_of_steps(name: str, size: int, data: st.DataObject) -> None:
    scheme, ids = SCHEMES[name], "abcdef"[:size]
    kind = data.draw(st.sampled_from(sorted(OF_OPTIONS & {*scheme.kinds})))
    right = {"choice": 1, "order": size}.get(kind) or data.draw(st.integers(1, size))
    item = an_item(kind=kind, options=options(ids), key=tuple(ids[:right]))

    shares = [scheme.share(item, response) for response in responses(item)]

    assert all(0 <= share <= 1 and (share * scheme.steps(item)).denominator == 1 for share in shares)
    assert scheme.share(item, item.key) == 1


def test_judging_options_by_chance_earns_half_per_option() -> None:
    everything = [(), *responses(FIVE)]

    shares = [SCHEMES["per-option"].share(FIVE, response) for response in everything]

    assert sum(shares) / len(shares) == Fraction(1, 2)


def test_ticking_everything_earns_less_than_half_by_plus_minus() -> None:
    everything = tuple("abcde")

    shares = {name: SCHEMES[name].share(FIVE, everything) for name in ("plus-minus", "per-option")}

    assert shares["plus-minus"] < Fraction(1, 2) < shares["per-option"]


def test_every_kind_has_a_default_scheme_that_fits_it() -> None:
    defaults = {kind.name: SCHEMES[kind.scheme].kinds for kind in KINDS.values()}

    fitting = [name for name, kinds in defaults.items() if name in kinds]

    assert fitting == list(KINDS)
