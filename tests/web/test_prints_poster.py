"""Posters: for any page of this site, and for no other."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.web.conftest import Application
from tests.web.contest import CODE, set_owner
from tests.web.contestant import Contestant


@pytest.fixture
def visitor(app: Flask) -> Contestant:
    return Contestant(app)


def read(body: bytes) -> tuple[str, int]:
    """The text and the width of the only page."""
    (page,) = PdfReader(io.BytesIO(body)).pages
    return " ".join(page.extract_text().split()), round(page.mediabox.width)


def poster(visitor: Contestant, to: str, **fields: str) -> Any:
    return visitor.client.get("/poster.pdf", query_string={"to": to, "title": "Luyện tập", **fields})


def test_a_form_asks_for_little(visitor: Contestant) -> None:
    page = visitor.open("/poster")

    assert page.status == 200
    assert {each.name for each in page.forms[0].controls if each.name} == {"to", "title", "organiser", "size"}


@pytest.mark.parametrize(("size", "width"), [("a4", 595), ("a3", 842), ("", 595)])
def test_a_poster_has_the_size_asked_for(visitor: Contestant, size: str, width: int) -> None:
    reply = poster(visitor, "/practice", organiser="Hội Phụ nữ", size=size)

    said, found = read(reply.data)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="poster.pdf"'
    assert found == width
    assert {"Luyện tập", "Hội Phụ nữ"} == {each for each in ("Luyện tập", "Hội Phụ nữ") if each in said}
    assert "localhost/practice" in said
    assert "Không hỏi mã OTP, không thu tiền" in said


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        (f"/contests/{CODE}", f"localhost/contests/{CODE}"),
        ("http://localhost/practice", "localhost/practice"),
        (" /en/practice ", "localhost/en/practice"),
        ("practice", "localhost/practice"),
        ("/", "localhost"),
        ("", "localhost"),
    ],
)
def test_any_page_of_the_site_can_have_one(visitor: Contestant, to: str, shown: str) -> None:
    assert shown in read(poster(visitor, to).data)[0]


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example/practice",
        "https://evil.example/practice",
        "http://localhost.evil.example/practice",
        "http://localhost@evil.example/",
        "javascript:alert(1)",
        "/no-such-page",
        "/practice?x=//evil.example",
        "/contests/😀",
    ],
)
def test_no_other_address_can(visitor: Contestant, to: str) -> None:
    reply = poster(visitor, to)

    assert reply.status_code == 422
    assert 'id="to-error"' in reply.text


@pytest.mark.parametrize("title", ["", "a", "a" * 91, "Lan ☃"])
def test_a_title_that_cannot_be_printed_is_refused(visitor: Contestant, title: str) -> None:
    reply = poster(visitor, "/practice", title=title)

    assert reply.status_code == 422
    assert 'id="title-error"' in reply.text


def test_the_poster_of_a_sample_says_so(visitor: Contestant, data: Any, make_app: Application) -> None:
    sample = read(poster(visitor, "/practice").data)[0]
    set_owner(data)

    owned = read(poster(Contestant(make_app()), "/practice").data)[0]

    assert "BẢN DÙNG THỬ" in sample
    assert "BẢN DÙNG THỬ" not in owned


def test_without_the_press_the_page_says_how_to_get_it(
    visitor: Contestant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    page = visitor.open("/poster")

    assert "pip install 'quizlib[certificates]'" in page.text
    assert page.forms == []
    assert poster(visitor, "/practice").status_code == 404
