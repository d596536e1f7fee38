"""Text as it is compared and searched: the same however it was typed."""

from __future__ import annotations

import unicodedata

_ATTACHED = {"Mn", "Cf"}  # marks on letters; invisible characters that copying brings along


def fold(text: str) -> str:
    """For comparing: lower case, no tones or other marks, đ as d, single spaces."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in _ATTACHED)
    return " ".join(bare.replace("đ", "d").split())
