"""What results say in words: sentences of ``wording.toml``, in Vietnamese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def wording() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def say(code: str, lang: str = "en", /, **values: object) -> str:
    """The sentence of a code in Vietnamese (``vi``) or English (any other); KeyError for an unknown code.

    A float is told with one decimal, None as "?".
    """
    said = {name: _told(value, lang) for name, value in values.items()}
    return wording()[code]["vi" if lang == "vi" else "en"].format(**said)


def figure(value: float | None, lang: str, form: str = ".2f") -> str:
    """As people write it, Vietnamese with a decimal comma; "–" where there is none."""
    said = "–" if value is None else format(value, form)
    return said.replace(".", ",") if lang == "vi" else said


def _told(value: object, lang: str) -> object:
    return figure(value, lang, ".1f") if isinstance(value, float) else "?" if value is None else value
