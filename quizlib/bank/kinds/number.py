"""Number: a quantity is to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, require

CANONICAL = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,14})\.\d{0,5}[1-9]", re.ASCII)

# Digits, perhaps grouped in threes, then decimals: Vietnamese writes 1.234,5 and English 1,234.5.
# No group begins with 0, so that a decimal in the other language's manner, 0.500, is not read as 500.
WRITTEN = {
    "vi": re.compile(r"(-?)([1-9]\d{0,2}(?:[. ]\d{3}){1,4}|\d{1,15})(?:,(\d{1,6}))?", re.ASCII),
    "en": re.compile(r"(-?)([1-9]\d{0,2}(?:[, ]\d{3}){1,4}|\d{1,15})(?:\.(\d{1,6}))?", re.ASCII),
}
# Two groups or more are no decimal in any language: 1.500.000 can only be a million and a half.
MILLIONS = re.compile(r"(-?)([1-9]\d{0,2}(?:\.\d{3}){2,4}|[1-9]\d{0,2}(?:,\d{3}){2,4})()", re.ASCII)


class Number:
    name = "number"
    scheme = "within-tolerance"

    def answers(self, item: Item) -> tuple[str, ...]:
        return ()

    def check(self, item: Item, response: Response) -> None:
        require(not response or (len(response) == 1 and bool(CANONICAL.fullmatch(response[0]))), item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        """Read as the language of the item's texts writes numbers, never by guess."""
        text = " ".join(raw).strip()
        if not text:
            return ()
        found = WRITTEN["en" if item.lang == "en" else "vi"].fullmatch(text) or MILLIONS.fullmatch(text)
        require(found is not None, item)
        assert found is not None
        return (canonical(*found.groups("")),)

    def flaws(self, item: Item) -> Iterator[Flaw]:
        if item.options:
            yield "option", "option-count", {"least": 0, "most": 0, "found": len(item.options)}
        if len(item.key) != 1:
            yield "key", "key-count", {"wanted": "1", "found": len(item.key)}
        elif not CANONICAL.fullmatch(item.key[0]):
            yield "key", "key-not-canonical", {"key": item.key[0]}


def canonical(sign: str, whole: str, decimals: str) -> str:
    digits = re.sub(r"[., ]", "", whole).lstrip("0") or "0"
    decimals = decimals.rstrip("0")
    number = f"{digits}.{decimals}" if decimals else digits
    return number if number == "0" else sign + number
