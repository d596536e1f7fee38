"""Every page and state a person can meet, each with the way to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from quizlib.web.demo.load import CODE
from tests.browser.contestant import HOLDER, Contestant
from tests.browser.server import PAST_SURVEY, Site
from tests.web.contest import SURVEY

State = Callable[[Page, "Visit"], None]
NOBODY = "0000 0000 0000"


@dataclass(frozen=True, slots=True)
class Visit:
    """Language and text size asked for, and the paths of three people on their way."""

    site: Site
    entry: str
    attempt: str
    submitted: str
    code: str
    birth_year: int
    lang: str = "vi"
    size: str = ""

    def open(self, page: Page, path: str) -> None:
        page.goto(self.site.address(path, self.lang) + (f"?size={self.size}" if self.size else ""))


def prepare(site: Site, newcomer: Callable[[], Contestant]) -> Visit:
    """One person who is about to start, one in the middle of a paper, one who has submitted too little."""
    ready, sitting, done = newcomer(), newcomer(), newcomer()
    ready.enter()
    sitting.enter()
    sitting.start()
    sitting.answer_up_to(2)
    code = sitting.code()
    done.enter()
    done.start()
    done.answer()
    done.go("review")
    done.expect_review()
    done.submit()
    entry, attempt, submitted = (
        each.removeprefix(site.base) for each in (ready.page.url, sitting.attempt, done.page.url)
    )
    return Visit(site, entry, attempt, submitted, code, ready.birth_year)


def at(path: str) -> State:
    return lambda page, visit: visit.open(page, path.format(code=CODE, sample=visit.site.sample))


def press(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def enter_empty(page: Page, visit: Visit) -> None:
    at("/contests/{code}/enter")(page, visit)
    press(page)


def enter_unclear_unit(page: Page, visit: Visit) -> None:
    """Two units of almost the same name: one has to be chosen."""
    at("/contests/{code}/enter")(page, visit)
    fill_in(page, "1960", "cam giang")
    press(page)


def enter_young(page: Page, visit: Visit) -> None:
    at("/contests/{code}/enter")(page, visit)
    fill_in(page, "2014", "le chan")
    press(page)


def enter_again(page: Page, visit: Visit) -> None:
    at("/contests/{code}/enter")(page, visit)
    fill_in(page, str(visit.birth_year), "le chan")
    press(page)


def fill_in(page: Page, birth_year: str, unit: str) -> None:
    page.locator("#name").fill(HOLDER)
    page.locator("#birth_year").fill(birth_year)
    page.locator("#unit").fill(unit)
    page.locator("label.choice", has=page.locator("#consent")).click()


def warm_up(page: Page, visit: Visit) -> None:
    visit.open(page, visit.entry)
    page.locator("label.choice").first.click()
    with page.expect_navigation():
        page.locator("button.secondary").click()


def all_questions(page: Page, visit: Visit) -> None:
    """The paper as its document holds it, every question shown."""
    visit.open(page, visit.attempt)
    page.evaluate("document.querySelectorAll('section').forEach(each => { each.hidden = false })")


def unread_answer(page: Page, visit: Visit) -> None:
    """What a page without scripts says to an answer that cannot be read."""
    visit.open(page, visit.attempt + "/1")
    page.evaluate("""() => {
      const field = document.createElement('input');
      field.name = 'q1'; field.value = 'no such answer'; field.hidden = true;
      const form = document.querySelector('form.question');
      form.querySelectorAll('input:not([type=hidden]), select').forEach(each => { each.disabled = true });
      form.append(field);
    }""")
    press(page)


def practice_question(page: Page, visit: Visit) -> None:
    at("/practice")(page, visit)
    with page.expect_navigation():
        page.locator("main .links a").first.click()


def practice_answer(page: Page, visit: Visit) -> None:
    practice_question(page, visit)
    press(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def wrong_code(page: Page, visit: Visit) -> None:
    at("/resume")(page, visit)
    page.locator("#code").fill(NOBODY)
    page.locator("#birth_year").fill("1950")
    press(page)


def wrong_serial(page: Page, visit: Visit) -> None:
    at("/verify")(page, visit)
    page.locator("#serial").fill("ABCD")
    press(page)


def resume_link(page: Page, visit: Visit) -> None:
    visit.open(page, "/resume/" + "".join(visit.code.split()))


def survey_question(page: Page, visit: Visit) -> None:
    at(f"/contests/{SURVEY}/enter")(page, visit)
    page.locator("#unit").fill("le chan")
    press(page)


def survey_comment(page: Page, visit: Visit) -> None:
    survey_question(page, visit)
    page.evaluate("location.hash = 6")
    page.locator("textarea:visible").fill("Cô Hoa dạy dễ hiểu lắm.")


def survey_thanks(page: Page, visit: Visit) -> None:
    survey_question(page, visit)
    visit.open(page, "/attempts/" + re.split("[/?#]", page.url.partition("/attempts/")[2])[0] + "/review")
    press(page)


def survey_results(page: Page, visit: Visit) -> None:
    at(f"/contests/{PAST_SURVEY}/survey")(page, visit)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


STATES: dict[str, State] = {
    "home": at("/"),
    "contest": at("/contests/{code}"),
    "rules": at("/contests/{code}/rules"),
    "standings": at("/contests/{code}/standings"),
    "standings of units": at("/contests/{code}/standings/units"),
    "entry": at("/contests/{code}/enter"),
    "entry left empty": enter_empty,
    "entry with an unclear unit": enter_unclear_unit,
    "entry of a child": enter_young,
    "entry again": enter_again,
    "ready": lambda page, visit: visit.open(page, visit.entry),
    "warm-up": warm_up,
    "paper": lambda page, visit: visit.open(page, visit.attempt),
    "all questions": all_questions,
    "one question": lambda page, visit: visit.open(page, visit.attempt + "/3"),
    "unread answer": unread_answer,
    "review": lambda page, visit: visit.open(page, visit.attempt + "/review"),
    "outcome": lambda page, visit: visit.open(page, visit.submitted),
    "certificate": at("/certificates/{sample}"),
    "verification": at("/verify/{sample}"),
    "serial asked": at("/verify"),
    "serial unknown": wrong_serial,
    "resume": at("/resume"),
    "resume by link": resume_link,
    "resume without a code": at("/resume/lost"),
    "resume refused": wrong_code,
    "practice": at("/practice"),
    "practice question": practice_question,
    "practice answer": practice_answer,
    "survey": at(f"/contests/{SURVEY}"),
    "survey entry": at(f"/contests/{SURVEY}/enter"),
    "survey question": survey_question,
    "survey comment": survey_comment,
    "survey thanks": survey_thanks,
    "survey results": survey_results,
    "is it real": at("/real"),
    "privacy": at("/privacy"),
    "not found": at("/no-such-page"),
}
REFUSED = {"resume refused", "not found"}  # the browser itself reports a page whose status is an error
