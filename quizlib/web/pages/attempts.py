"""Sitting a paper: every answer saved at once, free movement, a review, one submission."""

from __future__ import annotations

import hmac
import re
from contextlib import suppress
from datetime import timedelta
from urllib.parse import parse_qsl

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from quizlib.bank.item import Item
from quizlib.bank.item import Response as Answer
from quizlib.errors import Refusal
from quizlib.exam.attempt import phase
from quizlib.web import marking, tokens
from quizlib.web.clock import LOCAL, now
from quizlib.web.desk import Desk, checked_in, secret, sit_down
from quizlib.web.door import Form, read_form
from quizlib.web.forms import digits
from quizlib.web.language import language
from quizlib.web.sheets import Sheet, sheet_of
from quizlib.web.store import answers, work
from quizlib.web.store.answers import PREDICTION
from quizlib.web.store.answers import Answer as Kept

attempts = Blueprint("attempts", __name__, url_prefix="/attempts/<token>")
MOST_DIGITS = 9  # of a whole number that a database's integer holds
Reply = Response | str | tuple[Response, int]
WHOLE = re.compile(r"\d{1,9}|\d{1,3}([., ]\d{3}){1,2}")  # 1200, 1.200, 1,200, 1 200


def check_form(token: str) -> None:
    """A form of this very attempt, not one that another site made up."""
    expected = tokens.form_token(secret(), token)
    if not hmac.compare_digest(expected.encode(), request.form.get("form", "").encode()):
        raise Refusal("form-stale")


def page(desk: Desk, template: str, **values: object) -> str:
    rules = desk.round.rules
    return render_template(
        f"attempts/{template}.html",
        desk=desk,
        rules=rules,
        form=tokens.form_token(secret(), desk.token),
        code=tokens.resume_code(secret(), desk.attempt.entry),
        entry_token=tokens.sign(secret(), "entry", desk.person.id, desk.person.handed_on),
        page_title=rules.title.say(language()),
        noindex=True,
        **values,
    )


@attempts.get("")
def sit(token: str) -> str | Response:
    """All questions in one document; a script shows one at a time, without one ``/<n>`` does."""
    desk = sit_down(token)
    if desk.phase != "open":
        return leave(desk)
    questions = desk.questions()
    first = next((each.number for each in questions if not each.is_answered), 1)
    return page(desk, "sit", questions=questions, first=first)


@attempts.get("/<int:number>")
def question(token: str, number: int) -> str | Response:
    desk = sit_down(token)
    if desk.phase != "open":
        return leave(desk)
    if not 1 <= number <= desk.size:
        raise Refusal("not-found")
    return page(desk, "question", question=desk.questions()[number - 1], of=desk.size)


def leave(desk: Desk) -> Response:
    """To the review while one may still submit, else to the outcome."""
    where = "attempts.review" if desk.phase == "grace" else "outcomes.show"
    return redirect(url_for(where, token=desk.token))


@attempts.post("/<int:number>")
def answer(token: str, number: int) -> Reply:
    """Save one answer with one statement, then go where the button says; the script gets JSON."""
    attempt, handed_on = tokens.unsign(secret(), "attempt", token)
    moment = now()
    item, sheet = seated(token, number, request.form)
    by_option = sheet.tokens[item.id]
    try:
        response = response_in(request.form, number, attempt, item, by_option)
    except Refusal as refusal:
        return unread(token, number, refusal)
    saved = answers.save(attempt, handed_on, item.id, response, sequence_in(request.form), moment)
    if saved is None:
        return unsaved(token, number, item.id, by_option)
    if "script" in request.form:
        return told("saved", saved.kept, by_option, saved.until - sheet.leeway - moment)
    return redirect(destination(token, number, sheet.size))


def seated(token: str, number: int, form: Form) -> tuple[Item, Sheet]:
    """The item that a question's form asks; ``Refusal("form-stale")`` when it is no form of this address."""
    round_id, name = tokens.read_seat(secret(), token, number, form.get("form", ""))
    sheet = sheet_of(round_id)
    return sheet.items[name], sheet


def response_in(form: Form, number: int, attempt: str, item: Item, by_option: dict[str, str]) -> Answer:
    so_far = answers.kept(attempt, item.id) if item.kind == "scenario" else ()
    return read_form(item, form, f"q{number}", by_option, so_far)


def unread(token: str, number: int, refusal: Refusal) -> Reply:
    if "script" in request.form:
        return jsonify(state="unread"), 422
    desk = sit_down(token)
    return page(desk, "question", question=desk.questions()[number - 1], of=desk.size, refusal=refusal)


def unsaved(token: str, number: int, item: str, by_option: dict[str, str]) -> Reply:
    """Why nothing was saved: there was nothing to keep, a later answer stands, or the time is over."""
    desk = sit_down(token)
    kept, is_open = desk.kept.get(item), desk.phase == "open"
    if "script" in request.form:
        state = "over" if not is_open else "kept-later" if kept else "saved"
        return told(state, kept, by_option, timedelta(seconds=desk.seconds_left))
    if not is_open:
        return leave(desk)
    if kept:
        return redirect(url_for("attempts.question", token=token, number=number, later=1))
    return redirect(destination(token, number, desk.size))


def told(state: str, kept: Kept | None, by_option: dict[str, str], left: timedelta) -> tuple[Response, int]:
    reply = {
        "state": state,
        "sequence": kept.sequence + 1 if kept else 1,
        "chosen": [by_option.get(option, option) for option in kept.response] if kept else [],
        "at": kept.saved_at.astimezone(LOCAL).strftime("%H:%M") if kept else "",
        "left": max(0, int(left.total_seconds())),
    }
    return jsonify(reply), 200 if state == "saved" else 409


def sequence_in(form: Form) -> int:
    typed = form.get("sequence", "")
    if len(typed) > MOST_DIGITS:
        raise Refusal("form-stale")
    return int(typed) if typed.isdecimal() else 1


def destination(token: str, number: int, of: int) -> str:
    step = {"previous": -1, "next": 1, "stay": 0}.get(request.form.get("go", "next"))
    target = 0 if step is None else number + step
    if "document" in request.form and target:
        return url_for("attempts.sit", token=token, _anchor=str(target))
    if 1 <= target <= of:
        return url_for("attempts.question", token=token, number=target)
    return url_for("attempts.review", token=token)


@attempts.get("/review")
def review(token: str) -> str | Response:
    """What is answered and what is not, the prediction, and the one button that ends the paper."""
    desk = sit_down(token)
    if desk.phase not in ("open", "grace"):
        return leave(desk)
    return page(desk, "review", answered=desk.answered(), problem="")


@attempts.post("/submit")
def submit(token: str) -> Response | str:
    """Submitting twice is submitting once; what was saved before stays saved whatever happens here."""
    check_form(token)
    attempt, person, round = checked_in(token)
    typed = request.form.get("prediction", "").strip() if round.rules.prediction else ""
    if phase(attempt.sitting(round), now()) == "open":
        for sent in request.form.getlist("answer")[: round.blueprint.size]:
            put(token, attempt.id, person.handed_on, MultiDict(parse_qsl(sent, keep_blank_values=True)))
        if typed and not WHOLE.fullmatch(typed):
            work.commit()
            desk = sit_down(token)
            return page(desk, "review", answered=desk.answered(), problem="prediction")
        if round.rules.prediction:
            prediction = (str(int(digits(typed))),) if typed else ()
            sequence = sequence_in(request.form)
            answers.put(attempt.id, person.handed_on, PREDICTION, prediction, sequence, now())
        work.commit()  # so that no lock is held when the submission asks for one
    marking.submit(attempt, round, now())
    work.commit()
    return redirect(url_for("outcomes.show", token=token))


def put(token: str, attempt: str, handed_on: int, form: Form) -> None:
    """An answer that the phone had not yet brought through, sent along with the submission."""
    number = int(form["number"]) if form.get("number", "").isdecimal() else 0
    with suppress(Refusal):  # what cannot be read was never an answer, and must not hold up the paper
        item, sheet = seated(token, number, form)
        response = response_in(form, number, attempt, item, sheet.tokens[item.id])
        answers.put(attempt, handed_on, item.id, response, sequence_in(form), now())
