"""A round's life: opened once with everything frozen, closed, ranked, published, corrected."""

from __future__ import annotations

import gc
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from quizlib.bank.bank import Bank, combine
from quizlib.bank.blueprint import Blueprint
from quizlib.bank.decode import decode_blueprint
from quizlib.bank.reader import load_bank
from quizlib.bank.table import Page
from quizlib.contest.ranking import rank
from quizlib.contest.rules import Round as Times
from quizlib.contest.rules import Rules
from quizlib.contest.tally import Facts, Standing, Tally
from quizlib.contest.units import UnitFigures
from quizlib.errors import ContentError, fault
from quizlib.exam.feasible import blueprint_faults, without_stale
from quizlib.exam.paper import DRAW_VERSION
from quizlib.exam.score import Correction
from quizlib.exam.strata import usable_sets
from quizlib.exam.twins import halves
from quizlib.web import issuing, marking
from quizlib.web.issuing import LOCAL, counted
from quizlib.web.store import (
    answers,
    attempts,
    boards,
    corrections,
    entries,
    frozen,
    outcomes,
    rounds,
    standings,
    units,
    work,
)
from quizlib.web.store.attempts import Attempt
from quizlib.web.store.outcomes import Outcome
from quizlib.web.store.rounds import OpenedRound

AT_ONCE = 500  # people whose certificates are kept together
RENEWED = timedelta(seconds=60)  # how often live standings are made again while somebody looks


def bank_of(rules: Rules, data: Path) -> Bank:
    """The banks the rules name, as one; private ones lie in folders beside the instance's data."""
    banks = [load_bank(data / source.folder if source.folder else source.name) for source in rules.banks]
    return banks[0] if len(banks) == 1 else combine(*banks)


def blueprint_of(rules: Rules, bank: Bank) -> Blueprint:
    """Raises ``ContentError`` when the rules name none of the bank's or state a faulty one."""
    stated = rules.paper.blueprint
    if isinstance(stated, str):
        if stated not in bank.blueprints:
            known = ", ".join(bank.blueprints)
            raise ContentError([fault("rules", "paper", "blueprint", "unknown-blueprint", known=known)])
        return bank.blueprints[stated]
    page = Page("rules", "paper.blueprint")
    defaults: Mapping[str, object] = {"name": "paper", "title": "paper"}
    blueprint = decode_blueprint({**defaults, **stated}, page)
    if page.faults:
        raise ContentError(page.faults)
    return blueprint


def open_round(rules: Rules, number: int, data: Path, now: datetime) -> None:
    """Freeze rules, bank and blueprint; refused with every fault when the bank cannot meet the blueprint."""
    times = times_of(rules, number)
    bank, blueprint = content_of(rules, data, now)
    plans = (blueprint, *halves(bank, blueprint)) if rules.paper.twins else (blueprint,)
    faults = [each for plan in plans for each in blueprint_faults(bank, plan, "rules")]
    kinds = {item.kind for each in usable_sets(bank, blueprint) for item in each.items}
    if rules.paper.print and "scenario" in kinds:  # each step waits for the one before, as no paper can
        faults.append(fault("rules", "paper", "print", "print-story"))
    if faults:
        raise ContentError(dict.fromkeys(faults))
    stated = json.dumps(blueprint.to_dict(), ensure_ascii=False, sort_keys=True).encode()
    kept = (frozen.keep(rules.document, now), frozen.keep(bank.frozen, now), frozen.keep(stated, now))
    if not rounds.add(rules.code, times, secrets.token_bytes(32), kept, DRAW_VERSION, now):
        raise ContentError([fault("rules", f"round {number}", "", "round-opened")])
    if rules.results.standings == "live":
        boards.keep(rounds.find(rules.code, number).id, Facts(0, 0), (), times.opens, times.opens)


def content_of(rules: Rules, data: Path, now: datetime) -> tuple[Bank, Blueprint]:
    """What a round draws from; the second of twins what the first does, or their halves would not fit."""
    opened = rounds.of_contest(rules.code) if rules.paper.twins else []
    if opened:
        return opened[0].bank, opened[0].blueprint
    bank = bank_of(rules, data)
    return bank, without_stale(bank, blueprint_of(rules, bank), now.astimezone(LOCAL).date())


def times_of(rules: Rules, number: int) -> Times:
    for times in rules.rounds:
        if times.number == number:
            return times
    known = ", ".join(str(times.number) for times in rules.rounds)
    raise ContentError([fault("rules", f"round {number}", "", "unknown-round", known=known)])


def close_round(round: OpenedRound, now: datetime) -> Facts:
    """Close what is left open, count, and settle the prediction; closing twice changes nothing.

    Whoever may still submit, by the leeway or the grace, is waited for.
    """
    left = [marking.close_if_over(attempt, round, now) for attempt in attempts.unfinished(round.id)]
    if now < round.closes_at or any(attempt.submitted_at is None for attempt in left):
        raise ContentError([fault("round", str(round.number), "closes", "still-open")])
    facts = count(round)
    rounds.close(round.id, facts, now)
    return facts


def count(round: OpenedRound) -> Facts:
    """People (not attempts) whose paper was submitted and not voided, and those among them all correct."""
    return facts_of(counted_tallies(round))


def facts_of(tallies: Mapping[str, Tally]) -> Facts:
    return Facts(len(tallies), sum(tally.all_correct for tally in tallies.values()))


def counted_tallies(round: OpenedRound) -> dict[str, Tally]:
    found = outcomes.tallies(round.id)
    return {entry: counted(round, list(each))[1] for entry, each in found.items()}


def publish_round(round: OpenedRound, now: datetime) -> int:
    """Write the standings as a new edition, then the certificates; returns how many people are ranked."""
    if round.facts is None:
        raise ContentError([fault("round", str(round.number), "", "not-closed")])
    round = replace(round, edition=round.edition + 1, published_at=now)
    found = make_board(round, now)
    rounds.publish(round.id, round.edition, now)
    work.commit()
    certify(round, [each.tally.entry for each in found], now)
    return len(found)


def certify(round: OpenedRound, people: Sequence[str], now: datetime) -> None:
    """The certificates that waited for the publication, kept some hundred at a time.

    Whatever interrupts it, asking again goes on where it ended and issues nothing twice.
    """
    if round.rules.certificate.issue != "after-publication":
        return
    for start in range(0, len(people), AT_ONCE):
        for entry in people[start : start + AT_ONCE]:
            issuing.follow(entry, round, now, reason="correction")
        work.commit()


@contextmanager
def nothing_collected() -> Iterator[None]:
    """While what is made lives on: looking for rubbish among 100,000 people takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@nothing_collected()
def make_board(round: OpenedRound, now: datetime) -> tuple[Standing, ...]:
    """Rank and count for the public: final once the round's counts are settled, provisional before."""
    tallies, most = counted_tallies(round), outcomes.most_points(round.id)
    ranked = rank(list(tallies.values()), round.rules.ranking.criteria, round.facts)
    figures, facts = unit_figures(round, tallies), round.facts or facts_of(tallies)
    due = now + RENEWED if round.facts is None else None
    boards.keep(round.id, facts, figures, round.published_at or now, due)
    standings.keep(round.id, round.edition, () if round.rules.ranking.is_empty else ranked, most)
    return ranked


def unit_figures(round: OpenedRound, tallies: Mapping[str, Tally]) -> list[UnitFigures]:
    """People and points of each unit that somebody entered for; units written by hand are not ranked."""
    unit_of, totals = entries.units_of(round.id), dict[str, tuple[int, int]]()
    for entry, tally in tallies.items():
        people, points = totals.get(unit_of[entry], (0, 0))
        totals[unit_of[entry]] = (people + 1, points + tally.points)
    known = units.of_contest(round.contest)
    return [UnitFigures(unit, *totals[unit.code]) for unit in known if unit.code in totals]


def forget(rules: Rules, now: datetime) -> int:
    """Erase the people of a contest whose time to be kept is over; certificates stay verifiable."""
    last = max(times.closes for times in rules.rounds)
    if now < last + timedelta(days=rules.privacy.retention_days):
        return 0
    over = rounds.of_contest(rules.code)
    for round in over:
        answers.forget(round.id, [item.id for item in round.bank.items if item.kind == "comment"])
        boards.touch(round.id)
    return sum(entries.forget(round.id) for round in over)


@dataclass(frozen=True, slots=True)
class Change:
    """One attempt that a correction moves; ``passed`` is before and after."""

    attempt: Attempt
    before: Outcome
    after: Outcome


def preview(round: OpenedRound, corrected: Iterable[Correction], now: datetime) -> list[Change]:
    """What marking again with these corrections would change, without keeping anything."""
    newest, corrected = outcomes.of_round(round.id), tuple(corrected)
    changes = []
    for attempt in attempts.submitted(round.id):
        before = newest[attempt.id]
        after = marking.outcome_of(attempt, round, corrected, before.revision + 1, "correction", now)
        if marking.facts_of(before) != marking.facts_of(after):
            changes.append(Change(attempt, before, after))
    return changes


def mark_again(round: OpenedRound, now: datetime) -> list[Change]:
    """Append the outcomes that the round's corrections change; certificates follow."""
    changes = preview(round, corrections.of_round(round.id), now)
    for change in changes:
        outcomes.append(change.after)
    if round.facts is not None:
        rounds.settle(round.id, count(round))
    for entry in sorted({change.attempt.entry for change in changes}):
        issuing.follow(entry, round, now, reason="correction")
    return changes
