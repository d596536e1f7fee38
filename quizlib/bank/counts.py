"""How many items a bank has of each sort: what a committee asks first."""

from __future__ import annotations

from collections import Counter
from datetime import date

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item


def counts(bank: Bank, today: date) -> dict[str, dict[str, int]]:
    """Counts of live items by topic, kind, level, difficulty, verdict, language and state of review."""
    alive = alive_in(bank, "vi")
    found = {
        "topic": Counter(item.topic for item in alive),
        "kind": Counter(item.kind for item in alive),
        "level": Counter(str(item.level) for item in alive),
        "difficulty": Counter(item.difficulty for item in alive),
        "verdict": Counter(item.verdict for item in alive),
        "language": Counter(
            item.lang for lang in bank.editions for item in alive_in(bank, lang) if item.lang == lang
        ),
        "state": Counter(
            {
                "live": len(alive),
                "stale": sum(today >= item.review_by for item in alive),
                "not yet valid": sum(today < item.valid_from for item in alive),
                "retired": len(bank.items) - len(alive),
            }
        ),
    }
    return {name: dict(sorted(counter.items())) for name, counter in found.items()}


def coverage(bank: Bank) -> dict[str, dict[str, int]]:
    """Live items of each scam form and competence: all of them, by verdict, by level."""
    table: dict[str, Counter[str]] = {}
    for item in alive_in(bank, "vi"):
        for code in (*item.forms, *item.competences):
            columns = ("items", item.verdict, f"level {item.level}")
            table.setdefault(code, Counter()).update(columns)
    return {code: dict(table[code]) for code in sorted(table)}


def alive_in(bank: Bank, lang: str) -> list[Item]:
    return [item for item in bank.to(lang).items if not item.retired]
