"""The outcome: what is told, and when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.bank.reader import load_bank
from quizlib.exam.score import Correction
from quizlib.learn.review import parse
from tests.web.contest import (
    CLOSES,
    OPENS,
    RIGHT,
    WRONG,
    Clock,
    close_round,
    correct,
    open_contest,
    publish_round,
)
from tests.web.contestant import Contestant, Page, finisher

AFTER = {"score": "after-round", "cut": 50}


def outcome_of(person: Contestant) -> Page:
    return person.open(f"{person.attempt}/outcome")


@pytest.mark.parametrize(
    ("answers", "said", "points"),
    [
        (RIGHT, "Tuyệt vời, đúng tất cả!", "6/6 điểm"),
        (RIGHT | {"choice": ("b",)}, "Chúc mừng, bạn đã đạt!", "5/6 điểm"),
        ({"multiple": ("a", "c"), "choice": ("a",)}, "Chúc mừng, bạn đã đạt!", "3/6 điểm"),
        ({"multiple": ("a", "c")}, "Cảm ơn bạn đã dự thi!", "2/6 điểm"),
        ({}, "Cảm ơn bạn đã dự thi!", "0/6 điểm"),
    ],
)
def test_the_score_is_told_with_kind_words(
    app: Flask, answers: dict[str, Response], said: str, points: str
) -> None:
    open_contest(app, prediction__target="participants")

    text = finisher(app, answers).page.text

    assert said in text
    assert points in text


def test_who_did_not_pass_is_told_what_passing_is(app: Flask) -> None:
    open_contest(app)

    assert "Mức đạt là 50%. Luyện thêm vài câu là được." in finisher(app, {}).page.text


@pytest.mark.parametrize(
    ("when", "told"), [(CLOSES - timedelta(seconds=1), False), (CLOSES, True)], ids=["before", "after"]
)
def test_the_score_may_wait_for_the_end_of_the_round(app: Flask, clock: Clock, when: Any, told: bool) -> None:
    open_contest(app, results=AFTER, certificate={"issue": "after-publication"})
    person = finisher(app)
    clock.now = when

    page = outcome_of(person)

    assert ("6/6 điểm" in page.text) == told
    assert ("Đã nhận bài của bạn" in page.text) != told
    assert ("Kết quả công bố sau khi vòng thi kết thúc, lúc 08:00, 09/11/2026." in page.text) != told


@pytest.mark.parametrize(
    ("keys", "during", "after"),
    [("never", False, False), ("after-round", False, True), ("at-once", True, True)],
)
def test_keys_are_shown_when_the_rules_say(
    app: Flask, clock: Clock, keys: str, during: bool, after: bool
) -> None:
    open_contest(app, results__keys=keys, attempts={"per_round": 1})
    person = finisher(app, WRONG)

    assert ("Lời giải choice." in outcome_of(person).text) == during
    clock.now = CLOSES + timedelta(seconds=4)  # somebody may still be answering
    assert ("Lời giải choice." in outcome_of(person).text) == during
    clock.now = CLOSES + timedelta(seconds=5)
    assert ("Lời giải choice." in outcome_of(person).text) == after


def test_a_marked_item_teaches(app: Flask, clock: Clock) -> None:
    open_contest(app, results__keys="at-once", attempts={"per_round": 1})

    text = finisher(app, WRONG | {"order": ()}).page.text

    assert "Câu này nhiều người cũng nhầm" in text
    assert "Bạn chưa trả lời câu này" in text
    assert "Phương án b Lý do b" in text
    assert "Dấu hiệu lạ." in text
    assert "Đáp án: 1.500.000 đồng" in text


@pytest.mark.parametrize(
    ("answers", "topics"),
    [
        (RIGHT, []),
        ({"choice": ("a",)}, ["Chủ đề news", "Chủ đề money"]),
        (RIGHT | {"choice": ("b",)}, ["Chủ đề money"]),
        (RIGHT | {"order": (), "multiple": (), "choice": ()}, ["Chủ đề news", "Chủ đề money"]),
    ],
)
def test_the_weakest_topics_are_what_to_remember(
    app: Flask, answers: dict[str, Response], topics: list[str]
) -> None:
    open_contest(app)

    _, heading, rest = finisher(app, answers).page.text.partition("Điều nên nhớ thêm")

    places = [rest.find(topic) for topic in topics]
    assert bool(heading) == bool(topics)
    assert -1 not in places
    assert places == sorted(places)
    assert rest.count("Điều cần nhớ.") == len(topics)


def test_a_private_topic_cannot_be_practised(app: Flask) -> None:
    open_contest(app)

    assert "Luyện 5 câu chủ đề này" not in finisher(app, WRONG).page.text


def test_a_bundled_topic_can_be_practised_once_it_is_free(app: Flask, clock: Clock) -> None:
    newest = max(item.valid_from for item in load_bank("scam_awareness").items)
    at = datetime.combine(newest, time(5), UTC)  # when all of its items may be asked
    open_contest(app, at=at, bank=[{"name": "scam_awareness"}], paper__blueprint="ten")
    person = Contestant(app)
    person.enter()
    person.start()
    before = person.submit().text
    close_round(app, clock)

    page = outcome_of(person)
    place = next(link for link in page.links if link.startswith("/practice/"))

    assert "Luyện 5 câu chủ đề này" not in before
    assert person.open(place).status == 200


def test_the_weakest_open_topics_can_be_scheduled_even_while_the_round_protects_them(
    app: Flask, clock: Clock
) -> None:
    newest = max(item.valid_from for item in load_bank("scam_awareness").items)
    clock.forward(hours=16)  # after midnight in Hải Phòng
    open_contest(
        app,
        at=datetime.combine(newest, time(5), UTC),
        bank=[{"name": "scam_awareness"}],
        paper__blueprint="ten",
    )
    person = Contestant(app)
    person.enter()
    person.start()
    person.submit()
    clock.forward(days=2)

    page = outcome_of(person)
    place = next(link for link in page.links if link.startswith("/review/"))

    review = parse(place.removeprefix("/review/"))
    assert "Nhắc tôi ôn lại" in page.text
    assert len(review) == 2
    assert all(each in page.text for each in map(title_of, review))
    assert {each.practised for each in review.values()} == {OPENS.toordinal() + 1}
    assert "Hôm nay nên ôn" in person.open(place).text


def title_of(topic: str) -> str:
    return load_bank("scam_awareness").topic(topic).title


def test_private_topics_and_scores_that_wait_are_not_scheduled(app: Flask) -> None:
    open_contest(app)

    assert "/review/" not in finisher(app, WRONG).page.source


def test_corrections_are_told(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finisher(app, WRONG)
    correct(app, clock, Correction("choice", "accept", ("b",), "cũng đúng"))

    page = outcome_of(person)

    assert "Đáp án của 1 câu đã được sửa; điểm trên đây đã tính lại." in page.text
    assert "1/6 điểm" in page.text


def test_the_rank_is_told_with_its_reason_once_published(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finisher(app, WRONG, name="Trần Đình Đắc")
    finisher(app)
    before = outcome_of(person).text
    close_round(app, clock)
    publish_round(app, clock)

    after = outcome_of(person).text

    assert "Xếp hạng công bố sau khi vòng thi kết thúc" in before
    assert "Bạn xếp hạng 2 Hơn nhau ở số điểm." in after


def test_another_go_is_offered_while_there_is_one(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finisher(app)
    first = outcome_of(person).text
    person.open(person.entry)
    person.finish()
    second = outcome_of(person).text

    assert "Thi lần nữa" in first
    assert "Thi lần nữa" not in second


def test_no_other_go_is_offered_after_the_round(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finisher(app)
    clock.now = CLOSES

    assert "Thi lần nữa" not in outcome_of(person).text


def test_an_unfinished_paper_has_no_outcome_yet(person: Contestant) -> None:
    person.enter()
    person.start()

    assert outcome_of(person).address == person.attempt


def test_it_can_be_read_in_english(app: Flask) -> None:
    open_contest(app)
    person = finisher(app, WRONG)

    page = person.open(f"/en{person.attempt}/outcome")

    assert "Topic money" in page.text
    assert "To remember." in page.text
    assert "Chủ đề" not in page.text


def test_the_address_to_share_leads_to_the_contest(app: Flask, person: Contestant) -> None:
    person.enter()

    assert "http://localhost/contests/cong-dan-so" in person.finish().links
