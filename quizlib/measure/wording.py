"""What results say in words: sentences of ``wording.toml``, in Vietnamese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def wording() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def say(code: str, lang: str = "en", /, **values: object) -> str:
    """The sentence of a code in Vietnamese (``vi``) or English (any other); KeyError for an unknown code."""
    return wording()[code]["vi" if lang == "vi" else "en"].format(**values)
