"""Pages of the site itself: the front door, how to tell it is real, privacy, health."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizlib.web.store import contests as store

site = Blueprint("site", __name__)


@site.get("/")
def home() -> str | Response:
    """With one contest its page is the front door; with several, a list."""
    found = store.all_rules()
    if len(found) == 1:
        return redirect(url_for("contests.show", code=found[0].code))
    return render_template("site/home.html", contests=found)


@site.get("/real")
def real() -> str:
    return render_template("site/real.html", contests=store.all_rules())


@site.get("/privacy")
def privacy() -> str:
    return render_template("site/privacy.html", contests=store.all_rules())


@site.get("/health")
def health() -> dict[str, str]:
    """Answers only when the database does."""
    store.all_rules()
    return {"status": "ok"}
