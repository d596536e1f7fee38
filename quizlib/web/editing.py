"""The ``flask`` commands of an editor: alerts, and what people report."""

from __future__ import annotations

from collections import Counter

import click
from flask import Flask

from quizlib.errors import ContentError
from quizlib.learn.alerts import read_alerts
from quizlib.web.alerts import alert_files, current_alerts
from quizlib.web.clock import LOCAL
from quizlib.web.groups import Group
from quizlib.web.shelf import taught
from quizlib.web.store import reports as store
from quizlib.web.store import work

alerts = Group("alerts", help="Dated warnings.")
reports = Group("reports", help="New scams that people have told of.")


def install_editing(app: Flask) -> None:
    app.cli.add_command(alerts)
    app.cli.add_command(reports)


@alerts.command("check", help="Name every fault of the site's alerts.toml and of the bundled one.")
def check() -> None:
    if faults := [each for file in alert_files() for each in read_alerts(file, taught())[1]]:
        raise ContentError(faults)
    click.echo(f"{len(current_alerts())} alerts are shown today")


@reports.command("list", help="What nobody is done with yet; --all shows the rest too.")
@click.option("--all", "whole", is_flag=True)
def list_reports(whole: bool) -> None:
    found = store.everything()
    for each in (each for each in found if whole or each.state == "new"):
        head = (
            each.id,
            f"{each.received_at.astimezone(LOCAL):%Y-%m-%d}",
            each.state,
            each.channel,
            each.contact_used,
        )
        click.echo("  ".join(filter(None, head)) + f"\n{each.text}\n")
    counts = Counter(each.state for each in found)
    click.echo(f"{counts['new']} new, {counts['done']} done")


@reports.command("done", help="An editor is done with a report.")
@click.argument("report")
def done(report: str) -> None:
    if not store.finish(report):
        raise click.ClickException(f"there is no report {report}")
    work.commit()
