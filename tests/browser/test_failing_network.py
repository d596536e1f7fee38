"""A network that comes and goes: what was answered meanwhile arrives by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Watch
from tests.browser.contestant import Contestant


def test_answers_given_without_a_network_arrive_when_it_is_back(
    contestant: Callable[..., Contestant], watch: Watch
) -> None:
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED",)
    person = contestant()
    person.enter()
    person.start()
    is_down = True

    def fail(route: Route) -> None:
        if is_down and route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.continue_()

    person.page.route("**/attempts/**", fail)
    person.answer_up_to(4)
    assert [question["chosen"] for question in person.paper()[:3]] == [[], [], []]

    with (
        person.page.expect_response(lambda reply: reply.url.endswith("/1"), timeout=40_000),
        person.page.expect_response(lambda reply: reply.url.endswith("/2"), timeout=40_000),
        person.page.expect_response(lambda reply: reply.url.endswith("/3"), timeout=40_000),
    ):
        is_down = False

    person.page.reload()
    person.expect_question(4)
    assert all(question["chosen"] for question in person.paper()[:3])


def test_the_page_says_that_an_answer_is_still_on_this_phone(
    contestant: Callable[..., Contestant], watch: Watch
) -> None:
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED",)
    person = contestant()
    person.enter()
    person.start()

    person.page.route("**/attempts/**", lambda route: route.abort("internetdisconnected"))
    person.answer()
    person.page.keyboard.press("Tab")  # a number counts as written when its field is left

    words = person.page.evaluate("JSON.parse(document.getElementById('paper').dataset.words)")
    expect(person.page.locator("#kept")).to_have_text(words["phone"])
    person.page.unroute_all()
    expect(person.page.locator("#kept")).to_contain_text(words["saved"], timeout=20_000)


def test_a_tap_that_gives_a_button_no_focus_still_does_what_the_button_says(
    contestant: Callable[..., Contestant],
) -> None:
    """Safari and the browsers built on it leave the focus where it was."""
    person = contestant()
    person.enter()
    person.start()
    person.answer_up_to(3)

    person.question().locator("button[value=previous]").evaluate("button => button.click()")
    person.expect_question(2)
    person.question().locator("button[value=review]").evaluate("button => button.click()")

    person.expect_review()


def test_flight_mode_and_a_killed_page_lose_nothing(
    contestant: Callable[..., Contestant], watch: Watch
) -> None:
    """Ten questions are answered without a network, then the page is killed: the paper is as it was left."""
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED",)
    person = contestant()
    person.enter()
    person.start()
    person.answer_up_to(6)
    expect(person.page.locator("#kept")).to_have_text("")
    context, address, before = person.page.context, person.page.url, person.seconds_left()

    context.set_offline(True)
    person.answer_up_to(16)
    ticked = "form => [...form.querySelectorAll('input:checked')].map(box => box.value)"
    chosen = [each.evaluate(ticked) for each in person.page.locator("form.question").all()]
    person.page.close()
    context.set_offline(False)
    person.page = context.new_page()
    person.page.goto(address)

    expect_nothing_waiting(person.page)
    assert [each.evaluate(ticked) for each in person.page.locator("form.question").all()] == chosen
    person.page.reload()
    assert [bool(question["chosen"]) for question in person.paper()[:15]] == [True] * 15
    assert [each.evaluate(ticked) for each in person.page.locator("form.question").all()] == chosen
    assert 0 < person.seconds_left() <= before


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_nothing_is_said_to_be_on_the_phone_when_all_was_received(
    contestant: Callable[..., Contestant], mode: str
) -> None:
    person = contestant(mode)
    person.enter()
    person.start()
    person.answer_up_to(3)
    person.question().locator("button[value=review]").click()

    person.expect_review()

    expect(person.page.locator("#waiting")).to_be_hidden()


def test_what_did_not_come_through_goes_along_with_the_submission(
    contestant: Callable[..., Contestant], watch: Watch
) -> None:
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
    person = contestant()
    person.enter()
    person.start()
    review = person.page.locator("#paper").get_attribute("data-review")
    person.page.route(re.compile(r"/attempts/[^/]+/\d+$"), lambda route: route.abort())
    person.answer_up_to(3)

    person.page.goto(person.page.url.partition("/attempts/")[0] + str(review))
    expect(person.page.locator("#waiting")).to_be_visible()
    person.page.unroute_all()
    person.submit()

    person.expect_outcome()
    expect_nothing_waiting(person.page)


def expect_nothing_waiting(page: Page) -> None:
    """The phone keeps no answer that the server has."""
    for _ in range(60):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.evaluate("JSON.stringify(localStorage)"))
