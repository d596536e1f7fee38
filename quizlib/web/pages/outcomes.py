"""The outcome of an attempt: kind words, what to remember, what to practise, the way to the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizlib.bank.item import Item
from quizlib.errors import Refusal
from quizlib.exam.paper import Paper
from quizlib.exam.score import Mark, Score
from quizlib.learn.review import after, write
from quizlib.web import marking, tokens
from quizlib.web.clock import local_day, now
from quizlib.web.desk import Desk, secret, sit_down
from quizlib.web.judgements import judgements_of
from quizlib.web.language import language
from quizlib.web.store import certificates, corrections, standings
from quizlib.web.store import outcomes as store
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.wording import open_topic

outcomes = Blueprint("outcomes", __name__, url_prefix="/attempts/<token>/outcome")
WEAKEST = 2  # topics to work on next; more would only discourage


@dataclass(frozen=True, slots=True)
class TopicResult:
    id: str
    title: str
    remember: str
    points: int
    max_points: int


@dataclass(frozen=True, slots=True)
class Marked:
    """An item with its mark, for teaching once the rules show the keys."""

    item: Item
    mark: Mark
    order: tuple[str, ...]


@outcomes.get("")
def show(token: str) -> str | Response:
    desk = sit_down(token)
    if desk.attempt.submitted_at is None:
        return redirect(url_for("attempts.sit", token=token))
    rules, round = desk.round.rules, desk.round
    outcome = store.newest(desk.attempt.id)
    if outcome is None:
        raise Refusal("not-found")
    shown = rules.results.score == "at-once" or now() >= round.closes_at
    corrected = corrections.of_round(round.id)
    score = marking.score_of(desk.attempt, round, desk.kept, corrected, language()) if shown else None
    person, is_ranked = desk.person, round.published_at or rules.results.standings == "live"
    topics = topic_results(desk, score) if score else []
    missed = weakest(topics)
    return render_template(
        "outcomes/show.html",
        token=token,
        entry_token=tokens.sign(secret(), "entry", person.id, person.handed_on),
        person=person,
        rules=rules,
        round=round,
        attempt=desk.attempt,
        outcome=outcome,
        score=score,
        topics=topics,
        weakest=missed,
        receipt=marking.receipt(round, desk.attempt.id, desk.kept),
        review=review_of(round, missed, desk.attempt.submitted_at),
        marked=marked(desk.paper, score) if score and keys_shown(round) else [],
        bank=round.bank.to(language()),
        certificate=certificates.newest(round.id, person.id),
        standing=standings.of_entry(round.id, round.edition, person.id) if is_ranked else None,
        discernment=judgements_of(desk.paper.items, score.marks) if score else None,
        corrections=corrected,
        attempts_left=attempts_left(desk),
        code=tokens.resume_code(secret(), person.id),
        page_title=rules.title.say(language()),
        noindex=True,
    )


def keys_shown(round: OpenedRound) -> bool:
    """Keys may be seen at once, or when nobody sits this round any more (of twins, the second)."""
    keys, twins = round.rules.results.keys, round.rules.paper.twins
    closes = max(times.closes for times in round.rules.rounds) if twins else round.closes_at
    at_once = keys == "at-once" and not (twins and round.number == 1)
    return at_once or (keys != "never" and now() >= closes + round.timing.leeway)


def topic_results(desk: Desk, score: Score) -> list[TopicResult]:
    bank = desk.round.bank.to(language())
    return [
        TopicResult(topic, bank.topic(topic).title, bank.topic(topic).lesson.remember, points, most)
        for topic, (points, most) in score.by_topic().items()
    ]


def weakest(topics: list[TopicResult]) -> list[TopicResult]:
    """The topics with the smallest share of their points; none where everything was right."""
    missed = [topic for topic in topics if topic.points < topic.max_points]
    return sorted(missed, key=lambda topic: topic.points / topic.max_points)[:WEAKEST]


def review_of(round: OpenedRound, missed: list[TopicResult], at: datetime) -> str:
    """The code of a review of those topics that anyone may practise, if not now then after the round."""
    places = {each: place for each in missed if (place := open_topic(round, each.id))}
    results = {place[1]: (each.points, each.max_points) for each, place in places.items()}
    return write(after({}, results, local_day(at)))


def marked(paper: Paper, score: Score) -> list[Marked]:
    items = paper.items_in(language())
    return [Marked(item, mark, paper.orders[item.id]) for item, mark in zip(items, score.marks, strict=True)]


def attempts_left(desk: Desk) -> bool:
    """Whether the rules allow this person another go in this round."""
    allowed = desk.round.rules.attempts.per_round or desk.round.rules.attempts.ever
    return desk.round.is_open(now()) and (allowed == 0 or desk.attempt.ordinal < allowed)
