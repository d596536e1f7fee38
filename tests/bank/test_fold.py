"""Folding: text as it is compared, however it was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank.fold import fold

VIETNAMESE = st.text(
    "aăâeêioôơuưyđAĂÂĐ bcghklmnpqrstvx\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b", max_size=20
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồ  Sơn ", "do son"),
        ("ĐẶC KHU Bạch Long Vĩ", "dac khu bach long vi"),
        ("Thuỷ Nguyên", "thuy nguyen"),
        ("Thủy Nguyên", "thuy nguyen"),
        (unicodedata.normalize("NFD", "Lê Thị Ưởng"), "le thi uong"),
        ("Hoà\u200b Bình", "hoa binh"),
        ("", ""),
    ],
)
def test_folding_loses_tones_case_and_extra_space(text, folded):
    assert fold(text) == folded


@given(VIETNAMESE)
def test_folding_is_the_same_for_every_way_of_writing(text):
    assert fold(fold(text)) == fold(text)
    assert (
        fold(unicodedata.normalize("NFC", text))
        == fold(unicodedata.normalize("NFD", text))
        == fold(text.upper())
    )
