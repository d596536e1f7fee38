"""The first screen of a contest, at every moment of its life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.web.contest import CLOSES, CODE, OPENS, Clock, close_round, open_contest, publish_round
from tests.web.contestant import Contestant


def test_an_open_contest_invites_people_in(person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}")

    assert "Thành đoàn Hoa Phượng" in page.text
    assert "4 câu, 20 phút, đến hết ngày 09/11/2026" in page.text
    assert f"/contests/{CODE}/enter" in page.links


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (OPENS - timedelta(seconds=1), "Vòng thi tới mở lúc 08:00, 02/11/2026."),
        (OPENS, "4 câu, 20 phút"),
        (CLOSES - timedelta(seconds=1), "4 câu, 20 phút"),
        (CLOSES, "Cuộc thi đã kết thúc."),
    ],
)
def test_each_moment_has_its_words(person: Contestant, clock: Clock, when: object, said: str) -> None:
    clock.now = when

    assert said in person.open(f"/contests/{CODE}").text


def test_standings_are_linked_once_they_are_published(app: Flask, person: Contestant, clock: Clock) -> None:
    close_round(app, clock)
    before = person.open(f"/contests/{CODE}").links
    publish_round(app, clock)

    after = person.open(f"/contests/{CODE}").links

    assert f"/contests/{CODE}/standings" not in before
    assert f"/contests/{CODE}/standings" in after


def test_a_contest_without_a_limit_says_so(app: Flask) -> None:
    open_contest(app, time__limit_minutes=0)

    assert "không giới hạn thời gian" in Contestant(app).open(f"/contests/{CODE}").text


@pytest.mark.parametrize("address", ["/contests/no-such", "/contests/no-such/rules", "/contests/a%00b"])
def test_an_unknown_contest_is_not_found(person: Contestant, address: str) -> None:
    assert person.open(address).status == 404
