"""Alerts: which hold today, and every fault of a file of them with its place."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizlib.bank.reader import banks, load_bank
from quizlib.learn.alerts import BUNDLED_ALERTS, current, read_alerts
from tests.builders import an_alert_table, toml

TOPICS = ("money", "news")
TODAY = date(2026, 12, 1)


def write(file: Path, *tables: dict[str, Any]) -> Path:
    file.write_text(f"alert = {toml(list(tables))}\n", "utf-8")
    return file


def test_a_file_of_alerts_is_read(tmp_path: Path) -> None:
    file = write(tmp_path / "alerts.toml", an_alert_table(), an_alert_table("other", topic="news"))

    alerts, faults = read_alerts(file, TOPICS)

    assert faults == []
    assert [(alert.id, alert.topic) for alert in alerts] == [("qr", "money"), ("other", "news")]
    assert (alerts[0].start, alerts[0].until) == (date(2026, 11, 1), date(2027, 1, 1))
    assert alerts[0].words["en"] == {"title": "Title of qr", "text": "Text of qr."}
    assert (alerts[0].source.publisher, alerts[0].source.date) == ("Công an phường", date(2026, 10, 30))


def test_no_file_is_no_alert(tmp_path: Path) -> None:
    assert read_alerts(tmp_path / "alerts.toml", TOPICS) == ([], [])


@pytest.mark.parametrize(
    ("changes", "place", "field", "code"),
    [
        ({"id": "Mã QR"}, "alert Mã QR", "id", "bad-shape-id"),
        ({"topic": None}, "alert qr", "topic", "missing-field"),
        ({"topic": "moon"}, "alert qr", "topic", "unknown-topic"),
        ({"from": "2026-02-30"}, "alert qr", "from", "bad-shape-day"),
        ({"until": None}, "alert qr", "until", "missing-field"),
        ({"until": "2026-11-01"}, "alert qr", "until", "alert-backwards"),
        ({"vi": None}, "alert qr", "vi", "missing-field"),
        ({"en": {"title": "x", "text": " "}}, "alert qr: en", "text", "bad-shape-text"),
        ({"en": {"title": "x", "txt": "x"}}, "alert qr: en", "txt", "unknown-field-near"),
        ({"source": {}}, "alert qr: source", "publisher", "missing-field"),
        ({"source": None}, "alert qr", "source", "missing-field"),
        ({"colour": "red"}, "alert qr", "colour", "unknown-field"),
    ],
)
def test_every_fault_is_told_with_its_place(
    tmp_path: Path, changes: dict[str, Any], place: str, field: str, code: str
) -> None:
    file = write(tmp_path / "alerts.toml", an_alert_table(**changes))

    _alerts, faults = read_alerts(file, TOPICS)

    assert (str(file), place, field, code) in [
        (each.file, each.place, each.field, each.code) for each in faults
    ]
    assert all(each.line("vi") and each.line("en") for each in faults)


def test_two_alerts_of_one_id_are_a_fault(tmp_path: Path) -> None:
    file = write(tmp_path / "alerts.toml", an_alert_table(), an_alert_table())

    assert [each.code for each in read_alerts(file, TOPICS)[1]] == ["alert-twice"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"alert = ", "bad-toml"),
        (b"alert = '\xff'", "unreadable"),
        (b"alert = 1", "bad-shape-tables"),
        (b"[alarm]", "unknown-field-near"),
    ],
)
def test_a_file_that_is_none_of_alerts_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "alerts.toml"
    file.write_bytes(content)

    alerts, faults = read_alerts(file, TOPICS)

    assert alerts == []
    assert [(each.file, each.code) for each in faults] == [(str(file), code)]


def test_an_alert_holds_from_its_first_day_until_the_day_it_ends(tmp_path: Path) -> None:
    days = {"before": (1, 9), "first": (0, 9), "last": (-9, 1), "over": (-9, 0), "old": (-20, 9)}
    tables = [
        an_alert_table(
            name, **{"from": str(TODAY + timedelta(start)), "until": str(TODAY + timedelta(until))}
        )
        for name, (start, until) in days.items()
    ]

    alerts, _faults = read_alerts(write(tmp_path / "alerts.toml", *tables), TOPICS)

    assert [alert.id for alert in current(alerts, TODAY)] == ["first", "last", "old"]


def test_the_bundled_alerts_are_without_fault_and_end() -> None:
    topics = {topic.id for name in banks() for topic in load_bank(name).topics}

    alerts, faults = read_alerts(BUNDLED_ALERTS, topics)

    assert faults == []
    assert len(alerts) >= 4
    assert all(alert.until - alert.start < timedelta(days=3 * 365) for alert in alerts)
    assert all(alert.source.read and alert.source.address.startswith("https://") for alert in alerts)
