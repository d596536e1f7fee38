"""Small real-looking values for the tests of contests."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta

from quizlib.contest.reading import read_rules
from quizlib.contest.rules import Rules
from quizlib.contest.tally import Tally

OPENING = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 08:00 in Hai Phong

FULL = {  # every term given, so that every sentence of the rules text is said
    "code": "cong-dan-so",
    "demo": True,
    "title": {"vi": "Công dân số", "en": "Digital citizen"},
    "organiser": {
        "name": {"vi": "Ban Tổ chức", "en": "The committee"},
        "address": "1 Đường Thử",
        "phone": "0225 000 000",
        "decision": "01/KH-BTC",
        "site": "https://thi.example",
        "contact": "hoi@thi.example",
    },
    "bank": [{"folder": "rieng/hai-phong", "title": {"vi": "Riêng", "en": "Own"}, "reserved": True}],
    "paper": {"blueprint": "ten", "incomplete": "zero"},
    "time": {
        "limit_minutes": 20,
        "extra_minutes": 10,
        "leeway_seconds": 5,
        "expiry": "grace",
        "grace_minutes": 2,
        "ends_at": "submit",
    },
    "attempts": {"per_round": 3, "per_week": 2, "ever": 9, "counted": "best"},
    "eligibility": {
        "text": {"vi": "Mọi người", "en": "Everyone"},
        "minimum_age": 14,
        "maximum_age": 90,
        "guardian_below": 16,
        "phone": "required",
        "barred": [{"vi": "Ban Tổ chức", "en": "the organisers"}, {"vi": "Ban Thư ký", "en": "secretaries"}],
    },
    "prediction": {
        "target": "participants",
        "closes": "submit",
        "question": {"vi": "Bao nhiêu người?", "en": "How many people?"},
        "tie": "tie",
        "counters": "hidden",
    },
    "ranking": {"criteria": ["score", "time-bands", "prediction", "committee"], "band_seconds": 60},
    "results": {
        "score": "at-once",
        "keys": "after-round",
        "standings": "after-round",
        "names": "masked",
        "cut": 70,
    },
    "certificate": {"issue": "after-publication"},
    "practice": {"protect": "all"},
    "privacy": {"retention_days": 90, "phone_purpose": {"vi": "trao giải", "en": "giving prizes"}},
    "prize": [{"place": 1, "count": 1, "vi": "Giải Nhất", "en": "First prize"}],
    "unit_prize": [{"ranking": "rate", "floor": 70, "count": 1, "vi": "Cờ", "en": "A banner"}],
    "round": [
        {
            "number": 1,
            "title": {"vi": "Tuần một", "en": "Week one"},
            "opens": "2026-11-02T08:00:00",
            "closes": "2026-11-09T07:00:00",
        },
        {
            "number": 2,
            "title": {"vi": "Tuần hai", "en": "Week two"},
            "opens": "2026-11-09T08:00:00",
            "closes": "2026-11-16T07:00:00",
        },
    ],
}


def document(**changes: object) -> dict[str, object]:
    """FULL with changes by path: ``document(time__limit_minutes=0)``; ``None`` takes a term away."""
    made: dict[str, object] = copy.deepcopy(FULL)
    for path, value in changes.items():
        *tables, name = path.split("__")
        table = made
        for key in tables:
            table = table[key]
        table.pop(name, None)
        if value is not None:
            table[name] = value
    return made


def rules(**changes: object) -> Rules:
    return read_rules(document(**changes), "rules.toml")


def tally(
    entry: str,
    points: int = 20,
    *,
    predicted: int | None = None,
    seconds: int = 600,
    sent: int = 0,
    full: int = 20,
) -> Tally:
    """``sent`` is in minutes after the opening; ``full`` the points of a paper with every answer right."""
    return Tally(entry, points, points == full, predicted, seconds, OPENING + timedelta(minutes=sent))
