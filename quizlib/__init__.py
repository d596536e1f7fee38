"""quizlib: banks of items, papers, scoring, contests and learning for scam awareness and digital skills."""

from quizlib.bank.bank import Bank, combine
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.item import Item, Option
from quizlib.bank.reader import banks, load_bank
from quizlib.errors import ContentError, QuizError, Refusal
from quizlib.exam.draw import draw
from quizlib.exam.paper import Paper
from quizlib.exam.score import Score, grade, mark, score

__version__ = "0.1.0"

__all__ = [
    "Bank",
    "Blueprint",
    "ContentError",
    "Item",
    "Option",
    "Paper",
    "QuizError",
    "Refusal",
    "Score",
    "banks",
    "combine",
    "draw",
    "grade",
    "load_bank",
    "mark",
    "score",
]
