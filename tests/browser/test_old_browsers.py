"""What is shipped must be understood by Chrome 70, the oldest browser we serve."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quizlib

WEB = Path(quizlib.__file__).parent / "web"
STYLES = sorted((WEB / "static").glob("*.css"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))

# Each with the first Chrome that knows it.
NEWER_STYLE = {
    r":has\(": 105,
    r":is\(": 88,
    r":where\(": 88,
    r"(?<![\w-])inset\s*:": 87,
    r"(?<![\w-])inset-(?:block|inline)": 87,
    r"\bclamp\(": 79,
    r"(?<![\w-])(?:min|max)\(": 79,
    r"(?<![\w-])gap\s*:": 84,  # of a flex box; a grid's has an older name that always works
    r"(?<![\w-])(?:row|column)-gap\s*:": 84,
    r"aspect-ratio": 88,
    r"@container": 105,
    r"@layer": 99,
    r"&": 112,
    r"color-mix\(": 111,
    r"\b(?:d|s|l)v[hw]\b": 108,
    r"text-wrap": 114,
}
NEWER_SCRIPT = {
    r"\?\.(?!\d)": 80,
    r"\?\?": 80,
    r"(?:\|\||&&)=": 85,
    r"\.(?:replaceAll|at|flatMap|matchAll)\(": 85,
    r"allSettled|globalThis|structuredClone|randomUUID|queueMicrotask|fromEntries": 76,
    r"\d_\d": 75,
    r"\bthis\.#|^\s*#\w": 74,
    r"\bimport\b|\bexport\b": 80,
    r"AbortSignal\.timeout|\.submitter\b": 81,
}


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)


def found(patterns: dict[str, int], text: str) -> dict[str, int]:
    plain = without_comments(text)
    return {each: since for each, since in patterns.items() if re.search(each, plain, re.MULTILINE)}


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_styles_hold_nothing_newer_than_chrome_70(file: Path) -> None:
    assert found(NEWER_STYLE, file.read_text("utf-8")) == {}


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_hold_nothing_newer_than_chrome_70(file: Path) -> None:
    assert found(NEWER_SCRIPT, file.read_text("utf-8")) == {}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(WEB / "templates")))
def test_templates_carry_no_script_style_or_address_of_their_own(file: Path) -> None:
    text = file.read_text("utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


def test_the_watch_for_new_syntax_sees_what_it_looks_for() -> None:
    assert found(NEWER_STYLE, "a { gap: 2px; width: min(1px, 2px); inset: 0 }").keys() == {
        r"(?<![\w-])gap\s*:",
        r"(?<![\w-])(?:min|max)\(",
        r"(?<![\w-])inset\s*:",
    }
    assert found(NEWER_STYLE, "a { grid-gap: 2px; grid: repeat(2, minmax(0, 1fr)); min-height: 1px }") == {}
    assert found(NEWER_SCRIPT, "a?.b").keys() == {r"\?\.(?!\d)"}
    assert found(NEWER_SCRIPT, "a ?.5 : 1; // b?.c") == {}


def test_scripts_and_styles_stay_small() -> None:
    assert (WEB / "static" / "attempt.js").stat().st_size <= 9_000
    assert (WEB / "static" / "site.css").stat().st_size <= 11_000
