"""quizlib: banks of items, papers, scoring, contests and learning for scam awareness and digital skills.

The names below are the public face; each is loaded from its room when it is first used, so that a
script pays only for what it takes.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizlib.bank.bank import Bank, combine
    from quizlib.bank.blueprint import Blueprint
    from quizlib.bank.item import Item, Option
    from quizlib.bank.reader import banks, load_bank
    from quizlib.contest.ranking import rank
    from quizlib.contest.reading import load_rules
    from quizlib.contest.rules import Rules
    from quizlib.contest.tally import Facts, Standing, Tally
    from quizlib.errors import ContentError, QuizError, Refusal
    from quizlib.exam.draw import draw
    from quizlib.exam.paper import ItemView, Paper
    from quizlib.exam.score import Grade, Mark, Score, grade, mark, score
    from quizlib.measure.detection import detection

__version__ = "0.1.0"

ROOMS = {
    "quizlib.bank.bank": ("Bank", "combine"),
    "quizlib.bank.blueprint": ("Blueprint",),
    "quizlib.bank.item": ("Item", "Option"),
    "quizlib.bank.reader": ("banks", "load_bank"),
    "quizlib.contest.ranking": ("rank",),
    "quizlib.contest.reading": ("load_rules",),
    "quizlib.contest.rules": ("Rules",),
    "quizlib.contest.tally": ("Facts", "Standing", "Tally"),
    "quizlib.errors": ("ContentError", "QuizError", "Refusal"),
    "quizlib.exam.draw": ("draw",),
    "quizlib.exam.paper": ("ItemView", "Paper"),
    "quizlib.exam.score": ("Grade", "Mark", "Score", "grade", "mark", "score"),
    "quizlib.measure.detection": ("detection",),
}
ROOM_OF = {name: room for room, names in ROOMS.items() for name in names}

__all__ = [
    "Bank",
    "Blueprint",
    "ContentError",
    "Facts",
    "Grade",
    "Item",
    "ItemView",
    "Mark",
    "Option",
    "Paper",
    "QuizError",
    "Refusal",
    "Rules",
    "Score",
    "Standing",
    "Tally",
    "banks",
    "combine",
    "detection",
    "draw",
    "grade",
    "load_bank",
    "load_rules",
    "mark",
    "rank",
    "score",
]


def __getattr__(name: str) -> object:
    if name not in ROOM_OF:
        raise AttributeError(f"module 'quizlib' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(ROOM_OF[name]), name)
    return found


def __dir__() -> list[str]:
    return __all__
