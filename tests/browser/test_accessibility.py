"""Every page can be read, reached and used: axe, large letters on a small screen, targets for any finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import COMPUTER, PHONE, YEARS, Watch
from tests.browser.contestant import Contestant, known_items, tidy
from tests.browser.pages import REFUSED, STATES, Visit, prepare
from tests.browser.reading import BEYOND_THE_EDGE, TWICE, faults
from tests.browser.server import Site

BEYOND_A_FORM = (
    "entry left empty",
    "warm-up",
    "unread answer",
    "serial unknown",
    "resume refused",
    "practice question",
    "practice answer",
    "handbook to print",
    "poster refused",
)
DARK = ("contest", "entry left empty", "all questions", "review", "outcome", "certificate", "practice answer")
every_page = pytest.mark.parametrize("state", STATES)
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])


@pytest.fixture(scope="session")
def visit(browser: Browser, site: Site) -> Visit:
    """People on their way, prepared once; their addresses serve both languages."""
    context = browser.new_context(**PHONE)
    prepared = prepare(site, lambda: Contestant(context.new_page(), site, "vi", next(YEARS)))
    context.close()
    return prepared


@pytest.fixture
def show(phone: Callable[..., Page], visit: Visit, watch: Watch) -> Callable[..., Page]:
    """``show(state, lang, size, **options)``: that page on a new phone."""

    def open_state(state: str, lang: str, size: str = "", **options: object) -> Page:
        if state in REFUSED:
            watch.forgiven = ("Failed to load resource",)
        page = phone(**options)
        STATES[state](page, replace(visit, lang=lang, size=size))
        return page

    return open_state


@both_languages
@every_page
def test_a_page_can_be_read_and_used_whatever_the_size_of_its_letters(
    show: Callable[..., Page], axe: str, state: str, lang: str
) -> None:
    page = show(state, lang)
    assert faults(page, axe) == []

    page.evaluate("document.documentElement.dataset.size = 'larger'")
    assert faults(page, axe) == []

    page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "40px"
    assert page.evaluate(BEYOND_THE_EDGE) == []


@pytest.mark.parametrize("state", DARK)
def test_a_page_can_be_read_and_used_in_the_dark(show: Callable[..., Page], axe: str, state: str) -> None:
    page = show(state, "vi", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 25, 28)"
    assert faults(page, axe) == []


@pytest.mark.parametrize("state", DARK)
def test_a_page_can_be_read_and_used_on_a_computer(show: Callable[..., Page], axe: str, state: str) -> None:
    page = show(state, "vi", has_touch=False, is_mobile=False, **COMPUTER)

    assert faults(page, axe) == []


@pytest.mark.parametrize("state", BEYOND_A_FORM)
def test_the_size_of_letters_once_chosen_stays(show: Callable[..., Page], state: str) -> None:
    """Through links, forms and redirects, so without a cookie."""
    page = show(state, "vi", "larger")

    assert page.locator("html").get_attribute("data-size") == "larger"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "28.8px"


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_large_letters_are_chosen_once_and_last_until_the_outcome(
    contestant: Callable[..., Contestant], mode: str
) -> None:
    person = contestant(mode)
    person.open_contest()
    person.press(person.page.locator("nav.sizes a").last)
    person.go_to_entry()
    person.fill_in()
    person.press(person.page.locator("main form button[type=submit]"))
    person.start()
    person.answer_up_to(3)
    person.go("review")
    person.expect_review()

    person.submit()

    assert person.page.locator("html").get_attribute("data-size") == "larger"


@both_languages
def test_a_keyboard_reaches_the_main_part_first(contestant: Callable[..., Contestant], lang: str) -> None:
    person = contestant(lang=lang)
    person.open_contest()

    person.page.keyboard.press("Tab")
    skip = person.page.locator(".skip")
    assert skip.evaluate("each => each === document.activeElement && each.getBoundingClientRect().top >= 0")
    person.page.keyboard.press("Enter")

    expect(person.page).to_have_url(re.compile("#main$"))


def test_a_new_question_is_told_to_a_screen_reader(contestant: Callable[..., Contestant]) -> None:
    """Focus moves to the question's words, and what became of an answer is said where it is listened for."""
    person = contestant()
    person.enter()
    person.start()
    person.answer_up_to(2)

    focused = person.page.evaluate("document.activeElement.textContent.trim()")

    assert person.item() in known_items("vi")[tidy(focused)]
    assert person.page.locator("#kept").get_attribute("role") == "status"


@both_languages
def test_nothing_moves_under_the_finger_when_an_answer_is_received(
    contestant: Callable[..., Contestant], lang: str
) -> None:
    person = contestant(lang=lang)
    person.enter()
    person.start()
    before = person.question().bounding_box()

    person.answer()
    person.page.keyboard.press("Tab")  # a number counts as written when its field is left

    expect(person.page.locator("#kept")).to_have_class("badge good")
    scrolled = person.page.evaluate("scrollY")
    after = person.question().bounding_box()
    assert before and after
    assert after["y"] + scrolled == pytest.approx(before["y"], abs=1)
