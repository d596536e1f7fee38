"""Pages ask nobody else for anything, keep nothing on the phone, and a foreign script does not run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch
from tests.browser.contestant import Contestant
from tests.browser.server import Site

STORED = """async () => {
  const bases = await indexedDB.databases(), workers = await navigator.serviceWorker.getRegistrations();
  return [localStorage.length, sessionStorage.length, bases.length, workers.length, document.cookie];
}"""


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_contest_asks_nobody_else_and_leaves_nothing_on_the_phone(
    contestant: Callable[..., Contestant], watch: Watch, site: Site, lang: str
) -> None:
    person = contestant(lang=lang)
    person.enter()
    person.start()
    person.answer_up_to(3)
    person.go("review")
    person.expect_review()
    person.submit()

    assert watch.hosts == {site.base.removeprefix("http://")}
    assert watch.complaints == []
    assert person.page.evaluate(STORED) == [0, 0, 0, 0, ""]


@pytest.mark.parametrize(
    "deed",
    [
        "() => { new Image().src = 'https://stranger.example/pixel.png' }",
        "() => fetch('https://stranger.example/').catch(() => {})",
        "() => { document.body.append(Object.assign(document.createElement('script'), {text: 'done = 1'})) }",
    ],
    ids=["picture", "request", "script"],
)
def test_what_a_page_may_not_do_is_stopped_and_noticed(
    phone: Callable[..., Page], watch: Watch, site: Site, deed: str
) -> None:
    page = phone()
    page.goto(site.contest())

    with page.expect_console_message():
        page.evaluate(deed)

    assert any("Content Security Policy" in each for each in watch.complaints)
    assert page.evaluate("typeof done") == "undefined"
    watch.complaints.clear()
    watch.hosts.clear()
