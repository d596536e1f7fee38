"""Certificates as files: one page of PDF or PNG, made when asked for and never stored.

The same facts and address always give the same bytes. Facts reach the template as data, never as source.
"""

from quizlib.web.certificates.glyphs import UnprintableName, require_printable
from quizlib.web.certificates.press import can_print, pdf, png, qr_svg

__all__ = ["UnprintableName", "can_print", "pdf", "png", "qr_svg", "require_printable"]
