"""The rules of a contest as frozen values; their types and defaults are what documents are read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Annotated, Literal

from quizlib.contest.counting import COUNTING
from quizlib.contest.criteria import CRITERIA, Criterion, Target, Tie
from quizlib.contest.terms import LINE, LOCAL, SLUG, At, Shape, one_of, whole
from quizlib.contest.units import COLLECTIVE


def _read_blueprint(value: object, at: At) -> str | Mapping[str, object]:
    return value if isinstance(value, dict) else LINE.read(value, at)


def _read_criterion(value: object, at: At) -> Criterion:
    return Criterion(one_of(tuple(CRITERIA)).read(value, at))


Blueprint = Annotated[str | Mapping[str, object], Shape(_read_blueprint, "")]
Link = Annotated[Criterion, Shape(_read_criterion, Criterion("score"))]
Code = Annotated[str, SLUG]
Minutes = Annotated[int, whole(0, 1440)]
Age = Annotated[int, whole(0, 120)]
Percent = Annotated[int, whole(0, 100)]
Positive = Annotated[int, whole(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words for the public; without English the Vietnamese stands in."""

    vi: str
    en: str = ""

    def say(self, lang: str) -> str:
        return self.en if lang == "en" and self.en else self.vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """``decision`` is the number of the plan or decision the contest rests on."""

    name: Text
    address: str = ""
    phone: str = ""
    decision: str = ""
    site: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBank:
    """A bank by name, or by the folder of a private one; a reserved bank is not shown before the contest."""

    name: str = ""
    folder: str = ""
    title: Text | None = None
    reserved: bool = False

    @property
    def code(self) -> str:
        """The bank's own name: a folder is called like the bank in it."""
        return self.name or PurePath(self.folder).name

    @property
    def label(self) -> Text:
        """What the public reads: the title, with the name by which anyone can find the bank."""
        if self.title is None:
            return Text(vi=self.code)
        return Text(vi=f"{self.title.vi} ({self.code})", en=f"{self.title.say('en')} ({self.code})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """``blueprint`` is the name of one in the bank, or a table as banks have them, checked by exam/."""

    blueprint: Blueprint
    incomplete: Literal["zero", "invalid"] = "zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A limit of 0 is none; ``ends_at`` is the moment to which the seconds used are counted."""

    limit_minutes: Minutes = 0
    extra_minutes: Minutes = 0
    leeway_seconds: Annotated[int, whole(0, 60)] = 5
    expiry: Literal["submit", "grace", "void"] = "submit"
    grace_minutes: Minutes = 0
    ends_at: Literal["submit", "last-answer"] = "submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """How often one person may sit; 0 sets no limit of that span, weeks run from a round's opening."""

    per_round: int = 0
    per_week: int = 0
    ever: int = 0
    counted: Annotated[str, one_of(tuple(COUNTING))] = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Ages in whole years (see ``Round.age``); 0 sets no limit. ``anonymous`` asks for the unit alone."""

    text: Text
    anonymous: bool = False
    minimum_age: Age = 0
    maximum_age: Age = 0
    guardian_below: Age = 16
    phone: Literal["no", "optional", "required"] = "no"
    barred: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The question beside the paper; ``counters`` is how public counts show while it is open."""

    target: Target
    closes: Literal["submit"] = "submit"
    question: Text | None = None
    tie: Tie = "tie"
    counters: Literal["hidden", "rounded"] = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The chain in order; an empty one ranks nobody."""

    criteria: tuple[Link, ...]
    band_seconds: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.criteria


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Who sees what, when; ``cut`` is the pass mark in whole percent."""

    score: Literal["at-once", "after-round"] = "at-once"
    keys: Literal["never", "after-round", "at-once"] = "after-round"
    standings: Literal["after-round", "live"] = "after-round"
    names: Literal["masked", "full"] = "masked"
    cut: Percent = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    issue: Literal["at-once", "after-publication", "never"] = "after-publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Which of an open round's items practice may not draw: those of reserved banks, or all."""

    protect: Literal["reserved", "all"] = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Personal data are deleted ``retention_days`` after the last round."""

    retention_days: Annotated[int, whole(1, 3650)] = 90
    phone_purpose: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize(Text):
    """``place`` 1 is the first prize; ``count`` how many of it there are."""

    place: Positive
    count: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPrize(Text):
    """``floor``: least people (participants, mean) or least percent (rate) to be ranked at all."""

    ranking: Annotated[str, one_of(tuple(COLLECTIVE))]
    floor: int = 0
    count: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Open in the half-open interval from ``opens`` to ``closes``, both aware UTC."""

    number: Positive
    title: Text | None = None
    opens: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes

    def week(self, moment: datetime) -> int:
        return (moment - self.opens) // timedelta(weeks=1)

    def age(self, birth_year: int) -> int:
        """Only the year of birth is known: the local year of the opening less that year."""
        return self.opens.astimezone(LOCAL).year - birth_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One contest; ``document`` is the canonical text these values were read from."""

    code: Code
    demo: bool = False
    title: Text
    organiser: Organiser
    banks: tuple[SourceBank, ...] = field(metadata={"key": "bank"})
    paper: Paper
    time: Time = Time()
    attempts: Attempts
    eligibility: Eligibility
    prediction: Prediction | None = None
    ranking: Ranking
    results: Results = Results()
    certificate: Certificate = Certificate()
    practice: Practice = Practice()
    privacy: Privacy = Privacy()
    prizes: tuple[Prize, ...] = field(default=(), metadata={"key": "prize"})
    unit_prizes: tuple[UnitPrize, ...] = field(default=(), metadata={"key": "unit_prize"})
    rounds: tuple[Round, ...] = field(metadata={"key": "round"})
    document: bytes = field(default=b"", metadata={"key": ""})

    @property
    def hash(self) -> str:
        return sha256(self.document).hexdigest()
