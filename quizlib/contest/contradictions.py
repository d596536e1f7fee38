"""Terms that are each fine but cannot stand together in one contest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from quizlib.contest.rules import Rules
from quizlib.errors import Fault, fault


@dataclass(frozen=True, slots=True)
class Clash:
    """``find`` tells whether the term ``at`` clashes, or the numbers (#) of the rows that do.

    Nothing is said while ``at`` or one of the terms in ``also`` is itself faulty.
    """

    code: str
    at: str
    also: tuple[str, ...]
    find: Callable[[Rules], bool | Iterable[int]]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.at.partition(" #")[0], *self.also)


def contradictions(rules: Rules, file: str, faults: Sequence[Fault]) -> list[Fault]:
    faulty = {".".join(filter(None, (found.place, found.field))) for found in faults}
    clear = [clash for clash in CLASHES if not _touches(clash.reads, faulty)]
    return [_fault(file, clash, number) for clash in clear for number in _numbers(clash.find(rules))]


def _touches(reads: Iterable[str], faulty: Iterable[str]) -> bool:
    return any(bad.startswith(read) or read.startswith(bad) for read in reads for bad in faulty)


def _numbers(found: bool | Iterable[int]) -> Iterable[int]:
    return range(found) if isinstance(found, bool) else found


def _fault(file: str, clash: Clash, number: int) -> Fault:
    place, _, field = clash.at.replace("#", str(number)).rpartition(".")
    return fault(file, place, field, clash.code)


def _names(rules: Rules) -> list[str]:
    return [criterion.name for criterion in rules.ranking.criteria]


def _repeats(values: Sequence[object]) -> list[int]:
    return [number for number, value in enumerate(values, 1) if value in values[: number - 1]]


def _unnamed_banks(rules: Rules) -> list[int]:
    return [number for number, bank in enumerate(rules.banks, 1) if bool(bank.name) == bool(bank.folder)]


def _after_committee(rules: Rules) -> list[int]:
    names = _names(rules)
    return [number for number in range(2, len(names) + 1) if names[number - 2] == "committee"]


def _backward_rounds(rules: Rules) -> list[int]:
    return [number for number, round in enumerate(rules.rounds, 1) if round.closes <= round.opens]


def _overlapping_rounds(rules: Rules) -> list[int]:
    timely = sorted(enumerate(rules.rounds, 1), key=lambda pair: (pair[1].opens, pair[0]))
    return [number for (_, earlier), (number, later) in pairwise(timely) if later.opens < earlier.closes]


def _floors_over_100(rules: Rules) -> list[int]:
    prizes = enumerate(rules.unit_prizes, 1)
    return [number for number, prize in prizes if prize.ranking == "rate" and prize.floor > 100]


def _unlimited(rules: Rules) -> bool:
    return not (rules.attempts.per_round or rules.attempts.per_week or rules.attempts.ever)


def _keys_help_next(rules: Rules) -> bool:
    return rules.results.keys == "at-once" and 1 not in (rules.attempts.per_round, rules.attempts.ever)


def _phone_unexplained(rules: Rules) -> bool:
    return rules.eligibility.phone != "no" and rules.privacy.phone_purpose is None


def _knows_people(rules: Rules) -> bool:
    who, prizes = rules.eligibility, (*rules.ranking.criteria, *rules.prizes, *rules.unit_prizes)
    ages = who.minimum_age or who.maximum_age or who.guardian_below
    return bool(prizes or ages) or who.phone != "no" or rules.certificate.issue != "never"


def _hides_score(rules: Rules) -> bool:
    return rules.results.score != "at-once"


def _print_beats_clock(rules: Rules) -> bool:
    return rules.paper.print and not {"time", "time-bands"}.isdisjoint(_names(rules))


_SCORE = ("results.score",)
_CRITERIA = ("ranking.criteria",)
_EXPIRY = ("time.expiry",)
_OPENS = attrgetter("opens")

CLASHES = (
    Clash("no-rows-here", "bank", (), lambda r: not r.banks),
    Clash("no-rows-here", "round", (), lambda r: not r.rounds),
    Clash("bank-unnamed", "bank #.name", (), _unnamed_banks),
    Clash(
        "blueprint-named-for-several", "paper.blueprint", ("bank",),
        lambda r: len(r.banks) > 1 and isinstance(r.paper.blueprint, str),
    ),
    Clash("twins-not-two", "paper.twins", ("round",),
          lambda r: r.paper.twins and [each.number for each in sorted(r.rounds, key=_OPENS)] != [1, 2]),
    Clash("twins-on-paper", "paper.print", ("paper.twins",), lambda r: r.paper.print and r.paper.twins),
    Clash("twins-leak-prediction", "paper.twins", ("prediction",),
          lambda r: r.paper.twins and r.prediction is not None),
    Clash("print-against-clock", "paper.print", _CRITERIA, _print_beats_clock),
    Clash("grace-missing", "time.grace_minutes", _EXPIRY,
          lambda r: r.time.expiry == "grace" and not r.time.grace_minutes),
    Clash("grace-unused", "time.grace_minutes", _EXPIRY,
          lambda r: r.time.expiry != "grace" and r.time.grace_minutes > 0),
    Clash("attempts-unlimited", "attempts", (), _unlimited),
    Clash("ages-crossed", "eligibility.maximum_age", ("eligibility.minimum_age",),
          lambda r: 0 < r.eligibility.maximum_age < r.eligibility.minimum_age),
    Clash("phone-without-purpose", "privacy.phone_purpose", ("eligibility.phone",), _phone_unexplained),
    Clash("anonymous-yet-known", "eligibility.anonymous", ("eligibility", "certificate.issue", *_CRITERIA),
          lambda r: r.eligibility.anonymous and _knows_people(r)),
    Clash("criterion-repeated", "ranking.criteria #", (), lambda r: _repeats(_names(r))),
    Clash("criterion-after-committee", "ranking.criteria #", (), _after_committee),
    Clash("prediction-missing", "prediction", _CRITERIA,
          lambda r: "prediction" in _names(r) and r.prediction is None),
    Clash("prediction-unused", "prediction", _CRITERIA,
          lambda r: "prediction" not in _names(r) and r.prediction is not None),
    Clash("bands-missing", "ranking.band_seconds", _CRITERIA,
          lambda r: "time-bands" in _names(r) and not r.ranking.band_seconds),
    Clash("bands-unused", "ranking.band_seconds", _CRITERIA,
          lambda r: "time-bands" not in _names(r) and r.ranking.band_seconds > 0),
    Clash("keys-before-last-attempt", "results.keys", ("attempts",), _keys_help_next),
    Clash("keys-before-score", "results.keys", _SCORE,
          lambda r: _hides_score(r) and r.results.keys == "at-once"),
    Clash("certificate-before-score", "certificate.issue", _SCORE,
          lambda r: _hides_score(r) and r.certificate.issue == "at-once"),
    Clash("standings-before-score", "results.standings", _SCORE,
          lambda r: _hides_score(r) and r.results.standings == "live"),
    Clash("standings-leak-prediction", "results.standings", ("prediction",),
          lambda r: r.prediction is not None and r.results.standings == "live"),
    Clash("prize-without-ranking", "prize", _CRITERIA, lambda r: bool(r.prizes) and r.ranking.is_empty),
    Clash("floor-over-100", "unit_prize #.floor", (), _floors_over_100),
    Clash("round-repeated", "round #.number", (), lambda r: _repeats([round.number for round in r.rounds])),
    Clash("round-backwards", "round #.closes", (), _backward_rounds),
    Clash("rounds-overlap", "round #.opens", (), _overlapping_rounds),
)  # fmt: skip
