"""Reload, back, a closed browser, another phone: the same paper, in the same order, on the same clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.contestant import Contestant

MODES = ("scripts", "no-scripts")
ON_PAPER = ("question-1", "question-7", "review")
PLACES = {"question-1": 1, "question-7": 7}


@dataclass(frozen=True)
class Seen:
    """What a person would notice if it changed; the clock may only go down."""

    paper: list[dict[str, object]]
    seconds: int


def walk_to(step: str, person: Contestant) -> None:
    person.enter()
    if step != "ready":
        person.start()
    if step == "question-7":
        person.answer_up_to(7)
    if step in ("review", "outcome"):
        person.answer_up_to(3)
        person.answer()
        person.go("review")
        person.expect_review()
    if step == "outcome":
        person.submit()


def look(person: Contestant) -> Seen:
    return Seen(person.paper(), person.seconds_left())


def expect_place(step: str, person: Contestant) -> None:
    """The page of this step is the one that is shown, with the question that belongs there."""
    if step == "review":
        person.expect_review()
    else:
        person.expect_question(PLACES[step])
        assert person.stem() == person.paper()[PLACES[step] - 1]["stem"]


def expect_same_paper(person: Contestant, before: Seen) -> Seen:
    now = look(person)
    assert now.paper == before.paper
    assert 0 < now.seconds <= before.seconds
    return now


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", ON_PAPER)
def test_after_a_reload_the_same_paper_goes_on_at_the_same_place(
    contestant: Callable[..., Contestant], step: str, mode: str
) -> None:
    person = contestant(mode)
    walk_to(step, person)
    before = look(person)

    person.page.reload()

    expect_place(step, person)
    expect_same_paper(person, before)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", ON_PAPER)
def test_the_back_button_stays_in_the_same_paper_and_forward_returns(
    contestant: Callable[..., Contestant], step: str, mode: str
) -> None:
    person = contestant(mode)
    walk_to(step, person)
    before = look(person)

    person.page.go_back()
    expect(person.question()).to_have_count(1)
    after_back = expect_same_paper(person, before)
    if step != "question-1":
        person.page.go_forward()
        expect_place(step, person)

    expect_same_paper(person, after_back)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", ON_PAPER)
def test_a_closed_browser_goes_on_by_code_on_another_phone(
    contestant: Callable[..., Contestant], phone: Callable[..., Page], step: str, mode: str
) -> None:
    person = contestant(mode)
    walk_to(step, person)
    before, code, attempt = look(person), person.code(), person.attempt
    unanswered = 4 if step == "review" else PLACES[step]
    person.page.context.close()

    person.resume(phone(mode), code)

    person.expect_question(unanswered)
    assert person.attempt == attempt
    expect_same_paper(person, before)


@pytest.mark.parametrize("mode", MODES)
def test_before_the_start_the_code_survives_reload_back_and_another_phone(
    contestant: Callable[..., Contestant], phone: Callable[..., Page], mode: str
) -> None:
    person = contestant(mode)
    walk_to("ready", person)
    code, address = person.code(), person.page.url

    person.page.reload()
    assert person.code() == code
    person.page.go_back()
    expect(person.page.locator("#consent")).to_be_attached()
    person.page.go_forward()
    assert person.code() == code
    person.page.context.close()
    person.resume(phone(mode), code)

    expect(person.page).to_have_url(address)
    person.start()
    assert person.seconds_left() > 19 * 60


@pytest.mark.parametrize("mode", MODES)
def test_after_submission_reload_back_and_another_phone_show_the_outcome(
    contestant: Callable[..., Contestant], phone: Callable[..., Page], mode: str
) -> None:
    person = contestant(mode)
    walk_to("outcome", person)
    outcome, address = person.page.locator("main").inner_text(), person.page.url
    code = person.code()

    person.page.reload()
    assert person.page.locator("main").inner_text() == outcome
    person.page.go_back()
    person.expect_outcome()
    assert person.page.locator("main").inner_text() == outcome
    person.page.context.close()
    person.resume(phone(mode), code)
    person.page.locator("main a[href*='/outcome']").tap()

    expect(person.page).to_have_url(address)
    assert person.page.locator("main").inner_text() == outcome


@pytest.mark.parametrize("mode", MODES)
def test_before_the_entry_reload_and_back_lose_nothing_but_what_was_typed(
    contestant: Callable[..., Contestant], mode: str
) -> None:
    person = contestant(mode)
    person.open_contest()
    first = person.page.locator("main").inner_text()

    person.page.reload()
    assert person.page.locator("main").inner_text() == first
    person.go_to_entry()
    person.page.reload()
    expect(person.page.locator("#name")).to_be_editable()
    person.page.go_back()
    assert person.page.locator("main").inner_text() == first
    person.page.go_forward()
    person.fill_in()
    person.page.locator("main form button[type=submit]").tap()

    assert person.code()


def test_starting_again_from_the_page_before_leads_to_the_paper_that_was_begun(
    contestant: Callable[..., Contestant],
) -> None:
    person = contestant()
    walk_to("ready", person)
    ready = person.page.url
    person.start()
    before, attempt = look(person), person.attempt

    person.page.goto(ready)

    person.expect_question(1)
    assert person.attempt == attempt
    expect_same_paper(person, before)


def test_entering_twice_offers_the_way_back_by_code(contestant: Callable[..., Contestant]) -> None:
    person = contestant()
    person.enter()

    person.open_contest()
    person.go_to_entry()
    person.fill_in()
    person.page.locator("main form button[type=submit]").tap()

    offer = person.page.locator(".notice a[href*='/resume']")
    expect(offer).to_be_visible()
    expect(person.page.locator("#name")).not_to_have_value("")


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_can_be_changed_after_going_back(contestant: Callable[..., Contestant], mode: str) -> None:
    person = contestant(mode)
    person.enter()
    person.start()
    person.answer_up_to(2)

    person.go("previous")
    person.expect_question(1)
    assert person.paper()[0]["chosen"] != []
    person.answer()
    person.go("next")

    person.expect_question(2)
