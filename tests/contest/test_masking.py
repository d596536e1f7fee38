"""What the public may see of a name and a phone number."""

from __future__ import annotations

import unicodedata

import pytest

from quizlib.contest.masking import mask_name, mask_phone, public_name
from tests.contest.contest_builders import rules


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Lan", "N*** T*** L***"),
        ("  đỗ   ánh ", "đ*** á***"),
        (unicodedata.normalize("NFD", "Ưởng Ấm"), "Ư*** Ấ***"),
        ("ộ", "ộ***"),
        ("x\u0323\u0302y", "x\u0323\u0302***"),
        ("", ""),
    ],
)
def test_a_name_shows_its_initials_only(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("0912345678", "091****678"),
        ("0912 345 678", "091****678"),
        ("+84912345678", "849*****678"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_phone_number_shows_its_ends_only(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("names", "birth_year", "shown"),
    [
        ("masked", 1960, "L*** A***"),
        ("full", 1960, "Lê An"),
        ("full", 2010, "Lê An"),
        ("full", 2011, "L*** A***"),
    ],
)
def test_a_full_name_shows_only_if_the_rules_say_so_and_no_guardian_is_needed(names, birth_year, shown):
    made = rules(results__names=names)

    assert public_name("Lê An", birth_year, made, made.rounds[0]) == shown
