"""The calendar of a review: three invitations as RFC 5545 wants them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from quizlib.learn.review import after, write
from tests.web.contest import OPENS, Clock
from tests.web.contestant import Contestant

CODE = write(after({}, {"fake-bank": (0, 1), "qr-codes": (1, 2), "romance": (1, 3)}, OPENS.date()))
Lines = list[tuple[str, str]]


@pytest.fixture
def learner(app: Flask) -> Contestant:
    return Contestant(app)


def lines_of(body: bytes) -> Lines:
    """Name and value of each line, unfolded."""
    unfolded = body.decode("utf-8").replace("\r\n ", "")
    return [(name, value) for name, _, value in (line.partition(":") for line in unfolded.split("\r\n")[:-1])]


def values(lines: Lines, name: str) -> list[str]:
    return [value for each, value in lines if each == name]


def meant(text: str) -> str:
    """What an escaped text says."""
    return re.sub(r"\\([\\;,])", r"\1", text)


def test_three_invitations_stand_in_it_after_a_week_a_month_and_before_half_a_year(
    learner: Contestant,
) -> None:
    page = learner.open(f"/review/{CODE}.ics")

    lines = lines_of(page.body)
    days = [date.fromisoformat(day) for day in values(lines, "DTSTART;VALUE=DATE")]
    assert page.mimetype == "text/calendar"
    assert [(day - OPENS.date()).days for day in days] == [7, 30, 135]
    assert values(lines, "DTSTAMP") == ["20261102T010000Z"] * 3


def test_its_parts_are_nested_and_its_required_lines_are_there(learner: Contestant) -> None:
    lines = lines_of(learner.open(f"/review/{CODE}.ics").body)

    opened: list[str] = []
    for name, value in lines:
        if name == "BEGIN":
            opened.append(value)
        if name == "END":
            assert opened.pop() == value
    assert opened == []
    assert [value for name, value in lines if name in ("VERSION", "PRODID")] == [
        "2.0",
        "-//quizlib//review//VI",
    ]
    assert len(set(values(lines, "UID"))) == 3
    assert values(lines, "ACTION") == ["DISPLAY"] * 3


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(learner: Contestant, prefix: str) -> None:
    body = learner.open(f"{prefix}/review/{CODE}.ics").body

    physical = body.split(b"\r\n")
    assert physical[-1] == b""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, physical)) <= 75
    assert all(line.decode("utf-8") for line in physical[:-1])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_link_is_in_the_words_and_beside_them(learner: Contestant, prefix: str) -> None:
    lines = lines_of(learner.open(f"{prefix}/review/{CODE}.ics").body)

    address = f"http://localhost{prefix}/review/{CODE}"
    assert values(lines, "URL") == [address] * 3
    assert sum(address in meant(text) for text in values(lines, "DESCRIPTION")) == 3


def test_what_separates_values_is_escaped(learner: Contestant) -> None:
    texts = [
        value
        for name, value in lines_of(learner.open(f"/review/{CODE}.ics").body)
        if name in ("SUMMARY", "DESCRIPTION")
    ]

    assert [text for text in texts if re.search(r"(?<!\\)[,;]", text)] == []


def test_the_same_code_makes_the_same_events_whenever_it_is_fetched(
    learner: Contestant, clock: Clock
) -> None:
    first = lines_of(learner.open(f"/review/{CODE}.ics").body)
    clock.forward(days=3)
    second = lines_of(learner.open(f"/review/{CODE}.ics").body)

    assert [line for line in first if line[0] != "DTSTAMP"] == [
        line for line in second if line[0] != "DTSTAMP"
    ]
