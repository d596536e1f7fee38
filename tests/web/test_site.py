"""The site's own pages, its languages and sizes of text, and what is shown when something is wrong."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from quizlib.web.tables import db
from tests.web.conftest import Application
from tests.web.contest import CODE, open_contest, set_owner
from tests.web.contestant import Contestant


def test_the_only_contest_is_the_front_door(person: Contestant) -> None:
    assert person.open("/").address == f"/contests/{CODE}"
    assert person.open("/en/").address == f"/en/contests/{CODE}"
    assert person.open("/en").address == f"/en/contests/{CODE}"


def test_several_contests_are_a_list(app: Flask) -> None:
    open_contest(app)
    open_contest(app, code="khac", title={"vi": "Cuộc thi khác"})

    page = Contestant(app).open("/")

    assert {f"/contests/{CODE}", "/contests/khac"} <= set(page.links)
    assert "Cuộc thi khác" in page.text


def test_a_new_site_has_none(app: Flask) -> None:
    assert "Chưa có cuộc thi nào." in Contestant(app).open("/").text


@pytest.mark.parametrize("place", ["/real", "/privacy"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_of_trust_name_every_organiser(person: Contestant, prefix: str, place: str) -> None:
    text = person.open(prefix + place).text

    assert "112/KH-TĐ" in text
    assert ("Flamboyant City Youth Union" if prefix else "Thành đoàn Hoa Phượng") in text


def test_a_site_without_an_owner_says_that_it_is_a_sample(person: Contestant) -> None:
    assert "Đây là bản dùng thử, không phải cuộc thi chính thức." in person.open("/real").text
    assert 'content="noindex"' in person.page.source


def test_a_site_with_an_owner_does_not(data: Any, make_app: Application) -> None:
    set_owner(data)
    app = make_app()
    open_contest(app)

    page = Contestant(app).open("/real")

    assert "bản dùng thử" not in page.text.lower()
    assert 'content="noindex"' not in page.source


# -- recordings


def test_a_recording_of_a_private_bank_can_be_heard(person: Contestant, data: Path) -> None:
    folder = data / "sample" / "audio"
    folder.mkdir()
    (folder / "choice.mp3").write_bytes(b"ID3")

    reply = person.client.get("/audio/sample/choice.mp3", buffered=True)

    assert (reply.status_code, reply.data, reply.mimetype) == (200, b"ID3", "audio/mpeg")


@pytest.mark.parametrize(
    "address",
    [
        "/audio/sample/no-such.mp3",
        "/audio/sample/%00",
        "/audio/sample/..%2Fbank.toml",
        "/audio/sample/..",
        "/audio/../secret-key",
        "/audio/%2e%2e/secret-key",
        "/audio/no-such/choice.mp3",
    ],
)
def test_nothing_else_of_the_folder_can_be_fetched(person: Contestant, data: Path, address: str) -> None:
    (data / "audio").mkdir()

    assert person.open(address).status == 404


# -- language and size


PLACES = ["", "/rules", "/enter", "/standings", "/standings/units"]


@pytest.mark.parametrize("place", PLACES)
def test_every_link_of_an_english_page_stays_english(person: Contestant, place: str) -> None:
    page = person.open(f"/en/contests/{CODE}{place}")

    inner = [link for link in page.links if link.startswith("/")]
    assert [link for link in inner if not link.startswith("/en")] == [f"/contests/{CODE}{place}"]
    assert all(form.action.startswith("/en/") for form in page.forms)


@pytest.mark.parametrize("place", PLACES)
def test_the_other_language_is_the_same_page(person: Contestant, place: str) -> None:
    vietnamese = person.open(f"/contests/{CODE}{place}?size=large")
    english = person.open(f"/en/contests/{CODE}{place}?size=large")

    assert f"/en/contests/{CODE}{place}?size=large" in vietnamese.links
    assert f"/contests/{CODE}{place}?size=large" in english.links
    assert '<html lang="en"' in english.source


@pytest.mark.parametrize("size", ["large", "larger"])
def test_the_size_is_carried_by_every_link_and_form(person: Contestant, size: str) -> None:
    for place in PLACES:
        page = person.open(f"/contests/{CODE}{place}?size={size}")
        inner = [link for link in page.links if link.startswith("/")]
        assert f'data-size="{size}"' in page.source
        assert all(f"size={size}" in link for link in inner)
        assert all(f"size={size}" in form.action for form in page.forms)


def test_the_size_lasts_from_the_entry_to_the_outcome(person: Contestant) -> None:
    person.open(f"/contests/{CODE}/enter?size=large")
    person.press(name="Nguyễn Thị Lan", birth_year="1958", unit="le chan", consent="y")
    person.press(which=1, warm_up="b")
    assert 'data-size="large"' in person.page.source
    person.press()
    while "/review" not in person.page.address:
        assert 'data-size="large"' in person.page.source
        person.press(go="next")
    person.press()

    assert 'data-size="large"' in person.page.source
    assert person.page.address.endswith("/outcome?size=large")


def test_the_size_lasts_where_a_serial_is_asked_for(person: Contestant) -> None:
    person.open("/verify?size=large")

    assert 'data-size="large"' in person.press(serial="ABC").source


@pytest.mark.parametrize("size", ["normal", "huge", "", '"><b>'])
def test_any_other_size_is_the_usual_one(person: Contestant, size: str) -> None:
    page = person.open(f"/contests/{CODE}?size={size}")

    assert "data-size" not in page.source
    assert not any("size=" in link for link in page.links if link.startswith("/contests"))


def test_addresses_to_share_carry_no_size(person: Contestant) -> None:
    person.enter()
    person.finish()

    page = person.open(f"{person.page.address}?size=large")

    assert "http://localhost/contests/cong-dan-so" in page.links


# -- when something is wrong


@pytest.mark.parametrize(
    ("address", "title"),
    [("/no-such", "Không tìm thấy trang này."), ("/en/no-such", "This page was not found")],
)
def test_a_page_that_is_not_there_helps_on(person: Contestant, address: str, title: str) -> None:
    page = person.open(address)

    assert page.status == 404
    assert title.lower()[:12] in page.text.lower() or address.startswith("/en")
    assert any(link.endswith("/resume") for link in page.links)


def test_a_wrong_method_is_told_as_a_page(person: Contestant) -> None:
    page = person.post("/real")

    assert page.status == 405
    assert "Các câu trả lời đã lưu vẫn còn." in page.text


@pytest.mark.parametrize("testing", [False, True])
def test_a_failure_is_a_calm_page_and_a_line_in_the_log(
    make_app: Application, caplog: pytest.LogCaptureFixture, testing: bool
) -> None:
    app = make_app(TESTING="" if not testing else "1")
    open_contest(app)
    with app.app_context():
        db.session.execute(db.text("DROP TABLE units"))
        db.session.commit()
    person = Contestant(app)

    if testing:
        with pytest.raises(Exception, match="no such table"):
            person.open(f"/contests/{CODE}/units?q=le")
        return
    with caplog.at_level(logging.ERROR):
        page = person.open(f"/contests/{CODE}/units?q=le")

    assert page.status == 500
    assert "Trang này đang gặp trục trặc." in page.text
    assert "no such table" not in page.source
    assert any("no such table" in str(record.exc_info) for record in caplog.records)


def test_the_root_of_a_proxy_is_kept(person: Contestant) -> None:
    reply = person.client.get("/en/real", base_url="http://localhost/quiz")

    assert 'href="/quiz/real"' in reply.text
    assert 'href="/quiz/en/privacy"' in reply.text
    assert 'href="/quiz/static/site.css' in reply.text
