"""Back to one's own paper: by the code typed in, by its link, by name when the code is lost."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask

from tests.web.contest import Clock, close_round
from tests.web.contestant import Contestant


@pytest.fixture
def away(app: Flask, person: Contestant) -> Contestant:
    """Somebody who has entered and begun, and then lost the page."""
    person.enter()
    person.code_noted = person.code  # type: ignore[attr-defined]
    person.start()
    person.find("choice")
    person.answer(("a",))
    return person


def code_of(away: Contestant) -> str:
    return away.code_noted.replace(" ", "")  # type: ignore[attr-defined, no-any-return]


# -- by code


@pytest.mark.parametrize("shape", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", " {0}.{1} .{2} "])
def test_the_code_opens_the_paper_on_any_device(app: Flask, away: Contestant, shape: str) -> None:
    code = code_of(away)
    other = Contestant(app)
    other.open("/resume")

    page = other.press(code=shape.format(code[:4], code[4:8], code[8:]), birth_year="1958")

    assert page.address == away.attempt
    assert "checked" in page.source


def test_the_code_opens_the_outcome_after_the_submission(app: Flask, away: Contestant) -> None:
    away.submit()
    other = Contestant(app)
    other.open("/resume")

    assert "Xem kết quả lần 1" in other.press(code=code_of(away), birth_year="1958").text


def test_the_code_still_works_when_the_round_is_closed(app: Flask, away: Contestant, clock: Clock) -> None:
    close_round(app, clock)
    other = Contestant(app)
    other.open("/resume")

    assert other.press(code=code_of(away), birth_year="1958").status == 200


@pytest.mark.parametrize(
    ("code", "year"),
    [
        (None, "1959"),
        (None, ""),
        (None, "58"),
        ("000000000000", "1958"),
        ("", "1958"),
        ("", ""),
        ("abc", "1958"),
        ("1" * 500, "1958"),
    ],
)
def test_a_code_or_a_year_that_does_not_fit_opens_nothing(
    app: Flask, away: Contestant, code: str | None, year: str
) -> None:
    other = Contestant(app)
    other.open("/resume")

    page = other.press(code=code_of(away) if code is None else code, birth_year=year)

    assert page.status == 404
    assert "Chưa tìm thấy bài thi với mã và năm sinh này." in page.text
    assert "/resume/lost" in page.links


def test_one_code_can_be_tried_only_so_often(app: Flask, away: Contestant) -> None:
    pages = [away.post("/resume", code=code_of(away), birth_year=str(1900 + number)) for number in range(11)]

    assert [page.status for page in pages] == [404] * 10 + [429]
    assert "Hãy nghỉ khoảng 10 phút rồi thử lại." in pages[-1].text
    assert away.post("/resume", code=code_of(away), birth_year="1958").status == 429
    assert away.post("/resume", code="000000000000", birth_year="1958").status == 404


def test_the_same_code_is_counted_by_form_and_by_link_alike(away: Contestant) -> None:
    code = code_of(away)
    for number in range(5):
        away.post("/resume", code=f"{code[:4]} {code[4:]}", birth_year=str(1900 + number))
        away.post(f"/resume/{code}", birth_year=str(1900 + number))

    assert away.post(f"/resume/{code}", birth_year="1958").status == 429


def test_one_address_can_try_only_so_often(away: Contestant) -> None:
    statuses = [away.post("/resume", code=f"{number:012}", birth_year="1958").status for number in range(121)]

    assert statuses == [404] * 120 + [429]


def test_another_address_is_not_held_back(away: Contestant) -> None:
    for number in range(121):
        away.post("/resume", code=f"{number:012}", birth_year="1958")

    reply = away.client.post(
        "/resume",
        data={"code": code_of(away), "birth_year": "1958"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.7"},
    )

    assert reply.status_code == 302


# -- by link


def test_a_link_says_whose_paper_it_is_and_asks_for_the_year(app: Flask, away: Contestant) -> None:
    other = Contestant(app)
    page = other.open(f"/resume/{code_of(away)}")
    opened = other.press(birth_year="1958")

    assert "Làm tiếp bài của N*** T*** L***?" in page.text
    assert "Nguyễn Thị Lan" not in page.source
    assert opened.address == away.attempt


def test_a_link_with_another_year_opens_nothing(app: Flask, away: Contestant) -> None:
    other = Contestant(app)
    other.open(f"/resume/{code_of(away)}")

    assert other.press(birth_year="1959").status == 404


@pytest.mark.parametrize("code", ["000000000000", "abc", "%00", "1"])
def test_a_link_that_was_not_given_out_is_told(person: Contestant, code: str) -> None:
    page = person.open(f"/resume/{code}")

    assert page.status == 404
    assert "Chưa tìm thấy bài thi với mã và năm sinh này." in page.text


# -- by name


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Nguyễn Thị Lan", "phường Lê Chân"),
        ("nguyen thi lan", "le chan"),
        ("NGUYỄN  THỊ LAN ", "Lê Chân"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Lan"), unicodedata.normalize("NFD", "Lê Chân")),
    ],
)
def test_a_lost_code_is_no_lost_paper(app: Flask, away: Contestant, name: str, unit: str) -> None:
    other = Contestant(app)
    other.open("/resume/lost")

    page = other.press(name=name, birth_year="1958", unit=unit)

    assert page.address == away.attempt


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Nguyễn Thị Lanh"},
        {"name": ""},
        {"birth_year": "1959"},
        {"birth_year": "58"},
        {"birth_year": ""},
        {"unit": "Đồ Sơn"},
        {"unit": ""},
        {"unit": " "},
    ],
)
def test_all_three_must_be_as_they_were_given(app: Flask, away: Contestant, wrong: dict[str, str]) -> None:
    other = Contestant(app)
    other.open("/resume/lost")

    page = other.press(**{"name": "Nguyễn Thị Lan", "birth_year": "1958", "unit": "le chan"} | wrong)

    assert page.status == 404


def test_of_two_people_alike_neither_is_opened(app: Flask, away: Contestant) -> None:
    twin = Contestant(app)
    twin.enter()
    twin.press()
    twin.open("/resume/lost")

    assert twin.press(name="Nguyễn Thị Lan", birth_year="1958", unit="le chan").status == 404


def test_names_can_be_tried_only_so_often(away: Contestant) -> None:
    statuses = [
        away.post("/resume/lost", name="Lan", birth_year="1958", unit="le chan").status for _ in range(121)
    ]

    assert statuses[-1] == 429


def test_fields_that_are_needed_are_not_called_optional(person: Contestant) -> None:
    pages = [person.open("/resume").text, person.open("/resume/lost").text]

    assert not any("không bắt buộc" in text for text in pages)
