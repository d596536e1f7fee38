"""A poster: one page of the size asked for, its code and its address the same."""

from __future__ import annotations

import io
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from quizlib import press

ADDRESS = "https://binhdanhocvuso.hoaphuong.example.gov.vn/contests/cong-dan-so-2026"


def content(**changes: str) -> dict[str, object]:
    return {
        "lang": "vi",
        "title": "Nhận ra cuộc gọi giả danh công an",
        "organiser": "Hội Phụ nữ phường Hoa Phượng",
        "address": ADDRESS,
        "paper": "a4",
        "scan": "Quét mã",
        "promise": "Không hỏi mã OTP, không thu tiền",
        "sample": "",
        **changes,
    }


def printed(**changes: str) -> PdfReader:
    made = content(**changes)
    return PdfReader(io.BytesIO(press.pdf("poster", made, [str(made["address"])], date(2026, 11, 22))))


def text_of(poster: PdfReader) -> str:
    (page,) = poster.pages
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_a_poster_is_one_page_of_its_size_that_says_everything(paper: str, size: tuple[int, int]) -> None:
    poster = printed(paper=paper)

    (page,) = poster.pages
    said = text_of(poster)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    assert all(str(content()[name]) in said for name in ("title", "organiser", "promise"))
    assert ADDRESS.removeprefix("https://") in said.replace("/ ", "/")
    assert "https://" not in said


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_its_code_leads_to_the_address(paper: str) -> None:
    (picture,) = press.pictures("poster", content(paper=paper), [ADDRESS], date(2026, 11, 22))

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))

    assert code.text == ADDRESS


@pytest.mark.parametrize("title", ["Lò", "Ễ" * 90, "Nhận diện lừa đảo " * 5, "#panic() *a*"])
def test_a_title_of_any_length_fits(title: str) -> None:
    assert title.strip() in text_of(printed(title=title.strip(), organiser="Ễ" * 120))


def test_only_a_sample_says_so() -> None:
    assert "BẢN DÙNG THỬ" in text_of(printed(sample="BẢN DÙNG THỬ"))
    assert "BẢN DÙNG THỬ" not in text_of(printed())
