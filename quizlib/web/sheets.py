"""Answer sheets: what taking an answer needs of a round, kept in memory by every process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from quizlib.bank.item import Item
from quizlib.web import tokens
from quizlib.web.store import rounds, work
from quizlib.web.store.rounds import OpenedRound


@dataclass(frozen=True, slots=True)
class Sheet:
    """Items by the names that forms use, and the names and answers' tokens by item id; ``size`` is that of
    every paper."""

    items: dict[str, Item]
    names: dict[str, str]
    tokens: dict[str, dict[str, str]]
    leeway: timedelta
    size: int


def sheet_of(round_id: int) -> Sheet:
    """Made once: nothing in it changes after the round was opened."""
    kept: dict[int, Sheet] = current_app.extensions.setdefault("quizlib.sheets", {})
    if round_id not in kept:
        kept[round_id] = sheet(rounds.get(round_id))
        work.commit()  # so that nobody waits for a second connection while holding one
    return kept[round_id]


def sheet(round: OpenedRound) -> Sheet:
    items = {tokens.item_token(round.secret, item): item for item in round.bank.items}
    return Sheet(
        items=items,
        names={item.id: name for name, item in items.items()},
        tokens={item.id: tokens.answer_tokens(round.secret, item) for item in round.bank.items},
        leeway=round.timing.leeway,
        size=round.blueprint.size,
    )
