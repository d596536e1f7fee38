"""The kinds of items: one file a kind, one line here."""

from quizlib.bank.kinds.action import Action
from quizlib.bank.kinds.choice import Choice
from quizlib.bank.kinds.clues import Clues
from quizlib.bank.kinds.comment import Comment
from quizlib.bank.kinds.judge import Judge
from quizlib.bank.kinds.kind import Kind
from quizlib.bank.kinds.multiple import Multiple
from quizlib.bank.kinds.number import Number
from quizlib.bank.kinds.order import Order
from quizlib.bank.kinds.scale import Scale
from quizlib.bank.kinds.scenario import Scenario

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Choice(), Multiple(), Order(), Number(), Judge(), Clues(), Action(), Scenario(), Scale(), Comment(),
    )
}  # fmt: skip

__all__ = ["KINDS", "Kind"]
