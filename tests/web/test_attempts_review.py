"""The review before the submission: what is answered, what is not, and the prediction."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.contest import RIGHT, Clock, open_contest
from tests.web.contestant import Contestant


@pytest.fixture
def sitting(person: Contestant) -> Contestant:
    person.enter()
    person.start()
    return person


def test_it_tells_what_is_still_open(sitting: Contestant) -> None:
    sitting.find("choice")
    sitting.answer(RIGHT["choice"])

    page = sitting.open(f"{sitting.attempt}/review")

    assert "Còn 3 câu chưa trả lời." in page.text
    assert (page.text.count("đã trả lời"), page.text.count("chưa trả lời")) == (1, 4)
    assert f"{sitting.attempt}/1" in page.links


def test_it_tells_that_nothing_is_open(sitting: Contestant) -> None:
    assert "Bạn đã trả lời đủ các câu." in sitting.sit().text


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"prediction__target": "participants"}, "Bạn đoán có bao nhiêu người nộp bài trong vòng thi này?"),
        ({"prediction__target": "all-correct"}, "Bạn đoán có bao nhiêu người đúng tất cả các câu"),
        ({"prediction__question": {"vi": "Mấy người thi?", "en": "How many?"}}, "Mấy người thi?"),
    ],
)
def test_it_asks_for_the_prediction(app: Flask, changes: dict[str, object], question: str) -> None:
    open_contest(app, **changes)
    person = Contestant(app)
    person.enter()
    person.start()

    assert question in person.open(f"{person.attempt}/review").text


def test_without_a_prediction_in_the_rules_none_is_asked(app: Flask) -> None:
    open_contest(app, prediction=None, ranking={"criteria": ["score"]})
    person = Contestant(app)
    person.enter()
    person.start()

    assert "dự đoán" not in person.open(f"{person.attempt}/review").text.lower()


@pytest.mark.parametrize("typed", ["nhiều", "12 người", "9999999999", "-", "-5", "2,5", "2.5", "1e3"])
def test_a_prediction_that_is_no_number_is_told(sitting: Contestant, typed: str) -> None:
    page = sitting.submit(prediction=typed)

    assert "Câu dự đoán: hãy ghi một số, ví dụ 250." in page.text


def test_nothing_is_submitted_with_a_bad_prediction(sitting: Contestant) -> None:
    sitting.sit()
    sitting.submit(prediction="nhiều")

    assert sitting.open(sitting.attempt).address == sitting.attempt


def test_in_the_grace_only_the_button_is_left(app: Flask, clock: Clock) -> None:
    open_contest(app, time={"limit_minutes": 20, "expiry": "grace", "grace_minutes": 2})
    person = Contestant(app)
    person.enter()
    person.start()
    clock.forward(minutes=21)

    page = person.open(f"{person.attempt}/review")

    assert "Đã hết giờ trả lời. Bạn chỉ còn cần bấm Nộp bài." in page.text
    assert f"{person.attempt}/1" not in page.links
    assert page.forms[0].values().keys() == {"form"}


def test_after_the_submission_it_leads_to_the_outcome(sitting: Contestant) -> None:
    sitting.submit()

    assert sitting.open(f"{sitting.attempt}/review").address == f"{sitting.attempt}/outcome"
