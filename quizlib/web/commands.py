"""The ``flask`` commands of an organiser that change something: contests, rounds, corrections, codes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from quizlib.bank.fold import fold
from quizlib.bank.item import Item
from quizlib.bank.kinds import KINDS
from quizlib.bank.schemes import SCHEMES
from quizlib.contest.reading import PRESETS, load_rules, read_rules
from quizlib.contest.units import Unit
from quizlib.contest.wording import rules_text
from quizlib.errors import ContentError, fault
from quizlib.exam.score import Correction
from quizlib.web import publishing, rehearsals, tokens
from quizlib.web.clock import now
from quizlib.web.config import write_owner
from quizlib.web.demo.load import load_demo
from quizlib.web.groups import contest, entry, round, settings
from quizlib.web.publishing import Change
from quizlib.web.store import (
    attempts,
    contests,
    corrections,
    entries,
    reports,
    rounds,
    units,
    work,
)
from quizlib.web.sweeping import sweep


def install_commands(app: Flask) -> None:
    for group in (contest, round, entry):
        app.cli.add_command(group)
    app.cli.add_command(demo)
    app.cli.add_command(own)


@click.command(help="Load the demo contest; harmless when it is there already.")
@with_appcontext
def demo() -> None:
    load_demo(settings(), now())


@click.command(help="Say whose site this is; until then every page and certificate is marked as a sample.")
@click.argument("name")
def own(name: str) -> None:
    write_owner(settings().data, name)
    click.echo(f"{name}: restart the server")


@contest.command("load", help="Load a contest from its rules document, after checking all of it.")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--unit", "names", multiple=True, help="where people come from; once for each")
def load_contest(file: Path, names: tuple[str, ...]) -> None:
    rules = load_rules(file)
    bank = publishing.bank_of(rules, settings().data)
    publishing.blueprint_of(rules, bank)
    contests.load(rules, now())
    units.keep(rules.code, [Unit(code=fold(name)[:40], name=name) for name in names])
    work.commit()
    click.echo(f"{rules.code}: {len(rules.rounds)} rounds")


@contest.command("new-class", help="Make a class, open its two tests, and tell where its sheet is.")
@click.argument("code")
@click.option("--title", required=True, help="what the class is called")
@click.option("--unit", "names", required=True, multiple=True, help="where people come from; once for each")
@click.option("--begins", type=click.DateTime(["%Y-%m-%d %H:%M"]), help="the test before opens; else now")
@click.option("--minutes", default=90, help="from then until the test after opens, which stays twice as long")
def new_class(code: str, title: str, names: tuple[str, ...], begins: datetime | None, minutes: int) -> None:
    owner, opens = settings().owner, (begins or now()).replace(second=0, microsecond=0)
    stated = tomllib.loads((PRESETS / "class.toml").read_text("utf-8"))
    stated |= {"code": code, "demo": not owner, "title": {"vi": title}}
    stated["organiser"]["name"] = {"vi": owner or title}
    moments = pairwise(opens + timedelta(minutes=minutes) * times for times in (0, 1, 3))
    for row, (start, end) in zip(stated["round"], moments, strict=True):
        row.update(opens=start, closes=end)
    rules = read_rules(stated, "class.toml")
    contests.load(rules, now())
    units.keep(code, [Unit(code=str(number), name=name) for number, name in enumerate(names, 1)])
    for times in rules.rounds:
        publishing.open_round(rules, times.number, settings().data, now())
    work.commit()
    click.echo(f"{code}: print {settings().address}/contests/{code}/class")


@contest.command("forget", help="Erase the people and the reports whose time is over; to be run daily.")
def forget() -> None:
    for rules in contests.all_rules():
        click.echo(f"{rules.code}: {publishing.forget(rules, now())} people erased")
    click.echo(f"{reports.forget(now())} reports erased")
    work.commit()


@contest.command("rehearse", help="Prove for an hour that this site is yours, to `quizlib rehearse`.")
@click.argument("code")
@click.option("--remove", is_flag=True, help="erase instead everybody who came to rehearse")
def rehearse(code: str, remove: bool) -> None:
    rules = contests.find(code)
    if remove:
        gone = sum(entries.remove(each.id, rehearsals.CHANNEL) for each in rounds.of_contest(code))
        work.commit()
        click.echo(f"{code}: {gone} people erased")
    elif rules.demo or settings().is_sample:
        click.echo(f"{settings().address}/contests/{code}/rehearsal/{rehearsals.proof(code)}")
    else:
        raise ContentError([fault("rules", code, "demo", "not-a-rehearsal")])


@contest.command("rules", help="Print the public rules text.")
@click.argument("code")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
def print_rules(code: str, lang: str) -> None:
    for section in rules_text(contests.find(code), lang):
        click.echo("\n".join((f"\n{section.title}", *section.lines)))


@round.command("open", help="Freeze rules, bank and blueprint, and let people in when the time comes.")
@click.argument("code")
@click.argument("number", type=int)
def open_round(code: str, number: int) -> None:
    publishing.open_round(contests.find(code), number, settings().data, now())
    work.commit()
    click.echo(f"{code} {number}: opened")


@round.command("close", help="Close a round that is over, and settle its counts and its prediction.")
@click.argument("code")
@click.argument("number", type=int)
def close_round(code: str, number: int) -> None:
    facts = publishing.close_round(rounds.find(code, number), now())
    work.commit()
    click.echo(f"{code} {number}: {facts.participants} people, {facts.all_correct} all correct")


@round.command("certify", help="Issue the certificates that an interrupted publication has left over.")
@click.argument("code")
@click.argument("number", type=int)
def certify(code: str, number: int) -> None:
    found = rounds.find(code, number)
    if found.published_at is None:
        raise click.ClickException(f"{code}, {number}: publish it first")
    people = sorted(publishing.counted_tallies(found))
    publishing.certify(found, people, now())
    click.echo(f"{code} {number}: the certificates of {len(people)} people are as the rules have them")


@round.command("publish", help="Publish the standings as a new edition; certificates follow.")
@click.argument("code")
@click.argument("number", type=int)
def publish_round(code: str, number: int) -> None:
    ranked = publishing.publish_round(rounds.find(code, number), now())
    work.commit()
    click.echo(f"{code} {number}: {ranked} people ranked")


@round.command("sweep", help="Close the papers whose time is over; to be run every minute or so.")
def sweep_rounds() -> None:
    click.echo(f"{sweep()} papers closed")


@round.command("correct", help="Correct a key: shows who moves; --apply keeps it.")
@click.argument("code")
@click.argument("number", type=int)
@click.argument("item")
@click.option("--key", help="the right key instead, option ids with commas between")
@click.option("--accept", help="one more key that counts as right")
@click.option("--full", is_flag=True, help="full marks for everyone who had this item")
@click.option("--reason", required=True, help="what the public is told")
@click.option("--apply", is_flag=True, help="keep the correction; without it nothing changes")
def correct(
    code: str, number: int, item: str, key: str, accept: str, full: bool, reason: str, apply: bool
) -> None:
    chosen = rounds.find(code, number)
    correction = checked(chosen.bank.by_id, item, key, accept, full, reason)
    show(publishing.preview(chosen, (*corrections.of_round(chosen.id), correction), now()))
    if apply:
        corrections.add(chosen.id, correction, now())
        publishing.mark_again(chosen, now())
        work.commit()
        click.echo("kept; publish again to renew the standings")


def checked(
    items: Mapping[str, Item], item: str, key: str, accept: str, full: bool, reason: str
) -> Correction:
    """The correction asked for; refused unless it names an item, exactly one action, and a full response."""
    asked = [("key", key), ("accept", accept), ("full", "full" if full else "")]
    given = [(action, value) for action, value in asked if value]
    if item not in items or len(given) != 1:
        code = "unknown-item" if item not in items else "one-action"
        raise ContentError([fault("round", "", "item", code, item=item)])
    action, value = given[0]
    response = () if action == "full" else tuple(value.split(","))
    if action != "full":
        refuse_flawed(replace(items[item], key=response))
    return Correction(item, action, response, reason)


def refuse_flawed(corrected: Item) -> None:
    """A corrected key has to be one that the item could have been written with."""
    flaws = [(name, code, values) for name, code, values in KINDS[corrected.kind].flaws(corrected)]
    steps = SCHEMES[corrected.scheme].steps(corrected)
    if not flaws and corrected.points % steps:
        flaws = [("key", "marks-not-whole", {"scheme": corrected.scheme, "steps": steps})]
    if flaws:
        raise ContentError(fault("round", corrected.id, name, code, **values) for name, code, values in flaws)


@round.command("undo", help="Remove the last correction of a round and mark again.")
@click.argument("code")
@click.argument("number", type=int)
def undo(code: str, number: int) -> None:
    chosen = rounds.find(code, number)
    corrections.remove_last(chosen.id)
    show(publishing.mark_again(chosen, now()))
    work.commit()


def show(changes: list[Change]) -> None:
    for change in changes:
        passed = f"{change.before.passed} -> {change.after.passed}"
        points = f"{change.before.points} -> {change.after.points}"
        click.echo(f"{change.attempt.id}: points {points}, passed {passed}")
    click.echo(f"{len(changes)} attempts change")


@entry.command("extra", help="Give one person more time for the paper being sat, within the rules.")
@click.argument("resume_code")
@click.argument("minutes", type=int)
def extra_time(resume_code: str, minutes: int) -> None:
    digits = "".join(filter(str.isdecimal, resume_code))
    person = entries.by_code(tokens.lookup(settings().secret, "code", digits))
    begun = attempts.of_entry(person.id) if person else []
    if not begun or begun[-1].submitted_at:
        raise click.ClickException("no paper is being sat under this code")
    chosen = rounds.get(begun[-1].round)
    most = chosen.rules.time.extra_minutes
    if not 0 <= minutes <= most:
        raise click.ClickException(f"the rules allow 0 to {most} minutes more")
    attempts.grant(begun[-1], chosen, timedelta(minutes=minutes))
    work.commit()
    click.echo(f"{minutes} minutes more")


@entry.command("code", help="Find the resume codes of people by name and birth year.")
@click.argument("code")
@click.argument("number", type=int)
@click.argument("name")
@click.argument("birth_year", type=int)
def find_code(code: str, number: int, name: str, birth_year: int) -> None:
    found = entries.alike(rounds.find(code, number).id, name, birth_year)
    for person in found:
        click.echo(f"{tokens.resume_code(settings().secret, person.id)}  {person.name}  {person.unit_name}")
    click.echo(f"{len(found)} found")
