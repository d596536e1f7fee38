"""Prints content through one of the templates beside this file."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from importlib import resources
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Literal

import segno

if TYPE_CHECKING:
    from typst import Compiler

PIXELS_PER_INCH = 144.0  # an A4 page of 1684 x 1191: sharp on a phone, small enough for a slow network
INK = "#0b2e33"

TEMPLATES = resources.files(__package__)

_LOCK = Lock()
_COMPILERS: dict[int, Compiler] = {}  # by process id; never more than one

Content = Mapping[str, object]


def can_print() -> bool:
    """Whether the extra ``certificates`` is installed; without it only ``qr_svg`` works."""
    return find_spec("typst") is not None


def pdf(template: str, content: Content, addresses: Iterable[str], day: date) -> bytes:
    """A tagged document (PDF/UA-1, PDF/A-2a). Ask ``require_printable`` first of what people have typed."""
    return _print(template, content, addresses, day, "pdf")[0]


def pictures(template: str, content: Content, addresses: Iterable[str], day: date) -> list[bytes]:
    """The same pages as PNG, one each, to keep or send in a chat."""
    return _print(template, content, addresses, day, "png")


def qr_svg(text: str) -> str:
    """The text as a QR code to stand inside a page: it takes the width it is given.

    It brings its white ground and the quiet border that scanners need.
    """
    drawn = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(drawn, kind="svg", border=4, dark=INK, light="white", xmldecl=False, omitsize=True, nl=False)
    return drawn.getvalue().decode()


def _print(
    template: str, content: Content, addresses: Iterable[str], day: date, kind: Literal["pdf", "png"]
) -> list[bytes]:
    """``content`` as the template's ``it``; ``it.qr`` holds the drawing of each address."""
    drawn = {**content, "qr": {address: qr_svg(address) for address in addresses}}
    _refuse_forked()
    with _LOCK:
        printed = _compiler().compile(
            _source(template),  # given anew each time: a compiler forgets source bytes after one use
            format=kind,
            ppi=PIXELS_PER_INCH,
            sys_inputs={"content": json.dumps(drawn, ensure_ascii=False, default=str)},
            pdf_standards=["ua-1", "a-2a"] if kind == "pdf" else [],
            timestamp=datetime.combine(day, time(), UTC),
        )
    return [page for page in (printed if isinstance(printed, list) else [printed]) if page]


def _source(template: str) -> bytes:
    """A template after the pieces that all of them share."""
    return b"\n".join(TEMPLATES.joinpath(f"{name}.typ").read_bytes() for name in ("pieces", template))


def _refuse_forked() -> None:
    """A compiler's threads do not survive a fork: the child would wait for ever, so it is refused."""
    if _COMPILERS and os.getpid() not in _COMPILERS:
        raise RuntimeError("the press was used before this process was forked; start the workers first")


def _compiler() -> Compiler:
    """The compiler of this process, made at its first print; call under the lock."""
    from typst import Compiler  # the extra ``certificates``: a site runs without it

    if not _COMPILERS:
        _COMPILERS[os.getpid()] = Compiler(ignore_system_fonts=True)
    return _COMPILERS[os.getpid()]
