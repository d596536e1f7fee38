"""Names and phone numbers as the public may see them."""

from __future__ import annotations

import unicodedata

from quizlib.contest.rules import Round, Rules

_HIDDEN = "***"


def mask_name(name: str) -> str:
    """The first letter of each word: Nguyễn Thị Lan becomes N*** T*** L***."""
    return " ".join(_initial(word) + _HIDDEN for word in name.split())


def mask_phone(phone: str) -> str:
    """The first three and the last three digits of a number long enough to hide something between."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    shown = 3 if len(digits) >= 9 else 0
    return digits[:shown] + "*" * (len(digits) - 2 * shown) + digits[len(digits) - shown :]


def public_name(name: str, birth_year: int, rules: Rules, round: Round) -> str:
    """The name in public lists: in full only if the rules say so and the person needs no guardian."""
    grown = round.age(birth_year) >= rules.eligibility.guardian_below
    return name if rules.results.names == "full" and grown else mask_name(name)


def _initial(word: str) -> str:
    """The first letter as read, its marks included."""
    word = unicodedata.normalize("NFC", word)
    end = next((at for at in range(1, len(word)) if not unicodedata.combining(word[at])), len(word))
    return word[:end]
