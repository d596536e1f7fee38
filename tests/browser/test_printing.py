"""A ward prints: a handbook of the lessons it chose, and a poster whose address leads to its survey."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from quizlib.bank.reader import load_bank
from tests.browser.server import PAST_SURVEY, Site
from tests.web.contest import SURVEY

ORGANISER = "Hội Phụ nữ phường Hoa Phượng"


def downloaded(page: Page) -> list[str]:
    """The text of every page of the file that the form's first button brings."""
    with page.expect_download() as coming:
        page.locator("main form button").first.tap()
    reader = PdfReader(Path(coming.value.path()))
    return [" ".join(each.extract_text().split()) for each in reader.pages]


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_a_ward_prints_a_handbook_of_the_lessons_it_chose(
    phone: Callable[..., Page], site: Site, mode: str
) -> None:
    page = phone(mode)
    page.goto(site.address("/learn"))
    page.locator("a[href='/handbook']").first.tap()
    page.locator("#organiser").fill(ORGANISER)
    page.locator("main form summary").tap()
    for topic in ("fake-police", "passwords"):
        page.locator("label.choice", has=page.locator(f"input[value='{topic}']")).tap()

    cover, *pages = downloaded(page)

    lessons = [
        load_bank(bank).topic(topic).lesson
        for bank, topic in (("scam_awareness", "fake-police"), ("digital_skills", "passwords"))
    ]
    assert ORGANISER in cover
    assert [sum(lesson.about in each for each in pages) for lesson in lessons] == [1, 1]
    assert not any(load_bank("scam_awareness").topic("romance").lesson.about in each for each in pages)


def test_a_ward_prints_a_poster_that_leads_to_its_survey_and_reads_it_by_unit(
    phone: Callable[..., Page], site: Site
) -> None:
    page = phone()
    page.goto(site.address("/handbook"))
    page.locator("a[href='/poster']").tap()
    page.locator("#to").fill(f"/contests/{SURVEY}")
    page.locator("#title").fill("Mời bà con cho ý kiến")
    page.locator("#organiser").fill(ORGANISER)

    (sheet,) = downloaded(page)

    readable = f"{site.base.partition('://')[2]}/contests/{SURVEY}"
    assert ("Mời bà con cho ý kiến" in sheet, ORGANISER in sheet, readable in sheet) == (True, True, True)
    page.goto(f"http://{readable}")
    expect(page.locator(".hero a.button")).to_have_attribute("href", f"/contests/{SURVEY}/enter")
    page.goto(site.address(f"/contests/{PAST_SURVEY}/survey"))
    expect(page.locator("main h2")).to_have_count(5)
    expect(page.locator("main details summary").first).to_contain_text("Lê Chân: 12 người")
