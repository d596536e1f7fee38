"""Which characters the press can print: none is ever replaced by a question mark or an empty box."""

from __future__ import annotations

import unicodedata

from quizlib.errors import QuizError

# Covered by Libertinus Serif both regular and bold, as the typst package carries them. Latin with all its
# Vietnamese letters, combining marks (Ê Đê and Jarai write ơ̆ and ư̆, which have no letter of their own),
# and the punctuation of names, titles and decision numbers.
COVERED = (
    (0x0020, 0x007E),
    (0x00A1, 0x00AC),
    (0x00AE, 0x024F),
    (0x0300, 0x0331),
    (0x1E00, 0x1E9B),
    (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x2037),
    (0x2039, 0x203A),
    (0x20AB, 0x20AC),
    (0x2116, 0x2116),
)


class UnprintableName(QuizError):
    """``text`` holds ``characters`` for which the press's font has no glyph."""

    def __init__(self, text: str, characters: str) -> None:
        super().__init__(f"Không in được, cannot be printed: {characters}")
        self.text = text
        self.characters = characters


def require_printable(text: str) -> str:
    """The text in NFC; UnprintableName when a character of it could not be printed."""
    composed = unicodedata.normalize("NFC", text)
    missing = "".join(dict.fromkeys(c for c in composed if not _is_covered(c)))
    if missing:
        raise UnprintableName(composed, missing)
    return composed


def _is_covered(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in COVERED)
