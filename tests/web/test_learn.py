"""Lessons: found, read, and one press away from whatever was missed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache
from typing import Any

import pytest
from flask import Flask

from quizlib.bank.bank import Bank
from quizlib.bank.reader import banks, load_bank
from quizlib.learn.lessons import lessons
from tests.web.contest import OPENS, Clock, open_contest
from tests.web.contestant import Contestant, finisher

TOPIC = "fake-police"


@cache
def shelf(name: str) -> Bank:
    return load_bank(name)


@pytest.fixture
def reader(app: Flask, clock: Clock) -> Contestant:
    """Somebody who comes when every bundled item may be asked."""
    clock.now = max(OPENS, usable_at())
    return Contestant(app)


def usable_at() -> datetime:
    newest = max(item.valid_from for name in banks() for item in shelf(name).items)
    return datetime.combine(newest, time(5), UTC)


def open_bundled(app: Flask, **changes: Any) -> None:
    usual: dict[str, Any] = {"bank": [{"name": "scam_awareness"}], "paper__blueprint": "ten"}
    open_contest(app, at=usable_at(), **usual | changes)


def to_lessons(person: Contestant) -> set[str]:
    return {link for link in person.page.links if link.startswith("/learn/")}


# -- all lessons, and the search


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_written_lesson_is_offered_under_its_bank(reader: Contestant, prefix: str) -> None:
    page = reader.open(f"{prefix}/learn")

    for name in banks():
        bank = shelf(name).to(prefix.strip("/") or "vi")
        assert (bank.title in page.text) == bool(lessons(bank))
        for topic in lessons(bank):
            assert topic.title in page.text
            assert f"{prefix}/learn/{topic.id}" in page.links


@pytest.mark.parametrize(
    ("prefix", "query"), [("", "cong an goi"), ("", "Công an gọi!"), ("/en", "someone calls from the police")]
)
def test_a_search_leads_to_the_lesson_first(reader: Contestant, prefix: str, query: str) -> None:
    reader.open(f"{prefix}/learn?size=large")

    page = reader.press(q=query)

    first = next(link for link in page.links if link.startswith(f"{prefix}/learn/"))
    assert first == f"{prefix}/learn/{TOPIC}?size=large"
    assert query in page.source


@pytest.mark.parametrize("query", ["zzzz", "%00", "<script>", "a" * 3000])
def test_a_search_that_finds_nothing_says_so_and_shows_everything(reader: Contestant, query: str) -> None:
    page = reader.open(f"/learn?q={query}")

    assert "Chưa tìm thấy bài nào." in page.text
    assert len({link for link in page.links if link.startswith("/learn/")}) == sum(
        len(lessons(shelf(name))) for name in banks()
    )
    assert "<script>" not in page.source


@pytest.mark.parametrize("address", ["/learn", "/learn?q=", "/learn?q=+"])
def test_without_a_search_nothing_is_said_of_it(reader: Contestant, address: str) -> None:
    page = reader.open(address)

    assert "Chưa tìm thấy" not in page.text
    assert "Bài học nên đọc" not in page.text


# -- one lesson


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", banks())
def test_a_lesson_is_told_whole(reader: Contestant, name: str, prefix: str) -> None:
    bank = shelf(name).to(prefix.strip("/") or "vi")
    for topic in lessons(bank):
        page, lesson = reader.open(f"{prefix}/learn/{topic.id}"), topic.lesson
        told = [lesson.about, *lesson.signs, *lesson.steps, lesson.aftermath, lesson.genuine, lesson.remember]
        sources = [bank.sources[each] for each in lesson.sources]

        assert [text for text in told if " ".join(text.split()) not in page.text] == []
        assert [each.publisher for each in sources if each.publisher not in page.text] == []
        assert [each.address for each in sources if each.address not in page.links] == []
        assert lesson.review_by is None or f"{lesson.review_by:%d/%m/%Y}" in page.text


@pytest.mark.parametrize("topic", ["no-such", "money", "scam_awareness", f"scam_awareness/{TOPIC}", ".."])
def test_there_is_no_other_lesson(app: Flask, reader: Contestant, topic: str) -> None:
    open_contest(app)

    assert reader.open(f"/learn/{topic}").status == 404


def test_a_lesson_leads_to_its_practice_and_to_all_others(reader: Contestant) -> None:
    page = reader.open(f"/learn/{TOPIC}")
    place = f"/practice/scam_awareness/{TOPIC}"

    assert {place, "/learn"} <= set(page.links)
    assert reader.open(place).address.startswith(f"{place}/")


def test_what_a_running_round_protects_is_taught_but_not_practised(app: Flask, clock: Clock) -> None:
    open_bundled(app)
    clock.now = usable_at()

    page = Contestant(app).open(f"/learn/{TOPIC}")

    assert page.status == 200
    assert "Luyện 5 câu" not in page.text


# -- the way to a lesson


@pytest.mark.parametrize("place", ["/", "/practice", "/real", f"/learn/{TOPIC}", "/no-such"])
def test_every_page_leads_to_the_lessons(reader: Contestant, place: str) -> None:
    assert "/learn" in reader.open(place).links


def test_a_missed_answer_in_practice_leads_to_its_lesson(reader: Contestant) -> None:
    reader.open(f"/practice/scam_awareness/{TOPIC}/seed/5")

    reader.press()
    after_answer = to_lessons(reader)
    reply = reader.client.post(f"/practice/scam_awareness/{TOPIC}/seed/5")
    reader.open(next(link for link in reader.page.links if "/report" in link))

    assert after_answer == to_lessons(reader) == {f"/learn/{TOPIC}"}
    assert "no-store" not in reply.headers["Cache-Control"]  # so that one can come back to it


@pytest.mark.parametrize("several", [False, True])
def test_what_was_missed_in_a_contest_leads_to_its_lesson(app: Flask, clock: Clock, several: bool) -> None:
    clock.now = max(OPENS, usable_at())
    topics = {"scam_awareness": TOPIC, "digital_skills": "payment"}
    quota = [{"topic": f"{bank}/{topic}", "count": 1, "kind": "choice"} for bank, topic in topics.items()]
    combined = {"bank": [{"name": name} for name in topics], "paper__blueprint": {"quota": quota}}
    shown = {"results__keys": "at-once", "attempts": {"per_round": 1}}
    open_bundled(app, **shown, **(combined if several else {}))
    person = Contestant(app)
    person.enter()
    person.start()

    person.submit()
    found = to_lessons(person)

    assert found
    assert not several or found == {f"/learn/{topic}" for topic in topics.values()}
    assert all(person.open(link).status == 200 for link in found)


def test_a_private_topic_has_no_lesson(app: Flask) -> None:
    open_contest(app, results__keys="at-once", attempts={"per_round": 1})

    assert to_lessons(finisher(app, {})) == set()
