"""Certificates as files: right Vietnamese, one page, a code that leads to the verify page."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from quizlib.contest.certificate import CertificateFacts, facts_lines, words
from quizlib.press import UnprintableName, qr_svg, require_printable
from quizlib.press.glyphs import COVERED
from quizlib.web.certificates import pdf, png

URL = "https://thi.hoaphuong.example/kiem-tra/GM8YQ8KSVA0M"

FACTS = CertificateFacts(
    serial="GM8YQ8KSVA0M",
    holder="Nguyễn Thị Lấp Lánh Ánh",
    contest="Tìm hiểu kỹ năng số và nhận diện lừa đảo",
    round="Tuần 2",
    points=17,
    max_points=20,
    cut=70,
    unit="Phường Hoa Phượng",
    submitted_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 21),
    organiser="Thành đoàn Hoa Phượng (hư cấu)",
    decision="Kế hoạch số 112/KH-TĐ",
    sample=False,
    lang="vi",
)
ENGLISH = replace(
    FACTS, lang="en", contest="Digital Skills", round="Week 2", organiser="Flamboyant City Youth Union"
)

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + list(
    "bcdđghklmnpqrstvx"
)
LETTERS = LOWER + [letter.upper() for letter in LOWER]

LONG = ("Nguyễn Hoàng Phương Quỳnh Thượng " * 7)[:200].strip()


def with_text(field: str, text: str) -> CertificateFacts:
    return CertificateFacts.from_dict(FACTS.to_dict() | {field: text})


def typed(text: str, is_decomposed: bool) -> str:
    """The text as some phones and most Macs send it, tones apart from their letters; or composed."""
    return unicodedata.normalize("NFD" if is_decomposed else "NFC", text)


def text_of(page: bytes) -> str:
    """The text of the only page on one line, as a reader's copy and paste would give it."""
    (only,) = PdfReader(io.BytesIO(page)).pages
    return " ".join(only.extract_text().split())


def picture(page: bytes) -> Image.Image:
    return Image.open(io.BytesIO(page))


@pytest.mark.parametrize(
    "facts", [FACTS, ENGLISH, replace(FACTS, sample=True), replace(ENGLISH, sample=True)]
)
def test_a_file_says_every_fact(facts: CertificateFacts) -> None:
    said = text_of(pdf(facts, URL))

    assert all(value in said for _, value in facts_lines(facts, facts.lang))
    assert words(facts.lang)["title"] in said
    assert words(facts.lang)["note"] in said
    assert URL in said.replace("/ ", "/")


@pytest.mark.parametrize("is_decomposed", [False, True])
@pytest.mark.parametrize("name", ["Nguyễn Thị Lấp Lánh Ánh", "Trần Đình Đắc", "Lò Thị Ảnh Tuyết"])
def test_a_name_is_printed_composed(name: str, is_decomposed: bool) -> None:
    said = text_of(pdf(replace(FACTS, holder=typed(name, is_decomposed)), URL))

    assert unicodedata.normalize("NFC", name) in said
    assert unicodedata.is_normalized("NFC", said)


@pytest.mark.parametrize("is_decomposed", [False, True])
@pytest.mark.parametrize("field", ["holder", "unit"])
def test_every_vietnamese_letter_survives(field: str, is_decomposed: bool) -> None:
    letters = " ".join(LETTERS)

    said = text_of(pdf(replace(FACTS, **{field: typed(letters, is_decomposed)}), URL))  # type: ignore[arg-type]

    assert len(set(LETTERS)) == 178
    assert letters in said


def test_names_of_the_central_highlands_are_printed() -> None:
    name = "H’Bia Ayŭn Ƀlơ\u0306k Êban"

    document = PdfReader(io.BytesIO(pdf(replace(FACTS, holder=name), URL)))

    assert document.metadata is not None
    assert document.metadata.title == f"GIẤY CHỨNG NHẬN – {name}"


@pytest.mark.parametrize("face", ["holder", "unit"])
@pytest.mark.parametrize("block", COVERED)
def test_the_font_has_every_character_that_is_let_through(block: tuple[int, int], face: str) -> None:
    """PDF/UA refuses a missing glyph; the holder is set bold, the unit regular."""
    characters = [chr(code) for code in range(block[0], block[1] + 1)]
    shown = " ".join(f"a{character}" for character in characters)

    assert pdf(with_text(face, shown), URL)


@pytest.mark.parametrize("name", ["Lan 😀", "阮氏蘭", "Лан", "Lan \ue000", "☃", "नीना"])
def test_a_name_that_cannot_be_printed_is_refused(name: str) -> None:
    with pytest.raises(UnprintableName) as refused:
        pdf(replace(FACTS, holder=name), URL)

    assert refused.value.text == name
    assert set(refused.value.characters) <= set(name)


@pytest.mark.parametrize("field", ["contest", "round", "unit", "organiser", "decision"])
def test_other_texts_are_held_to_the_same_letters(field: str) -> None:
    with pytest.raises(UnprintableName):
        png(with_text(field, "Hoa ☃"), URL)


def test_a_form_can_ask_beforehand() -> None:
    assert require_printable(unicodedata.normalize("NFD", "Đỗ Ngọc Ánh")) == "Đỗ Ngọc Ánh"


@pytest.mark.parametrize(
    "name", ["#panic()", "*Lan* _Lan_ $x$", 'Lan", "sample": true', r"Lan\u{1F600} <br> @a"]
)
def test_a_name_is_data_and_never_markup(name: str) -> None:
    assert name in text_of(pdf(replace(FACTS, holder=name), URL))


@pytest.mark.parametrize("name", [LONG, "Lò Y", "Ễ" * 200, " ".join("Ễ" * 100)])
def test_a_name_of_any_length_fits_one_page(name: str) -> None:
    page = pdf(replace(FACTS, holder=name), URL)

    assert name in text_of(page)


def test_long_facts_all_fit_one_page() -> None:
    crowded = replace(FACTS, holder=LONG, contest=LONG, round=LONG, unit=LONG, organiser=LONG, decision=LONG)

    assert text_of(pdf(replace(crowded, sample=True), URL)).count(LONG) == 6


@pytest.mark.parametrize("facts", [FACTS, ENGLISH])
def test_only_a_sample_carries_the_mark(facts: CertificateFacts) -> None:
    mark = words(facts.lang)["sample"]

    assert text_of(pdf(replace(facts, sample=True), URL)).count(mark) == 2
    assert mark not in text_of(pdf(facts, URL))


@pytest.mark.parametrize("facts", [FACTS, ENGLISH])
def test_a_file_tells_screen_readers_its_language_and_title(facts: CertificateFacts) -> None:
    document = PdfReader(io.BytesIO(pdf(facts, URL)))
    root: dict[str, Any] = document.root_object

    assert root["/Lang"] == facts.lang
    assert root["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert document.metadata.title == f"{words(facts.lang)['title']} – {facts.holder}"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_page_is_a4_landscape() -> None:
    (page,) = PdfReader(io.BytesIO(pdf(FACTS, URL))).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert pdf(FACTS, URL) == pdf(FACTS, URL)
    assert pdf(FACTS, URL) != pdf(replace(FACTS, points=18), URL)


@pytest.mark.parametrize("facts", [FACTS, replace(FACTS, holder=LONG, sample=True)])
def test_a_picture_is_light_enough_for_a_phone(facts: CertificateFacts) -> None:
    page = png(facts, URL)

    assert page.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture(page).size == (1684, 1191)
    assert 50_000 < len(page) < 400_000


@pytest.mark.parametrize(
    "url", [URL, "http://127.0.0.1:5000/v/0", f"https://{'rat-dai.' * 12}example/kiem-tra/GM8YQ8KSVA0M"]
)
@pytest.mark.parametrize("is_sample", [False, True])
def test_the_code_in_the_picture_leads_to_the_verify_page(url: str, is_sample: bool) -> None:
    (code,) = zxingcpp.read_barcodes(picture(png(replace(FACTS, sample=is_sample), url)).convert("L"))

    assert code.text == url


def test_the_link_in_the_file_leads_to_the_verify_page() -> None:
    (page,) = PdfReader(io.BytesIO(pdf(FACTS, URL))).pages

    (link,) = page.annotations or []
    note: dict[str, Any] = cast(DictionaryObject, link.get_object())

    assert note["/A"]["/URI"] == URL
    assert note["/Contents"]


def test_a_code_is_a_small_drawing_of_its_own() -> None:
    drawn = qr_svg(URL)

    assert drawn.startswith("<svg ")
    assert "viewBox" in drawn
    assert len(drawn) < 4_000


WORKER = """
import os, sys
from quizlib.contest.certificate import CertificateFacts
from quizlib.web.certificates import pdf
facts = CertificateFacts.from_dict({facts!r})
if {before}:
    pdf(facts, "https://a.example/1")
child = os.fork()
if child == 0:
    try:
        os._exit(0 if pdf(facts, "https://a.example/1") else 1)
    except RuntimeError:
        os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize(("before", "outcome"), [(False, "0"), (True, "7")])
def test_a_forked_worker_prints_or_refuses_but_never_hangs(before: bool, outcome: str) -> None:
    script = WORKER.format(facts=FACTS.to_dict(), before=before)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.strip() == outcome
