"""The kinds of items: one file a kind, one line here."""

from quizlib.bank.kinds.choice import Choice
from quizlib.bank.kinds.kind import Kind
from quizlib.bank.kinds.multiple import Multiple
from quizlib.bank.kinds.number import Number
from quizlib.bank.kinds.order import Order

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Choice(), Multiple(), Order(), Number())}

__all__ = ["KINDS", "Kind"]
