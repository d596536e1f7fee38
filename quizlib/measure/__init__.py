"""What answers mean: statistics of people, of items and of tests.

The names below need NumPy (extra ``stats``), those of ``signals`` aside; each is loaded when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizlib.measure.classical import ItemStatistics, item_statistics
    from quizlib.measure.options import Distractors, distractors
    from quizlib.measure.pairs import identical_wrong
    from quizlib.measure.reliability import TestStatistics, test_statistics
    from quizlib.measure.responses import Responses
    from quizlib.measure.signals import bursts, prediction_blocks
    from quizlib.measure.times import implausible_times

ROOM_OF = {
    "Distractors": "options",
    "ItemStatistics": "classical",
    "Responses": "responses",
    "TestStatistics": "reliability",
    "bursts": "signals",
    "distractors": "options",
    "identical_wrong": "pairs",
    "implausible_times": "times",
    "item_statistics": "classical",
    "prediction_blocks": "signals",
    "test_statistics": "reliability",
}

__all__ = [
    "Distractors",
    "ItemStatistics",
    "Responses",
    "TestStatistics",
    "bursts",
    "distractors",
    "identical_wrong",
    "implausible_times",
    "item_statistics",
    "prediction_blocks",
    "test_statistics",
]


def __getattr__(name: str) -> object:
    if name not in ROOM_OF:
        raise AttributeError(f"module 'quizlib.measure' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(f"quizlib.measure.{ROOM_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return __all__
