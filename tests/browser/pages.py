"""Every page and state a person can meet, each with the way to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

from playwright.sync_api import Page

from quizlib.learn.review import after, write
from quizlib.web.clock import local_day
from quizlib.web.demo.load import CODE
from tests.browser.contestant import HOLDER, Contestant
from tests.browser.server import PAST_SURVEY, Site
from tests.web.contest import SURVEY

State = Callable[[Page, "Visit"], None]
NOBODY = "0000 0000 0000"
HELPED = map(
    " ".join, product(("Hoàng", "Đoàn", "Lương"), ("Thị", "Văn"), ("Bưởi", "Cam", "Đào", "Hồng", "Mận", "Na"))
)


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


def my_review(days: int) -> State:
    """Some topics missed today, one of them missed these days ago already."""
    today = local_day(datetime.now(UTC))
    review = after({}, {"fake-bank": (0, 1)}, today - timedelta(days))
    review = after(review, {"qr-codes": (1, 2), "children-online": (0, 1)}, today)
    return at("/review/" + write(review))


def report_empty(page: Page, visit: Visit) -> None:
    at("/report")(page, visit)
    press(page)


def search_lessons(page: Page, visit: Visit) -> None:
    at("/learn")(page, visit)
    page.locator("#q").fill({"vi": "cong an goi", "en": "police call"}[visit.lang])
    press(page)


def lesson(page: Page, visit: Visit) -> None:
    at("/learn/fake-police")(page, visit)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def handbook_choice(page: Page, visit: Visit) -> None:
    at("/handbook")(page, visit)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def handbook_page(page: Page, visit: Visit) -> None:
    handbook_choice(page, visit)
    page.locator("label.choice", has=page.locator("#topics")).click()
    see_to_print(page)


def folded_page(page: Page, visit: Visit) -> None:
    at("/handbook")(page, visit)
    page.locator("label.choice", has=page.locator("#pocket-2")).click()
    see_to_print(page)


def see_to_print(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[formaction]").click()


def poster_refused(page: Page, visit: Visit) -> None:
    at("/poster")(page, visit)
    page.locator("#to").fill("no-such-page")
    press(page)


def wrong_code(page: Page, visit: Visit) -> None:
    at("/resume")(page, visit)
    page.locator("#code").fill(NOBODY)
    page.locator("#birth_year").fill("1950")
    press(page)


def wrong_serial(page: Page, visit: Visit) -> None:
    at("/verify")(page, visit)
    page.locator("#serial").fill("ABCD")
    press(page)


def helped(page: Page, visit: Visit) -> None:
    """Somebody nobody else in this session can be taken for has entered with a helper."""
    page.goto(visit.site.address(f"/contests/{CODE}/enter?helper=1", visit.lang))
    fill_in(page, "1944", "le chan")
    page.locator("#name").fill(next(HELPED))
    press(page)


def helped_to_the_end(page: Page, visit: Visit) -> None:
    helped(page, visit)
    press(page)
    page.goto(f"{page.url.partition('?')[0]}/review?size=larger")
    press(page)


def handed_on(page: Page, visit: Visit) -> None:
    helped(page, visit)
    left = page.url
    page.locator("#hand-on button").click()
    page.wait_for_url("**/enter?*")
    page.goto(left)


def printed(page: Page, visit: Visit) -> None:
    at("/contests/{code}/paper")(page, visit)


def typed_in(page: Page, visit: Visit) -> None:
    """The person of a printed paper is asked for."""
    printed(page, visit)
    number = page.url.rpartition("/")[2].partition("?")[0]
    page.goto(visit.site.address(f"/contests/{CODE}/typed?number={number}", visit.lang))


def typed_question(page: Page, visit: Visit) -> None:
    typed_in(page, visit)
    fill_in(page, "1944", "le chan")
    page.locator("#name").fill(next(HELPED))
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
    "entry with a helper": at("/contests/{code}/enter?helper=1"),
    "ready with a helper": helped,
    "outcome with a helper": helped_to_the_end,
    "handed on": handed_on,
    "paper to print": printed,
    "number of a paper": at("/contests/{code}/typed"),
    "number that was never printed": at("/contests/{code}/typed?number=ABCD"),
    "paper typed in": typed_in,
    "question typed in": typed_question,
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
    "practice report": at("/practice/scam_awareness/fake-bank/seed/report"),
    "my review": my_review(0),
    "my review due": my_review(30),
    "my review cut": at("/review/fake-bank.b4a52~1"),
    "help now": at("/help-now"),
    "alerts": at("/alerts"),
    "report": at("/report"),
    "report left empty": report_empty,
    "report told": at("/report/thanks"),
    "lessons": at("/learn"),
    "lessons searched": search_lessons,
    "lesson": lesson,
    "handbook": at("/handbook"),
    "handbook with a choice of topics": handbook_choice,
    "handbook to print": handbook_page,
    "folded handbook to print": folded_page,
    "poster": at("/poster"),
    "poster refused": poster_refused,
    "survey": at(f"/contests/{SURVEY}"),
    "survey entry": at(f"/contests/{SURVEY}/enter"),
    "survey question": survey_question,
    "survey comment": survey_comment,
    "survey thanks": survey_thanks,
    "survey results": survey_results,
    "is it real": at("/real"),
    "privacy": at("/privacy"),
    "check of the phone": at("/check"),
    "not found": at("/no-such-page"),
}
# The browser itself reports a page whose status is an error.
REFUSED = {"handed on", "my review cut", "poster refused", "resume refused", "not found"}
