"""The press: pages of PDF or pictures, made when asked for and never stored.

The same content always gives the same bytes. Content reaches a template as data, never as source.
"""

from quizlib.press.glyphs import UnprintableName, require_printable
from quizlib.press.press import Content, can_print, pdf, pictures, qr_svg

__all__ = ["Content", "UnprintableName", "can_print", "pdf", "pictures", "qr_svg", "require_printable"]
