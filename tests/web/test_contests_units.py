"""The search for a unit while its name is typed."""

from __future__ import annotations

import pytest

from tests.web.contest import CODE
from tests.web.contestant import Contestant


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("le chan", ["Lê Chân"]),
        ("LÊ CHÂN", ["Lê Chân"]),
        ("an bien", ["Lê Chân"]),
        ("do son", ["Đồ Sơn"]),
        ("cam giang", ["Cẩm Giang", "Cẩm Giàng"]),
        ("Cẩm Giàng", ["Cẩm Giàng", "Cẩm Giang"]),
        ("hà nội", []),
        ("", []),
        ("  ", []),
    ],
)
def test_units_are_found_by_what_was_typed(person: Contestant, typed: str, found: list[str]) -> None:
    reply = person.client.get(f"/contests/{CODE}/units", query_string={"q": typed})

    places = [reply.text.find(f" {name}<") for name in found]
    assert -1 not in places
    assert places == sorted(places)
    assert ("Đơn vị khác" in reply.text) == bool(found)


def test_a_former_name_is_told(person: Contestant) -> None:
    assert "trước đây: An Biên" in person.open(f"/contests/{CODE}/units?q=an+bien").text


def test_what_was_typed_does_not_come_back_as_markup(person: Contestant) -> None:
    assert "<b>" not in person.open(f"/contests/{CODE}/units?q=<b>le").source
