"""Results as text for a terminal and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass

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


def as_plain(value: object) -> dict[str, object]:
    """A result as a dict of plain Python values, JSON-safe; the keys are the fields' names."""
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if is_dataclass(value):
        return as_plain(value)
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
