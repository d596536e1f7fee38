"""What a certificate says: its facts, its serial, and every line and word that is printed of them.

A certificate confirms that a person finished a contest's test. It is no award of merit and no state
confirmation of digital skills, and its words must never suggest so. Page, file and verify page all take
their lines from here, so they cannot differ.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeVar

from quizlib.errors import FrozenError

T = TypeVar("T")

LANGS = ("vi", "en")
STATUSES = ("valid", "replaced", "revoked", "withdrawn", "sample")

SERIAL_LENGTH = 12
SERIAL_ENTROPY = 8  # bytes; twelve letters of five bits hold 60 of their 64 bits
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
MISREAD = str.maketrans("OIL", "011")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")

TEXTS = ("serial", "holder", "contest", "round", "unit", "organiser", "decision", "lang")
NEEDED = ("holder", "contest", "organiser")


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What one certificate states; texts are kept in NFC, without control or invisible characters.

    ``cut`` is a whole percentage, 0 where the contest sets no pass mark. ``round``, ``unit`` and ``decision``
    may be empty; an empty fact has no line.
    """

    serial: str
    holder: str
    contest: str
    round: str
    points: int
    max_points: int
    cut: int
    unit: str
    submitted_on: date
    issued_on: date
    organiser: str
    decision: str
    sample: bool
    lang: str

    def __post_init__(self) -> None:
        for name in TEXTS:
            object.__setattr__(self, name, clean(getattr(self, name)))
        _refuse_impossible(self)

    @property
    def passed(self) -> bool:
        return 100 * self.points >= self.cut * self.max_points

    @property
    def percent(self) -> int:
        """Whole per cent of the points, rounded down: never more than was earned."""
        return 100 * self.points // self.max_points

    def to_dict(self) -> dict[str, str | int | bool]:
        dates = {"submitted_on": self.submitted_on.isoformat(), "issued_on": self.issued_on.isoformat()}
        return asdict(self) | dates

    @classmethod
    def from_dict(cls, kept: Mapping[str, object]) -> CertificateFacts:
        """The facts of a kept record; FrozenError where it is not what ``to_dict`` wrote."""
        if kept.keys() != set(cls.__slots__):
            raise FrozenError(f"certificate: fields {sorted(kept.keys() ^ set(cls.__slots__))}")
        return cls(
            serial=_read(str, kept, "serial"),
            holder=_read(str, kept, "holder"),
            contest=_read(str, kept, "contest"),
            round=_read(str, kept, "round"),
            points=_read(int, kept, "points"),
            max_points=_read(int, kept, "max_points"),
            cut=_read(int, kept, "cut"),
            unit=_read(str, kept, "unit"),
            submitted_on=_day(kept, "submitted_on"),
            issued_on=_day(kept, "issued_on"),
            organiser=_read(str, kept, "organiser"),
            decision=_read(str, kept, "decision"),
            sample=_read(bool, kept, "sample"),
            lang=_read(str, kept, "lang"),
        )

    def canonical(self) -> bytes:
        """The same facts, always the same bytes: what is hashed, signed and kept."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def new_serial(entropy: bytes) -> str:
    """Twelve letters of base 32 from the first eight of the given random bytes."""
    if len(entropy) < SERIAL_ENTROPY:
        raise ValueError(f"a serial needs {SERIAL_ENTROPY} random bytes, not {len(entropy)}")
    number = int.from_bytes(entropy[:SERIAL_ENTROPY], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(SERIAL_LENGTH))


def parse_serial(text: str) -> str | None:
    """The serial that someone typed or read aloud, or None when it cannot be one."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in DASHES)
    serial = letters.upper().translate(MISREAD)
    return serial if len(serial) == SERIAL_LENGTH and set(serial) <= set(ALPHABET) else None


def format_serial(serial: str) -> str:
    """Groups of four: ABCD-EFGH-JKMN."""
    return "-".join(serial[start : start + 4] for start in range(0, len(serial), 4))


def facts_lines(facts: CertificateFacts, lang: str) -> tuple[tuple[str, str], ...]:
    """Every printed fact as (label, value), in the order in which a reader should meet them."""
    return tuple(fact_table(facts, lang).values())


def fact_table(facts: CertificateFacts, lang: str) -> dict[str, tuple[str, str]]:
    """The same lines under their field's name, for a layout that gives some of them a place of their own."""
    values = {
        "holder": facts.holder,
        "contest": facts.contest,
        "round": facts.round,
        "result": _result(facts, lang),
        "cut": words(lang)["cut"].format(cut=facts.cut) if facts.cut else "",
        "submitted_on": written_date(facts.submitted_on, lang),
        "unit": facts.unit,
        "serial": format_serial(facts.serial),
        "issued_on": written_date(facts.issued_on, lang),
        "organiser": facts.organiser,
        "decision": facts.decision,
        "sample": words(lang)["worthless"] if facts.sample else "",
    }
    return {name: (_choose(LABELS[name], lang), value) for name, value in values.items() if value}


def sentence(facts: CertificateFacts, lang: str) -> str:
    """The certificate in one honest sentence."""
    return words(lang)["sentence"].format(
        holder=facts.holder, contest=facts.contest, points=facts.points, max_points=facts.max_points
    )


def words(lang: str) -> dict[str, str]:
    """The fixed words of a certificate in Vietnamese (``vi``) or English."""
    return {name: _choose(pair, lang) for name, pair in WORDS.items()}


def written_date(day: date, lang: str) -> str:
    """21 tháng 11 năm 2026, or 21 November 2026."""
    if lang == "vi":
        return f"{day.day} tháng {day.month} năm {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clean(text: str) -> str:
    """NFC on one line; control and invisible characters, which would hide a difference, are dropped."""
    seen = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in UNSEEN)
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


def _result(facts: CertificateFacts, lang: str) -> str:
    said = words(lang)
    earned = said["result"].format(points=facts.points, max_points=facts.max_points, percent=facts.percent)
    if not facts.cut:
        return earned
    return f"{earned}, {said['passed' if facts.passed else 'not-passed']}"


def _refuse_impossible(facts: CertificateFacts) -> None:
    wrong = {
        "serial": parse_serial(facts.serial) != facts.serial,
        "points": not 0 <= facts.points <= facts.max_points,
        "max_points": facts.max_points < 1,
        "cut": not 0 <= facts.cut <= 100,
        "lang": facts.lang not in LANGS,
    } | {name: not getattr(facts, name) for name in NEEDED}
    found = [name for name, is_wrong in wrong.items() if is_wrong]
    if found:
        raise ValueError(f"certificate: impossible {', '.join(found)}")


def _read(kind: type[T], kept: Mapping[str, object], name: str) -> T:
    value = kept[name]
    if not isinstance(value, kind) or type(value) is not kind:  # True is no whole number
        raise FrozenError(f"certificate: {name} is no {kind.__name__}")
    return value


def _day(kept: Mapping[str, object], name: str) -> date:
    try:
        return date.fromisoformat(_read(str, kept, name))
    except ValueError as wrong:
        raise FrozenError(f"certificate: {name} is no date") from wrong


def _choose(pair: tuple[str, str], lang: str) -> str:
    return pair[0] if lang == "vi" else pair[1]


UNSEEN = frozenset({"Cc", "Cf", "Cs"})

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905

# Label of each line: (Vietnamese, English).
LABELS: dict[str, tuple[str, str]] = {
    "holder": ("Họ và tên", "Name"),
    "contest": ("Cuộc thi", "Contest"),
    "round": ("Vòng thi", "Round"),
    "result": ("Kết quả", "Result"),
    "cut": ("Mức đạt", "Pass mark"),
    "submitted_on": ("Ngày nộp bài", "Submitted on"),
    "unit": ("Đơn vị", "Unit"),
    "serial": ("Mã số", "Serial"),
    "issued_on": ("Ngày cấp", "Issued on"),
    "organiser": ("Đơn vị tổ chức", "Organiser"),
    "decision": ("Căn cứ", "Issued under"),
    "sample": ("Lưu ý", "Note"),
}

# The other words: (Vietnamese, English).
WORDS: dict[str, tuple[str, str]] = {
    "title": ("GIẤY CHỨNG NHẬN", "CERTIFICATE"),
    "opening": ("Giấy này xác nhận", "This is to confirm that"),
    "completed": ("đã hoàn thành bài thi", "has completed the test of"),
    "result": ("{points}/{max_points} điểm ({percent}%)", "{points}/{max_points} points ({percent}%)"),
    "passed": ("đạt", "passed"),
    "not-passed": ("chưa đạt", "not passed"),
    "cut": ("từ {cut}% số điểm", "{cut}% of the points"),
    "sentence": (
        "{holder} đã hoàn thành bài thi “{contest}”, được {points}/{max_points} điểm.",
        "{holder} has completed the test of “{contest}” with {points}/{max_points} points.",
    ),
    "note": (
        "Giấy này xác nhận kết quả một bài thi, không phải văn bằng, chứng chỉ "
        "hay giấy xác nhận hoàn thành phổ cập kỹ năng số.",
        "This certificate confirms the result of one test. It is not a degree, a licence "
        "or an official confirmation of digital skills.",
    ),
    "verify": ("Quét mã, rồi so từng dòng với trang kiểm tra", "Scan, then compare each line with the page"),
    "code": ("Mã QR dẫn tới trang kiểm tra {address}", "QR code to the page that verifies this: {address}"),
    "sample": ("BẢN DÙNG THỬ", "SAMPLE"),
    "worthless": ("BẢN DÙNG THỬ, không có giá trị", "SAMPLE, of no value"),
}
