"""What every kind of item answers for itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from quizlib.bank.item import Item, Response
from quizlib.errors import Refusal

# A flaw of an item's structure: (field, fault code, values of its sentence).
Flaw = tuple[str, str, dict[str, object]]


class Kind(Protocol):
    name: str
    scheme: str  # the default scoring scheme

    def answers(self, item: Item) -> tuple[str, ...]:
        """The ids a response is made of, none for what is typed; pages show tokens in their place."""

    def check(self, item: Item, response: Response) -> None:
        """``Refusal("bad-response")`` unless the response has the one stored shape of this kind."""

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        """The response that a person's input means; ``Refusal("bad-response")`` when it means none."""

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """What is wrong with the item's options and key."""


def option_ids(item: Item) -> tuple[str, ...]:
    return tuple(option.id for option in item.options)


def require(claim: bool, item: Item) -> None:
    if not claim:
        raise Refusal("bad-response", item=item.id)


def check_options(item: Item, response: Response) -> None:
    """Only option ids of this item, each once."""
    ids = {option.id for option in item.options}
    require(len(set(response)) == len(response) and set(response) <= ids, item)


def option_flaws(item: Item, least: int, most: int) -> Iterator[Flaw]:
    """Flaws that every kind with options shares: their number, and keys that name no option."""
    ids = [option.id for option in item.options]
    if not least <= len(ids) <= most:
        yield "option", "option-count", {"least": least, "most": most, "found": len(ids)}
    for missing in sorted(set(item.key) - set(ids)):
        yield "key", "key-names-no-option", {"key": missing, "options": ", ".join(ids)}
    if len(set(item.key)) != len(item.key):
        yield "key", "key-repeats", {}
