"""Entering a round: what is asked, what is kept, and every answer that needs another look."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.web.tables import Consent, Entry, Frozen
from tests.web.contest import CLOSES, CODE, OPENS, Clock, count, open_contest, rows
from tests.web.contestant import Contestant

ASKS_PHONE: dict[str, Any] = {
    "eligibility__phone": "optional",
    "privacy__phone_purpose": {"vi": "trao giải", "en": "giving prizes"},
}
YOUNG = "2014"


def the_entry(app: Flask) -> dict[str, object]:
    (row,) = rows(app, Entry)
    return row


def purposes(app: Flask) -> dict[object, object]:
    return {row["purpose"]: row["text_hash"] for row in rows(app, Consent)}


def words_kept(app: Flask, purpose: str) -> str:
    """The text that was agreed to, found under its hash."""
    (kept,) = rows(app, Frozen, hash=purposes(app)[purpose])
    return bytes(kept["body"]).decode()  # type: ignore[arg-type]


def test_a_person_enters(app: Flask, person: Contestant) -> None:
    page = person.enter(name="Nguyễn Thị Lan", birth_year="1958", unit="le chan")

    kept = the_entry(app)
    assert "Chào Nguyễn Thị Lan" in page.text
    assert person.code
    assert (kept["name"], kept["folded"], kept["birth_year"]) == ("Nguyễn Thị Lan", "nguyen thi lan", 1958)
    assert (kept["unit_code"], kept["unit_name"]) == ("LC", "phường Lê Chân")
    assert (kept["lang"], kept["channel"], kept["entered_at"]) == ("vi", "web", OPENS)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Hãy ghi họ và tên."),
        ("name", "   ", "Hãy ghi họ và tên"),
        ("name", "12345", "Hãy ghi họ và tên bằng chữ."),
        ("name", "L", "Hãy ghi họ và tên bằng chữ."),
        ("name", "Lan " * 60, "Tên dài quá 200 chữ. Hãy ghi gọn lại."),
        ("name", "Lan 😀 Hoa", "Tên có ký tự không in được: 😀. Hãy bỏ ký tự đó."),
        ("birth_year", "", "Hãy ghi năm sinh"),
        ("birth_year", "58", "Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1958."),
        ("birth_year", "1899", "Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1958."),
        ("birth_year", "2027", "Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1958."),
        ("birth_year", "01/01/1958", "Hãy ghi năm sinh bằng bốn chữ số, ví dụ 1958."),
        ("birth_year", "năm mươi tám", "Hãy ghi năm sinh"),
        ("unit", "", "Hãy ghi đơn vị của bạn."),
        ("unit", "Atlantis", "Chưa tìm thấy đơn vị này. Hãy gõ lại tên xã, phường."),
        ("consent", None, "Cần bạn đồng ý thì cuộc thi mới được lưu bài của bạn."),
    ],
)
def test_a_field_that_needs_another_look_is_named(
    app: Flask, person: Contestant, field: str, typed: str | None, said: str
) -> None:
    page = person.enter(**{field: typed})

    assert "Còn chỗ cần xem lại" in page.text
    assert said in page.text
    assert f"#{field}" in page.links
    assert count(app, Entry) == 0


def test_what_was_typed_rightly_is_still_there(person: Contestant) -> None:
    page = person.enter(name="Trần Đình Đắc", birth_year="58")

    values = page.forms[0].values()
    assert (values["name"], values["unit"], values["consent"]) == (["Trần Đình Đắc"], ["le chan"], ["y"])


def test_several_faults_are_told_at_once(person: Contestant) -> None:
    page = person.enter(name="", birth_year="", unit="", consent=None)

    assert {"#name", "#birth_year", "#unit", "#consent"} <= set(page.links)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_kept_composed_however_it_was_typed(app: Flask, person: Contestant, form: Any) -> None:
    person.enter(name=unicodedata.normalize(form, "Nguyễn  Thị\u200b Ánh\t"))

    assert the_entry(app)["name"] == unicodedata.normalize("NFC", "Nguyễn Thị Ánh")


def test_a_year_in_other_digits_is_read(app: Flask, person: Contestant) -> None:
    person.enter(birth_year=" 1 9 ５８ ")

    assert the_entry(app)["birth_year"] == 1958


def test_markup_in_a_name_is_only_text(person: Contestant) -> None:
    page = person.enter(name="<script>alert(1)</script> & Lan")

    assert "<script>alert" not in page.source
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Lan" in page.source


# -- the unit


def test_two_units_of_one_name_are_both_offered(app: Flask, person: Contestant) -> None:
    page = person.enter(unit="cam giang")
    offered = [each for each in page.forms[0].controls if each.name == "unit_code"]

    assert "Có nhiều đơn vị giống tên này. Hãy chọn một." in page.text
    assert [each.label.strip() for each in offered] == [
        "xã Cẩm Giang",
        "xã Cẩm Giàng",
        "Đơn vị khác, đúng như tôi đã gõ",
    ]
    assert count(app, Entry) == 0


def test_the_unit_chosen_counts_whatever_was_typed(app: Flask, person: Contestant) -> None:
    person.enter(unit="cam giang")
    person.press(unit_code="CGH")

    assert (the_entry(app)["unit_code"], the_entry(app)["unit_name"]) == ("CGH", "xã Cẩm Giàng")


def test_another_unit_keeps_the_words_as_typed(app: Flask, person: Contestant) -> None:
    person.enter(unit="  Cam  giang thượng ", unit_code="other")

    assert (the_entry(app)["unit_code"], the_entry(app)["unit_name"]) == ("", "Cam giang thượng")


def test_another_unit_needs_words(app: Flask, person: Contestant) -> None:
    page = person.enter(unit="", unit_code="other")

    assert "Hãy ghi đơn vị của bạn." in page.text


def test_another_unit_must_be_printable_on_a_certificate(app: Flask, person: Contestant) -> None:
    page = person.enter(unit="Lớp 5A 😀", unit_code="other")

    assert "😀. Hãy bỏ ký tự đó." in page.text
    assert count(app, Entry) == 0


@pytest.mark.parametrize("code", ["no-such", "<b>", "' OR 1=1"])
def test_a_code_that_is_no_unit_falls_back_on_what_was_typed(
    app: Flask, person: Contestant, code: str
) -> None:
    person.enter(unit_code=code)

    assert the_entry(app)["unit_code"] == "LC"


# -- consent


def test_the_words_agreed_to_are_kept_under_their_hash(app: Flask, person: Contestant) -> None:
    person.enter()

    assert purposes(app).keys() == {"contest"}
    assert words_kept(app, "contest").startswith("Tôi đồng ý để Thành đoàn Hoa Phượng lưu họ tên")
    assert "90 ngày" in words_kept(app, "contest")


def test_the_words_kept_are_those_on_the_page(app: Flask, person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}/enter")
    person.enter()

    assert words_kept(app, "contest") in page.text


def test_each_language_has_its_own_words(app: Flask, person: Contestant) -> None:
    english = Contestant(app, "/en")

    page = english.open(f"/en/contests/{CODE}/enter")
    english.enter()

    assert "Flamboyant City Youth Union" in words_kept(app, "contest")
    assert words_kept(app, "contest") in page.text
    assert the_entry(app)["lang"] == "en"


# -- the phone


def test_a_phone_is_not_asked_for_without_need(app: Flask, person: Contestant) -> None:
    person.enter(phone="0912345678", phone_consent="y")

    assert the_entry(app)["phone"] == ""


def test_a_phone_is_kept_with_its_own_consent(app: Flask) -> None:
    open_contest(app, **ASKS_PHONE)

    Contestant(app).enter(phone="091 234 5678", phone_consent="y")

    assert the_entry(app)["phone"] == "0912345678"
    assert len(str(the_entry(app)["phone_digest"])) == 64
    assert "trao giải" in words_kept(app, "phone")


@pytest.mark.parametrize(
    ("wanted", "fields", "said"),
    [
        ("optional", {"phone": "12345", "phone_consent": "y"}, "Số điện thoại gồm 10 chữ số"),
        ("optional", {"phone": "0912345678"}, "Hãy đánh dấu đồng ý cho dùng số điện thoại"),
        ("required", {"phone": ""}, "Cuộc thi cần số điện thoại để báo khi bạn có giải."),
        ("required", {"phone": "0912345678"}, "Hãy đánh dấu đồng ý cho dùng số điện thoại"),
    ],
)
def test_a_phone_that_needs_another_look_is_named(
    app: Flask, wanted: str, fields: dict[str, str], said: str
) -> None:
    open_contest(app, **ASKS_PHONE | {"eligibility__phone": wanted})

    page = Contestant(app).enter(**fields)

    assert said in page.text
    assert {"#phone", "#phone_consent"} & set(page.links)
    assert count(app, Entry) == 0


def test_an_optional_phone_may_be_left_out(app: Flask) -> None:
    open_contest(app, **ASKS_PHONE)

    Contestant(app).enter()

    assert the_entry(app)["phone"] == ""


# -- age and guardian


def test_somebody_young_is_asked_for_a_guardian(app: Flask, person: Contestant) -> None:
    page = person.enter(birth_year=YOUNG)

    assert "Bạn dưới 16 tuổi" in page.text
    assert count(app, Entry) == 0


def test_with_a_guardian_somebody_young_enters(app: Flask, person: Contestant) -> None:
    person.enter(birth_year=YOUNG)
    page = person.press(guardian="Nguyễn Văn Hùng", guardian_consent="y")

    assert "Chào" in page.text
    assert the_entry(app)["guardian"] == "Nguyễn Văn Hùng"
    assert words_kept(app, "guardian").startswith("Tôi là cha mẹ")


@pytest.mark.parametrize(
    "fields", [{"guardian": "Nguyễn Văn Hùng"}, {"guardian_consent": "y"}, {"guardian": " "}]
)
def test_half_a_guardian_is_none(app: Flask, person: Contestant, fields: dict[str, str]) -> None:
    person.enter(birth_year=YOUNG)
    page = person.press(**fields)

    assert "Mời cha mẹ hoặc người giám hộ điền hai ô dưới đây." in page.text
    assert count(app, Entry) == 0


@pytest.mark.parametrize(
    ("changes", "year", "status", "said"),
    [
        ({}, "2017", 403, "Cuộc thi dành cho người từ 10 tuổi trở lên."),
        ({"eligibility__maximum_age": 30}, "1990", 403, "Cuộc thi dành cho người từ 30 tuổi trở xuống."),
        ({}, "2016", 200, "Chào"),
    ],
)
def test_the_rules_say_who_may_enter(
    app: Flask, changes: dict[str, Any], year: str, status: int, said: str
) -> None:
    open_contest(app, **changes)

    page = Contestant(app).enter(birth_year=year, guardian="Nguyễn Văn Hùng", guardian_consent="y")

    assert (page.status, said in page.text) == (status, True)


# -- again


def test_the_same_form_sent_twice_is_one_entry(app: Flask, person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}/enter")
    fields = {**page.forms[0].values(), "name": "Lan Anh", "birth_year": "1958", "unit": "lc", "consent": "y"}

    first = person.post(page.forms[0].action, **fields)
    second = person.post(page.forms[0].action, **fields)

    assert first.address == second.address
    assert count(app, Entry) == 1


def test_going_back_corrects_until_the_start(app: Flask, person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}/enter")
    fields = {**page.forms[0].values(), "name": "Lan Ahn", "birth_year": "1958", "unit": "lc", "consent": "y"}
    person.post(page.forms[0].action, **fields)

    person.post(page.forms[0].action, **fields | {"name": "Lan Anh", "birth_year": "1959", "unit": "do son"})
    corrected = the_entry(app)
    person.start()
    person.post(page.forms[0].action, **fields | {"name": "Lan Anh Hai"})

    assert (corrected["name"], corrected["folded"], corrected["birth_year"]) == ("Lan Anh", "lan anh", 1959)
    assert corrected["unit_code"] == "DS"
    assert the_entry(app) == corrected


def test_a_correction_does_not_wait_for_others(app: Flask, person: Contestant) -> None:
    other = Contestant(app)
    other.enter(name="Trần Đình Đắc")
    other.start()
    page = person.open(f"/contests/{CODE}/enter")
    fields = {**page.forms[0].values(), "name": "Lan Ahn", "birth_year": "1958", "unit": "lc", "consent": "y"}
    person.post(page.forms[0].action, **fields)

    person.post(page.forms[0].action, **fields | {"name": "Lan Anh"})

    assert [row["name"] for row in rows(app, Entry, birth_year=1958)].count("Lan Anh") == 1


def test_a_corrected_year_brings_its_guardian_along(app: Flask, person: Contestant) -> None:
    page = person.open(f"/contests/{CODE}/enter")
    fields = {**page.forms[0].values(), "name": "Bé Na", "birth_year": "1958", "unit": "lc", "consent": "y"}
    person.post(page.forms[0].action, **fields)
    guardian = {"guardian": "Nguyễn Văn Hùng", "guardian_consent": "y"}
    person.post(page.forms[0].action, **fields | {"birth_year": YOUNG} | guardian)

    assert "Câu 1/4" in person.start().text


def test_a_second_person_of_the_same_name_year_and_unit_is_asked(app: Flask, person: Contestant) -> None:
    person.enter()
    twin = Contestant(app)

    page = twin.enter(name="NGUYEN THI LAN")
    asked = count(app, Entry)
    twin.press()

    assert "Đã có người cùng họ tên, năm sinh và đơn vị vào thi." in page.text
    assert "/resume" in page.links
    assert (asked, count(app, Entry)) == (1, 2)


@pytest.mark.parametrize(
    "field", [{"birth_year": "1959"}, {"unit": "do son"}, {"name": "Nguyễn Thị Lân Anh"}]
)
def test_anybody_else_is_not_asked(app: Flask, person: Contestant, field: dict[str, str]) -> None:
    person.enter()

    assert "Chào" in Contestant(app).enter(**field).text


# -- refusals


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (OPENS - timedelta(minutes=1), "Vòng thi chưa mở. Giờ mở: 08:00, 02/11/2026."),
        (CLOSES, "Vòng thi đã kết thúc lúc 08:00, 09/11/2026."),
    ],
)
@pytest.mark.parametrize("method", ["open", "post"])
def test_nobody_enters_a_round_that_is_not_open(
    app: Flask, person: Contestant, clock: Clock, when: Any, said: str, method: str
) -> None:
    clock.now = when

    page = getattr(person, method)(f"/contests/{CODE}/enter")

    assert (page.status, said in page.text) == (403, True)
    assert count(app, Entry) == 0


@pytest.mark.parametrize("token", ["", "abc", "abc-def", "aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb", "é-ü"])
def test_a_forged_form_is_not_taken(app: Flask, person: Contestant, token: str) -> None:
    assert person.enter(entry=token).status == 404
    assert count(app, Entry) == 0


def test_a_form_far_too_large_is_not_read(person: Contestant) -> None:
    assert person.enter(name="L" * 70_000).status == 413
