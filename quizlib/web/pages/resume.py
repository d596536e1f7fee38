"""Back to a paper that was begun: by code, by link, or by name when the code is lost."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.bank.fold import fold
from quizlib.contest.masking import mask_name
from quizlib.errors import Refusal
from quizlib.web import tokens
from quizlib.web.clock import now
from quizlib.web.desk import secret
from quizlib.web.forms import LostCodeForm, ResumeForm, digits
from quizlib.web.limits import by_address, by_code
from quizlib.web.pages.entries import entry_token
from quizlib.web.store import entries, rounds
from quizlib.web.store.entries import Entry

resume = Blueprint("resume", __name__, url_prefix="/resume")


@resume.get("")
def ask() -> str:
    return render_template("resume/ask.html", form=ResumeForm(), noindex=True)


@resume.post("")
@by_code
@by_address
def by_typed_code() -> Response:
    form = ResumeForm(request.form)
    return open_again(form.code.data or "", form.birth_year.data or "")


@resume.get("/<code>")
def link(code: str) -> str:
    """A link opened on any device: says whose paper it is, and acts only when the birth year is given."""
    entry = entries.by_code(tokens.lookup(secret(), "code", digits(code)))
    if entry is None:
        raise Refusal("code-unknown")
    return render_template(
        "resume/link.html", form=ResumeForm(), code=digits(code), name=mask_name(entry.name), noindex=True
    )


@resume.post("/<code>")
@by_code
@by_address
def by_link(code: str) -> Response:
    return open_again(digits(code), ResumeForm(request.form).birth_year.data or "")


def open_again(code: str, birth_year: str) -> Response:
    entry = entries.by_code(tokens.lookup(secret(), "code", code))
    if entry is None or str(entry.birth_year) != birth_year:
        raise Refusal("code-unknown")
    return redirect(url_for("entries.show", token=entry_token(entry.id, entry.handed_on)))


@resume.get("/lost")
def lost() -> str:
    return render_template("resume/lost.html", form=LostCodeForm(), noindex=True)


@resume.post("/lost")
@by_address
def by_name() -> Response:
    """Name, birth year and unit, all three as they were given; tones and capitals do not matter."""
    form = LostCodeForm(request.form)
    found = [entry for entry in people_called(form) if same_unit(entry, form.unit.data or "")]
    if len(found) != 1:
        raise Refusal("code-unknown")
    return redirect(url_for("entries.show", token=entry_token(found[0].id, found[0].handed_on)))


def people_called(form: LostCodeForm) -> list[Entry]:
    year = form.birth_year.data or ""
    if not form.name.data or len(year) != 4:
        return []
    return [
        entry
        for round in rounds.unclosed(now())
        for entry in entries.alike(round.id, form.name.data, int(year))
    ]


def same_unit(entry: Entry, typed: str) -> bool:
    return bool(fold(typed)) and fold(typed) in fold(entry.unit_name)
