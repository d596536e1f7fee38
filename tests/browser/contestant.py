"""A contestant who knows every answer: reads what the page asks, finds it in the open banks, presses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from playwright.sync_api import Locator, Page, expect

from quizlib import Item, banks, load_bank
from tests.browser.server import Site

HOLDER = "Nguyễn Thị Ngọc Hường"
ITEMS = 20
CODE = re.compile(r"\b\d{4}\s\d{4}\s\d{4}\b")
READ_PAPER = """html => [
  ...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('section')].map(section => ({
    stem: section.querySelector('.stem').textContent.trim(),
    options: [...section.querySelectorAll('.choice span, .order label')].map(each => each.textContent.trim()),
    chosen: [
      ...[...section.querySelectorAll(':checked')].filter(each => each.value).map(each => each.value),
      ...[...section.querySelectorAll('input.number')].map(each => each.value).filter(Boolean)],
  }))"""


def tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def concrete(item: Item) -> Iterator[Item]:
    """The item, or every item that a template can become."""
    yield from (item.with_row(number) for number in range(len(item.rows))) if item.rows else (item,)


@cache
def known_items(lang: str) -> Mapping[str, list[Item]]:
    """By stem; those that ask in the same words differ in what they show."""
    by_stem: dict[str, list[Item]] = {}
    for name in banks():
        for item in load_bank(name, lang).items:
            for each in concrete(item):
                by_stem.setdefault(tidy(each.stem), []).append(each)
    return by_stem


def shows(item: Item, seen: str) -> bool:
    """Whether everything that the item's stimulus says stands in what was seen."""
    return all(tidy(part.text) in seen for part in item.stimulus.parts) if item.stimulus else True


def written(key: str, lang: str) -> str:
    """A canonical number as the language writes it."""
    return key if lang == "en" else key.replace(".", ",")


@dataclass
class Contestant:
    """``presses`` counts every tap, a list that drops down as two."""

    page: Page
    site: Site
    lang: str = "vi"
    birth_year: int = 1956
    presses: int = 0

    # What the person does

    def press(self, target: Locator, taps: int = 1) -> None:
        self.presses += taps
        target.tap()

    def write(self, target: Locator, text: str) -> None:
        """Tap a field, then type."""
        self.press(target)
        target.fill(text)

    def open_contest(self) -> None:
        self.page.goto(self.site.contest(self.lang))
        self.check_language()

    def go_to_entry(self) -> None:
        self.press(self.page.locator(".hero a.button"))
        expect(self.page.locator("#consent")).to_be_attached()
        self.check_language()

    def fill_in(self) -> None:
        page = self.page
        self.write(page.locator("#name"), HOLDER)
        self.write(page.locator("#birth_year"), str(self.birth_year))
        self.press(page.locator("#unit"))
        page.locator("#unit").press_sequentially("le chan")
        self.press(page.locator("label.choice", has=page.locator("#consent")))

    def enter(self) -> None:
        """From the first page to the one that shows the code."""
        self.open_contest()
        self.go_to_entry()
        self.fill_in()
        self.press(self.page.locator("main form button[type=submit]"))
        expect(self.page.locator("input[name=ordinal]")).to_be_attached()
        self.check_language()

    def start(self) -> None:
        self.press(self.page.locator("form[action*='/start'] button"))
        self.expect_question(1)

    def answer(self) -> None:
        """The question that is shown, rightly, whatever its kind."""
        item, form = self.item(), self.question()
        if item.kind in ("choice", "multiple"):
            for option in item.key:
                self.press(option_label(form, item.option(option).text))
        elif item.kind == "judge":
            verdict, sureness = form.locator("fieldset.choices").all()
            self.press(verdict.locator("label.choice").nth(("scam", "genuine").index(item.key[0])))
            self.press(sureness.locator("label.choice").last)
        elif item.kind == "order":
            for place, option in enumerate(item.key, 1):
                self.choose(form, item.option(option).text, place)
        else:
            self.write(form.locator("input.number"), written(item.key[0], item.lang))

    def choose(self, form: Locator, text: str, place: int) -> None:
        row = form.locator(".order li", has=form.page.get_by_text(text, exact=True))
        self.presses += 2
        row.locator("select").select_option(str(place))

    def go(self, where: str) -> None:
        """``next``, ``previous`` or ``review``, as the buttons say."""
        self.press(self.question().locator(f"button[name=go][value={where}]"))

    def answer_up_to(self, number: int) -> None:
        """From the question shown until this one is shown."""
        for shown in range(self.number(), number):
            self.answer()
            self.go("next")
            self.expect_question(shown + 1)

    def finish(self) -> None:
        """Everything that is left, then the review."""
        self.answer_up_to(ITEMS)
        self.answer()
        self.go("next")
        self.expect_review()

    def submit(self, prediction: str = "250") -> None:
        self.write(self.page.locator("#prediction"), prediction)
        self.press(self.page.locator("form[action*='/submit'] button"))
        self.expect_outcome()

    def resume(self, page: Page, code: str) -> None:
        """On another phone, by code and birth year."""
        self.page = page
        page.goto(self.site.address("/resume", self.lang))
        page.locator("#code").fill(code)
        page.locator("#birth_year").fill(str(self.birth_year))
        page.locator("main form button[type=submit]").tap()

    # What the person sees

    def question(self) -> Locator:
        return self.page.locator("form.question:visible")

    def number(self) -> int:
        return int(self.progress().get_attribute("value") or 0)

    def progress(self) -> Locator:
        return self.page.locator(".bar:visible meter")

    def stem(self) -> str:
        return tidy(self.question().locator(".stem").first.inner_text())

    def item(self) -> Item:
        asked = known_items(self.lang)[self.stem()]
        seen = tidy(" ".join(self.question().locator(".artefact").all_text_contents()))
        (item,) = asked if len(asked) == 1 else [each for each in asked if shows(each, seen)]
        return item

    def code(self) -> str:
        """The resume code, wherever the page shows it."""
        expect(self.page.locator("body")).to_contain_text(CODE)
        found = CODE.search(self.page.locator("body").inner_text())
        assert found
        return found[0]

    def expect_question(self, number: int) -> None:
        expect(self.progress()).to_have_count(1)
        expect(self.progress()).to_have_attribute("value", str(number))
        self.check_language()

    def expect_review(self) -> None:
        expect(self.page.locator("form[action*='/submit']")).to_be_visible()
        self.check_language()

    def expect_outcome(self) -> None:
        expect(self.page).to_have_url(re.compile(r"/outcome(\?|$)"))
        self.check_language()

    def check_language(self) -> None:
        expect(self.page.locator("html")).to_have_attribute("lang", self.lang)

    # What the server holds

    @property
    def attempt(self) -> str:
        """The attempt's own address."""
        return self.page.url.partition("/attempts/")[0] + "/attempts/" + self.token

    @property
    def token(self) -> str:
        return re.split(r"[/?#]", self.page.url.partition("/attempts/")[2])[0]

    def document(self) -> str:
        """The attempt's page as a reload would bring it now."""
        return self.page.request.get(self.attempt).text()

    def paper(self) -> list[dict[str, object]]:
        """Stem, options and choice of every question, in order."""
        found: list[dict[str, object]] = self.page.evaluate(READ_PAPER, self.document())
        return found

    def seconds_left(self) -> int:
        return int(re.findall(r'data-left="(\d+)"', self.document())[0])


def option_label(form: Locator, text: str) -> Locator:
    return form.locator("label.choice", has=form.page.get_by_text(text, exact=True))
