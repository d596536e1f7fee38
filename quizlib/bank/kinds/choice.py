"""Choice: one option is right."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, check_options, option_flaws, option_ids, require


class Choice:
    name = "choice"
    scheme = "exact"

    def answers(self, item: Item) -> tuple[str, ...]:
        return option_ids(item)

    def check(self, item: Item, response: Response) -> None:
        check_options(item, response)
        require(len(response) <= 1, item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        self.check(item, raw)
        return raw

    def flaws(self, item: Item) -> Iterator[Flaw]:
        yield from option_flaws(item, least=2, most=6)
        if len(item.key) != 1:
            yield "key", "key-count", {"wanted": "1", "found": len(item.key)}
