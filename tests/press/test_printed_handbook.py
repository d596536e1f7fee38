"""The handbook on paper: every word of every lesson, right page numbers, codes that lead to the lesson."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PageObject, PdfReader

from quizlib import press
from quizlib.bank.item import Topic
from quizlib.learn.handbook import Handbook, handbook
from quizlib.learn.rescue import RESCUE

SITE = "https://so.hoaphuong.example.vn"
ORGANISER = "Hội Liên hiệp Phụ nữ phường Hoa Phượng"
both_languages = pytest.mark.parametrize("lang", ["vi", "en"])


def a_handbook(lang: str = "vi", *topics: str, site: str = SITE, folded: bool = False) -> Handbook:
    return handbook(lang, date(2026, 11, 22), ORGANISER, site, topics, folded)


def printed(book: Handbook, look: str = "handbook") -> list[PageObject]:
    made = press.pdf(look, asdict(book), book.addresses, book.day)
    return list(PdfReader(io.BytesIO(made)).pages)


@cache
def whole(lang: str) -> list[PageObject]:
    return printed(a_handbook(lang))


def text_of(page: PageObject) -> str:
    return on_one_line(page.extract_text())


def on_one_line(text: str) -> str:
    """A line may end after a hyphen that belongs to the word."""
    return " ".join(unicodedata.normalize("NFC", text).split()).replace("- ", "-")


def topics_of(book: Handbook) -> list[Topic]:
    return [topic for part in book.parts for topic in part.topics]


def says(topic: Topic) -> list[str]:
    told = topic.lesson
    texts = [topic.title, told.about, *told.signs, *told.steps, told.aftermath, told.genuine, told.remember]
    return [on_one_line(text) for text in texts]


def about(topic: Topic) -> str:
    return on_one_line(topic.lesson.about)


def longest(lang: str) -> list[str]:
    """Ids of the six topics that say most on a folded sheet."""
    told = {
        topic.id: len(topic.lesson.remember + "".join(topic.lesson.steps))
        for topic in topics_of(a_handbook(lang))
    }
    return sorted(told, key=told.__getitem__)[-6:]


def codes_in(picture: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


@both_languages
def test_every_lesson_stands_word_for_word_on_one_page_of_its_own(lang: str) -> None:
    pages = [text_of(page) for page in whole(lang)]
    topics = topics_of(a_handbook(lang))

    found = [[n for n, page in enumerate(pages) if all(map(page.count, says(topic)))] for topic in topics]

    first = found[0][0]
    assert found == [[number] for number in range(first, first + len(topics))]


@both_languages
def test_the_contents_name_every_lesson_with_its_page(lang: str) -> None:
    pages, topics = [text_of(page) for page in whole(lang)], topics_of(a_handbook(lang))
    first = next(n for n, page in enumerate(pages) if about(topics[0]) in page)
    contents = " ".join(pages[1:first])

    for topic in topics:
        (number,) = re.findall(re.escape(topic.title) + r"(?: \.)+ (\d+)", contents)
        page = pages[int(number) - 1]
        assert about(topic) in page
        assert page.endswith(f" {number}")


@both_languages
def test_a_lesson_is_set_large_and_ends_above_its_address(lang: str) -> None:
    """Lessons are set in 14 points or more, the address below them in 12."""
    pages, topics = whole(lang), topics_of(a_handbook(lang))
    first = next(n for n, page in enumerate(pages) if about(topics[0]) in text_of(page))

    for page in pages[first : first + len(topics)]:
        heights: dict[bool, list[float]] = {True: [], False: []}

        def note(text: str, cm: list[float], *rest: object, heights: Any = heights) -> None:
            size = rest[-1]
            if text.strip() and size != 13:  # the running title and the number of the page
                heights[size >= 14].append(cm[5])

        page.extract_text(visitor_text=note)

        assert min(heights[True]) > max(heights[False]) + 20


@both_languages
def test_the_cover_names_who_made_it_and_when(lang: str) -> None:
    cover = text_of(whole(lang)[0])

    assert ORGANISER in cover
    assert "22/11/2026" in cover
    assert "so.hoaphuong.example.vn/learn" in cover


@both_languages
def test_the_last_pages_tell_what_to_do_after_a_scam_and_where_it_comes_from(lang: str) -> None:
    pages = [text_of(page) for page in whole(lang)]
    book = a_handbook(lang)
    after = RESCUE[lang]
    sources = " ".join(pages[-4:])

    page = next(page for page in pages[3:] if after["lead"] in page)

    wanted = [text for step in after["steps"] for text in (step["do"], step["how"])]
    assert [page.count(on_one_line(text)) for text in (*wanted, after["beware"])] == [1] * 11
    assert str(book.words["licence"]) in sources
    assert "CC BY 4.0" in sources
    assert "Cổng thông tin tỉnh Bình Phước" in sources


def test_the_codes_lead_to_the_lessons() -> None:
    book = a_handbook("vi", "passwords", "fake-police", "qr-codes")

    pages = press.pictures("handbook", asdict(book), book.addresses, book.day)

    assert [code for page in pages for code in codes_in(page)] == book.addresses


def test_without_a_site_there_is_no_code_and_no_address() -> None:
    book = a_handbook("vi", "fake-police", site="")

    pages = press.pictures("handbook", asdict(book), book.addresses, book.day)

    assert [code for page in pages for code in codes_in(page)] == []
    assert "/learn" not in " ".join(map(text_of, printed(book)))


def test_one_lesson_makes_a_small_booklet() -> None:
    pages = [text_of(page) for page in printed(a_handbook("vi", "fake-police"))]

    assert len(pages) == 5  # cover, contents, the lesson, the five steps, sources
    assert all(len(page) > 80 for page in pages)


@pytest.mark.parametrize("name", ["#panic()", "*Hội* _B_ $x$", "Ễ" * 120, "Hội " * 30, ""])
@pytest.mark.parametrize("look", ["handbook", "pocket"])
def test_the_organiser_is_data_of_any_length(name: str, look: str) -> None:
    book = handbook("vi", date(2026, 11, 22), name.strip(), SITE, ["hoaxes"], look == "pocket")

    pages = printed(book, look)

    assert on_one_line(name) in text_of(pages[0])
    assert len(pages) == (1 if look == "pocket" else 5)


@pytest.mark.parametrize("look", ["handbook", "pocket"])
@both_languages
def test_a_file_tells_screen_readers_its_language_and_title(lang: str, look: str) -> None:
    book = a_handbook(lang, "hoaxes")

    document = PdfReader(io.BytesIO(press.pdf(look, asdict(book), book.addresses, book.day)))

    assert document.root_object["/Lang"] == lang
    assert document.metadata is not None
    assert document.metadata.title == book.words["title"]


# ---- The folded sheet


@both_languages
def test_a_folded_sheet_is_one_page_in_the_order_in_which_it_is_read(lang: str) -> None:
    book = a_handbook(lang, folded=True)
    after = RESCUE[lang]
    wanted = [str(book.words["lead"])]
    for topic in topics_of(book):
        wanted += [topic.title, topic.lesson.remember, *topic.lesson.steps]
    wanted += [*(step["do"] for step in after["steps"]), after["beware"], RESCUE["police"]]

    (page,) = printed(book, "pocket")

    said, places = text_of(page), []
    for each in wanted:
        places.append(said.index(on_one_line(each), places[-1] if places else 0))
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


@both_languages
def test_the_longest_lessons_still_fold_into_readable_letters(lang: str) -> None:
    book = a_handbook(lang, *longest(lang), folded=True)
    sizes: list[float] = []

    (page,) = printed(book, "pocket")
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.extend([size] * len(text.strip())))

    said = text_of(page)
    assert all(on_one_line(topic.lesson.remember) in said for topic in topics_of(book))
    assert sorted(sizes)[len(sizes) // 10] >= 9.5


def test_folded_pages_stand_where_folding_brings_them_together() -> None:
    """Of four by two, read from the left: 5 4 3 2 head down above 6 7 8 1."""
    book = a_handbook("vi", folded=True, site=SITE)
    picture = Image.open(io.BytesIO(press.pictures("pocket", asdict(book), book.addresses, book.day)[0]))
    width, height = picture.size

    cover = picture.crop((width * 3 // 4, height // 2, width, height))

    assert [code.text for code in zxingcpp.read_barcodes(cover.convert("L"))] == [f"{SITE}/learn"]


def test_every_letter_of_every_lesson_can_be_printed() -> None:
    for lang in ("vi", "en"):
        book = a_handbook(lang)
        for topic in topics_of(book):
            assert all(press.require_printable(text) for text in says(topic))
