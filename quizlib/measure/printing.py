"""Results as text for a terminal and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from quizlib.measure.wording import say


def text_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns in line, numbers to the right; a missing figure is "–".

    >>> print(text_table(("item", "facility"), [("q1", 0.5), ("q2", None)]))
    item  facility
    q1       0.500
    q2           –
    """
    cells = [tuple(header), *(tuple(map(_cell, row)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(_aligned(cell, width) for cell, width in zip(row, widths, strict=True)) for row in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


@dataclass(frozen=True, slots=True)
class Result:
    """What every result can do."""

    def to_dict(self) -> dict[str, object]:
        """Plain Python values, JSON-safe; the keys are the fields' names."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Rows(Result):
    """A result that is a table; a column for each field of its rows."""

    rows: tuple[Result, ...]

    def __str__(self) -> str:
        if not self.rows:
            return say("nothing-found")
        names = [each.name for each in fields(self.rows[0])]
        return text_table(names, [[getattr(row, name) for name in names] for row in self.rows])


def _plain(value: object) -> object:
    if callable(tolist := getattr(value, "tolist", None)):  # an array: this file knows no NumPy
        return _plain(tolist())
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Result):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, tuple):
        return ", ".join(map(_cell, value))
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1e}" if 0 < abs(value) < 0.001 else f"{value:.3f}"


def _aligned(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1] in "-–0123456789" else cell.ljust(width)
