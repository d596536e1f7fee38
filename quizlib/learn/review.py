"""Spaced review: what one person remembers of each topic, all of it in a short code that only they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time
from zlib import crc32

from fsrs import Card, Rating, Scheduler, State

from quizlib.bank.table import ID
from quizlib.errors import Refusal

VERSION = "1"  # of the code and of what it holds: the state of FSRS-6
FINE = 10**6  # parts of a day and of a point of difficulty
MOST = 36_500 * FINE  # of stability: FSRS's own longest pause
NUMBERS = r"\.".join(rf"[1-9a-f][0-9a-f]{{0,{more}}}" for more in (4, 3, 8, 5))  # of a Memory
ENTRY = re.compile(rf"(?P<topic>{ID.pattern})\.(?P<numbers>{NUMBERS})")
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)  # days, never minutes


@dataclass(frozen=True, slots=True)
class Memory:
    """The day of the last practice (its ordinal) and the days until the next; FSRS's stability in millionths
    of a day and difficulty (1-10) in millionths. Whole numbers, so that a code keeps all of it."""

    practised: int
    pause: int
    stability: int
    difficulty: int

    @property
    def due(self) -> date:
        return date.fromordinal(self.practised + self.pause)


Review = Mapping[str, Memory]


def after(review: Review, results: Mapping[str, tuple[int, int]], today: date) -> Review:
    """``results`` maps topics to (points, most points); a new topic comes in when something was missed."""
    counted = {topic: each for topic, each in results.items() if topic in review or each[0] < each[1]}
    return {**review, **{topic: learnt(review.get(topic), *each, today) for topic, each in counted.items()}}


def learnt(memory: Memory | None, points: int, most: int, today: date) -> Memory:
    """All right is FSRS's Good, some of it Hard, nothing Again."""
    rating = Rating.Good if points == most else Rating.Hard if points else Rating.Again
    card, moment = Card(0), datetime.combine(today, time(), UTC)
    if memory:
        last = datetime.combine(date.fromordinal(memory.practised), time(), UTC)
        state = (memory.stability / FINE, memory.difficulty / FINE)
        card = Card(0, State.Review, None, *state, last_review=last)
    card, _log = SCHEDULER.review_card(card, rating, moment)
    assert card.stability and card.difficulty
    stability, difficulty = round(card.stability * FINE), round(card.difficulty * FINE)
    return Memory(today.toordinal(), (card.due - moment).days, min(stability, MOST), difficulty)


def due(review: Review, day: date) -> list[str]:
    """The topics to practise by this day: those that wait longest, then those known least."""
    turn = sorted(review, key=lambda topic: (review[topic].due, review[topic].stability))
    return [topic for topic in turn if review[topic].due <= day]


def write(review: Review) -> str:
    """A code for an address; empty for an empty review."""
    body = "~".join(".".join([topic, *(f"{n:x}" for n in astuple(each))]) for topic, each in review.items())
    return f"{body}~{seal(body)}" if body else ""


def parse(code: str) -> Review:
    """What ``write`` wrote; ``Refusal("review-unreadable")`` for what was cut, or never was a code."""
    if not code:
        return {}
    body, _tilde, end = code.rpartition("~")
    found = [ENTRY.fullmatch(entry) for entry in body.split("~")]
    if end != seal(body) or None in found:
        raise Refusal("review-unreadable")
    return {
        each["topic"]: Memory(*(int(n, 16) for n in each["numbers"].split("."))) for each in found if each
    }


def seal(body: str) -> str:
    """Tells a code that was copied whole from one that was cut."""
    return f"{VERSION}{crc32(body.encode('utf-8', 'replace')):08x}"
