"""Scale: one step of an ordered scale is picked; none is right, and the steps keep their order."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item
from quizlib.bank.kinds.choice import Choice
from quizlib.bank.kinds.kind import Flaw, option_flaws


class Scale(Choice):
    name = "scale"
    scheme = "none"

    def flaws(self, item: Item) -> Iterator[Flaw]:
        return option_flaws(item, least=3, most=7)
