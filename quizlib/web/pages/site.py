"""Pages of the site itself: the front door, how to tell it is real, a phone's check, privacy."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, send_from_directory, url_for
from werkzeug.wrappers import Response

from quizlib.bank.reader import BUNDLED
from quizlib.bank.table import ID
from quizlib.errors import Refusal
from quizlib.web.alerts import current_alerts
from quizlib.web.store import contests as store
from quizlib.web.store.reports import KEPT

site = Blueprint("site", __name__)


@site.get("/")
def home() -> str | Response:
    """With one contest its page is the front door; with several, a list."""
    found = store.all_rules()
    if len(found) == 1:
        return redirect(url_for("contests.show", code=found[0].code))
    return render_template("site/home.html", contests=found, alerts=current_alerts())


@site.get("/real")
def real() -> str:
    return render_template("site/real.html", contests=store.all_rules())


@site.get("/privacy")
def privacy() -> str:
    return render_template("site/privacy.html", contests=store.all_rules(), kept=KEPT.days)


@site.get("/check")
def check() -> str:
    """Does this phone show the pages, and what does it add to them?"""
    return render_template("site/check.html")


@site.get("/audio/<bank>/<name>")
def audio(bank: str, name: str) -> Response:
    """A recording of a bundled bank, or of one that lies in the instance's data."""
    places = (BUNDLED / bank, current_app.config["SETTINGS"].data / bank)
    folder = next((place / "audio" for place in places if (place / "audio" / name).is_file()), None)
    if not ID.fullmatch(bank) or folder is None:
        raise Refusal("not-found")
    return send_from_directory(folder, name)
