"""Judge: is the thing shown a scam or genuine, and how sure is the reader."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response
from quizlib.bank.kinds.kind import Flaw, require

VERDICTS = ("scam", "genuine")
SURENESS = ("1", "2", "3", "4")  # from a guess to quite sure


class Judge:
    name = "judge"
    scheme = "verdict"

    def answers(self, item: Item) -> tuple[str, ...]:
        return VERDICTS

    def check(self, item: Item, response: Response) -> None:
        require(not response or (len(response) == 2 and response[0] in VERDICTS), item)
        require(not response or response[1] in SURENESS, item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        self.check(item, raw)
        return raw

    def flaws(self, item: Item) -> Iterator[Flaw]:
        if item.options:
            yield "option", "option-count", {"least": 0, "most": 0, "found": len(item.options)}
        if item.stimulus is None:
            yield "stimulus", "missing-field", {}
        if item.verdict not in VERDICTS:
            yield "verdict", "unknown-choice", {"value": item.verdict, "choices": ", ".join(VERDICTS)}
        elif item.key != (item.verdict, SURENESS[-1]):
            yield "key", "key-is-no-verdict", {"verdict": item.verdict}
        if not item.clues:
            yield "clue", "missing-field", {}
