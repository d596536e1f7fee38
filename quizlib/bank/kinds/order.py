"""Order: the steps are to be put in their right order."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, check_options, option_flaws, option_ids, require


class Order:
    name = "order"
    scheme = "neighbour-pairs"

    def answers(self, item: Item) -> tuple[str, ...]:
        return option_ids(item)

    def check(self, item: Item, response: Response) -> None:
        """All steps in the chosen order; nothing else but blank is an answer."""
        check_options(item, response)
        require(len(response) in (0, len(item.options)), item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        self.check(item, raw)
        return raw

    def flaws(self, item: Item) -> Iterator[Flaw]:
        yield from option_flaws(item, least=3, most=7)
        if len(item.key) != len(item.options):
            yield "key", "key-count", {"wanted": len(item.options), "found": len(item.key)}
