"""Answering what is shown: judging it, marking its clues, acting on it, walking through a story.

What is special to stories stands in test_attempts_scenario.py.
"""

from __future__ import annotations

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.web.tables import Answer, Outcome
from tests.web.contest import RIGHT_SEEING, SEEING, bank_document, count, open_contest, responses, rows
from tests.web.contestant import Contestant

WALKS: dict[str, list[Response]] = {"story": [("a",), ("e",)]}  # all other kinds are one step


@pytest.fixture
def sitting(app: Flask) -> Contestant:
    open_contest(app, bank_document(*SEEING))
    person = Contestant(app)
    person.enter()
    person.start()
    return person


def give(person: Contestant, item: str, *steps: Response) -> None:
    for step in steps:
        person.find(item)
        person.answer(step)


@pytest.mark.parametrize("item", RIGHT_SEEING)
def test_an_answer_is_kept(app: Flask, sitting: Contestant, item: str) -> None:
    give(sitting, item, *WALKS.get(item, [RIGHT_SEEING[item]]))

    assert responses(app, Answer) == {item: RIGHT_SEEING[item]}


def test_full_marks_are_earned_by_the_keys(app: Flask, sitting: Contestant) -> None:
    for item, response in RIGHT_SEEING.items():
        give(sitting, item, *WALKS.get(item, [response]))
    page = sitting.submit()

    (outcome,) = rows(app, Outcome)
    assert (outcome["points"], outcome["max_points"]) == (8, 8)
    assert "Tuyệt vời, đúng tất cả!" in page.text


@pytest.mark.parametrize(
    ("item", "steps", "points"),
    [
        ("judge", [("scam", "1")], 1),
        ("judge", [("genuine", "4")], 0),
        ("clues", [("from",)], 1),
        ("action", [("b",)], 1),
        ("action", [("c",)], 0),
        ("story", [("b",), ("d",), ("e",)], 2),
        ("story", [("b",), ("c",), ("f",)], 0),
        ("story", [("a",)], 2),
    ],
)
def test_other_answers_earn_what_they_are_worth(
    app: Flask, sitting: Contestant, item: str, steps: list[Response], points: int
) -> None:
    give(sitting, item, *steps)
    sitting.submit()

    assert [row["points"] for row in rows(app, Outcome)] == [points]


@pytest.mark.parametrize("item", ["judge", "clues", "action"])
def test_a_saved_answer_is_still_there(sitting: Contestant, item: str) -> None:
    give(sitting, item, RIGHT_SEEING[item])

    form = sitting.find(item).forms[0]

    assert form.values().items() >= form.filled(RIGHT_SEEING[item]).items()


@pytest.mark.parametrize("item", RIGHT_SEEING)
def test_blank_keeps_nothing(app: Flask, sitting: Contestant, item: str) -> None:
    give(sitting, item, ())

    assert count(app, Answer) == 0


@pytest.mark.parametrize("half", [("scam",), ("4",)])
def test_a_judgement_is_a_verdict_and_how_sure(app: Flask, sitting: Contestant, half: Response) -> None:
    sitting.find("judge")
    page = sitting.answer(half)
    status, told = sitting.script("judge", half)

    assert "Chưa đọc được câu trả lời này." in page.text
    assert (status, told) == (422, {"state": "unread"})
    assert count(app, Answer) == 0


@pytest.mark.parametrize(
    ("item", "sent"),
    [
        ("judge", {"": "zzzzzzzz", "-sure": "4"}),
        ("judge", {"-sure": "9"}),
        ("clues", {"": "zzzzzzzz"}),
        ("action", {"": "scam"}),
        ("story", {"": "zzzzzzzz"}),
    ],
)
def test_what_is_no_answer_is_told(app: Flask, sitting: Contestant, item: str, sent: dict[str, str]) -> None:
    name = sitting.find(item).forms[0].filled(RIGHT_SEEING[item])
    first = next(iter(name))

    page = sitting.answer((), **{first + ending: value for ending, value in sent.items()})

    assert "Chưa đọc được câu trả lời này." in page.text
    assert count(app, Answer) == 0


def test_a_script_is_told_the_path(sitting: Contestant) -> None:
    status, told = sitting.script("story", ("a",))

    assert (status, told["state"], len(told["chosen"])) == (200, "saved", 1)


def test_the_outcome_tells_what_every_step_meant(app: Flask) -> None:
    open_contest(app, bank_document(*SEEING), results__keys="at-once", attempts={"per_round": 1})
    person = Contestant(app)
    person.enter()
    person.start()
    give(person, "story", ("b",), ("c",), ("f",))
    give(person, "judge", ("genuine", "4"))

    text = person.submit().text

    assert all(f"Hóa ra {each}" in text for each in "bcf")
    assert "Hóa ra a" not in text
    assert "6.000.000 đồng" in text
    assert "Đây là lừa đảo." in text
    assert "Dấu hiệu text" in text


def test_what_can_be_inspected_is_on_the_page_without_a_script(sitting: Contestant) -> None:
    assert "Xem kỹ judge" in sitting.find("judge").text
