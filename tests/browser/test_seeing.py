"""What a phone can show is inspected, answered and toured: by keyboard alone, in both languages and modes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from quizlib.bank.fields import CHANNELS
from tests.browser.reading import BEYOND_THE_EDGE, TWICE, faults
from tests.browser.server import Site

MOST_PRESSES = 150
MOST_STEPS = 8
FOCUSED = """() => {
  const each = document.activeElement;
  return {
    sort: each.matches('.inspect > summary') ? 'part' : each.matches('main form button[type=submit]') ? 'end'
      : each.matches('input[type=radio], input[type=checkbox]') ? 'answer' : '',
    done: each.checked || false, name: each.name || '', inside: !!each.closest('main'),
  };
}"""

every_channel = pytest.mark.parametrize("channel", CHANNELS)
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])
both_modes = pytest.mark.parametrize("mode", ["scripts", "no-scripts"])


def find(page: Page, site: Site, lang: str, what: str, wish: str = "") -> None:
    """Opens the first practice paper that begins with it."""
    for seed in range(30):
        page.goto(site.address(f"/practice/scam_awareness/any/{seed}/1{wish}", lang))
        if page.locator(what).count():
            return
    raise AssertionError(f"no paper begins with {what}")


def show(page: Page, site: Site, channel: str, lang: str) -> None:
    find(page, site, lang, f"figure.channel-{channel} .inspect", f"?channel={channel}")


def inspect_and_answer(page: Page) -> list[str]:
    """Every part inspected and one answer to everything asked, pressing keys only; what could not be done."""
    found, answered = [], set()
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["sort"] == "part":
            page.keyboard.press("Enter")
            if not page.evaluate("document.activeElement.nextElementSibling.getClientRects().length"):
                found.append(page.evaluate("document.activeElement.textContent"))
        elif focused["sort"] == "answer" and focused["name"] not in answered:
            page.keyboard.press("Space")
            answered.add(focused["name"])
        elif focused["sort"] == "end":
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return found
    return [*found, "the button that shows the answer"]


@every_channel
@both_languages
@both_modes
def test_a_keyboard_alone_inspects_every_part_and_answers(
    phone: Callable[..., Page], site: Site, channel: str, lang: str, mode: str
) -> None:
    page = phone(mode)
    show(page, site, channel, lang)
    inspectable = page.locator(".inspect").count()

    unreached = inspect_and_answer(page)

    assert unreached == []
    assert inspectable
    expect(page.locator(".badge").first).to_be_visible()
    toured = page.locator(f"figure.channel-{channel} b.number").count()
    assert toured == page.locator(".tour b.number").count()


@every_channel
@both_languages
def test_what_is_shown_can_be_read_before_and_after_the_answer(
    phone: Callable[..., Page], site: Site, axe: str, channel: str, lang: str
) -> None:
    page = phone()
    show(page, site, channel, lang)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    before = faults(page, axe)
    inspect_and_answer(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    assert before == []
    assert faults(page, axe) == []
    page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
    assert page.evaluate(BEYOND_THE_EDGE) == []


@every_channel
def test_what_is_shown_has_a_name_and_a_print_form(
    phone: Callable[..., Page], site: Site, channel: str
) -> None:
    page = phone()
    show(page, site, channel, "vi")
    page.emulate_media(media="print")

    figure = page.locator(f"figure.channel-{channel}")
    hidden = figure.locator(".inspect > p").evaluate_all(
        "all => all.filter(each => !each.checkVisibility()).map(each => each.textContent)"
    )

    expect(page.get_by_role("figure", name="Ví dụ")).to_have_count(1)
    expect(figure.locator("figcaption")).to_be_visible()
    assert hidden == []


@both_languages
@both_modes
def test_a_story_told_wrong_shows_where_and_what_it_cost(
    phone: Callable[..., Page], site: Site, axe: str, lang: str, mode: str
) -> None:
    page = phone(mode)
    find(page, site, lang, "button[name=go]")
    for _ in range(MOST_STEPS):
        if page.locator(".walk").count() == 0:
            page.locator("main fieldset label.choice").first.click()
            with page.expect_navigation():
                page.locator("main form button[type=submit]").first.click()

    expect(page.locator(".walk > li").first).to_be_visible()
    if page.locator(".walk .slip").count():
        expect(page.locator(".walk .slip .badge.careful")).to_be_visible()
    if mode == "scripts":  # axe needs them
        assert faults(page, axe) == []
    page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
    assert page.evaluate(BEYOND_THE_EDGE) == []
