"""Practice, open to all: choose what to practise, answer, learn at once. Nothing is stored."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.bank.fields import CHANNELS, TACTICS
from quizlib.bank.item import Item
from quizlib.bank.item import Response as Answer
from quizlib.bank.kinds import KINDS
from quizlib.bank.kinds.scenario import current_step
from quizlib.errors import Refusal
from quizlib.exam.paper import Paper, steps_met
from quizlib.exam.score import Mark, mark, score
from quizlib.learn.practice import LENGTHS, Wish, can_practise, practice_paper
from quizlib.learn.review import after, parse, write
from quizlib.web import tokens
from quizlib.web.clock import local_day, now
from quizlib.web.desk import Question, secret
from quizlib.web.door import read_form
from quizlib.web.judgements import judgements_of
from quizlib.web.language import language
from quizlib.web.shelf import bundled, withheld

practice = Blueprint("practice", __name__, url_prefix="/practice")
ANY = "any"
SURPRISE = "scam_awareness"  # the bank of whoever leaves the choice to us
CARRIED = (
    "channel",
    "length",
    "tactics",
    "after",
    "review",
    "a",
)  # what the address remembers, so that nothing else must


@dataclass(frozen=True, slots=True)
class Session:
    """One practice paper and what was answered so far, all of it from the address."""

    bank: str
    topic: str
    seed: str
    paper: Paper

    @property
    def title(self) -> str:
        shown = self.paper.bank.to(language())
        return shown.title if self.topic == ANY else shown.topic(self.topic).title

    def item(self, number: int) -> Item:
        items = self.paper.items_in(language())
        if not 1 <= number <= len(items):
            raise Refusal("not-found")
        return items[number - 1]

    def question(self, number: int, path: Answer = ()) -> Question:
        item = self.item(number)
        view = self.paper.views(language())[number - 1]
        return Question(
            number=number,
            view=replace(view, steps=steps_met(item, path)),
            tokens=tokens.answer_tokens(secret(), item),
            chosen=(),
            sequence=1,
            path=path,
        )

    def address(self, page: str, **values: object) -> str:
        carried = {name: request.args[name] for name in CARRIED if request.args.get(name)}
        place = {"bank": self.bank, "topic": self.topic, "seed": self.seed}
        return url_for(f"practice.{page}", values=None, **{**place, **carried, **values})  # type: ignore[arg-type]

    def again(self, tactics: Sequence[str], review: str) -> str:
        """New items, those tactics first, none of this paper; what it added to the review goes along."""
        wanted = ",".join(tactics) or None
        return self.address("begin", tactics=wanted, after=self.seed, review=review or None, a=None)


@practice.after_request
def returnable(reply: Response) -> Response:
    """From a lesson, the browser can go back to a marked answer only if it may keep it."""
    if request.method == "POST":
        reply.headers["Cache-Control"] = "private, no-cache"
    return reply


@practice.get("")
def topics() -> str:
    kept_back = withheld()
    shelves = [
        (bank, [topic for topic in bank.topics if can_practise(bank, topic.id, kept_back)])
        for bank in (each.to(language()) for each in bundled().values())
    ]
    shown = {
        item.stimulus.channel
        for bank in bundled().values()
        for item in bank.items
        if item.stimulus and item.id not in kept_back
    }
    channels = [channel for channel in CHANNELS if channel in shown]
    return render_template(
        "practice/topics.html",
        shelves=shelves,
        channels=channels,
        lengths=LENGTHS,
        surprise=SURPRISE if any(bank.name == SURPRISE and topics for bank, topics in shelves) else "",
    )


@practice.get("/choose")
def choose() -> Response:
    """The form of wishes leads to a paper; nothing chosen is a surprise."""
    place = request.args.get("what", "").partition("/")
    bank, topic = (place[0], place[2]) if place[2] else (SURPRISE, ANY)
    carried = {name: request.args[name] for name in ("channel", "length") if request.args.get(name)}
    return redirect(url_for("practice.begin", bank=bank, topic=topic, values=None, **carried))  # type: ignore[arg-type]


@practice.get("/<bank>/<topic>")
def begin(bank: str, topic: str) -> Response:
    """Others each time."""
    session = Session(bank, topic, secrets.token_hex(4), paper_of(bank, topic, "any"))
    return redirect(session.address("ask", number=1))


@practice.get("/<bank>/<topic>/<seed>/<int:number>")
def ask(bank: str, topic: str, seed: str, number: int) -> str:
    session = load(bank, topic, seed)
    return ask_page(session, number)


def ask_page(session: Session, number: int, path: Answer = (), refusal: Refusal | None = None) -> str:
    return render_template(
        "practice/ask.html",
        session=session,
        question=session.question(number, path),
        of=len(session.paper.items),
        refusal=refusal,
    )


@practice.post("/<bank>/<topic>/<seed>/<int:number>")
def answer(bank: str, topic: str, seed: str, number: int) -> str | tuple[str, int]:
    """The answer marked on the spot, with why each option tempts, and the next step."""
    session = load(bank, topic, seed)
    item, question = session.item(number), session.question(number)
    path = path_so_far(item, question)
    try:
        response = read_form(item, request.form, question.name, question.tokens, path)
    except Refusal as refusal:
        return ask_page(session, number, path, refusal), 422
    if item.steps and current_step(item, response) is not None:
        return ask_page(session, number, response)
    answered = [*answers_so_far(session)[: number - 1], response]
    is_last = number == len(session.paper.items)
    following = ("report", {}) if is_last else ("ask", {"number": number + 1})
    return render_template(
        "practice/answer.html",
        session=session,
        item=item,
        order=session.paper.orders[item.id],
        mark=mark(item, response),
        number=number,
        of=len(session.paper.items),
        following=session.address(following[0], a=written(answered), **following[1]),
        is_last=is_last,
    )


@practice.get("/<bank>/<topic>/<seed>/report")
def report(bank: str, topic: str, seed: str) -> str:
    """How it went: what was right, how scams and genuine things were told apart, what to look at next."""
    session = load(bank, topic, seed)
    responses = dict(zip((item for item, _ in session.paper.picks), answers_so_far(session), strict=True))
    result = score(session.paper, responses, lang=language())
    missed = [each for each in result.marks if not each.is_right]
    shown = session.paper.bank.to(language())
    review = write(after(parse(request.args.get("review", "")), result.by_topic(), local_day(now())))
    return render_template(
        "practice/report.html",
        session=session,
        score=result,
        discernment=judgements_of(session.paper.items, result.marks),
        lessons=[shown.topic(topic) for topic in dict.fromkeys(each.topic for each in missed)][:2],
        review=review,
        again=session.again(missed_tactics(session, missed), review),
    )


def missed_tactics(session: Session, missed: Sequence[Mark]) -> list[str]:
    ids = {each.item for each in missed}
    return sorted({item.tactic for item in session.paper.items if item.id in ids and item.tactic})


def load(bank: str, topic: str, seed: str) -> Session:
    paper = paper_of(bank, topic, seed)
    if not paper.picks:
        raise Refusal("not-found")
    return Session(bank, topic, seed, paper)


def paper_of(bank: str, topic: str, seed: str) -> Paper:
    """The paper that the address means; the one before it, if named, gives the items to avoid."""
    if bank not in bundled() or topic not in {ANY, *(each.id for each in bundled()[bank].topics)}:
        raise Refusal("not-found")
    chosen, kept_back, wish = bundled()[bank], withheld(), wish_of(topic)
    if after := request.args.get("after", ""):
        before = practice_paper(chosen, replace(wish, tactics=frozenset()), after, kept_back)
        wish = replace(wish, seen=frozenset(item for item, _ in before.picks))
    return practice_paper(chosen, wish, seed, kept_back)


def wish_of(topic: str) -> Wish:
    length, channel = request.args.get("length", ""), request.args.get("channel", "")
    tactics = request.args.get("tactics", "").split(",")
    return Wish(
        topic="" if topic == ANY else topic,
        channel=channel if channel in CHANNELS else "",
        length=int(length) if length in map(str, LENGTHS) else LENGTHS[0],
        tactics=frozenset(tactics) & frozenset(TACTICS),
    )


def path_so_far(item: Item, question: Question) -> Answer:
    """A scenario's path travels in the form, since nothing is stored."""
    ids = {token: answer for answer, token in question.tokens.items()}
    path = tuple(ids[token] for token in request.form.get("path", "").split(".") if token in ids)
    return checked(item, path) if item.steps else ()


def written(answers: Sequence[Answer]) -> str:
    return "~".join(",".join(answer) for answer in answers)


def answers_so_far(session: Session) -> list[Answer]:
    """One for each item; whatever in the address is not a response to its item counts as blank."""
    texts = chain(request.args.get("a", "").split("~"), repeat(""))
    found = (tuple(text.split(",")) if text else () for text in texts)
    return [checked(item, answer) for item, answer in zip(session.paper.items, found, strict=False)]


def checked(item: Item, answer: Answer) -> Answer:
    try:
        KINDS[item.kind].check(item, answer)
    except Refusal:
        return ()
    return answer
