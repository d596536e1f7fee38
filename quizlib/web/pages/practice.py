"""Practice, open to all: choose a topic, answer, learn at once. Nothing is stored."""

from __future__ import annotations

import secrets
from functools import cache

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizlib.bank.bank import Bank
from quizlib.bank.reader import banks, load_bank
from quizlib.errors import Refusal
from quizlib.exam.paper import Paper
from quizlib.exam.score import mark
from quizlib.learn.practice import can_practise, practice_paper
from quizlib.web import tokens
from quizlib.web.clock import now
from quizlib.web.door import read_form
from quizlib.web.language import language
from quizlib.web.pages.attempts import Question, secret
from quizlib.web.store import rounds

practice = Blueprint("practice", __name__, url_prefix="/practice")


@cache
def bundled() -> dict[str, Bank]:
    return {name: load_bank(name) for name in banks()}


def withheld() -> frozenset[str]:
    """Items of rounds that are not over and that their rules protect."""
    return frozenset().union(*(round.withheld for round in rounds.unclosed(now())))


@practice.get("")
def topics() -> str:
    kept_back = withheld()
    shelves = [
        (bank, [topic for topic in bank.topics if can_practise(bank, topic.id, kept_back)])
        for bank in (each.to(language()) for each in bundled().values())
    ]
    return render_template("practice/topics.html", shelves=shelves)


@practice.get("/<bank>/<topic>")
def begin(bank: str, topic: str) -> Response:
    """Five items, others each time."""
    seed = secrets.token_hex(4)
    return redirect(url_for("practice.ask", bank=bank, topic=topic, seed=seed, number=1))


@practice.get("/<bank>/<topic>/<seed>/<int:number>")
def ask(bank: str, topic: str, seed: str, number: int) -> str:
    paper = load(bank, topic, seed, number)
    return render_template(
        "practice/ask.html",
        bank=bank,
        topic=paper.bank.to(language()).topic(topic),
        question=question_of(paper, number),
        of=len(paper.items),
    )


@practice.post("/<bank>/<topic>/<seed>/<int:number>")
def answer(bank: str, topic: str, seed: str, number: int) -> str | tuple[str, int]:
    """The answer marked on the spot, with why each option tempts, and the next step."""
    paper = load(bank, topic, seed, number)
    item = paper.items_in(language())[number - 1]
    shared = {"bank": bank, "topic": paper.bank.to(language()).topic(topic), "of": len(paper.items)}
    question = question_of(paper, number)
    try:
        response = read_form(item, request.form, question.name, question.tokens)
    except Refusal as refusal:
        return render_template("practice/ask.html", question=question, refusal=refusal, **shared), 422
    following = url_for("practice.ask", bank=bank, topic=topic, seed=seed, number=number + 1)
    return render_template(
        "practice/answer.html",
        item=item,
        order=paper.orders[item.id],
        mark=mark(item, response),
        number=number,
        following=following if number < len(paper.items) else None,
        again=url_for("practice.begin", bank=bank, topic=topic),
        **shared,
    )


def load(bank: str, topic: str, seed: str, number: int) -> Paper:
    if bank not in bundled() or topic not in {each.id for each in bundled()[bank].topics}:
        raise Refusal("not-found")
    paper = practice_paper(bundled()[bank], topic, seed, withheld())
    if not 1 <= number <= len(paper.items):
        raise Refusal("not-found")
    return paper


def question_of(paper: Paper, number: int) -> Question:
    view = paper.views(language())[number - 1]
    return Question(number, view, tokens.answer_tokens(secret(), paper.bank.by_id[view.id]), (), 1)
