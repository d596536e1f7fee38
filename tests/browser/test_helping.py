"""A helper goes from house to house with one phone: nothing of one person is seen by the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Error, Page, expect
from pypdf import PageObject, PdfReader

from quizlib.web.demo.load import CODE
from tests.browser.conftest import Watch
from tests.browser.contestant import ITEMS, Contestant, tidy
from tests.browser.server import Site

PEOPLE = (("Hoàng Thị Bưởi", "1938"), ("Đặng Văn Quýt", "1941"), ("Lò Thị Ảnh Mơ", "1950"))
STORED = """async () => {
  const bases = await indexedDB.databases(), workers = await navigator.serviceWorker.getRegistrations();
  return [localStorage.length, sessionStorage.length, bases.length, workers.length, document.cookie];
}"""
BEFORE = "each => getComputedStyle(each, '::before').content"
A4 = (595, 842)  # points, but for one by rounding


@pytest.fixture
def helper(contestant: Callable[..., Contestant], watch: Watch) -> Callable[..., Contestant]:
    """``helper(mode)``: on the entry form in helper mode, from the contest's own page."""

    def come(mode: str = "scripts", **options: object) -> Contestant:
        watch.forgiven = ("Failed to load resource",)  # the browser reports the pages that are closed
        made = contestant(mode, **options)
        made.open_contest()
        made.page.locator("a[href*='helper=1']").tap()
        return made

    return come


def take_in(helper: Contestant, name: str, birth_year: str, mode: str) -> set[str]:
    """One person, from the form to the outcome; what of them must not be seen afterwards."""
    page = helper.page
    page.locator("#name").fill(name + {"no-scripts": " Hai"}.get(mode, ""))
    page.locator("#birth_year").fill(birth_year)
    if not page.locator("#unit").input_value():
        page.locator("#unit").fill("le chan")
    page.locator("label.choice", has=page.locator("#consent")).tap()
    page.locator("main form button[type=submit]").last.tap()
    code = helper.code()
    entry = page.url.partition("/entries/")[2].partition("?")[0]
    helper.start()
    helper.answer_up_to(3)
    helper.go("review")
    helper.expect_review()
    attempt = helper.token
    helper.submit()
    return {name, code, "".join(code.split()), entry, attempt}


def seen(page: Page) -> str:
    """Everything that the page holds, what is typed into its fields and its address too."""
    fields = page.locator("input:not([type=hidden])").evaluate_all("all => all.map(each => each.value)")
    return " ".join([page.content(), *fields, page.url])


def go_back(page: Page) -> bool:
    """One step back in the history; False where it begins."""
    before = page.url
    try:
        page.go_back(wait_until="load")
    except Error:  # a page that the browser would have to send again
        return True
    return page.url not in (before, "about:blank")


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_three_people_go_through_one_phone_and_nothing_of_one_is_seen_by_the_next(
    helper: Callable[..., Contestant], mode: str
) -> None:
    made = helper(mode)
    page, past = made.page, set[str]()
    for name, birth_year in PEOPLE:
        assert page.locator("html").get_attribute("data-size") == "larger"
        own = take_in(made, name, birth_year, mode)
        assert [each for each in past if each in seen(page)] == []
        page.locator("#hand-on button").tap()
        expect(page).to_have_url(re.compile(r"/enter\?"))
        past |= own
        assert [each for each in past if each in seen(page)] == []
        assert page.locator("#unit").input_value() == "Phường Lê Chân"
        assert page.locator("#consent").is_checked() is False
        if mode == "scripts":
            assert page.evaluate(STORED) == [0, 0, 0, 0, ""]

    look_back(page, past)


def look_back(page: Page, past: set[str]) -> None:
    """Through the whole history, step by step: no name and no code, and addresses that are closed."""
    words = {each for each in past if " " in each or each.isdecimal()}
    steps = 0
    while go_back(page) and steps < 60:
        steps += 1
        assert [each for each in words if each in seen(page)] == [], page.url
        if re.search("/(attempts|entries)/", page.url):
            expect(page.locator("h1")).to_have_text("Máy này đã chuyển cho người khác.")
    assert steps >= 9


def test_with_scripts_the_outcome_leaves_the_history(helper: Callable[..., Contestant]) -> None:
    made = helper()
    take_in(made, "Đinh Thị Ổi", "1947", "scripts")
    made.page.locator("#hand-on button").tap()
    expect(made.page).to_have_url(re.compile(r"/enter\?"))

    made.page.go_back()

    assert "/outcome" not in made.page.url


def test_without_a_network_the_phone_is_not_taken_for_handed_on(helper: Callable[..., Contestant]) -> None:
    made = helper()
    take_in(made, "Đinh Thị Sung", "1947", "scripts")
    made.page.context.set_offline(True)
    made.page.locator("#hand-on button").tap()
    made.page.wait_for_timeout(1000)

    made.page.context.set_offline(False)
    assert "/enter" not in made.page.url


def test_what_is_agreed_to_can_be_heard(helper: Callable[..., Contestant]) -> None:
    page = helper().page
    page.add_init_script("window.speechSynthesis.speak = each => { window.said = each.text; }")
    page.reload()

    page.locator(".speech button").tap()

    said = page.evaluate("window.said")
    assert tidy(page.locator(".speech label").inner_text()) in tidy(said)
    assert "tự mình đồng ý" in said


def test_whoever_was_helped_goes_on_alone_by_code(
    helper: Callable[..., Contestant], phone: Callable[..., Page], site: Site
) -> None:
    made = helper()
    take_in(made, "Đinh Thị Khế", "1947", "scripts")
    code = made.code()
    made.page.locator("#hand-on button").tap()
    expect(made.page).to_have_url(re.compile(r"/enter\?"))

    made.birth_year = 1947
    made.resume(phone(), code)
    made.page.locator("a[href*='/outcome']").tap()

    made.expect_outcome()


# -- on paper


def large_enough(sheet: PageObject) -> list[float]:
    """The sizes of the letters on a sheet, in points as they lie on the paper."""
    sizes: list[float] = []

    def note(text: str, matrix: list[float], place: list[float], font: object, size: float) -> None:
        if text.strip():
            sizes.append(round(abs(size * place[3] * matrix[3]), 1))

    sheet.extract_text(visitor_text=note)
    return sizes


def test_a_paper_is_printed_large_whole_and_with_its_number_on_every_question(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone()
    page.goto(site.contest())
    with page.expect_navigation():
        page.locator("a[href$='/paper']").tap()
    number = page.url.rpartition("/")[2]

    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    texts = [tidy(sheet.extract_text()) for sheet in sheets]
    assert {sheet.mediabox[2:] == pytest.approx(A4, abs=1) for sheet in sheets} == {True}
    assert all(min(large_enough(sheet)) >= 19.5 for sheet in sheets[1:])
    assert sum(text.count(number) for text in texts) == 1 + ITEMS + 2
    assert [text for text in texts if number not in text] == []  # so no question runs over a page
    assert "Phiếu trả lời" in texts[-2]
    assert "Họ và tên" in texts[-1]
    assert "Để in" not in " ".join(texts)


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_what_was_answered_on_paper_is_typed_in_in_the_order_of_the_print(
    contestant: Callable[..., Contestant], site: Site, mode: str
) -> None:
    made = contestant(mode)
    page = made.page
    page.goto(site.address(f"/contests/{CODE}/paper"))
    number = page.url.rpartition("/")[2]
    stems = [tidy(stem) for stem in page.locator("section.question > .stem").all_inner_texts()]

    made.open_contest()
    page.locator("a[href$='/typed']").tap()
    page.locator("#number").fill(number.lower())
    page.locator("main form button").tap()
    page.locator("#name").fill("Vi Thị Chanh" if mode == "scripts" else "Vi Thị Chanh Hai")
    page.locator("#birth_year").fill("1936")
    page.locator("#unit").fill("le chan")
    page.locator("label.choice", has=page.locator("#consent")).tap()
    page.locator("main form button[type=submit]").last.tap()

    made.expect_question(1)
    assert [each["stem"] for each in made.paper()] == stems
    assert "data-left" not in made.document()
    letter = page.locator(".choice:visible span").first.evaluate(
        "each => getComputedStyle(each, '::before').content"
    )
    assert letter.startswith("counter(letter, upper-alpha)")
    made.answer_up_to(3)
    made.go("review")
    made.submit()
    page.locator("#hand-on button").tap()
    expect(page.locator("#number")).to_have_value("")
