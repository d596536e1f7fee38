"""The five steps: one press from every page, kept by the phone, with numbers that say their source."""

from __future__ import annotations

import pytest
from flask import Flask

from quizlib.learn.rescue import RESCUE
from tests.web.contest import CODE, statements
from tests.web.contestant import Contestant

STEPS = ["1. Dừng", "2. Gọi ngân hàng", "3. Giữ lại", "4. Báo công an", "5. Kể với"]


def test_the_five_steps_stand_in_the_order_that_saves_money(person: Contestant) -> None:
    page = person.open("/help-now")

    places = [page.text.index(step) for step in STEPS]
    assert places == sorted(places)
    assert page.text.index("Đừng trả tiền cho ai hứa lấy lại tiền") > places[-1]
    assert [link for link in page.links if link.startswith("tel:")] == ["tel:113"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "place",
    [
        "/",
        f"/contests/{CODE}/rules",
        f"/contests/{CODE}/enter",
        "/practice",
        "/practice/scam_awareness/any/seed/1",
        "/verify",
        "/report",
        "/no-such-page",
    ],
)
def test_every_page_leads_to_them_in_one_press(person: Contestant, prefix: str, place: str) -> None:
    assert f"{prefix}/help-now" in person.open(prefix + place).links


def test_so_does_every_page_of_a_paper(person: Contestant) -> None:
    person.enter()
    pages = [person.page, person.start(), person.ask(2), person.sit(), person.submit(), person.post("/real")]
    certificate = next(link for link in pages[-2].links if link.startswith("/certificates/"))

    assert all("/help-now" in page.links for page in [*pages, person.open(certificate)])


def test_a_phone_may_keep_this_page_and_asks_for_no_other(person: Contestant) -> None:
    page = person.open("/help-now")

    assert page.headers["Cache-Control"] == "public, max-age=86400"
    assert page.source.count("help.js") == 1
    assert "help.js" not in person.open("/practice").source


def test_the_worker_is_looked_for_anew_and_may_serve_the_page(person: Contestant) -> None:
    reply = person.client.get("/offline.js", buffered=True)

    assert (reply.status_code, reply.mimetype) == (200, "text/javascript")
    assert reply.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in reply.headers["Content-Security-Policy"]


def test_every_number_says_when_it_was_checked_and_by_what(person: Contestant) -> None:
    page, english = person.open("/help-now"), person.open("/en/help-now")

    checked = [source for source in RESCUE["source"] if "checked" in source]
    assert len(checked) == 2
    for source in checked:
        assert f"{source['checked']:%d/%m/%Y}" in page.text
        assert source["address"] in page.links
        assert source["vi"] in page.text
        assert source["en"] in english.text


def test_the_page_asks_the_database_for_nothing(app: Flask, person: Contestant) -> None:
    with statements(app) as seen:
        person.open("/help-now?size=larger")

    assert seen == []
    assert 'data-size="larger"' in person.page.source
