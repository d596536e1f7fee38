"""The whole way on a phone: from the first page to a certificate in the hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.contestant import HOLDER, ITEMS, Contestant, tidy

FULL_MARKS = re.compile(rf"{ITEMS}\D+{ITEMS}")


@pytest.mark.parametrize("mode", ["scripts", "no-scripts", "no-cookies"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_knowing_person_walks_from_the_first_page_to_a_certificate_that_can_be_checked(
    contestant: Callable[..., Contestant], lang: str, mode: str
) -> None:
    person = contestant(mode, lang)
    page = person.page

    person.enter()
    person.start()
    person.finish()
    expect(page.locator(".numbers .done")).to_have_count(ITEMS)
    person.submit()
    expect(page.locator(".lead").first).to_contain_text(FULL_MARKS)
    page.locator("a[href*='/certificates/']").tap()

    expect(page.locator(".holder")).to_have_text(HOLDER)
    assert HOLDER in text_of_pdf(download(page, ".pdf"))
    assert Image.open(BytesIO(download(page, ".png"))).size[0] >= 1000
    follow_code(page)
    person.check_language()
    assert "/verify/" in page.url
    expect(page.locator(".facts")).to_contain_text(HOLDER)
    expect(page.locator(".facts")).to_contain_text(FULL_MARKS)
    expect(page.locator(".notice.careful")).to_be_visible()
    assert sample_words(lang) in page.locator(".notice.careful").inner_text().lower()


def download(page: Page, ending: str) -> bytes:
    with page.expect_download() as started:
        page.locator(f"a[href*='{ending}']").tap()
    file = started.value
    assert file.suggested_filename.endswith(ending)
    body = file.path().read_bytes()
    assert body.startswith({".pdf": b"%PDF-", ".png": b"\x89PNG"}[ending])
    return body


def text_of_pdf(body: bytes) -> str:
    return tidy(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(body)).pages))


def follow_code(page: Page) -> None:
    """Scan the code on the page as another phone's camera would, and open what it says."""
    picture = Image.open(BytesIO(page.locator("img").screenshot()))
    scanned = zxingcpp.read_barcodes(picture.resize((480, 480)))
    page.goto(scanned[0].text)


def sample_words(lang: str) -> str:
    return {"vi": "bản dùng thử", "en": "sample"}[lang]


@pytest.mark.parametrize("mode", ["scripts", "no-scripts"])
def test_a_unit_is_found_by_a_few_letters_without_tones_and_by_its_former_name(
    contestant: Callable[..., Contestant], mode: str
) -> None:
    person = contestant(mode)
    page = person.page
    person.open_contest()
    person.go_to_entry()
    person.fill_in()
    page.locator("#unit").fill("cam giang")
    if mode == "no-scripts":
        page.locator("main form button[type=submit]").tap()

    expect(page.locator("label.choice", has_text="Cẩm Gi")).to_have_count(2)
    page.locator("label.choice", has_text="Cẩm Giàng").tap()
    page.locator("main form button[type=submit]").tap()
    person.start()

    assert person.code()
