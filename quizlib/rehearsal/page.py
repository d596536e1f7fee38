"""The forms of a page, as a browser would send them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
CONTROL = re.compile(r"<(input|select|option)\b([^>]*)>([^<]*)")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
PLAIN = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
ASKED = re.compile(r"q\d+(-.*)?")  # the fields of a question


@dataclass(frozen=True, slots=True)
class Form:
    """``sent`` goes out untouched; ``offered`` by name what can be chosen, nothing where one writes."""

    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def body(self, **filled: str) -> str:
        """The form with these fields filled in; those it does not have are left out."""
        known = {name: value for name, value in filled.items() if name in self.sent or name in self.offered}
        return urlencode(self.sent | known, doseq=True)

    def answered(self, turn: int) -> dict[str, str]:
        """An answer to the question this form asks: another one at every turn, whatever its kind."""
        asked = [name for name in self.offered if ASKED.fullmatch(name)]
        if len(asked) > 2:  # an order: every step has a place of its own
            return {name: str(1 + (place + turn) % len(asked)) for place, name in enumerate(asked)}
        choices = {name: self.offered[name] or [str(turn % 10)] for name in asked}
        return {name: values[turn % len(values)] for name, values in choices.items()}


def forms(page: str, scripts: bool = True) -> list[Form]:
    """In the order of the page; with scripts, without what is meant for browsers that have none."""
    text = PLAIN.sub("", page) if scripts else page
    return [read(attributes(found[1]).get("action", ""), found[2]) for found in FORM.finditer(text)]


def read(action: str, inside: str) -> Form:
    form, box = Form(action), ""
    for tag, written, text in CONTROL.findall(inside):
        given = attributes(written)
        value, kind = given.get("value", text.strip()), given.get("type", tag)
        name = box = given.get("name", box)
        is_choice = kind in ("option", "radio", "checkbox")
        if kind != "hidden":
            form.offered.setdefault(name, []).extend([value] if is_choice and value else [])
        if value and (not is_choice or {"checked", "selected"} & given.keys()):
            form.sent.setdefault(name, []).append(value)
    return form


def attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
