"""Rules documents in and out: TOML of an organiser, canonical bytes of a frozen contest."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from quizlib.contest.contradictions import contradictions
from quizlib.contest.criteria import Criterion
from quizlib.contest.rules import Rules
from quizlib.contest.terms import At, table
from quizlib.errors import ContentError, Fault, FrozenError, fault

PRESETS = Path(__file__).with_name("presets")  # complete documents to begin from, one file a kind of contest


def load_rules(path: Path) -> Rules:
    """Raises ContentError with every fault of the file."""
    try:
        return read_rules(tomllib.loads(path.read_text("utf-8")), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([fault(path.name, "", "", "unreadable", reason=error)]) from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError([fault(path.name, "", "", "bad-toml", reason=error)]) from error


def read_rules(document: Mapping[str, object], file: str) -> Rules:
    """The rules a parsed document states; raises ContentError with every fault of it."""
    rules, faults = _read(document, file)
    faults.extend(contradictions(rules, file, faults))
    if faults:
        raise ContentError(faults)
    return rules


def freeze_rules(rules: Rules) -> bytes:
    return rules.document


def thaw_rules(frozen: bytes) -> Rules:
    """What was accepted once stays accepted: contradictions found out later do not touch it."""
    rules, faults = _read(json.loads(frozen), "rules")
    if faults:
        raise FrozenError(f"frozen rules cannot be read: {faults[0].line()}")
    return rules


def _read(document: Mapping[str, object], file: str) -> tuple[Rules, list[Fault]]:
    canonical = _canonical(document)
    faults: list[Fault] = []
    rules = table(Rules).read(json.loads(canonical), At(file, "", "", faults))
    return _settled(replace(rules, document=canonical)), faults


def _canonical(document: Mapping[str, object]) -> bytes:
    text = json.dumps(document, default=_iso, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def _iso(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"a rules document holds no {type(value).__name__}")


def _settled(rules: Rules) -> Rules:
    """The chain with what its links need to know from the other tables."""
    criteria = tuple(_settle(criterion, rules) for criterion in rules.ranking.criteria)
    return replace(rules, ranking=replace(rules.ranking, criteria=criteria))


def _settle(criterion: Criterion, rules: Rules) -> Criterion:
    if criterion.name == "time-bands":
        return replace(criterion, seconds=rules.ranking.band_seconds)
    if criterion.name == "prediction" and rules.prediction:
        return replace(criterion, target=rules.prediction.target, tie=rules.prediction.tie)
    return criterion
