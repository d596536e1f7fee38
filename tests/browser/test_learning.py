"""The lessons on a phone and on paper: found without tones, read on three screens, practised, printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from quizlib import banks, load_bank
from quizlib.bank.item import Topic
from quizlib.learn.lessons import lessons
from tests.browser.conftest import PHONE
from tests.browser.contestant import tidy
from tests.browser.server import Site

SCREENS = 3
LONGEST = 5  # lessons that are printed here, in each language
MAIN_HEIGHT = "document.querySelector('main').scrollHeight"
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])
both_modes = pytest.mark.parametrize("mode", ["scripts", "no-scripts"])


@cache
def taught(lang: str) -> list[Topic]:
    """Longest first."""
    topics = [topic for name in banks() for topic in lessons(load_bank(name, lang))]
    return sorted(topics, key=lambda topic: -len(f"{topic.lesson}"))


def follow(page: Page, control: Locator) -> None:
    with page.expect_navigation():
        control.first.tap()


def sheets(page: Page) -> list[str]:
    """The text of each sheet that a printer would give, its joined letters apart."""
    found = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return [unicodedata.normalize("NFKC", tidy(sheet.extract_text())) for sheet in found]


@both_modes
def test_a_first_time_user_types_without_tones_reads_practises_and_comes_back(
    phone: Callable[..., Page], site: Site, mode: str
) -> None:
    page = phone(mode)
    page.goto(site.contest())
    follow(page, page.locator("footer a", has_text="Bài học"))
    page.locator("#q").fill("cong an goi dien")
    follow(page, page.locator("main form button[type=submit]"))
    follow(page, page.locator("main .links a"))
    lesson = page.url

    expect(page.locator("h1")).to_have_text("Giả danh công an, tòa án")
    assert len(sheets(page)) == 1
    follow(page, page.locator("main a.button.primary"))
    practise(page)
    assert "/report" in page.url
    follow(page, page.locator("main .card a", has_text="Đọc bài học"))

    expect(page).to_have_url(lesson)


def practise(page: Page) -> None:
    """To the report, the first answer of every story and no other."""
    while "/report" not in page.url:
        if page.locator("main form").count():
            if page.locator("main form button[name=go]").count():
                page.locator("main form label.choice").first.tap()
            follow(page, page.locator("main form button[type=submit]"))
        else:
            follow(page, page.locator("main a.button.primary"))


def test_from_a_lesson_one_comes_back_to_the_answer_that_led_there(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone()
    page.goto(site.address("/practice/scam_awareness/fake-police/seed/1"))
    if page.locator("main form button[name=go]").count():
        page.locator("main form label.choice").first.tap()
    follow(page, page.locator("main form button[type=submit]"))
    answer = page.locator("main").inner_text()
    follow(page, page.locator("main a", has_text="Đọc bài học"))

    page.go_back()

    assert page.locator("main").inner_text() == answer


@both_languages
def test_no_lesson_is_longer_than_three_screens(phone: Callable[..., Page], site: Site, lang: str) -> None:
    page, heights = phone(), {}
    for topic in taught(lang):
        page.goto(site.address(f"/learn/{topic.id}", lang))
        heights[topic.id] = page.evaluate(MAIN_HEIGHT)

    assert {
        name: high for name, high in heights.items() if high > SCREENS * PHONE["viewport"]["height"]
    } == {}


@both_languages
def test_the_longest_lessons_are_printed_on_one_sheet_whole(
    phone: Callable[..., Page], site: Site, lang: str
) -> None:
    page = phone()
    for topic in taught(lang)[:LONGEST]:
        page.goto(site.address(f"/learn/{topic.id}", lang) + "?size=larger")

        printed = sheets(page)

        assert len(printed) == 1, topic.id
        assert tidy(topic.lesson.remember) in printed[0]
        assert f"/learn/{topic.id}" in printed[0]


def test_a_button_prints_and_without_scripts_words_say_how(phone: Callable[..., Page], site: Site) -> None:
    page, plain = phone(), phone("no-scripts")
    page.add_init_script("window.print = () => { window.printed = true }")
    for each in (page, plain):
        each.goto(site.address("/learn/fake-police"))

    page.get_by_role("button", name="In trang này").tap()

    assert page.evaluate("window.printed")
    expect(plain.get_by_role("button", name="In trang này")).to_have_count(0)
    expect(plain.locator("#print")).to_contain_text("chọn In")
