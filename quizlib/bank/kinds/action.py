"""Action: what does one do next; the acts differ in the harm they do."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item
from quizlib.bank.kinds.choice import Choice
from quizlib.bank.kinds.kind import Flaw


class Action(Choice):
    name = "action"
    scheme = "least-harm"

    def flaws(self, item: Item) -> Iterator[Flaw]:
        yield from super().flaws(item)
        if any(option.harm not in (0, 1, 2) for option in item.options):
            yield "option", "bad-harm", {}
        safe = tuple(option.id for option in item.options if option.harm == 0)
        if safe != item.key:
            yield "key", "key-is-not-safe", {"safe": ", ".join(safe) or "-"}
