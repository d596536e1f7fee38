"""Choices: which option each person chose of each item, as small whole numbers, with the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizlib.errors import ContentError, fault

BLANK, NOT_SHOWN = -1, -2
FEW = 32  # options
Codes = npt.NDArray[np.int16] | npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """``codes`` (people x items) and ``keys`` (items) are places in ``labels``, or BLANK, or NOT_SHOWN.

    ``options`` are the places of each item's options, the key among them. An item whose key is BLANK has no
    single right option, and takes no part in what is said of options.
    """

    codes: Codes
    keys: npt.NDArray[np.int16]
    labels: tuple[str, ...]
    options: tuple[tuple[int, ...], ...]

    @classmethod
    def of(
        cls,
        chosen: object,
        keys: Sequence[object] | npt.NDArray[np.generic] | None = None,
        options: Sequence[Sequence[object]] | None = None,
    ) -> Choices:
        """From option ids, or from whole numbers of 0 and more; see ``Responses.of``."""
        cells = _cells(chosen, keys)
        wanted = [_label(key) for key in (keys if keys is not None else [None] * cells.shape[1])]
        stated = None if options is None else [[_label(option) for option in each] for each in options]
        for name, found in {"keys": wanted, "options": wanted if stated is None else stated}.items():
            if len(found) != cells.shape[1]:
                raise _refused(name, "wrong-length", found=len(found), needed=cells.shape[1])
        known = {label for each in (wanted, *(stated or ())) for label in each if label}
        codes, labels, seen = _coded(cells, known)
        place = {label: code for code, label in enumerate(labels)} | {"": BLANK, None: BLANK}
        if not known <= place.keys():
            raise _refused("keys", "option-not-whole")
        every = stated or [[labels[code] for code in seen]] * len(wanted)
        found_options = tuple(
            tuple(sorted({place[label] for label in (*each, key)} - {BLANK}))
            for each, key in zip(every, wanted, strict=True)
        )
        return cls(codes, np.array([place[key] for key in wanted], dtype=np.int16), labels, found_options)

    def marks(self, max_marks: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """People x items: the maximum for the key, 0 for any other option and for a blank, NaN not shown."""
        if (self.keys == BLANK).any():
            raise _refused("keys", "key-missing")
        marks: npt.NDArray[np.float64] = (self.codes == self.keys.astype(self.codes.dtype)) * max_marks
        if int(self.codes.min()) == NOT_SHOWN:
            marks[self.codes == NOT_SHOWN] = np.nan
        return marks


def _cells(chosen: object, keys: Iterable[object] | None) -> npt.NDArray[np.generic]:
    """A matrix of whole numbers, or of ids as Python objects; ContentError if it is no matrix."""
    try:
        cells = np.asarray(chosen)
    except ValueError:
        raise _refused("chosen", "ragged") from None
    if cells.ndim != 2 or 0 in cells.shape:
        raise _refused("chosen", "not-a-matrix", found=" x ".join(map(str, cells.shape)))
    if cells.dtype.kind == "O" and not any(isinstance(cell, str) for cell in (*(keys or ()), *cells.flat)):
        cells = cells.astype(np.float64)  # numbers, with None for what was not shown
    if cells.dtype.kind == "f":
        whole = np.where(np.isnan(cells), NOT_SHOWN, cells)
        if (whole != np.round(whole)).any():
            raise _refused("chosen", "option-not-whole")
        cells = whole.astype(np.int64)
    return cells


def _label(value: object) -> str | None:
    """How an option is called, 2.0 being "2"; None stands for what was not shown."""
    if value is None or value != value:  # NaN is not itself
        return None
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value).strip()


def _coded(cells: npt.NDArray[np.generic], known: set[str]) -> tuple[Codes, tuple[str, ...], Sequence[int]]:
    """The codes of all cells, the labels they point at, and the codes in use by cells or ``known``."""
    if cells.dtype.kind in "iu":
        stated = {int(label) for label in known if label.isdecimal()}
        low, high = int(cells.min()), max(int(cells.max()), *stated, 0)
        if low < NOT_SHOWN or high > np.iinfo(np.int16).max:
            raise _refused("chosen", "option-out-of-range", low=low, high=high)
        small = cells.astype(np.int8) if high <= np.iinfo(np.int8).max else cells.astype(np.int16)
        possible = range(high + 1) if high < FEW else np.unique(small).tolist()  # a few passes beat a sort
        seen = stated | {code for code in possible if code >= 0 and (small == code).any()}
        return small, tuple(map(str, range(high + 1))), sorted(seen)
    rows = [[_label(cell) for cell in row] for row in cells.tolist()]
    labels = tuple(sorted(known | {label for row in rows for label in row if label}))
    place = {label: code for code, label in enumerate(labels)} | {"": BLANK, None: NOT_SHOWN}
    codes = np.array([[place[cell] for cell in row] for row in rows], dtype=np.int16)
    return codes, labels, range(len(labels))


def _refused(field: str, code: str, /, **values: object) -> ContentError:
    return ContentError([fault("responses", "", field, code, **values)])
