"""Clues: mark every part of the thing shown that gives it away, or that proves it genuine."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, require


class Clues:
    name = "clues"
    scheme = "plus-minus"

    def answers(self, item: Item) -> tuple[str, ...]:
        return tuple(part.id for part in item.stimulus.parts) if item.stimulus else ()

    def check(self, item: Item, response: Response) -> None:
        require(set(response) <= set(self.answers(item)), item)
        require(tuple(sorted(set(response))) == response, item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        response = tuple(sorted(raw))
        self.check(item, response)
        return response

    def flaws(self, item: Item) -> Iterator[Flaw]:
        if item.options:
            yield "option", "option-count", {"least": 0, "most": 0, "found": len(item.options)}
        if item.stimulus is None:
            yield "stimulus", "missing-field", {}
        marked = tuple(sorted(clue.part for clue in item.clues))
        if not marked or item.key != marked:
            yield "key", "key-is-not-the-clues", {"parts": ", ".join(marked)}
