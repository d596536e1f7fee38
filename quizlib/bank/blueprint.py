"""Blueprint: what every paper of a contest has in common."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from quizlib.bank.item import Item


@dataclass(frozen=True, slots=True)
class Quota:
    """``count`` items of one topic; the filters left empty accept everything, an empty topic any topic."""

    topic: str
    count: int
    difficulty: str = ""
    level: int = 0
    verdict: str = ""
    kind: str = ""
    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()

    def accepts(self, item: Item) -> bool:
        return (
            self.topic in ("", item.topic)
            and self.difficulty in ("", item.difficulty)
            and self.level in (0, item.level)
            and self.verdict in ("", item.verdict)
            and self.kind in ("", item.kind)
            and (not self.kinds or item.kind in self.kinds)
            and (not self.verdicts or item.verdict in self.verdicts)
        )


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Quotas of items, items that are in every paper, and how many genuine situations a paper may hold.

    ``excluded`` items are never drawn: a round puts there what was stale on the day it opened.
    """

    name: str
    title: str
    quotas: tuple[Quota, ...]
    fixed: tuple[str, ...] = ()
    genuine: tuple[int, int] | None = None
    excluded: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As a bank file writes it."""
        wanted = [{name: value for name, value in asdict(quota).items() if value} for quota in self.quotas]
        return {
            "name": self.name,
            "title": self.title,
            "quota": wanted,
            "fixed": list(self.fixed),
            "genuine": list(self.genuine or ()),
            "excluded": list(self.excluded),
        }

    @property
    def size(self) -> int:
        """Items in a paper; fixed items count within the quotas that accept them."""
        return sum(quota.count for quota in self.quotas)
