"""Reading a CSV file of marks or of chosen options, noting every fault with its row and column."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from math import isfinite, nan
from pathlib import Path

from quizlib.errors import ContentError, Fault, fault

PERSON = ("", "person", "name", "id")
KEY, MOST, LEFT_BLANK = "key", "max", "-"
Row = tuple[int, str, Sequence[str]]  # line, name, cells


@dataclass(frozen=True, slots=True)
class Cells:
    """Either ``marks`` or ``chosen`` with ``keys``; people x items."""

    items: Sequence[str]
    people: Sequence[str]
    marks: list[list[float]] | None
    chosen: list[list[str | None]] | None
    keys: Sequence[str] | None
    max_marks: list[float] | None


class _Sheet:
    """One file: its rows, and what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.file, self.faults = file, list[Fault]()
        self.items: Sequence[str] = ()
        self.comma_is_decimal = False

    def add(self, line: int, column: str, code: str, /, **values: object) -> None:
        self.faults.append(fault(self.file.name, str(line), column, code, **values))

    def rows(self) -> list[Row]:
        """Header aside; rows without any text are left out, rows of another length are a fault."""
        try:
            text = self.file.read_text(encoding="utf-8-sig")
            head = text.partition("\n")[0]
            self.comma_is_decimal = head.count(";") > head.count(",")
            reader = csv.reader(StringIO(text, newline=""), delimiter=";" if self.comma_is_decimal else ",")
            lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise ContentError([fault(self.file.name, "", "", "unreadable", reason=error)]) from None
        header = lines[0][1] if lines else []
        named = bool(header) and header[0].casefold() in PERSON
        self.items = header[named:]
        self.check_header(named)
        found: list[Row] = []
        for line, cells in lines[1:]:
            if not any(cells):
                continue
            if len(cells) != len(header):
                self.add(line, "", "row-length", found=len(cells), needed=len(header))
                continue
            found.append((line, cells[0] if named else str(len(found) + 1), cells[named:]))
        return found

    def check_header(self, named: bool) -> None:
        for place, item in enumerate(self.items):
            if not item:
                self.add(1, str(place + 1 + named), "item-unnamed")
            elif item in self.items[:place]:
                self.add(1, item, "column-twice")

    def numbers(self, row: Row) -> list[float]:
        line, _, cells = row
        return [self.number(line, item, cell) for item, cell in zip(self.items, cells, strict=True)]

    def number(self, line: int, item: str, cell: str) -> float:
        """NaN for an empty cell, and after noting the fault for what is no number."""
        if not cell:
            return nan
        try:
            found = float(cell.replace(",", ".") if self.comma_is_decimal else cell)
        except ValueError:
            found = nan
        if isfinite(found):
            return found
        self.add(line, item, "cell-not-a-number", cell=cell)
        return nan


def read_cells(file: Path) -> Cells:
    """What the file holds; ContentError with every fault in it. The form: ``Responses.read``."""
    sheet = _Sheet(file)
    rows = sheet.rows()
    keys = [row for row in rows if row[1].casefold() == KEY]
    most = [row for row in rows if row[1] == MOST]  # "Max" is somebody's name
    people = [row for row in rows if row not in keys and row not in most]
    for line, name, _ in [*keys[1:], *most[1:]]:
        sheet.add(line, name, "row-twice")
    for line, _, cells in keys[:1]:
        for item in (item for item, cell in zip(sheet.items, cells, strict=True) if cell in ("", LEFT_BLANK)):
            sheet.add(line, item, "key-missing")
    if not (people and sheet.items):
        sheet.add(1, "", "no-people")
    marks = None if keys else [sheet.numbers(row) for row in people]
    max_marks = sheet.numbers(most[0]) if most else None
    if marks and max_marks:
        check_bounds(sheet, people, marks, max_marks)
    if sheet.faults:
        raise ContentError(sheet.faults)
    chosen = [[_option(cell) for cell in cells] for _, _, cells in people] if keys else None
    names = [name for _, name, _ in people]
    return Cells(sheet.items, names, marks, chosen, keys[0][2] if keys else None, max_marks)


def check_bounds(
    sheet: _Sheet, people: Sequence[Row], marks: list[list[float]], max_marks: list[float]
) -> None:
    """Against the file's own greatest marks; others are the caller's, and ``Responses.of`` checks them."""
    for (line, _, _), row in zip(people, marks, strict=True):
        for item, found, most in zip(sheet.items, row, max_marks, strict=True):
            if abs(found) > most:
                sheet.add(line, item, "mark-out-of-bounds", mark=f"{found:g}", most=f"{most:g}")


def _option(cell: str) -> str | None:
    return {"": None, LEFT_BLANK: ""}.get(cell, cell)
