"""Results as text for a terminal and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np


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


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.tolist()
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
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _aligned(cell: str, width: int) -> str:
    return cell.rjust(width) if cell[:1] in "-–0123456789" else cell.ljust(width)
