"""Papers on paper: printed in large letters, and typed in by a helper as the attempt of who answered them."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.contest.certificate import SERIAL_ENTROPY, format_serial, new_serial, parse_serial
from quizlib.errors import Refusal
from quizlib.web import consents, marking, tokens
from quizlib.web.clock import now
from quizlib.web.forms import EntryForm
from quizlib.web.language import language
from quizlib.web.limits import entering, handing_out
from quizlib.web.pages.entries import attempt_for, entry_page, new_form, round_to_enter, settings, take_in
from quizlib.web.store import attempts, entries, work
from quizlib.web.store.rounds import OpenedRound

papers = Blueprint("papers", __name__, url_prefix="/contests/<code>")
WORDS = 8  # random characters of a number; the other four prove them


@papers.get("/paper")
@handing_out
def fresh(code: str) -> Response:
    """Another paper each time, under its own number."""
    number = signed(printable(code), new_serial(secrets.token_bytes(SERIAL_ENTROPY))[:WORDS])
    return redirect(url_for("papers.show", code=code, number=format_serial(number)))


@papers.get("/paper/<number>")
@handing_out
def show(code: str, number: str) -> str:
    """The paper of this number, to be printed: the same bytes however often."""
    round = printable(code)
    return render_template(
        "papers/show.html",
        round=round,
        number=format_serial(number_of(round, number)),
        views=marking.draw_paper(round, seed_of(round, number)).views(language()),
        consents=consents.texts(round.rules, language(), "paper"),
        noindex=True,
    )


@papers.get("/typed")
def typed(code: str) -> str:
    """Asks for the number on the paper, then for the person."""
    round, number = printable(code), request.args.get("number", "")
    if number_of(round, number):
        return entry_page(code, round, new_form())
    return render_template("papers/typed.html", code=code, number=number, noindex=True)


@papers.post("/typed")
@entering
def keep(code: str) -> str | Response:
    """Take the person in, and begin their attempt at the very paper that was printed."""
    round, form = printable(code), EntryForm(request.form)
    seed = seed_of(round, request.args.get("number", ""))
    asked = take_in(code, round, form)
    if asked:
        return asked
    begin(tokens.unsign(settings().secret, "entry", form.entry.data or "")[0], round, seed)
    work.commit()
    return redirect(url_for("entries.show", token=form.entry.data))


def begin(entry: str, round: OpenedRound, seed: str) -> None:
    """One paper, one attempt: its id follows from the seed, so the primary key lets in the first alone."""
    secret, at = settings().secret, now()
    to_the_close = int((round.closes_at - at).total_seconds()) + 1
    drawn = attempt_for(secret, entries.get(entry), 1, round, at, seed)
    attempt = replace(drawn, id=tokens.attempt_id(secret, seed, 1), extra_seconds=to_the_close)
    attempts.start(attempt, round)
    if attempts.get(attempt.id).entry != entry:
        raise Refusal("paper-used")


def printable(code: str) -> OpenedRound:
    round = round_to_enter(code)
    if not round.rules.paper.print:
        raise Refusal("not-found")
    return round


def signed(round: OpenedRound, words: str) -> str:
    return words + new_serial(tokens.digest(round.secret, "paper", words))[WORDS:]


def number_of(round: OpenedRound, typed: str) -> str:
    """The number as it was printed; "" when it is none of this round's."""
    number = parse_serial(typed) or ""
    return number if number == signed(round, number[:WORDS]) else ""


def seed_of(round: OpenedRound, typed: str) -> str:
    number = number_of(round, typed)
    if not number:
        raise Refusal("not-found")
    return tokens.digest(round.secret, "seed", number).hex()
