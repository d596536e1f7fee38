"""Lessons: which topics have one, and the one somebody looks for, however the words are typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import chain, pairwise
from math import log

from quizlib.bank.bank import Bank
from quizlib.bank.fold import fold
from quizlib.bank.item import Topic


def lessons(bank: Bank) -> tuple[Topic, ...]:
    """The topics of a bank whose whole lesson is written."""
    return tuple(topic for topic in bank.topics if topic.lesson.is_written)


def find(topics: Iterable[Topic], query: str, most: int = 6) -> tuple[Topic, ...]:
    """What was searched for, best first; nothing when no word of the query is known.

    Tones and the order of words do not matter, rare words count more, and the last may be half typed.
    """
    weights = {topic: weights_of(topic) for topic in topics}
    known = Counter(chain.from_iterable(weights.values()))
    asked = terms(completed(fold(query), known)) & known.keys()
    rarity = {term: log((1 + len(weights)) / known[term]) / len(term.split()) for term in asked}
    scores = {topic: sum(each[term] * rarity[term] for term in asked) for topic, each in weights.items()}
    near = (topic for topic, score in scores.items() if score > max(scores.values()) / 2)
    return tuple(sorted(near, key=scores.__getitem__, reverse=True)[:most])


@cache
def weights_of(topic: Topic) -> Counter[str]:
    """A term weighs more the oftener it stands, and most in the title and in what people say of it."""
    lesson = topic.lesson
    found: Counter[str] = Counter()
    for weight, texts in ((4, [topic.title]), (3, lesson.situations), (1, [lesson.about, *lesson.signs])):
        for text in texts:
            found.update(dict.fromkeys(terms(fold(text)), weight))
    return found


def terms(folded: str) -> set[str]:
    """Words, and pairs of neighbours: without tones the pair alone tells "công an" from "tiền công"."""
    words = re.findall(r"\w+", folded)
    return {*words, *map(" ".join, pairwise(words))}


def completed(folded: str, known: Counter[str]) -> str:
    """The last word, if no lesson has it, as the commonest of those that begin with it."""
    before, space, last = folded.rpartition(" ")
    longer = (term for term in known if term.startswith(last or "?") and " " not in term)
    return before + space + (last if last in known else max(longer, key=known.__getitem__, default=last))
