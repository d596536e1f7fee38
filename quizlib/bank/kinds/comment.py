"""Comment: whatever somebody wants to say, in their own words; nothing of it is right or wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, option_flaws, require

MOST_LETTERS = 500
UNSEEN = ("Cc", "Cf", "Cs")


class Comment:
    name = "comment"
    scheme = "none"

    def answers(self, item: Item) -> tuple[str, ...]:
        return ()

    def check(self, item: Item, response: Response) -> None:
        require(self.read(item, response) == response, item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        """In NFC on one line, without control characters and invisible ones."""
        seen = (c for c in " ".join(raw) if c.isspace() or unicodedata.category(c) not in UNSEEN)
        text = unicodedata.normalize("NFC", " ".join("".join(seen).split()))
        require(len(text) <= MOST_LETTERS, item)
        return (text,) if text else ()

    def flaws(self, item: Item) -> Iterator[Flaw]:
        return option_flaws(item, least=0, most=0)
