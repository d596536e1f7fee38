"""For whoever was cheated or nearly was: what to do now, what is going round, telling others of it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from quizlib.bank.fields import CHANNELS
from quizlib.learn.rescue import RESCUE
from quizlib.web import tokens
from quizlib.web.addresses import public_url
from quizlib.web.alerts import current_alerts
from quizlib.web.clock import LOCAL, now
from quizlib.web.forms import ReportForm, problems_of
from quizlib.web.language import language
from quizlib.web.limits import reporting
from quizlib.web.store import reports, work

rescue = Blueprint("rescue", __name__)
DAY = "public, max-age=86400"  # for browsers within other apps, which have no workers


@rescue.get("/help-now")
def help_now() -> Response:
    """The one page that a phone may keep: nothing in it is anybody's own."""
    reply = make_response(render_template("rescue/help.html", rescue=RESCUE))
    reply.headers["Cache-Control"] = DAY
    return reply


@rescue.get("/offline.js")
def worker() -> Redirect:
    """What answers for the page above without a network; its place in the site is what lets it."""
    return current_app.send_static_file("offline.js")


@rescue.get("/alerts")
def alerts() -> str:
    return render_template("rescue/alerts.html", alerts=current_alerts())


@rescue.get("/alerts.atom")
def feed() -> Response:
    found = current_alerts()
    updated = found[0].start if found else now().astimezone(LOCAL).date()
    owner = current_app.config["SETTINGS"].owner or "quizlib"
    page = public_url("rescue.alerts")
    body = render_template("rescue/alerts.xml", alerts=found, updated=updated, owner=owner, page=page)
    return Response(body, mimetype="application/atom+xml")


@rescue.get("/report")
def report() -> str:
    secret = current_app.config["SETTINGS"].secret
    return report_page(ReportForm(report=tokens.sign(secret, "report", tokens.new_id())))


@rescue.post("/report")
@reporting
def keep() -> str | Redirect:
    form = ReportForm(request.form)
    row, _ = tokens.unsign(current_app.config["SETTINGS"].secret, "report", form.report.data or "")
    if not form.validate():
        return report_page(form)
    told = (form.text.data, form.channel.data, form.contact_used.data)
    reports.keep(reports.Report(row, *told, language(), now()))
    work.commit()
    return redirect(url_for("rescue.thanks"))


def report_page(form: ReportForm) -> str:
    return render_template("rescue/report.html", form=form, problems=problems_of(form), channels=CHANNELS)


@rescue.get("/report/thanks")
def thanks() -> str:
    return render_template("rescue/thanks.html")
