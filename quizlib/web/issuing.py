"""Certificates follow the counted attempt: issued once, replaced when the facts change."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app

from quizlib.contest.certificate import CertificateFacts, new_serial, parse_serial
from quizlib.contest.counting import COUNTING
from quizlib.contest.tally import Tally
from quizlib.errors import Refusal
from quizlib.web.language import ZONE
from quizlib.web.store import certificates, entries, outcomes
from quizlib.web.store.certificates import Certificate
from quizlib.web.store.entries import Entry
from quizlib.web.store.rounds import OpenedRound

LOCAL = ZoneInfo(ZONE)


def counted(round: OpenedRound, attempts: list[tuple[str, Tally]]) -> tuple[str, Tally]:
    """The attempt (and its tally) that counts among all of one person."""
    chosen = COUNTING[round.rules.attempts.counted]([tally for _, tally in attempts])
    return next(pair for pair in attempts if pair[1] is chosen)


def follow(entry: str, round: OpenedRound, now: datetime, reason: str = "") -> None:
    """Make the person's certificate say what is true now: issue, replace, or revoke with the reason."""
    if not is_due(round) or not (person := entries.get(entry)).name:  # the forgotten keep what was issued
        return
    held, facts = certificates.newest(round.id, entry), earned_facts(person, round, now)
    if facts is None:
        if held and held.status == "valid":
            certificates.revoke(held.serial, reason)
    elif held is None:
        certificates.issue(certificate_of(entry, round, facts, 1, now))
    elif held.status != "withdrawn" and not is_same(held, facts):
        certificates.issue(certificate_of(entry, round, facts, held.edition + 1, now))
        successor = certificates.newest(round.id, entry)
        if successor and held.status == "valid":
            certificates.replace(held.serial, successor.serial)


def is_due(round: OpenedRound) -> bool:
    """Whether the rules let certificates be issued by now."""
    issue = round.rules.certificate.issue
    return issue == "at-once" or (issue == "after-publication" and round.published_at is not None)


def is_same(held: Certificate, facts: CertificateFacts) -> bool:
    as_then = replace(facts, serial=held.serial, issued_on=held.facts.issued_on)
    return held.status == "valid" and as_then == held.facts


def earned_facts(person: Entry, round: OpenedRound, now: datetime) -> CertificateFacts | None:
    attempts = outcomes.tallies(round.id, person.id).get(person.id)
    if not attempts:
        return None
    attempt, tally = counted(round, attempts)
    outcome = outcomes.newest(attempt)
    if outcome is None or not outcome.passed:
        return None
    rules = round.rules
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
        sample=current_app.config["SETTINGS"].is_sample or rules.demo,
        lang=lang,
    )


def certificate_of(
    entry: str, round: OpenedRound, facts: CertificateFacts, edition: int, now: datetime
) -> Certificate:
    return Certificate(
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


def find(serial: str) -> Certificate:
    """The certificate of a serial as someone typed it; ``Refusal("not-found")`` when there is none."""
    certificate = certificates.get(parse_serial(serial) or "")
    if certificate is None:
        raise Refusal("not-found")
    return certificate


def status_of(certificate: Certificate) -> str:
    """A sample is never worth anything, whatever else became of it."""
    sample = certificate.facts.sample or current_app.config["SETTINGS"].is_sample
    return "sample" if sample else certificate.status
