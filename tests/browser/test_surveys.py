"""A survey on a phone: from the address that its code holds to the thanks, without a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Site
from tests.web.contest import SURVEY


@pytest.mark.parametrize("mode", ["scripts", "no-scripts", "no-cookies"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_survey_is_answered_from_its_address(
    phone: Callable[..., Page], site: Site, mode: str, lang: str
) -> None:
    page = phone(mode)
    page.goto(site.address(f"/contests/{SURVEY}", lang))
    page.locator(".hero a.button").tap()
    page.locator("#unit").fill("le chan")
    page.locator("main form button[type=submit]").tap()

    for number in range(1, 6):
        expect_question(page, number)
        page.locator("form.question:visible label.choice").last.tap()
        page.locator("form.question:visible button[value=next]").tap()
    expect_question(page, 6)
    page.locator("textarea:visible").fill("Cô Hoa dạy\ndễ hiểu lắm.")
    page.locator("form.question:visible button[value=next]").tap()
    expect(page.locator(".numbers .done")).to_have_count(6)
    page.locator(".numbers a").last.tap()
    expect(page.locator("textarea:visible")).to_have_value("Cô Hoa dạy dễ hiểu lắm.")
    page.go_back()
    page.locator("form[action*='/submit'] button").tap()

    expect(page.locator(f"main a[href*='{SURVEY}/enter']")).to_be_visible()  # for the next person
    expect(page.locator("html")).to_have_attribute("lang", lang)


def expect_question(page: Page, number: int) -> None:
    progress = page.locator(".bar:visible meter")
    expect(progress).to_have_count(1)
    expect(progress).to_have_attribute("value", str(number))
