"""People at browsers without scripts and cookies: they open pages, fill forms in, press buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from quizlib.bank.item import Response
from tests.web.contest import CODE, RIGHT, SURVEY

STEM = re.compile(r"(?:Câu hỏi|Question) ([\w-]+)\?")
OPTION = re.compile(r"(?:Phương án|Option) (\w+)")
NAMED = {
    "Lừa đảo": "scam",
    "Thật": "genuine",
    "Đoán thôi": "1",
    "Hơi chắc": "2",
    "Khá chắc": "3",
    "Rất chắc": "4",
    "Số lạ": "from",
    "Tin nhắn": "text",
}


@dataclass
class Control:
    """One field of a form; ``is_on``: it is sent as the page stands."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = True
    label: str = ""

    @property
    def option(self) -> str:
        """Id of the answer that this field is for, as people know it by its label."""
        found = OPTION.search(self.label)
        named = [name for words, name in NAMED.items() if words in self.label]
        return found[1] if found else "".join(named)


@dataclass
class Form:
    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def values(self) -> dict[str, list[str]]:
        """What a browser would send of it untouched, buttons left out."""
        sent: dict[str, list[str]] = {}
        for each in self.controls:
            if each.name and each.is_on and each.kind != "button":
                sent.setdefault(each.name, []).append(each.value)
        return sent

    def filled(self, response: Response) -> dict[str, list[str]]:
        """The fields of a question, filled with a response: option ids, or what is to be written."""
        asked = [each for each in self.controls if re.fullmatch(r"q\d+(-.*)?", each.name)]
        if asked[0].kind == "select":
            places = {option: str(place) for place, option in enumerate(response, 1)}
            return {each.name: [places.get(each.option, "")] for each in asked}
        if asked[0].kind in ("text", "textarea"):
            return {asked[0].name: list(response) or [""]}
        return {
            name: [each.value for each in asked if each.name == name and each.option in response]
            for name in dict.fromkeys(each.name for each in asked)
        }


class Reader(HTMLParser):
    """The forms and the visible text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.said: list[str] = []
        self.label: Control | None = None
        self.labels: dict[str, Control] = {}
        self.hidden = ""
        self.written: Control | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in ("script", "style"):
            self.hidden = tag
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if tag == "label":
            self.label = self.labels.get(given["for"]) if "for" in given else Control("", "label")
        if self.forms and tag in ("input", "select", "textarea", "button"):
            self.add(tag, given)
        if tag == "option" and "selected" in given and self.forms:
            self.forms[-1].controls[-1].value = "selected"

    def add(self, tag: str, given: Mapping[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        is_on = kind not in ("radio", "checkbox") or "checked" in given
        control = Control(given.get("name", ""), kind, given.get("value", ""), is_on)
        self.forms[-1].controls.append(control)
        self.written = control if kind == "textarea" else None
        if "id" in given:
            self.labels[given["id"]] = control
        if self.label is not None and not self.label.name:
            self.label = control  # the field stands inside its label

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.label = None
        if tag == self.hidden:
            self.hidden = ""
        self.written = None if tag == "textarea" else self.written

    def handle_data(self, text: str) -> None:
        if self.hidden:
            return
        if self.written is not None:
            self.written.value += text
        self.said.append(text)
        if self.label is not None:
            self.label.label += text
        select = self.forms[-1].controls[-1] if self.forms and self.forms[-1].controls else None
        if select and select.value == "selected":
            select.value = text.strip()


class Page:
    """What came back: ``address`` is where redirects ended, ``text`` what a person reads on one line."""

    def __init__(self, reply: TestResponse) -> None:
        self.status, self.headers, self.body = reply.status_code, reply.headers, reply.data
        self.mimetype = reply.mimetype
        self.address = reply.request.full_path.rstrip("?")
        self.source = reply.text if reply.mimetype.startswith("text/") else ""
        read = Reader(self.source)
        self.forms, self.links = read.forms, read.links
        self.text = " ".join("".join(read.said).split())
        self.json: Any = reply.json if reply.is_json else None

    @property
    def item(self) -> str:
        """Id of the item that a question page asks."""
        found = STEM.search(self.source)
        assert found, self.text
        return found[1]


class Contestant:
    """``page`` is the page before them; ``prefix`` is that of their language."""

    def __init__(self, app: Flask, prefix: str = "") -> None:
        self.client = app.test_client(use_cookies=False)
        self.prefix = prefix
        self.entry = self.attempt = ""
        self.page: Page

    def open(self, address: str) -> Page:
        self.page = checked(self.client.get(address, follow_redirects=True))
        return self.page

    def post(self, address: str, **fields: object) -> Page:
        self.page = checked(self.client.post(address, data=fields, follow_redirects=True))
        return self.page

    def press(self, which: int = 0, **fields: object) -> Page:
        """Send the page's form with some fields filled in; ``None`` leaves a field out."""
        chosen = self.page.forms[which]
        values: dict[str, object] = {**chosen.values(), **fields}
        sent = {name: value for name, value in values.items() if value is not None}
        address = chosen.action or self.page.address
        if chosen.method == "get":
            place = address.partition("?")[0]  # browsers replace the whole query
            self.page = checked(self.client.get(place, query_string=sent, follow_redirects=True))
            return self.page
        return self.post(address, **sent)

    # -- the way through a contest

    def enter(self, code: str = CODE, **fields: object) -> Page:
        usual = {"name": "Nguyễn Thị Lan", "birth_year": "1958", "unit": "le chan", "consent": "y"}
        self.open(f"{self.prefix}/contests/{code}/enter")
        self.press(**{**usual, **fields})
        self.entry = self.page.address
        return self.page

    def start(self) -> Page:
        self.press()
        self.attempt = re.sub(r"(/\d+)?(\?.*)?$", "", self.page.address)
        return self.page

    def ask(self, number: int) -> Page:
        return self.open(f"{self.attempt}/{number}")

    def answer(self, response: Response, **fields: object) -> Page:
        """Fill in the question before them and press the first button."""
        return self.press(**{"go": "next", **self.page.forms[0].filled(response), **fields})

    def find(self, item: str) -> Page:
        """The page of the paper that asks this item."""
        number = 1
        while self.ask(number).item != item:
            number += 1
        return self.page

    def script(self, item: str, response: Response, **fields: object) -> tuple[int, Any]:
        """What the page's script would send of this item, and the reply: (status, JSON)."""
        page = self.find(item)
        values = {**page.forms[0].values(), **page.forms[0].filled(response), "script": "1", **fields}
        reply = self.client.post(page.forms[0].action, data=values)
        checked(reply)
        return reply.status_code, reply.json

    def sit(self, answers: Mapping[str, Response] = RIGHT) -> Page:
        """Answer every question of the paper, page by page, and come to the review."""
        self.ask(1)
        while "/review" not in self.page.address:
            self.answer(answers.get(self.page.item, ()))
        return self.page

    def submit(self, **fields: object) -> Page:
        if "/review" not in self.page.address:
            self.open(f"{self.attempt}/review")
        return self.press(**fields)

    def finish(self, answers: Mapping[str, Response] = RIGHT, prediction: str = "") -> Page:
        """From the entry's page to the outcome."""
        self.start()
        self.sit(answers)
        return self.submit(prediction=prediction)

    @property
    def code(self) -> str:
        """The resume code, as it stands on the page."""
        found = re.search(r"Mã làm tiếp: ([\d ]{14})", self.page.text)
        assert found, self.page.text
        return found[1]


def checked(reply: TestResponse) -> Page:
    """The page, after what is true of every reply: no cookie, nothing foreign, nobody else may keep it."""
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    return Page(reply)


def finisher(
    app: Flask, answers: Mapping[str, Response] = RIGHT, prediction: str = "", **fields: object
) -> Contestant:
    """Somebody who has entered, answered and submitted."""
    person = Contestant(app)
    person.enter(**fields)
    person.finish(answers, prediction)
    return person


def say(person: Contestant, steps: Sequence[int] = (4, 4, 4, 4, 4), words: str = "") -> Page:
    """From the first question to the thanks: a step of each scale (0 is none), then the comment."""
    for step in steps:
        offered = [each for each in person.page.forms[0].controls if each.kind == "radio"]
        person.press(go="next", **{offered[0].name: offered[step - 1].value if step else None})
    person.press(go="next", q6=words)
    return person.press()


def speaker(
    app: Flask, unit: str, steps: Sequence[int] = (4, 4, 4, 4, 4), words: str = "", code: str = SURVEY
) -> Contestant:
    """Somebody who has answered a survey; ``unit`` is a unit's code and what is typed for it."""
    unit_code, _, typed = unit.partition(" ")
    person = Contestant(app)
    person.open(f"/contests/{code}/enter")
    person.press(unit=typed, unit_code=unit_code)
    say(person, steps, words)
    return person
