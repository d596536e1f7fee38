"""Multiple: every right option is to be ticked."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, check_options, option_flaws, option_ids, require


class Multiple:
    name = "multiple"
    scheme = "plus-minus"

    def answers(self, item: Item) -> tuple[str, ...]:
        return option_ids(item)

    def check(self, item: Item, response: Response) -> None:
        check_options(item, response)
        require(tuple(sorted(response)) == response, item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        response = tuple(sorted(raw))
        self.check(item, response)
        return response

    def flaws(self, item: Item) -> Iterator[Flaw]:
        yield from option_flaws(item, least=3, most=8)
        if not item.key:
            yield "key", "key-count", {"wanted": "1+", "found": 0}
        if tuple(sorted(item.key)) != item.key:
            yield "key", "key-not-sorted", {}
