"""Alerts on the site: the bundled and the staff's own, as a page, on the front door and as a feed."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from quizlib.learn.alerts import BUNDLED_ALERTS, read_alerts
from quizlib.web.alerts import current_alerts
from quizlib.web.shelf import taught
from tests.builders import an_alert_table, toml
from tests.web.conftest import Application
from tests.web.contest import Clock, set_owner
from tests.web.contestant import Contestant
from tests.web.test_commands import refusal, run

ATOM = "{http://www.w3.org/2005/Atom}"
OWN = {"topic": "fake-police"}  # of the staff's own alerts


@pytest.fixture
def reader(app: Flask, clock: Clock) -> Contestant:
    """Somebody who reads while the staff's alerts hold, and most bundled ones."""
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    return Contestant(app)


def write(data: Path, *tables: dict[str, Any]) -> None:
    (data / "alerts.toml").write_text(f"alert = {toml(list(tables))}\n", "utf-8")


def test_the_bundled_alerts_are_shown_with_source_and_lesson(reader: Contestant) -> None:
    page, english = reader.open("/alerts"), reader.open("/en/alerts")

    for alert in read_alerts(BUNDLED_ALERTS, taught())[0]:
        assert alert.words["vi"]["text"] in page.text
        assert alert.words["en"]["text"] in english.text
        assert alert.source.address in page.links
        assert f"/learn/{alert.topic}" in page.links
        assert f"/en/learn/{alert.topic}" in english.links


def test_the_staff_s_own_alert_comes_at_once_and_goes_in_time(
    reader: Contestant, data: Path, clock: Clock
) -> None:
    before = reader.open("/alerts").text
    write(data, an_alert_table(**OWN, **{"from": "2026-12-01"}))
    shown = reader.open("/alerts").text
    clock.now = datetime(2026, 12, 31, 17, tzinfo=UTC)  # midnight in Hải Phòng

    assert "Nội dung qr." not in before
    assert shown.index("Nội dung qr.") < shown.index("Zalo")
    assert "Nội dung qr." not in reader.open("/alerts").text


def test_the_staff_s_own_alert_takes_the_place_of_the_bundled_one_of_its_id(
    reader: Contestant, data: Path
) -> None:
    write(data, an_alert_table("vneid-update", **OWN))

    page = reader.open("/alerts")

    assert "Nội dung vneid-update." in page.text
    assert page.source.count('id="vneid-update"') == 1


def test_a_faulty_file_is_told_in_the_log_and_breaks_no_page(
    reader: Contestant, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(data, an_alert_table(**OWN), an_alert_table("bad", topic="moon"))

    with caplog.at_level(logging.ERROR):
        pages = [reader.open(place) for place in ("/alerts", "/alerts.atom", "/")]

    assert [page.status for page in pages] == [200, 200, 200]
    assert "Nội dung" not in pages[0].text
    assert "Zalo" in pages[0].text
    (told,) = [record.message for record in caplog.records]
    assert "alerts.toml: alert bad: topic: There is no topic “moon”." in told


def test_words_of_alerts_are_only_words(reader: Contestant, data: Path) -> None:
    words = {"title": "<b>&amp;</b>", "text": "<script>1</script> ]]>"}
    write(data, an_alert_table(**OWN, vi=words))

    assert "<script>1" not in reader.open("/alerts").source
    assert "<script>1</script> ]]>" in {each.text for each in feed(reader).iter(f"{ATOM}content")}


def test_a_page_can_ask_for_the_alerts_of_its_topic(app: Flask, reader: Contestant, data: Path) -> None:
    write(data, an_alert_table(**OWN))

    with app.test_request_context():
        assert [alert.id for alert in current_alerts("fake-police")] == ["qr"]
        assert current_alerts("romance") == []


def test_the_front_door_of_several_contests_shows_the_newest(reader: Contestant) -> None:
    page = reader.open("/")

    assert page.source.count("<article") == 2
    assert "/alerts" in page.links


def test_no_alert_is_said_too(reader: Contestant, clock: Clock) -> None:
    clock.now = datetime(2090, 1, 1, tzinfo=UTC)

    assert "Lúc này chưa có cảnh báo nào." in reader.open("/alerts").text
    assert "<article" not in reader.open("/").source
    assert feed(reader).findtext(f"{ATOM}updated") == "2090-01-01T00:00:00+07:00"


# -- the feed


def feed(reader: Contestant, prefix: str = "") -> ElementTree.Element:
    reply = reader.client.get(f"{prefix}/alerts.atom")
    assert (reply.status_code, reply.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(reply.data)


@pytest.mark.parametrize(("prefix", "lang"), [("", "vi"), ("/en", "en")])
def test_the_feed_has_what_atom_asks_for(reader: Contestant, prefix: str, lang: str) -> None:
    found = feed(reader, prefix)

    page = f"http://localhost{prefix}/alerts"
    links = {each.get("rel"): each.get("href") for each in found.findall(f"{ATOM}link")}
    entries = found.findall(f"{ATOM}entry")
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert found.findtext(f"{ATOM}id") == f"{page}.atom"
    assert links == {"self": f"{page}.atom", "alternate": page}
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "quizlib"
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    assert len(set(ids)) == len(ids) == 4
    for entry in entries:
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").utcoffset()
        assert entry.findtext(f"{ATOM}title")
        assert {each.get("rel") for each in entry.findall(f"{ATOM}link")} == {"alternate", "via"}
    assert found.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


def test_the_page_tells_readers_of_feeds_where_it_is(reader: Contestant) -> None:
    link = '<link rel="alternate" type="application/atom+xml"'

    assert link in reader.open("/alerts?size=large").source
    assert 'href="/alerts.atom"' in reader.page.source
    assert link not in reader.open("/help-now").source


def test_the_feed_s_author_is_the_owner(data: Path, make_app: Application, clock: Clock) -> None:
    set_owner(data, "Hội & Phường")

    found = feed(Contestant(make_app(QUIZLIB_ADDRESS="https://thi.example.vn")))

    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Hội & Phường"
    assert found.findtext(f"{ATOM}id") == "https://thi.example.vn/alerts.atom"


# -- the editor's command


def test_alerts_are_checked_by_command(app: Flask, reader: Contestant, data: Path) -> None:
    write(data, an_alert_table(**OWN))

    assert run(app, "alerts", "check").output == "5 alerts are shown today\n"


def test_the_command_names_every_fault(app: Flask, data: Path) -> None:
    write(data, an_alert_table(topic="moon"), an_alert_table("two", topic="mars", until="2020-01-01"))

    told = refusal(app, "alerts", "check")

    assert "alert qr: topic: There is no topic “moon”." in told
    assert "alert two: topic: There is no topic “mars”." in told
    assert "alert two: until: The alert must end" in told
