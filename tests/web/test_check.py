"""The check of a phone: true as it stands, without scripts; scripts only tell more."""

from __future__ import annotations

import pytest

from tests.web.contest import CODE
from tests.web.contestant import Contestant


def test_it_is_found_from_the_contest_and_leads_on(person: Contestant) -> None:
    assert "/check" in person.open(f"/contests/{CODE}").links

    page = person.open("/check")

    assert page.status == 200
    assert "/practice" in page.links


@pytest.mark.parametrize(
    ("size", "following"), [("", "/check?size=large"), ("large", "/check?size=larger"), ("larger", None)]
)
def test_letters_grow_step_by_step(person: Contestant, size: str, following: str | None) -> None:
    page = person.open(f"/check?size={size}")

    assert (following in page.links) or following is None
    assert ("Cho chữ to hơn" in page.text) == bool(following)


def test_without_scripts_it_promises_only_what_holds_without_them(person: Contestant) -> None:
    text = person.open("/check").text

    assert "hãy bấm nút dưới câu hỏi để lưu" in text
    assert "lưu ngay khi bạn chọn" not in text
