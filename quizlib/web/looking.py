"""The ``flask round`` commands that only look: what was answered, by whom, and what it says."""

from __future__ import annotations

import csv
import sys
from itertools import groupby
from pathlib import Path

import click
from flask import Flask

from quizlib.measure.document import as_page, as_text
from quizlib.web import judgements, marking, surveys
from quizlib.web.groups import round
from quizlib.web.store import answers, attempts, entries, outcomes, rounds

OUT = click.Path(path_type=Path, dir_okay=False)


def install_looking(app: Flask) -> None:
    app.cli.add_command(round)


@round.command("statistics", help="What the answers say of the questions and of the test (a closed round).")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi")
@click.option("--html", type=OUT, help="write it as one page too, with plots")
@click.option("--csv", "table", type=OUT, help="write a table without names too, for `quizlib stats`")
def statistics(code: str, number: int, lang: str, html: Path | None, table: Path | None) -> None:
    try:
        from quizlib.web.statistics import of_round, title_of  # an extra, which no page needs
    except ModuleNotFoundError as error:
        missing = f"'{error.name}' is missing. Type: pip install 'quizlib[stats]'"
        raise click.ClickException(missing) from error
    chosen = rounds.find(code, number)
    responses, parts = of_round(chosen, lang)
    click.echo(as_text(parts))
    try:
        if html:
            html.write_text(as_page(title_of(chosen, lang), parts, lang), "utf-8")
        if table:
            responses.write(table)
    except OSError as error:
        raise click.ClickException(str(error)) from error


@round.command("discernment", help="How units tell scams from genuine things; groups under ten are left out.")
@click.argument("code")
@click.argument("number", type=int)
def discernment(code: str, number: int) -> None:
    for unit, found in judgements.by_unit(rounds.find(code, number)).items():
        shares = f"scams {found.hits_share:.0%}, genuine {found.correct_share:.0%}"
        figures = f"d' {found.d_prime:.2f}, c {found.criterion:.2f}"
        click.echo(f"{unit or 'all'}: {found.people} people, {shares}, {figures}")


@round.command("receipt", help="The answers that the receipt on an outcome's page stands for.")
@click.argument("code")
@click.argument("number", type=int)
@click.argument("receipt")
def show_receipt(code: str, number: int, receipt: str) -> None:
    chosen = rounds.find(code, number)
    for attempt in attempts.submitted(chosen.id):
        kept = answers.of_attempt(attempt.id)
        if marking.receipt(chosen, attempt.id, kept) == receipt.upper():
            for item, each in sorted(kept.items()):
                click.echo(f"{item}: {', '.join(each.response)} ({each.saved_at:%Y-%m-%d %H:%M:%S} UTC)")
            return
    raise click.ClickException("no submitted paper has these very answers, or it is mistyped")


@round.command("survey", help="How scales were answered, units under ten together, and every comment.")
@click.argument("code")
@click.argument("number", type=int)
@click.option("--csv", "as_csv", is_flag=True, help="for a spreadsheet")
def survey(code: str, number: int, as_csv: bool) -> None:
    rows = surveys.rows(rounds.find(code, number))
    if as_csv:
        click.echo("\ufeff", nl=False)  # tells spreadsheets that this is UTF-8
        csv.writer(sys.stdout).writerows(rows)
    for head, steps in groupby(rows, lambda row: row[:4]):
        click.echo("  ".join(str(cell) for cell in head if cell))
        for step in steps:
            click.echo("    " + "  ".join(str(cell) for cell in step[4:]))


@round.command("people", help="How many people took part, by unit, and how many of them were helped.")
@click.argument("code")
@click.argument("number", type=int)
def people(code: str, number: int) -> None:
    chosen = rounds.find(code, number)
    known = entries.of_round(chosen.id)
    found = [known[entry] for entry in outcomes.tallies(chosen.id)]
    for unit in ["", *sorted({person.unit_name for person in found})]:
        members = [person for person in found if unit in ("", person.unit_name)]
        helped = sum(person.assisted for person in members)
        click.echo(f"{unit or 'all'}: {len(members)} people, {helped} of them helped")
