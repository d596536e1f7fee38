"""Counted figures of one contest: screens, fields, presses, words and bytes, each against its limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.conftest import PHONE, YEARS
from tests.browser.contestant import ITEMS, Contestant
from tests.browser.server import Site

WORDS_ABOVE_THE_FOLD = """() => {
  const words = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect();
    const hidden = walk.currentNode.parentElement.closest('.unseen, .skip, script, noscript');
    if (!hidden && box.height && box.top < innerHeight && box.bottom > 0)
      words.push(...walk.currentNode.textContent.split(/\\s+/).filter(Boolean));
  }
  return words.length;
}"""


@dataclass
class Meter:
    """Bytes that came over the wire, headers and redirects too, in the order of the steps."""

    session: CDPSession
    total: int = 0
    read: int = 0

    def start(self) -> None:
        self.session.on("Network.loadingFinished", lambda event: self.add(event["encodedDataLength"]))
        self.session.on("Network.requestWillBeSent", self.redirect)
        self.session.send("Network.enable")

    def redirect(self, event: dict[str, dict[str, int]]) -> None:
        self.add(event.get("redirectResponse", {}).get("encodedDataLength", 0))

    def add(self, count: float) -> None:
        self.total += int(count)

    def since(self, page: Page) -> int:
        """Bytes since the last reading."""
        page.wait_for_load_state("load")
        page.evaluate("1")
        came, self.read = self.total - self.read, self.total
        return came


@dataclass
class Figures:
    screens: int = 0
    fields: int = 0
    presses_to_first_question: int = 0
    presses_of_paper: int = 0
    words: int = 0
    first_page: int = 0
    entering: int = 0
    paper: int = 0
    questions: list[int] = field(default_factory=list)
    whole: int = 0

    def line(self, mode: str) -> str:
        return (
            f"{mode}: {self.screens} screens, {self.fields} fields, "
            f"{self.presses_to_first_question} presses to the first question, "
            f"{self.presses_of_paper} for the paper, "
            f"{self.words} words above the fold; "
            f"bytes: first page {self.first_page}, to the first question {self.entering}, "
            f"first question {self.paper}, most for a further one {max(self.questions)}, whole {self.whole}"
        )


def walk(person: Contestant, meter: Meter) -> Figures:
    """One whole contest, counted."""
    page, found, screens = person.page, Figures(), []
    person.open_contest()
    found.first_page, found.words = meter.since(page), page.evaluate(WORDS_ABOVE_THE_FOLD)
    screens.append(page.url)
    person.go_to_entry()
    screens.append(page.url)
    found.fields = page.locator("main form :is(input, select, textarea):not([type=hidden])").count()
    person.fill_in()
    person.press(page.locator("main form button[type=submit]"))
    page.wait_for_url("**/entries/**")
    screens.append(page.url)
    found.entering = meter.since(page)
    person.start()
    found.screens, found.presses_to_first_question = len({*screens, page.url}), person.presses
    found.paper = meter.since(page)
    for number in range(1, ITEMS + 1):
        person.answer()
        person.go("next")
        if number < ITEMS:
            person.expect_question(number + 1)
            found.questions.append(meter.since(page))
    person.expect_review()
    person.submit()
    found.presses_of_paper = person.presses - found.presses_to_first_question
    page.locator("a[href*='/certificates/']").tap()
    page.wait_for_url("**/certificates/**")
    meter.since(page)
    found.whole = meter.total
    return found


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[list[BrowserContext]]:
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def count(browser: Browser, site: Site, opened: list[BrowserContext]) -> Callable[[str], Figures]:
    """The figures of a contest sat with or without scripts; walked once."""
    known: dict[str, Figures] = {}

    def figures(mode: str) -> Figures:
        if mode not in known:
            context = browser.new_context(**PHONE, java_script_enabled=mode == "scripts")
            opened.append(context)
            page = context.new_page()
            meter = Meter(context.new_cdp_session(page))
            meter.start()
            known[mode] = walk(Contestant(page, site, "vi", next(YEARS)), meter)
        return known[mode]

    return figures


MODES = pytest.mark.parametrize("mode", ["scripts", "no-scripts"])


@MODES
def test_from_the_first_page_to_the_first_question_are_at_most_four_screens_and_four_fields(
    count: Callable[[str], Figures], mode: str
) -> None:
    assert count(mode).screens <= 4
    assert count(mode).fields <= 4


@MODES
def test_the_first_question_is_at_most_twelve_presses_from_the_code_on_the_poster(
    count: Callable[[str], Figures], mode: str
) -> None:
    assert count(mode).presses_to_first_question <= 12


@MODES
def test_a_paper_of_twenty_questions_takes_at_most_45_presses(
    count: Callable[[str], Figures], mode: str
) -> None:
    assert count(mode).presses_of_paper <= 45


@MODES
def test_the_first_page_holds_few_words_and_few_bytes(count: Callable[[str], Figures], mode: str) -> None:
    assert count(mode).words <= 60
    assert count(mode).first_page <= 25_000


@MODES
def test_a_contest_spares_a_slow_and_costly_network(count: Callable[[str], Figures], mode: str) -> None:
    assert max(count(mode).questions) <= 5_000
    assert count(mode).whole <= 150_000


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_who_when_and_one_large_button_stand_above_the_fold(
    contestant: Callable[..., Contestant], lang: str
) -> None:
    person = contestant(lang=lang)
    person.open_contest()

    for part in ("h1", ".organiser", ".hero li", ".hero a.button"):
        box = person.page.locator(part).first.bounding_box()
        assert box and box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["viewport"]["height"]
    assert person.page.locator(".hero a.button").count() == 1
    assert box["height"] >= 56
    assert box["width"] >= 300


def test_the_figures_can_be_quoted(
    count: Callable[[str], Figures], capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [count(mode).line(mode) for mode in ("scripts", "no-scripts")]

    with capfd.disabled():
        print("\nfigures at 360 x 740: " + "; ".join(lines))

    assert all(lines)
