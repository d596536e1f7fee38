"""Each kind keeps one stored shape of a response and refuses every other at the door."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal
from tests.builders import an_item, options

CHOICE = an_item()
MULTIPLE = an_item(kind="multiple", key=("a", "c"), options=options("abcd"))
ORDER = an_item(kind="order", key=("c", "a", "b"))
NUMBER = an_item(kind="number", key=("1500000",), options=())
SCALE = an_item(kind="scale", key=(), points=0)
COMMENT = an_item(kind="comment", key=(), points=0, options=())
EVERY = pytest.mark.parametrize(
    "item", [CHOICE, MULTIPLE, ORDER, NUMBER, SCALE, COMMENT], ids=lambda item: item.kind
)
NUMBER_IN_ENGLISH = an_item(kind="number", key=("1500000",), options=(), lang="en")

STORED = [
    (CHOICE, ("b",)),
    (MULTIPLE, ("a",)),
    (MULTIPLE, ("a", "b", "d")),
    (ORDER, ("a", "b", "c")),
    (NUMBER, ("1500000",)),
    (NUMBER, ("0",)),
    (NUMBER, ("-3",)),
    (NUMBER, ("0.5",)),
    (NUMBER, ("-0.5",)),
    (SCALE, ("c",)),
    (COMMENT, ("Hay lắm, cảm ơn!",)),
    (COMMENT, ("ư" * 500,)),
]
REFUSED = [
    (CHOICE, ("z",)),
    (CHOICE, ("",)),
    (CHOICE, ("a", "b")),
    (MULTIPLE, ("c", "a")),
    (MULTIPLE, ("a", "a")),
    (MULTIPLE, ("a", "z")),
    (ORDER, ("a", "b")),
    (ORDER, ("a", "b", "b")),
    (ORDER, ("a", "b", "c", "d")),
    (NUMBER, ("1,5",)),
    (NUMBER, ("01",)),
    (NUMBER, ("1.50",)),
    (NUMBER, ("-0",)),
    (NUMBER, ("1", "2")),
    (NUMBER, ("1e3",)),
    (NUMBER, ("１",)),
    (NUMBER, ("x",)),
    (SCALE, ("z",)),
    (SCALE, ("a", "b")),
    (COMMENT, ("",)),
    (COMMENT, ("hai", "lời")),
    (COMMENT, (" thừa  dấu cách",)),
    (COMMENT, ("hai\ndòng",)),
    (COMMENT, ("ẩn\u200b",)),
    (COMMENT, ("a\u0301",)),
]
# (an item, what was typed, the canonical number; None: refused, never guessed)
NUMBERS = [
    (NUMBER, "1.234,5", "1234.5"),
    (NUMBER, "2.000.000", "2000000"),
    (NUMBER, "2 000 000", "2000000"),
    (NUMBER, "2000000", "2000000"),
    (NUMBER, "1.500", "1500"),
    (NUMBER, "0,50", "0.5"),
    (NUMBER, "007", "7"),
    (NUMBER, "-1.000", "-1000"),
    (NUMBER, "-0,0", "0"),
    (NUMBER, "  12 ", "12"),
    (NUMBER, "1,234.5", None),
    (NUMBER, "1.5", None),
    (NUMBER, "0.500", None),
    (NUMBER, "2,000,000", "2000000"),
    (NUMBER, "1.2345", None),
    (NUMBER, "1..000", None),
    (NUMBER, "hai triệu", None),
    (NUMBER, "２", None),
    (NUMBER_IN_ENGLISH, "1,234.5", "1234.5"),
    (NUMBER_IN_ENGLISH, "2,000,000", "2000000"),
    (NUMBER_IN_ENGLISH, "0.5", "0.5"),
    (NUMBER_IN_ENGLISH, "1.234,5", None),
    (NUMBER_IN_ENGLISH, "2.000.000", "2000000"),
    (NUMBER_IN_ENGLISH, "1,5", None),
    (NUMBER_IN_ENGLISH, "0,500", None),
]


@pytest.mark.parametrize(("item", "response"), STORED)
def test_the_stored_shape_is_accepted_and_read_as_itself(item: Item, response: tuple[str, ...]) -> None:
    kind = KINDS[item.kind]

    kind.check(item, response)

    assert item.kind == "number" or kind.read(item, response) == response


@pytest.mark.parametrize(("item", "response"), REFUSED)
def test_any_other_shape_is_refused(item: Item, response: tuple[str, ...]) -> None:
    kind = KINDS[item.kind]

    with pytest.raises(Refusal) as refusal:
        kind.check(item, response)

    assert (refusal.value.code, refusal.value.values) == ("bad-response", {"item": item.id})


@EVERY
def test_blank_is_a_response_of_every_kind(item: Item) -> None:
    kind = KINDS[item.kind]

    kind.check(item, ())

    assert kind.read(item, ()) == ()


@EVERY
def test_the_key_is_itself_a_response(item: Item) -> None:
    kind = KINDS[item.kind]

    kind.check(item, item.key)

    assert list(kind.flaws(item)) == []


@pytest.mark.parametrize(("item", "typed", "number"), NUMBERS)
def test_a_number_is_read_as_its_language_writes_it_and_never_by_guess(
    item: Item, typed: str, number: str | None
) -> None:
    kind = KINDS["number"]

    if number is None:
        with pytest.raises(Refusal):
            kind.read(item, (typed,))
    else:
        response = kind.read(item, (typed,))
        kind.check(item, response)
        assert response == (number,)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ()),
        (" \r\n\t ", ()),
        ("Tốt.\r\n  Cảm ơn!\0", ("Tốt. Cảm ơn!",)),
        ("Tô\u0301t\u200b \u202evậy", ("Tốt vậy",)),
        ("e\u0301" * 500, ("é" * 500,)),
        ("ư" * 501, None),
    ],
)
def test_a_comment_is_kept_on_one_line_in_one_form_of_unicode(typed: str, kept: Response | None) -> None:
    kind = KINDS["comment"]

    if kept is None:
        with pytest.raises(Refusal):
            kind.read(COMMENT, (typed,))
    else:
        assert kind.read(COMMENT, (typed,)) == kept


def test_ticks_are_read_in_any_order() -> None:
    ticked = ("d", "a")

    response = KINDS["multiple"].read(MULTIPLE, ticked)

    assert response == ("a", "d")


@given(
    st.sampled_from([CHOICE, MULTIPLE, ORDER, NUMBER, NUMBER_IN_ENGLISH, SCALE, COMMENT]),
    st.lists(st.text(max_size=8), max_size=5),
)
def test_whatever_is_typed_is_read_into_the_stored_shape_or_refused(item: Item, typed: list[str]) -> None:
    kind = KINDS[item.kind]

    try:
        response = kind.read(item, tuple(typed))
    except Refusal as refusal:
        assert refusal.code == "bad-response"
    else:
        kind.check(item, response)


@given(st.decimals(-(10**14), 10**14, places=3))
def test_a_number_reads_back_as_its_language_writes_it(number: Decimal) -> None:
    english = f"{number:,}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))

    responses = [
        KINDS["number"].read(NUMBER, (vietnamese,)),
        KINDS["number"].read(NUMBER_IN_ENGLISH, (english,)),
    ]

    assert responses[0] == responses[1]
    assert Decimal(responses[0][0]) == number
