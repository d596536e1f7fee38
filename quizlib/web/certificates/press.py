"""Prints a certificate's facts through the one template."""

from __future__ import annotations

import io
import json
import os
from datetime import UTC, datetime, time
from importlib import resources
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Literal

import segno

from quizlib.contest.certificate import CertificateFacts, fact_table, sentence, words
from quizlib.web.certificates.glyphs import require_printable

if TYPE_CHECKING:
    from typst import Compiler

PIXELS_PER_INCH = 144.0  # an A4 page of 1684 x 1191: sharp on a phone, small enough for a slow network
INK = "#0b2e33"

TEMPLATE = resources.files(__package__).joinpath("certificate.typ")

_LOCK = Lock()
_COMPILERS: dict[int, Compiler] = {}  # by process id; never more than one


def can_print() -> bool:
    """Whether this site has the extra ``certificates``; without it only ``qr_svg`` works."""
    return find_spec("typst") is not None


def pdf(facts: CertificateFacts, verify_url: str) -> bytes:
    """One tagged A4 page (PDF/UA-1 and PDF/A-2a). UnprintableName when the font lacks a character."""
    return _print(facts, verify_url, "pdf")


def png(facts: CertificateFacts, verify_url: str) -> bytes:
    """The same page as a picture, to keep or send in a chat."""
    return _print(facts, verify_url, "png")


def qr_svg(text: str) -> str:
    """The text as a QR code to stand inside a page: it takes the width it is given.

    It brings its white ground and the quiet border that scanners need.
    """
    drawn = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(drawn, kind="svg", border=4, dark=INK, light="white", xmldecl=False, omitsize=True, nl=False)
    return drawn.getvalue().decode()


def _print(facts: CertificateFacts, verify_url: str, kind: Literal["pdf", "png"]) -> bytes:
    inputs = {"certificate": json.dumps(_content(facts, verify_url), ensure_ascii=False)}
    issued = datetime.combine(facts.issued_on, time(), UTC)
    _refuse_forked()
    with _LOCK:
        page = _compiler().compile(
            TEMPLATE.read_bytes(),  # given anew each time: a compiler forgets source bytes after one use
            format=kind,
            ppi=PIXELS_PER_INCH,
            sys_inputs=inputs,
            pdf_standards=["ua-1", "a-2a"] if kind == "pdf" else [],
            timestamp=issued,
        )
    if not isinstance(page, bytes):
        raise TypeError("a certificate is one page")
    return page


def _content(facts: CertificateFacts, verify_url: str) -> dict[str, object]:
    lines = fact_table(facts, facts.lang)
    for _, value in lines.values():
        require_printable(value)
    said = words(facts.lang)
    return {
        "lang": facts.lang,
        "is_sample": facts.sample,
        "lines": lines,
        "words": said | {"code": said["code"].format(address=verify_url)},
        "sentence": sentence(facts, facts.lang),
        "address": verify_url,
        "qr": qr_svg(verify_url),
    }


def _refuse_forked() -> None:
    """A compiler's threads do not survive a fork: the child would wait for ever, so it is refused."""
    if _COMPILERS and os.getpid() not in _COMPILERS:
        raise RuntimeError("a certificate was made before this process was forked; start the workers first")


def _compiler() -> Compiler:
    """The compiler of this process, made at its first certificate; call under the lock."""
    from typst import Compiler  # the extra ``certificates``: a site runs without it

    if not _COMPILERS:
        _COMPILERS[os.getpid()] = Compiler(ignore_system_fonts=True)
    return _COMPILERS[os.getpid()]
