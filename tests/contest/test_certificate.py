"""What a certificate says, and how its serial survives being read aloud and typed."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.contest.certificate import (
    ALPHABET,
    STATUSES,
    CertificateFacts,
    facts_lines,
    format_serial,
    new_serial,
    parse_serial,
    sentence,
    words,
    written_date,
)
from quizlib.errors import FrozenError

FACTS = CertificateFacts(
    serial="GM8YQ8KSVA0M",
    holder="Nguyễn Thị Lấp Lánh Ánh",
    contest="Tìm hiểu kỹ năng số",
    round="Tuần 2",
    points=17,
    max_points=20,
    cut=70,
    unit="Phường Hoa Phượng",
    submitted_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 21),
    organiser="Thành đoàn Hoa Phượng",
    decision="Kế hoạch số 112/KH-TĐ",
    sample=False,
    lang="vi",
)

# Another value of every field.
OTHER: dict[str, CertificateFacts] = {
    "serial": replace(FACTS, serial="GM8YQ8KSVA0N"),
    "holder": replace(FACTS, holder="Trần Đình Đắc"),
    "contest": replace(FACTS, contest="Nhận diện lừa đảo"),
    "round": replace(FACTS, round="Tuần 3"),
    "points": replace(FACTS, points=18),
    "max_points": replace(FACTS, max_points=21),
    "cut": replace(FACTS, cut=71),
    "unit": replace(FACTS, unit="Xã Hoa Phượng"),
    "submitted_on": replace(FACTS, submitted_on=date(2026, 11, 15)),
    "issued_on": replace(FACTS, issued_on=date(2026, 11, 22)),
    "organiser": replace(FACTS, organiser="Sở Hoa Phượng"),
    "decision": replace(FACTS, decision="Kế hoạch số 113/KH-TĐ"),
    "sample": replace(FACTS, sample=True),
    "lang": replace(FACTS, lang="en"),
}


@given(st.binary(min_size=8, max_size=32))
def test_a_serial_survives_its_printed_form(entropy: bytes) -> None:
    serial = new_serial(entropy)

    assert len(serial) == 12
    assert set(serial) <= set(ALPHABET)
    assert parse_serial(format_serial(serial)) == serial


@given(
    st.binary(min_size=8, max_size=8),
    st.sampled_from("oO"),
    st.sampled_from("iIlL"),
    st.sampled_from(" -–\u00a0\t"),
)
def test_a_serial_survives_how_people_type_it(entropy: bytes, nought: str, one: str, between: str) -> None:
    serial = new_serial(entropy)
    typed = between.join(serial.lower().replace("0", nought).replace("1", one))

    assert parse_serial(f" {typed} ") == serial


@given(st.integers(0, 2**60 - 1), st.integers(0, 2**60 - 1))
def test_different_random_numbers_give_different_serials(one: int, other: int) -> None:
    same = new_serial(one.to_bytes(8, "big")) == new_serial(other.to_bytes(8, "big"))

    assert same == (one == other)


@pytest.mark.parametrize(
    "typed", ["", "GM8Y-Q8KS-VA0", "GM8Y-Q8KS-VA0MM", "GM8Y-Q8KS-VAUM", "GM8Y Q8KS VAđM", "¹" * 11]
)
def test_what_cannot_be_a_serial_is_none(typed: str) -> None:
    assert parse_serial(typed) is None


@given(st.text())
def test_any_text_can_be_asked_for_as_a_serial(typed: str) -> None:
    serial = parse_serial(typed)

    assert serial is None or parse_serial(serial) == serial


def test_a_serial_is_printed_in_groups_of_four() -> None:
    assert format_serial("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"


def test_too_little_randomness_is_refused() -> None:
    with pytest.raises(ValueError, match="8 random bytes"):
        new_serial(b"seven..")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", [field.name for field in fields(CertificateFacts) if field.name != "lang"])
def test_every_fact_shows_in_the_lines(name: str, lang: str) -> None:
    assert facts_lines(OTHER[name], lang) != facts_lines(FACTS, lang)


def test_the_lines_read_from_the_holder_to_the_decision() -> None:
    assert facts_lines(FACTS, "vi") == (
        ("Họ và tên", "Nguyễn Thị Lấp Lánh Ánh"),
        ("Cuộc thi", "Tìm hiểu kỹ năng số"),
        ("Vòng thi", "Tuần 2"),
        ("Kết quả", "17/20 điểm (85%), đạt"),
        ("Mức đạt", "từ 70% số điểm"),
        ("Ngày nộp bài", "14 tháng 11 năm 2026"),
        ("Đơn vị", "Phường Hoa Phượng"),
        ("Mã số", "GM8Y-Q8KS-VA0M"),
        ("Ngày cấp", "21 tháng 11 năm 2026"),
        ("Đơn vị tổ chức", "Thành đoàn Hoa Phượng"),
        ("Căn cứ", "Kế hoạch số 112/KH-TĐ"),
    )


def test_the_lines_are_read_in_english_too() -> None:
    lines = dict(facts_lines(replace(FACTS, sample=True), "en"))

    assert lines["Result"] == "17/20 points (85%), passed"
    assert lines["Issued on"] == "21 November 2026"
    assert lines["Note"] == "SAMPLE, of no value"


def test_an_empty_fact_has_no_line() -> None:
    lines = dict(facts_lines(replace(FACTS, round="", unit="", decision="", cut=0), "vi"))

    assert {"Vòng thi", "Đơn vị", "Căn cứ", "Mức đạt"}.isdisjoint(lines)
    assert lines["Kết quả"] == "17/20 điểm (85%)"


@pytest.mark.parametrize(
    ("points", "max_points", "cut", "said"),
    [
        (14, 20, 70, "14/20 điểm (70%), đạt"),
        (13, 20, 70, "13/20 điểm (65%), chưa đạt"),
        (2, 3, 67, "2/3 điểm (66%), chưa đạt"),
        (0, 1, 1, "0/1 điểm (0%), chưa đạt"),
        (1, 1, 100, "1/1 điểm (100%), đạt"),
    ],
)
def test_the_result_is_judged_against_the_whole_percentage(
    points: int, max_points: int, cut: int, said: str
) -> None:
    facts = replace(FACTS, points=points, max_points=max_points, cut=cut)

    assert dict(facts_lines(facts, "vi"))["Kết quả"] == said


def test_one_sentence_says_it_honestly() -> None:
    assert (
        sentence(FACTS, "vi")
        == "Nguyễn Thị Lấp Lánh Ánh đã hoàn thành bài thi “Tìm hiểu kỹ năng số”, được 17/20 điểm."
    )
    assert sentence(replace(FACTS, holder="{cut}"), "en").startswith("{cut} has completed")


def test_the_words_claim_no_more_than_a_test() -> None:
    said = " ".join([*words("vi").values(), *words("en").values()]).casefold()

    assert "giấy chứng nhận" in said
    assert "không phải văn bằng" in said
    assert "it is not a degree" in said
    assert all(claim not in said for claim in ("bằng khen", "giấy khen", "award", "merit", "diploma"))


def test_both_languages_have_every_word() -> None:
    assert all(words("vi").values())
    assert all(words("en").values())
    assert all(words("vi")[name] != words("en")[name] for name in words("vi"))


def test_dates_are_written_out_in_both_languages() -> None:
    assert written_date(date(2026, 5, 2), "vi") == "2 tháng 5 năm 2026"
    assert [written_date(date(2026, month, 2), "en").split()[1][:3] for month in (1, 6, 12)] == [
        "Jan",
        "Jun",
        "Dec",
    ]


@pytest.mark.parametrize("facts", [FACTS, *OTHER.values()])
def test_kept_facts_come_back_unchanged(facts: CertificateFacts) -> None:
    assert CertificateFacts.from_dict(json.loads(facts.canonical())) == facts
    assert CertificateFacts.from_dict(facts.to_dict()) == facts


def test_each_changed_fact_changes_the_kept_bytes() -> None:
    assert OTHER.keys() == {field.name for field in fields(CertificateFacts)}
    assert len({FACTS.canonical(), *(facts.canonical() for facts in OTHER.values())}) == len(OTHER) + 1


def test_canonical_bytes_are_sorted_json_in_utf_8() -> None:
    kept = FACTS.canonical().decode()

    assert kept.startswith('{"contest":"Tìm hiểu kỹ năng số","cut":70,"decision":')
    assert '"issued_on":"2026-11-21"' in kept


@pytest.mark.parametrize("apart", [False, True])
def test_a_name_is_the_same_however_it_was_composed(apart: bool) -> None:
    name = "  Nguyễn\u200b Thị\nLấp  Lánh Ánh\u202e "
    typed = unicodedata.normalize("NFD" if apart else "NFC", name)

    assert replace(FACTS, holder=typed) == FACTS
    assert replace(FACTS, holder=typed).canonical() == FACTS.canonical()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("serial", "gm8yq8ksva0m"),
        ("holder", " "),
        ("contest", ""),
        ("organiser", "\u200b"),
        ("points", 21),
        ("points", -1),
        ("max_points", 0),
        ("cut", 101),
        ("lang", "fr"),
    ],
)
def test_impossible_facts_are_refused(name: str, value: str | int) -> None:
    kept = FACTS.to_dict() | {name: value}

    with pytest.raises(ValueError, match=name):
        CertificateFacts.from_dict(kept)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", 7),
        ("points", "17"),
        ("points", True),
        ("sample", 1),
        ("issued_on", "21/11/2026"),
        ("more", ""),
    ],
)
def test_a_record_of_another_shape_is_never_served(name: str, value: object) -> None:
    with pytest.raises(FrozenError, match=name):
        CertificateFacts.from_dict(FACTS.to_dict() | {name: value})


def test_a_record_that_lacks_a_fact_is_never_served() -> None:
    kept = {name: value for name, value in FACTS.to_dict().items() if name != "unit"}

    with pytest.raises(FrozenError, match="unit"):
        CertificateFacts.from_dict(kept)


def test_the_states_of_a_certificate_are_these() -> None:
    assert STATUSES == ("valid", "replaced", "revoked", "withdrawn", "sample")
