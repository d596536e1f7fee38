"""Responses: the marks of people on items, with what else is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quizlib.errors import ContentError, Fault, fault
from quizlib.measure.choices import BLANK, NOT_SHOWN, Choices
from quizlib.measure.response_file import Cells, read_cells, write_cells

Floats = npt.NDArray[np.float64]
Numbers = Sequence[float] | npt.NDArray[np.generic]


@dataclass(frozen=True, eq=False)
class Responses:
    """Make them with ``Responses.of`` or ``Responses.read``; the arrays cannot be written to.

    ``marks`` people x items, NaN = not shown; ``max_marks`` items; ``strata`` the area of each item;
    ``seconds`` people x items, NaN = unknown. ``choices`` are there when the chosen options are known.
    """

    marks: Floats
    max_marks: Floats
    people: tuple[str, ...]
    items: tuple[str, ...]
    choices: Choices | None = None
    strata: tuple[str, ...] | None = None
    seconds: Floats | None = None

    @classmethod
    def of(
        cls,
        marks: object = None,
        max_marks: float | Numbers = 1,
        *,
        chosen: object = None,
        keys: Sequence[object] | npt.NDArray[np.generic] | None = None,
        options: Sequence[Sequence[object]] | None = None,
        people: Sequence[object] | None = None,
        items: Sequence[object] | None = None,
        strata: Sequence[object] | None = None,
        seconds: object = None,
    ) -> Responses:
        """From nested lists or arrays, people x items.

        ``marks``: NaN or None = not shown, a blank answer is 0; from -max (negative marking) to max.
        Without them ``chosen`` is marked by ``keys``. ``max_marks``: one number, or one an item.
        ``chosen``: option ids, "" = blank, None or NaN = not shown; or whole numbers from 0, -1 = blank,
        -2 = not shown. ``keys``: one an item, None where an item has no single right option. ``options``:
        the ids of each item's options; unless stated, every item has all options seen anywhere.

        >>> Responses.of([[1, 0], [1, 1], [0, None]]).marks.shape
        (3, 2)

        ContentError with a sentence for whatever cannot be: no matrix, no people, marks out of bounds, ...
        """
        if marks is None and (chosen is None or keys is None):
            raise _refused("marks", "marks-or-keys")
        choices = Choices.of(chosen, keys, options) if chosen is not None else None
        given = None if marks is None else _matrix(marks, "marks")
        shape = given.shape if given is not None else choices.codes.shape if choices else (0, 0)
        most = _maxima(max_marks, shape[1])
        times = None if seconds is None else _matrix(seconds, "seconds")
        faults = [
            *_wrong_length("chosen", choices and choices.codes.shape, shape),
            *_wrong_length("seconds", None if times is None else times.shape, shape),
            *_wrong_length("people", None if people is None else len(people), shape[0]),
            *_wrong_length("items", None if items is None else len(items), shape[1]),
            *_wrong_length("strata", None if strata is None else len(strata), shape[1]),
            *(_out_of_bounds(given, most) if given is not None else []),
            *([fault("responses", "", "seconds", "seconds-below-0")] if _any_below_0(times) else []),
        ]
        if faults:
            raise ContentError(faults)
        found = given if given is not None else choices.marks(most) if choices else np.empty(shape)
        return cls(
            marks=_kept(found),
            max_marks=_kept(most),
            people=_labels(people, shape[0]),
            items=_labels(items, shape[1]),
            choices=choices,
            strata=None if strata is None else tuple(map(str, strata)),
            seconds=None if times is None else _kept(times),
        )

    @classmethod
    def read(cls, file: str | Path, max_marks: float | Numbers = 1) -> Responses:
        """From a CSV file (comma or semicolon, UTF-8): a header of item ids, then one row a person.

        A first column headed ``person``, ``name``, ``id`` or by nothing holds names. **Marks**: a cell is a
        number, empty = not shown. **Options**: one row has ``key`` in its first column and each item's right
        option; every other cell is an option's id, ``-`` = left blank, empty = not shown. Where an option
        does not tell the mark it is written beside it, ``b=0.5``; under the key ``marks`` a column holds
        marks alone. Rows with ``max``, ``options`` or ``topic`` in their first column hold each item's
        greatest mark, options (with spaces between) and stratum. ContentError lists every fault with its row
        and column.
        """
        cells = read_cells(Path(file))
        most = _maxima(max_marks if cells.max_marks is None else cells.max_marks, len(cells.items))
        return cls.of(
            None if cells.marks is None else np.where(np.isposinf(cells.marks), most, cells.marks),
            most,
            chosen=cells.chosen,
            keys=cells.keys,
            options=cells.options if cells.chosen else None,
            people=cells.people,
            items=cells.items,
            strata=cells.strata,
        )

    def write(self, file: str | Path) -> None:
        """To a CSV file that ``read`` turns into the same responses; ``seconds`` stay behind."""
        cells = Cells(self.items, self.people, strata=self.strata)
        if self.choices:
            name = dict[int, str | None](enumerate(self.choices.labels)) | {
                BLANK: "",
                NOT_SHOWN: None,
            }
            cells = replace(
                cells,
                chosen=[[name[code] for code in row] for row in self.choices.codes.tolist()],
                keys=[name[code] or None for code in self.choices.keys.tolist()],
                options=[[self.choices.labels[code] for code in each] for each in self.choices.options],
            )
        write_cells(Path(file), cells, self.marks.tolist(), self.max_marks.tolist())

    @cached_property
    def shown(self) -> npt.NDArray[np.bool_]:
        """People x items."""
        return ~np.isnan(self.marks)

    @cached_property
    def is_complete(self) -> bool:
        """Everybody was shown every item."""
        return bool(self.shown.all())

    @cached_property
    def totals(self) -> Floats:
        """Points of each person over what that person was shown."""
        totals: Floats = self.marks.sum(axis=1) if self.is_complete else np.nansum(self.marks, axis=1)
        return totals

    @cached_property
    def maxima(self) -> Floats:
        """The most points each person could have got."""
        maxima: Floats = self.shown @ self.max_marks
        return maxima


def _matrix(values: object, name: str) -> Floats:
    """A copy as floats, None and masked as NaN; ContentError unless it is people x items, either above 0."""
    try:
        if isinstance(values, np.ma.MaskedArray):
            values = np.ma.filled(values.astype(np.float64), np.nan)
        found = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise _refused(name, "ragged" if _is_ragged(values) else "not-numbers") from None
    if found.ndim != 2 or 0 in found.shape:
        raise _refused(name, "not-a-matrix", found=" x ".join(map(str, found.shape)))
    if np.isnan(found).all():
        raise _refused(name, "nothing-shown")
    return found


def _is_ragged(values: object) -> bool:
    rows = values if isinstance(values, Sequence) else ()
    return len({len(row) if isinstance(row, Sequence) else -1 for row in rows}) > 1


def _maxima(max_marks: float | Numbers, items: int) -> Floats:
    try:
        found = np.array(max_marks, dtype=np.float64)
    except (TypeError, ValueError):
        raise _refused("max_marks", "not-numbers") from None
    if found.ndim and found.shape != (items,):
        raise _refused("max_marks", "wrong-length", found=" x ".join(map(str, found.shape)), needed=items)
    if not (np.isfinite(found).all() and (found > 0).all()):
        raise _refused("max_marks", "max-marks-not-positive")
    maxima: Floats = np.full(items, found, dtype=np.float64)
    return maxima


def _wrong_length(name: str, found: object, needed: object) -> list[Fault]:
    is_right = found is None or found == needed
    return [] if is_right else [fault("responses", "", name, "wrong-length", found=found, needed=needed)]


def _out_of_bounds(marks: Floats, most: Floats) -> list[Fault]:
    """The first mark of each item beyond its bounds; infinite ones too."""
    outside = np.abs(marks) > most
    found = []
    for item in np.flatnonzero(outside.any(axis=0)):
        person = int(outside[:, item].argmax())
        place = f"{person + 1}, {item + 1}"
        found.append(
            fault("responses", place, "marks", "mark-out-of-bounds",
                  mark=f"{marks[person, item]:g}", most=f"{most[item]:g}")
        )  # fmt: skip
    return found


def _any_below_0(times: Floats | None) -> bool:
    return times is not None and bool(((times < 0) | np.isinf(times)).any())


def _labels(names: Sequence[object] | None, count: int) -> tuple[str, ...]:
    return tuple(map(str, range(1, count + 1) if names is None else names))


def _kept(values: Floats) -> Floats:
    values.flags.writeable = False
    return values


def _refused(field: str, code: str, /, **values: object) -> ContentError:
    return ContentError([fault("responses", "", field, code, **values)])
