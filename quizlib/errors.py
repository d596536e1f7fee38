"""The one tree of errors: refusals for people, faults for authors."""

# QuizError
# ├── Refusal        a person asked for something the rules or the moment do not allow: a code and its values
# ├── ContentError   files of authors (bank, rules, units) are wrong: every Fault, each with its place
# ├── QuotaError     a bank has no paper that meets a blueprint; asked of the bank before a round opens
# ├── FrozenError    what was frozen no longer gives what was recorded: never served, always reported
# └── UnprintableName (press/glyphs.py)  a text holds characters that no letter of the press can show

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class QuizError(Exception):
    """Whatever quizlib refuses to do."""


class Refusal(QuizError):
    """A refusal to a person: ``code`` is one of REFUSALS, ``values`` fill its sentence."""

    def __init__(self, code: str, /, **values: object) -> None:
        if code not in REFUSALS:
            raise KeyError(f"unknown refusal: {code}")
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = values


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in an author's file.

    ``file`` is the path as the author knows it, ``place`` the item, row or table in it (may be empty),
    ``field`` the field (may be empty), ``code`` one of ``errors.toml``, ``values`` what fills it.
    """

    file: str
    place: str
    field: str
    code: str
    values: tuple[tuple[str, str], ...] = ()

    def to_dict(self, lang: str = "en") -> dict[str, str]:
        from_place = {"file": self.file, "place": self.place, "field": self.field, "code": self.code}
        return from_place | {"message": self.say(lang)}

    def say(self, lang: str = "en") -> str:
        """What is wrong and what to do, in Vietnamese (``vi``) or English (``en``)."""
        return sentences()[self.code]["vi" if lang == "vi" else "en"].format(**dict(self.values))

    def line(self, lang: str = "en") -> str:
        where = ": ".join(part for part in (self.file, self.place, self.field) if part)
        return f"{where}: {self.say(lang)}"


class ContentError(QuizError):
    """Files are refused as a whole; ``faults`` names everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.line() for fault in self.faults))

    def lines(self, lang: str = "en") -> list[str]:
        return [fault.line(lang) for fault in self.faults]


class QuotaError(QuizError):
    """The bank has no paper that meets the blueprint."""


class FrozenError(QuizError):
    """A frozen text, a draw version or a paper's digest does not match the record."""


def fault(file: str, place: str, field: str, code: str, /, **values: object) -> Fault:
    """A Fault; ``values`` become text, so that faults compare and print alike everywhere."""
    if code not in sentences():
        raise KeyError(f"unknown fault: {code}")
    return Fault(file, place, field, code, tuple((name, str(value)) for name, value in values.items()))


@cache
def sentences() -> dict[str, dict[str, str]]:
    """What can be wrong in an author's file: a sentence for each code, by language."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


# What a person can be refused; web/problems.py has the sentence and the HTTP status of each.
REFUSALS = frozenset(
    {
        "attempts-used",
        "barred",
        "busy",
        "guardian-needed",
        "handed-on",
        "paper-used",
        "round-closed",
        "round-not-open",
        "too-old",
        "too-young",
        "unit-unknown",
        "bad-response",
        "cannot-print",
        "code-unknown",
        "review-unreadable",
        "form-stale",
        "not-found",
        "too-many-tries",
    }
)
