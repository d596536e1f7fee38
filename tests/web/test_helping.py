"""One helper, one phone, one person after another: nothing of one is seen by the next."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from quizlib.web.tables import Consent, Entry, Frozen
from tests.web.contest import CODE, RIGHT, Clock, count, open_contest, rows
from tests.web.contestant import Contestant, Page, finisher

PEOPLE = [("Nguyễn Thị Lan", "1941"), ("Trần Đình Đắc", "1938"), ("Lò Thị Ảnh Tuyết", "1950")]
HELPING = f"/contests/{CODE}/enter?helper=1"
HANDED_ON = "Máy này đã chuyển cho người khác."


class Helper(Contestant):
    """Holds one phone, and remembers every address that it has shown."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.history: list[str] = []

    def help_in(self, name: str, birth_year: str, **fields: object) -> Page:
        """From the form before them to the page with the code."""
        self.press(**{"name": name, "birth_year": birth_year, "unit": "le chan", "consent": "y", **fields})
        self.entry = self.page.address
        self.noted = self.code
        self.history += [self.entry, f"{self.entry.partition('?')[0]}/edit"]
        return self.page

    def finish_paper(self) -> Page:
        self.open(self.entry)
        self.finish(RIGHT)
        self.history += [self.attempt + place for place in ("", "/1", "/review", "/outcome")]
        return self.page

    def hand_on(self) -> Page:
        return self.press(["/hand-on" in form.action for form in self.page.forms].index(True))


@pytest.fixture
def helper(app: Flask) -> Helper:
    open_contest(app)
    made = Helper(app)
    made.open(HELPING)
    return made


def by_code(app: Flask, code: str, birth_year: str) -> Contestant:
    """The person on a phone of their own."""
    person = Contestant(app)
    person.open("/resume")
    person.press(code=code, birth_year=birth_year)
    return person


def test_three_people_go_through_one_phone_and_none_sees_another(app: Flask, helper: Helper) -> None:
    past: list[str] = []
    for name, birth_year in PEOPLE:
        pages = [helper.page, helper.help_in(name, birth_year)]
        address, code = helper.entry, helper.noted
        pages += [helper.finish_paper(), helper.hand_on()]

        assert [each for page in pages for each in past if each in page.source + page.address] == []
        shown = [helper.open(address) for address in helper.history]
        assert {(page.status, HANDED_ON in page.text) for page in shown} == {(403, True)}
        own = [name, code, code.replace(" ", ""), re.split(r"[/?]", address)[2], helper.attempt]
        past += own
        told = [each for page in shown for each in past if each in page.source and each not in page.address]
        assert told == []
        helper.open(HELPING)

    assert [(row["assisted"], row["handed_on"]) for row in rows(app, Entry)] == [(True, 1)] * 3


def test_the_contest_offers_to_help_and_letters_are_then_the_largest(helper: Helper) -> None:
    offer = next(link for link in helper.open(f"/contests/{CODE}").links if "helper=1" in link)
    page = helper.open(offer)
    entered = helper.help_in("Nguyễn Thị Lan", "1941")

    assert [each.source.count('data-size="larger"') for each in (page, entered, helper.start())] == [1, 1, 1]


@pytest.mark.parametrize("size", ["normal", "large"])
def test_another_size_may_be_chosen_and_the_help_goes_on(helper: Helper, size: str) -> None:
    link = next(link for link in helper.page.links if link.startswith("?") and f"size={size}" in link)

    page = helper.open(f"/contests/{CODE}/enter{link}")

    assert "Giúp người khác vào thi" in page.text
    assert 'data-size="larger"' not in page.source
    assert 'data-size="larger"' not in helper.help_in("Nguyễn Thị Lan", "1941").source


def test_the_person_helped_agrees_in_words_that_can_be_heard(app: Flask, helper: Helper) -> None:
    heard = helper.page
    helper.help_in("Nguyễn Thị Lan", "1941")

    (given,) = rows(app, Consent)
    (kept,) = rows(app, Frozen, hash=given["text_hash"])
    words = bytes(kept["body"]).decode()  # type: ignore[arg-type]
    assert words.endswith("Tôi đã nghe đọc lời này và tự mình đồng ý.")
    assert words in heard.text
    assert "speak.js" in heard.source
    assert re.search(r'class="speech"><div class="field">\s*<label class="choice">', heard.source)


def test_whoever_enters_alone_is_not_counted_as_helped(app: Flask, helper: Helper) -> None:
    page = finisher(app).page

    assert "hand-on" not in page.source
    assert [row["assisted"] for row in rows(app, Entry)] == [False]


def test_the_browser_is_asked_to_remember_no_name(helper: Helper) -> None:
    assert "autocomplete" in helper.page.source
    assert set(re.findall(r'autocomplete="(.*?)"', helper.page.source)) == {"off"}


def test_handing_on_clears_the_phone_and_keeps_only_the_unit(helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    form = helper.finish_paper().forms[0]

    reply = helper.client.post(form.action)
    page = helper.hand_on()

    assert reply.status_code == 303
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert reply.headers["Cache-Control"] == "no-store"
    values = page.forms[0].values()
    assert (values["unit"], values["unit_code"]) == (["phường Lê Chân"], ["LC"])
    assert (values["name"], values["birth_year"], values.get("consent")) == ([""], [""], None)
    assert 'data-size="larger"' in page.source


def test_a_unit_written_by_hand_is_not_carried_on(helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941", unit="Nhà bà Lan", unit_code="other")

    assert "Nhà bà Lan" not in helper.hand_on().source


def test_pressing_twice_is_pressing_once(app: Flask, helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    helper.finish_paper()
    action = helper.page.forms[0].action

    pages = [helper.post(action), helper.post(action)]

    assert [page.status for page in pages] == [200, 200]
    assert [row["handed_on"] for row in rows(app, Entry)] == [1]


@pytest.mark.parametrize("token", ["abc", "abc-def", "é-ü"])
def test_nobody_hands_on_with_a_forged_address(app: Flask, helper: Helper, token: str) -> None:
    assert helper.post(f"/entries/{token}/hand-on").status == 404
    assert count(app, Entry) == 0


def test_who_was_helped_comes_back_by_code_on_a_phone_of_their_own(app: Flask, helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    first = helper.finish_paper()
    helper.hand_on()

    person = by_code(app, helper.noted, "1941")
    page = person.open(next(link for link in person.page.links if "/outcome" in link))

    assert "/certificates/" not in " ".join(first.links)
    assert "Đã có giấy chứng nhận." in first.text
    assert "Bạn được 6/6 điểm." in page.text
    assert any("/certificates/" in link for link in page.links)
    assert helper.open(helper.history[-1]).status == 403


def test_the_wrong_year_opens_nothing(app: Flask, helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    helper.finish_paper()
    helper.hand_on()

    assert by_code(app, helper.noted, "1942").page.status == 404


def test_a_paper_left_in_the_middle_is_open_to_its_owner_alone(app: Flask, helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    helper.start()
    helper.find("choice")
    asked = helper.page.forms[0]
    sent = {**asked.values(), **asked.filled(("a",))}
    helper.answer(("a",))
    helper.open(f"{helper.attempt}/review")
    helper.hand_on()

    late = [helper.post(asked.action, **sent), helper.post(f"{helper.attempt}/submit")]
    owner = by_code(app, helper.noted, "1941")

    assert {page.status for page in late} <= {400, 403}
    assert "Câu 1/4" in owner.page.text
    assert "checked" in owner.page.source


def test_a_form_sent_again_after_handing_on_shows_nobody(app: Flask, helper: Helper) -> None:
    form = helper.page.forms[0]
    sent = {**form.values(), "name": "Lan Anh", "birth_year": "1941", "unit": "lc", "consent": "y"}
    helper.post(form.action, **sent)
    helper.entry = helper.page.address
    helper.finish_paper()
    helper.hand_on()

    page = helper.post(form.action, **sent)

    assert (page.status, HANDED_ON in page.text) == (403, True)


def test_a_correction_leaves_the_help_as_it_was_told(app: Flask, helper: Helper) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    helper.open(f"{helper.entry.partition('?')[0]}/edit")

    helper.press(name="Nguyễn Thị Lan Hương", consent="y")

    assert [(row["name"], row["assisted"]) for row in rows(app, Entry)] == [("Nguyễn Thị Lan Hương", True)]


def test_help_is_counted_honestly_by_unit(app: Flask, helper: Helper, clock: Clock) -> None:
    helper.help_in("Nguyễn Thị Lan", "1941")
    helper.finish_paper()
    helper.hand_on()
    helper.help_in("Trần Đình Đắc", "1938")
    finisher(app, unit="do son")
    finisher(app, name="Bùi Văn Hải")

    output = app.test_cli_runner().invoke(args=["round", "people", CODE, "1"]).output

    assert output.splitlines() == [
        "all: 3 people, 1 of them helped",
        "phường Lê Chân: 2 people, 1 of them helped",
        "phường Đồ Sơn: 1 people, 0 of them helped",
    ]
