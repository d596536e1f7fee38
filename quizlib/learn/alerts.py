"""Alerts: dated warnings of what is going round, each tied to a topic, with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quizlib.bank.decode import decode_sources
from quizlib.bank.fields import ID, LANGUAGES, TEXT, Field
from quizlib.bank.item import Source
from quizlib.bank.reader import BUNDLED, read_toml
from quizlib.bank.table import Page, Table
from quizlib.errors import Fault

BUNDLED_ALERTS = BUNDLED / "alerts.toml"
DAY, TABLE = Field("day", required=True), Field("table", required=True)
ALERT = {"id": ID, "topic": ID, "from": DAY, "until": DAY, "vi": TABLE, "en": TABLE, "source": TABLE}
WORDS = {"title": TEXT, "text": TEXT}


@dataclass(frozen=True, slots=True)
class Alert:
    """Shown from the day ``start`` up to, not on, ``until``; ``words`` are title and text by language."""

    id: str
    topic: str
    start: date
    until: date
    words: Mapping[str, Mapping[str, str]]
    source: Source


def current(alerts: Iterable[Alert], today: date) -> list[Alert]:
    """Those that hold today, the newest first."""
    held = [alert for alert in alerts if alert.start <= today < alert.until]
    return sorted(held, key=lambda alert: alert.start, reverse=True)


def read_alerts(file: Path, topics: Collection[str]) -> tuple[list[Alert], list[Fault]]:
    """The alerts of a file, none when there is no such file, with every fault and its place."""
    faults: list[Fault] = []
    page = Page(str(file), "", faults)
    raw = read_toml(file, f"{file.parent}/", faults) if file.is_file() else {}
    tables = Table(raw, {"alert": Field("tables", default=())}, page).tables("alert")
    alerts = [
        decode_alert(Table(table, ALERT, page.at(f"alert {table.get('id', '?')}")), topics)
        for table in tables
    ]
    for twice in (each for each, count in Counter(alert.id for alert in alerts).items() if count > 1):
        page.at(f"alert {twice}").add("id", "alert-twice")
    return alerts, faults


def decode_alert(table: Table, topics: Collection[str]) -> Alert:
    topic, place = table.text("topic"), table.page.place
    start, until = table.day("from") or date.min, table.day("until") or date.min
    if topic not in topics:
        table.page.add("topic", "unknown-topic", topic=topic, topics=", ".join(sorted(topics)))
    if date.min < until <= start:
        table.page.add("until", "alert-backwards")
    texts = {lang: Table(table.table(lang), WORDS, table.page.at(f"{place}: {lang}")) for lang in LANGUAGES}
    words = {lang: {name: each.text(name) for name in WORDS} for lang, each in texts.items()}
    source = decode_sources({f"{place}: source": table.table("source")}, table.page)[f"{place}: source"]
    return Alert(table.text("id"), topic, start, until, words, source)
