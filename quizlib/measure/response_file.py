"""CSV files of marks and of chosen options: read, every fault told with its place, and written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from math import inf, isfinite, isinf, isnan, nan
from pathlib import Path

from quizlib.errors import ContentError, Fault, fault

PERSON = ("", "person", "name", "id")
KEY, MOST, OPTIONS, TOPIC = "key", "max", "options", "topic"  # rows that are no person's
LEFT_BLANK, MARKS, MARKED = "-", "marks", "="  # of an option; of a key, a column of marks; before a mark
Row = tuple[int, str, Sequence[str]]  # line, name, cells
Cell = tuple[str | None, float]  # option and mark


@dataclass(frozen=True, slots=True)
class Cells:
    """``marks``, ``chosen`` with ``keys``, or all three, people x items; a mark of inf is the greatest."""

    items: Sequence[str]
    people: Sequence[str]
    marks: list[list[float]] | None = None
    chosen: list[list[str | None]] | None = None
    keys: list[str | None] | None = None
    options: list[list[str]] | None = None
    max_marks: list[float] | None = None
    strata: Sequence[str] | None = None


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

    def keys(self, row: Row) -> list[str | None]:
        line, _, cells = row
        for item, cell in zip(self.items, cells, strict=True):
            if cell in ("", LEFT_BLANK):
                self.add(line, item, "key-missing")
        return [None if cell == MARKS else cell for cell in cells]

    def chosen(self, row: Row, keys: Sequence[str | None]) -> list[Cell]:
        """An option earns the greatest mark, none, or its own; a column without a key has the mark alone."""
        line, _, cells = row
        found: list[Cell] = []
        for item, cell, key in zip(self.items, cells, keys, strict=True):
            option, _, mark = cell.partition(MARKED) if key is not None else ("", "", cell)
            usual = nan if not cell else inf if option == key else 0.0
            shown = None if not option else "" if option == LEFT_BLANK else option
            found.append((shown, self.number(line, item, mark) if mark or key is None else usual))
        return found


def read_cells(file: Path) -> Cells:
    """What the file holds; ContentError with every fault in it. The form: ``Responses.read``."""
    sheet = _Sheet(file)
    rows = sheet.rows()
    said = {_kind(row): row for row in reversed(rows)}  # the first of each
    people = [row for row in rows if not _kind(row)]
    for row in rows:
        if _kind(row) and row is not said[_kind(row)]:
            sheet.add(row[0], row[1], "row-twice")
    if not (people and sheet.items):
        sheet.add(1, "", "no-people")
    keys = sheet.keys(said[KEY]) if KEY in said else None
    most = sheet.numbers(said[MOST]) if MOST in said else None
    found = [sheet.chosen(row, keys or [None] * len(sheet.items)) for row in people]
    if most:
        _check_bounds(sheet, people, found, most)
    if sheet.faults:
        raise ContentError(sheet.faults)
    is_told = keys and all(keys) and not any(MARKED in cell for _, _, cells in people for cell in cells)
    return Cells(
        items=sheet.items,
        people=[name for _, name, _ in people],
        marks=None if is_told else [[mark for _, mark in row] for row in found],
        chosen=[[option for option, _ in row] for row in found] if keys else None,
        keys=keys,
        options=[cell.split() for cell in said[OPTIONS][2]] if OPTIONS in said else None,
        max_marks=most,
        strata=said[TOPIC][2] if TOPIC in said else None,
    )


def _kind(row: Row) -> str:
    """Which of the rows that are no person's; "" for a person, of whom one may be called Max."""
    name = row[1]
    return KEY if name.casefold() == KEY else name if name in (MOST, OPTIONS, TOPIC) else ""


def _check_bounds(
    sheet: _Sheet, people: Sequence[Row], found: Sequence[Sequence[Cell]], most: Sequence[float]
) -> None:
    """Against the file's own greatest marks; others are the caller's, and ``Responses.of`` checks them."""
    for (line, _, _), row in zip(people, found, strict=True):
        for item, (_, mark), top in zip(sheet.items, row, most, strict=True):
            if abs(mark) > top and not isinf(mark):
                sheet.add(line, item, "mark-out-of-bounds", mark=f"{mark:g}", most=f"{top:g}")


def write_cells(file: Path, cells: Cells, marks: Sequence[Sequence[float]], most: Sequence[float]) -> None:
    """The form that ``read_cells`` reads; a mark is written where the option does not tell it."""
    keys = cells.keys or [None] * len(cells.items)
    chosen = cells.chosen or [[None] * len(keys) for _ in marks]
    heads: dict[str, Iterable[str]] = {"person": cells.items, MOST: map(_number, most)}
    if any(keys):
        heads |= {KEY: [key or MARKS for key in keys], OPTIONS: map(" ".join, cells.options or [])}
    if cells.strata:
        heads[TOPIC] = cells.strata
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerows([name, *row] for name, row in heads.items())
        for person, options, row in zip(cells.people, chosen, marks, strict=True):
            sheet.writerow([person, *map(_cell, options, row, keys, most)])


def _cell(option: str | None, mark: float, key: str | None, most: float) -> str:
    if isnan(mark):
        return ""
    if key is None:
        return _number(mark)
    usual = most if option == key else 0.0
    said = "" if option is None else option or LEFT_BLANK
    return said if said and mark == usual else f"{said}{MARKED}{_number(mark)}"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
