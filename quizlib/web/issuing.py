"""Certificates follow the counted attempt: issued once, replaced when the facts change."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from quizlib.contest.certificate import CertificateFacts, new_serial
from quizlib.contest.counting import COUNTING
from quizlib.contest.tally import Tally
from quizlib.web.language import ZONE
from quizlib.web.store import certificates, entries, outcomes
from quizlib.web.store.certificates import Certificate
from quizlib.web.store.rounds import OpenedRound

LOCAL = ZoneInfo(ZONE)


def counted(round: OpenedRound, attempts: list[tuple[str, Tally]]) -> tuple[str, Tally]:
    """The attempt (and its tally) that counts among all of one person."""
    chosen = COUNTING[round.rules.attempts.counted]([tally for _, tally in attempts])
    return next(pair for pair in attempts if pair[1] is chosen)


def issue(entry: str, round: OpenedRound, sample: bool, now: datetime) -> Certificate | None:
    """The certificate the person holds now, made or replaced if need be; None when none is earned."""
    held = certificates.newest(round.id, entry)
    facts = earned_facts(entry, round, sample, now)
    if held is None or facts is None or held.status not in ("valid", "replaced"):
        return held if facts is None else held or keep(entry, round, facts, 1, now)
    same = replace(facts, serial=held.serial, issued_on=held.facts.issued_on) == held.facts
    if same:
        return held
    successor = keep(entry, round, facts, held.edition + 1, now)
    certificates.replace(held.serial, successor.serial)
    return successor


def withdraw_unearned(entry: str, round: OpenedRound, sample: bool, now: datetime) -> None:
    """After a correction: who no longer passes keeps a certificate that says it was revoked."""
    held = certificates.newest(round.id, entry)
    if held and held.status == "valid" and earned_facts(entry, round, sample, now) is None:
        certificates.revoke(held.serial, "correction")


def earned_facts(entry: str, round: OpenedRound, sample: bool, now: datetime) -> CertificateFacts | None:
    attempts = outcomes.tallies(round.id, entry).get(entry)
    if not attempts or round.rules.certificate.issue == "never":
        return None
    attempt, tally = counted(round, attempts)
    outcome = outcomes.newest(attempt)
    if outcome is None or not outcome.passed:
        return None
    person, rules = entries.get(entry), round.rules
    lang = person.lang if person.lang in ("vi", "en") else "vi"
    title = round.times.title
    return CertificateFacts(
        serial=new_serial(secrets.token_bytes(8)),
        holder=person.name,
        contest=rules.title.say(lang),
        round=title.say(lang) if title else "",
        points=outcome.points,
        max_points=outcome.max_points,
        cut=rules.results.cut,
        unit=person.unit_name,
        submitted_on=tally.submitted_at.astimezone(LOCAL).date(),
        issued_on=now.astimezone(LOCAL).date(),
        organiser=rules.organiser.name.say(lang),
        decision=rules.organiser.decision,
        sample=sample or rules.demo,
        lang=lang,
    )


def keep(entry: str, round: OpenedRound, facts: CertificateFacts, edition: int, now: datetime) -> Certificate:
    certificate = Certificate(
        serial=facts.serial,
        round=round.id,
        entry=entry,
        edition=edition,
        facts=facts,
        status="valid",
        reason="",
        replaced_by="",
        issued_at=now,
    )
    certificates.issue(certificate)
    return certificates.newest(round.id, entry) or certificate
