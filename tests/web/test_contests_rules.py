"""The public rules of a contest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from quizlib.contest.wording import rules_text
from tests.web.contest import CODE, MAX_POINTS, OPENS, Clock, contest_rules, open_contest
from tests.web.contestant import Contestant


@pytest.mark.parametrize(("prefix", "lang"), [("", "vi"), ("/en", "en")])
def test_every_rule_is_on_the_page(person: Contestant, prefix: str, lang: str) -> None:
    page = person.open(f"{prefix}/contests/{CODE}/rules")

    titles = [section.title for section in rules_text(contest_rules(), lang)]
    assert all(title in page.text for title in titles)


def test_the_page_says_how_many_questions_anyone_may_see_before(app: Flask) -> None:
    open_contest(app, bank=[{"folder": "sample", "reserved": True}])

    page = Contestant(app).open(f"/contests/{CODE}/rules")

    assert "Mỗi đề có 4 câu, rút từ 4 câu. Trong mỗi đề, 0 câu thuộc bộ câu hỏi công khai" in page.text


def test_the_rules_can_be_read_before_the_contest_opens(person: Contestant, clock: Clock) -> None:
    clock.now = OPENS - timedelta(days=1)

    assert person.open(f"/contests/{CODE}/rules").status == 200


def test_the_page_says_what_a_paper_is_worth(person: Contestant) -> None:
    assert f"Điểm cao nhất là {MAX_POINTS}." in person.open(f"/contests/{CODE}/rules").text
