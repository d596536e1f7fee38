"""Somebody just cheated reaches the five steps in one press from anywhere, and again without a network."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, expect
from pypdf import PdfReader

from quizlib.web.demo.load import CODE
from tests.browser.conftest import Watch
from tests.browser.contestant import Contestant
from tests.browser.server import Site

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(request.url);
  return found.sort();
}"""
UNTIL_KEPT = """async path => {
  while (!await caches.match(path)) await new Promise(resolve => setTimeout(resolve, 50));
}"""
SIDES = ("top", "right", "bottom", "left")
PLACES = ["/", f"/contests/{CODE}/enter", "/practice/scam_awareness/any/seed/1", "/verify", "/no-such-page"]


def expect_steps(page: Page, lang: str = "vi") -> None:
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".speech .card h2")).to_have_count(5)
    expect(page.locator("a[href='tel:113']")).to_be_visible()


def press_help(page: Page) -> None:
    """The first of its links that is seen, wherever the page has it."""
    page.locator("a[href*='/help-now']:visible").first.tap()


def wait_until_kept(page: Page, path: str) -> None:
    page.evaluate(UNTIL_KEPT, path)


def lose_network(page: Page) -> None:
    """And what the browser has kept of its own accord."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


@pytest.mark.parametrize("mode", ["scripts", "no-scripts", "no-cookies"])
def test_somebody_just_cheated_reaches_the_five_steps_in_one_press(
    phone: Callable[..., Page], site: Site, watch: Watch, mode: str
) -> None:
    watch.forgiven = ("status of 404",)
    page = phone(mode)

    for place in PLACES:
        page.goto(site.address(place))
        link = page.locator("header a[href*='/help-now']")
        box = link.bounding_box()
        assert box and box["y"] + box["height"] < 160  # seen without scrolling
        link.tap()
        expect_steps(page)


def test_so_does_somebody_in_the_middle_of_a_paper_who_can_go_on_afterwards(
    contestant: Callable[..., Contestant],
) -> None:
    person = contestant()
    person.enter()
    person.start()
    person.answer_up_to(3)

    press_help(person.page)
    expect_steps(person.page)
    person.page.go_back()

    person.expect_question(3)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_once_opened_the_steps_are_there_without_a_network_and_nothing_else_is_kept(
    phone: Callable[..., Page], site: Site, watch: Watch, lang: str
) -> None:
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
    page = phone()
    path = urlsplit(site.address("/help-now", lang)).path
    page.goto(site.address("/help-now?size=large", lang))
    wait_until_kept(page, path)
    page.goto(site.address("/practice", lang))
    lose_network(page)

    press_help(page)
    expect_steps(page, lang)
    page.reload()
    expect_steps(page, lang)

    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    kept = [urlsplit(each).path for each in page.evaluate(KEPT)]
    assert [each for each in kept if not each.startswith("/static/")] == [path]
    assert {"/static/site.css", "/static/speak.js", "/static/help.js"} == set(kept) - {path}
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(site.address("/practice", lang))


def test_both_languages_stay_as_they_were_opened(
    phone: Callable[..., Page], site: Site, watch: Watch
) -> None:
    watch.forgiven = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
    page = phone()
    for lang, path in (("vi", "/help-now"), ("en", "/en/help-now")):
        page.goto(site.address("/help-now", lang))
        wait_until_kept(page, path)
    lose_network(page)

    for lang in ("vi", "en"):
        page.goto(site.address("/help-now", lang))
        expect_steps(page, lang)


def test_a_paper_is_never_the_worker_s(contestant: Callable[..., Contestant], site: Site) -> None:
    person = contestant()
    person.page.goto(site.address("/help-now"))
    wait_until_kept(person.page, "/help-now")
    person.enter()
    person.start()

    assert person.page.evaluate("navigator.serviceWorker.controller") is None
    assert not any("/attempts/" in each for each in person.page.evaluate(KEPT))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_steps_are_read_aloud_and_fit_one_sheet_of_paper(
    phone: Callable[..., Page], site: Site, lang: str
) -> None:
    page = phone()
    page.goto(site.address("/help-now", lang))

    expect(page.locator(".speech > button")).to_be_visible()
    sheets = PdfReader(BytesIO(page.pdf(format="A4", margin=dict.fromkeys(SIDES, "15mm")))).pages
    assert len(sheets) == 1
    assert "113" in sheets[0].extract_text()


def test_a_new_scam_is_told_and_the_way_to_help_shown(phone: Callable[..., Page], site: Site) -> None:
    page = phone("no-scripts")
    page.goto(site.address("/alerts"))
    page.locator("main a[href*='/report']").tap()
    page.locator("main form button").tap()
    expect(page.locator("#errors")).to_be_visible()
    page.locator("#text").fill("Có người gọi, bảo cài ứng dụng lạ.")
    page.locator("#channel").select_option("call")
    page.locator("main form button").tap()

    expect(page.locator("h1")).to_have_text("Cảm ơn bạn")
    page.locator("main a[href*='/help-now']").tap()
    expect_steps(page)
