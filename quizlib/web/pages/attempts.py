"""Sitting a paper: every answer saved at once, free movement, a review, one submission."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, replace

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.bank.item import Item
from quizlib.bank.item import Response as Answer
from quizlib.bank.kinds.scenario import current_step
from quizlib.errors import Refusal
from quizlib.exam.attempt import phase, seconds_left
from quizlib.exam.paper import ItemView, Paper, steps_met
from quizlib.web import marking, tokens
from quizlib.web.clock import LOCAL, now
from quizlib.web.door import read_form
from quizlib.web.forms import digits
from quizlib.web.language import language
from quizlib.web.store import answers, rounds, work
from quizlib.web.store import attempts as store
from quizlib.web.store.answers import PREDICTION
from quizlib.web.store.answers import Answer as Kept
from quizlib.web.store.attempts import Attempt
from quizlib.web.store.entries import Entry
from quizlib.web.store.rounds import OpenedRound

attempts = Blueprint("attempts", __name__, url_prefix="/attempts/<token>")
MOST_DIGITS = 9  # of a whole number that a database's integer holds
WHOLE = re.compile(r"\d{1,9}|\d{1,3}([., ]\d{3}){1,2}")  # 1200, 1.200, 1,200, 1 200


@dataclass(frozen=True, slots=True)
class Question:
    """One question as its page shows it: key-free, option ids as tokens, what is kept of the answer."""

    number: int
    view: ItemView
    tokens: dict[str, str]
    chosen: tuple[str, ...]
    sequence: int
    path: tuple[str, ...] = ()
    is_over: bool = False

    @property
    def name(self) -> str:
        return f"q{self.number}"

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything one attempt's pages need."""

    token: str
    attempt: Attempt
    person: Entry
    round: OpenedRound
    paper: Paper
    kept: dict[str, Kept]

    @property
    def phase(self) -> str:
        return phase(self.attempt.sitting(self.round), now())

    @property
    def seconds_left(self) -> int:
        return seconds_left(self.attempt.sitting(self.round), now())

    @property
    def has_limit(self) -> bool:
        """Extra time up to the close is no limit: so it is for what was answered on paper."""
        sitting = self.attempt.sitting(self.round)
        return self.round.timing.limit is not None and sitting.started_at + sitting.extra < sitting.closes_at

    def item(self, number: int) -> Item:
        items = self.paper.items_in(language())
        if not 1 <= number <= len(items):
            raise Refusal("not-found")
        return items[number - 1]

    def questions(self) -> list[Question]:
        views = self.paper.views(language())
        return [self.question(number, view) for number, view in enumerate(views, 1)]

    def question(self, number: int, view: ItemView) -> Question:
        kept = self.kept.get(view.id)
        response = kept.response if kept else ()
        item = self.paper.bank.to(view.lang).by_id[view.id]
        by_option = tokens.answer_tokens(self.round.secret, self.paper.bank.by_id[view.id])
        return Question(
            number=number,
            view=replace(view, steps=steps_met(item, response)),
            tokens=by_option,
            chosen=tuple(by_option.get(option, option) for option in response),
            sequence=kept.sequence + 1 if kept else 1,
            path=response,
            is_over=bool(item.steps) and current_step(item, response) is None,
        )

    @property
    def prediction(self) -> str:
        kept = self.kept.get(PREDICTION)
        return kept.response[0] if kept and kept.response else ""


def sit_down(token: str) -> Desk:
    """Load the attempt; whoever comes after its time closes it."""
    found, handed_on = tokens.unsign(secret(), "attempt", token)
    attempt, person = store.with_person(found)
    person.check(handed_on)
    round = rounds.get(attempt.round)
    attempt = marking.close_if_over(attempt, round, now())
    work.commit()
    paper = marking.paper_of(attempt, round)
    return Desk(token, attempt, person, round, paper, answers.of_attempt(attempt.id))


def secret() -> bytes:
    found: bytes = current_app.config["SETTINGS"].secret
    return found


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
    desk.item(number)
    return page(desk, "question", question=desk.questions()[number - 1], of=len(desk.paper.items))


def leave(desk: Desk) -> Response:
    """To the review while one may still submit, else to the outcome."""
    where = "attempts.review" if desk.phase == "grace" else "outcomes.show"
    return redirect(url_for(where, token=desk.token))


@attempts.post("/<int:number>")
def answer(token: str, number: int) -> Response | str | tuple[Response, int]:
    """Save one answer, then go where the button says; the script gets what is kept as JSON."""
    check_form(token)
    desk = sit_down(token)
    item = desk.item(number)
    by_option = tokens.answer_tokens(desk.round.secret, desk.paper.bank.by_id[item.id])
    try:
        so_far = desk.kept[item.id].response if item.id in desk.kept else ()
        response = read_form(item, request.form, f"q{number}", by_option, so_far)
    except Refusal as refusal:
        if "script" in request.form:
            return jsonify(state="unread"), 422
        asked = desk.questions()[number - 1]
        return page(desk, "question", question=asked, of=len(desk.paper.items), refusal=refusal)
    saved = keep(desk, item.id, response)
    if "script" in request.form:
        return report(desk, item.id, saved, by_option)
    if saved is None and desk.phase != "open":
        return leave(desk)
    return redirect(destination(desk, number, saved))


def keep(desk: Desk, item: str, response: Answer) -> Kept | None:
    """What is kept afterwards; None when the attempt takes no answers or a later one stands."""
    before = desk.kept.get(item)
    if not response and before is None:
        return Kept((), 0, now())
    saved = answers.save(desk.attempt.id, item, response, sequence_sent(), now())
    work.commit()
    return saved


def sequence_sent() -> int:
    typed = request.form.get("sequence", "")
    if len(typed) > MOST_DIGITS:
        raise Refusal("form-stale")
    return int(typed) if typed.isdecimal() else 1


def report(desk: Desk, item: str, saved: Kept | None, by_option: dict[str, str]) -> tuple[Response, int]:
    kept = saved or answers.of_attempt(desk.attempt.id).get(item)
    state = "saved" if saved else "kept-later" if desk.phase == "open" else "over"
    told = {
        "state": state,
        "sequence": kept.sequence + 1 if kept else 1,
        "chosen": [by_option.get(option, option) for option in kept.response] if kept else [],
        "at": kept.saved_at.astimezone(LOCAL).strftime("%H:%M") if kept else "",
        "left": desk.seconds_left,
    }
    return jsonify(told), 200 if saved else 409


def destination(desk: Desk, number: int, saved: Kept | None) -> str:
    if saved is None:
        return url_for("attempts.question", token=desk.token, number=number, later=1)
    step = {"previous": -1, "next": 1, "stay": 0}.get(request.form.get("go", "next"))
    target = 0 if step is None else number + step
    if "document" in request.form and target:
        return url_for("attempts.sit", token=desk.token, _anchor=str(target))
    if 1 <= target <= len(desk.paper.items):
        return url_for("attempts.question", token=desk.token, number=target)
    return url_for("attempts.review", token=desk.token)


@attempts.get("/review")
def review(token: str) -> str | Response:
    """What is answered and what is not, the prediction, and the one button that ends the paper."""
    desk = sit_down(token)
    if desk.phase not in ("open", "grace"):
        return leave(desk)
    return page(desk, "review", questions=desk.questions(), problem="")


@attempts.post("/submit")
def submit(token: str) -> Response | str:
    """Submitting twice is submitting once; what was saved before stays saved whatever happens here."""
    check_form(token)
    desk = sit_down(token)
    if desk.round.rules.prediction and desk.phase == "open":
        typed = request.form.get("prediction", "").strip()
        if typed and not WHOLE.fullmatch(typed):
            return page(desk, "review", questions=desk.questions(), problem="prediction")
        keep(desk, PREDICTION, (str(int(digits(typed))),) if typed else ())
    marking.submit(desk.attempt, desk.round, now())
    work.commit()
    return redirect(url_for("outcomes.show", token=token))
