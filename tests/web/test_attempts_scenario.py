"""A scenario in a contest: one step at a time, and no step is taken back."""

from __future__ import annotations

import pytest
from flask import Flask

from quizlib.web.tables import Answer
from tests.builders import a_scenario_table
from tests.web.contest import bank_document, open_contest, responses
from tests.web.contestant import Contestant, Page

SECRETS = ("Hóa ra", "5.000.000", "Lời giải", "Bước s3")


@pytest.fixture
def walker(app: Flask) -> Contestant:
    """Somebody at the first step of the paper's only question."""
    open_contest(app, bank_document(a_scenario_table(stimulus=None)))
    person = Contestant(app)
    person.enter()
    person.start()
    person.ask(1)
    return person


def step(person: Contestant, choice: str, **fields: object) -> Page:
    """Choose at the step before them and stay."""
    return person.answer((choice,), go="stay", **fields)


def test_a_path_is_kept_step_by_step_and_earns_its_points(app: Flask, walker: Contestant) -> None:
    step(walker, "b")
    step(walker, "d")
    page = step(walker, "e")

    assert "Câu chuyện đã kết thúc" in page.text
    assert responses(app, Answer) == {"story-1": ("b", "d", "e")}
    assert "2/3" in walker.submit().text


def test_only_the_steps_met_are_on_the_page(walker: Contestant) -> None:
    first = walker.page.source

    second = step(walker, "b").source

    assert "Bước s1" in first and "Bước s2" not in first
    assert "Bước s1" in second and "Bước s2" in second
    assert [secret for secret in SECRETS if secret in first + second] == []


def test_the_whole_paper_in_one_document_shows_only_the_steps_met_too(walker: Contestant) -> None:
    step(walker, "b")

    page = walker.open(walker.attempt)

    assert "Bước s2" in page.text
    assert [secret for secret in SECRETS if secret in page.source] == []


def test_the_same_choice_sent_again_is_the_same_step(app: Flask, walker: Contestant) -> None:
    form = walker.page.forms[0]
    sent = {**form.values(), **form.filled(("b",)), "go": "stay"}

    pages = [walker.post(form.action, **sent) for _ in range(3)]

    assert {page.status for page in pages} == {200}
    assert {page.text for page in pages} == {pages[0].text}
    assert responses(app, Answer) == {"story-1": ("b",)}


@pytest.mark.parametrize("script", [False, True])
def test_another_choice_of_a_step_already_taken_is_refused(
    app: Flask, walker: Contestant, script: bool
) -> None:
    form = walker.page.forms[0]
    sent = {**form.values(), "go": "stay", **({"script": "1"} if script else {})}
    walker.post(form.action, **sent, **form.filled(("b",)))

    page = walker.post(form.action, **sent, **form.filled(("a",)))

    if script:
        assert (page.status, page.json) == (422, {"state": "unread"})
    else:
        assert "Chưa đọc được câu trả lời này" in page.text and "Bước s2" in page.text
    assert responses(app, Answer) == {"story-1": ("b",)}


def test_neither_a_later_sequence_nor_an_empty_form_takes_a_step_back(app: Flask, walker: Contestant) -> None:
    form = walker.page.forms[0]
    step(walker, "b")
    step(walker, "c")

    walker.post(form.action, **form.values() | {"sequence": "99"}, **form.filled(("a",)))
    walker.post(form.action, **form.values() | {"sequence": "99"})

    assert responses(app, Answer) == {"story-1": ("b", "c")}


def test_a_page_left_open_since_an_earlier_step_cannot_choose_again(app: Flask, walker: Contestant) -> None:
    form = walker.page.forms[0]
    step(walker, "b")
    step(walker, "d")
    step(walker, "f")

    page = walker.post(form.action, **form.values(), **form.filled(("b",)), go="stay")

    assert page.status == 200
    assert responses(app, Answer) == {"story-1": ("b", "d", "f")}


def test_a_story_left_half_way_earns_what_it_has_gathered(walker: Contestant) -> None:
    step(walker, "a")

    assert "2/3" in walker.submit().text


def test_a_token_of_another_step_is_refused(app: Flask, walker: Contestant) -> None:
    form = walker.page.forms[0]
    step(walker, "b")
    later = walker.page.forms[0].filled(("c",))
    person = Contestant(app)
    person.enter(name="Trần Văn Bình")
    person.start()
    person.ask(1)

    page = person.press(**later, go="stay")

    assert "Chưa đọc được câu trả lời này" in page.text
    assert form.action != person.page.forms[0].action
