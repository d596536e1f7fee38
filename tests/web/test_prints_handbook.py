"""The handbook on the site: a form, a file, and a page for whoever has no press."""

from __future__ import annotations

import io
import sys

import pytest
from flask import Flask
from pypdf import PdfReader

from quizlib.bank.reader import load_bank
from quizlib.press import qr_svg
from tests.web.contestant import Contestant

SEVEN = "&topics=".join(("ai", "qr-codes", "prizes", "hoaxes", "loans", "travel", "vneid"))
FAKE_POLICE = load_bank("scam_awareness").topic("fake-police")


@pytest.fixture
def visitor(app: Flask) -> Contestant:
    return Contestant(app)


def text_of(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())


def test_a_form_offers_every_written_lesson(visitor: Contestant) -> None:
    page = visitor.open("/handbook")

    offered = [each.value for each in page.forms[0].controls if each.name == "topics"]
    assert page.status == 200
    assert page.forms[0].action == "/handbook.pdf"
    assert {"fake-police", "passwords"} <= set(offered)
    assert "/poster" in page.links


def test_what_is_chosen_becomes_a_file(visitor: Contestant) -> None:
    page = visitor.open("/handbook.pdf?topics=fake-police&organiser=H%E1%BB%99i+Ph%E1%BB%A5+n%E1%BB%AF")

    said = text_of(page.body)
    assert page.mimetype == "application/pdf"
    assert page.headers["Content-Disposition"] == 'attachment; filename="handbook.pdf"'
    assert FAKE_POLICE.lesson.about in said
    assert "Hội Phụ nữ" in said
    assert "localhost/learn/fake-police" in said


def test_it_folds_into_a_pocket(visitor: Contestant) -> None:
    page = visitor.open("/handbook.pdf?topics=fake-police&pocket=1")

    assert len(PdfReader(io.BytesIO(page.body)).pages) == 1
    assert FAKE_POLICE.lesson.remember in text_of(page.body)


def test_it_speaks_english_under_en(visitor: Contestant) -> None:
    said = text_of(visitor.open("/en/handbook.pdf?topics=fake-police").body)

    assert load_bank("scam_awareness", "en").topic("fake-police").lesson.about in said
    assert "localhost/en/learn/fake-police" in said


@pytest.mark.parametrize("pocket", ["", "1"])
def test_the_same_can_be_printed_from_a_page(visitor: Contestant, pocket: str) -> None:
    page = visitor.open(f"/handbook/print?topics=fake-police&pocket={pocket}&organiser=%3Cb%3EA%3C/b%3E")

    assert page.status == 200
    assert FAKE_POLICE.lesson.remember in page.text
    assert all(step in page.text for step in FAKE_POLICE.lesson.steps)
    assert "<b>A</b>" in page.text
    assert "<b>A" not in page.source
    assert "113" in page.text
    assert page.source.count("<svg") == (1 if pocket else 2)


def test_the_page_of_all_holds_every_lesson(visitor: Contestant) -> None:
    page = visitor.open("/handbook/print")

    topics = [*load_bank("scam_awareness").topics, *load_bank("digital_skills").topics]
    assert all(topic.lesson.about in page.text for topic in topics)


@pytest.mark.parametrize("place", ["/handbook.pdf", "/handbook/print"])
@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("organiser=%F0%9F%98%80", "Tên có ký tự không in được: 😀. Hãy bỏ ký tự đó."),
        ("organiser=" + "a" * 121, "Tên dài quá 120 chữ. Hãy ghi gọn lại."),
        ("topics=no-such", "“no-such” không dùng được ở đây."),
        (f"pocket=1&topics={SEVEN}", "Tờ gấp chỉ vừa 6 chủ đề. Hãy chọn bớt."),
    ],
)
def test_what_cannot_be_printed_is_said_beside_the_form(
    visitor: Contestant, place: str, chosen: str, said: str
) -> None:
    page = visitor.open(f"{place}?{chosen}")

    assert page.status == 422
    assert said in page.text
    assert 'id="errors"' in page.source


def test_choices_survive_a_refusal(visitor: Contestant) -> None:
    page = visitor.open("/handbook.pdf?topics=fake-police&pocket=1&organiser=%E2%98%83")

    kept = page.forms[0].values()
    assert (kept["topics"], kept["pocket"], kept["organiser"]) == (["fake-police"], ["1"], ["☃"])


def test_without_the_press_the_page_is_offered_and_the_file_refused(
    visitor: Contestant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    form = visitor.open("/handbook").forms[0]
    file = visitor.open("/handbook.pdf?topics=fake-police")

    assert form.action == "/handbook/print"
    assert visitor.open("/handbook/print?topics=fake-police").status == 200
    assert file.status == 404
    assert "pip install 'quizlib[certificates]'" in file.text


def test_the_press_is_not_for_machines(visitor: Contestant) -> None:
    statuses = [visitor.client.get("/handbook.pdf?topics=no-such").status_code for _ in range(61)]

    assert statuses == [422] * 60 + [429]
    assert visitor.open("/handbook").status == 200
    assert visitor.open("/handbook/print?topics=hoaxes").status == 200


def test_a_code_on_the_page_leads_to_the_lesson(visitor: Contestant) -> None:
    page = visitor.open("/handbook/print?topics=fake-police")

    assert qr_svg("http://localhost/learn/fake-police") in page.source
