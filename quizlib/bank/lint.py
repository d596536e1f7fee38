"""Lint: editorial faults of a sound bank, which a careful editor would mend before anyone sits it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item, Option
from quizlib.errors import Fault, fault

WORDS = {"stem": 45, "option": 25, "rationale": 45, "explanation": 55}  # most words, for tired eyes
LESSON_SIZES = {"signs": (3, 5), "steps": (3, 3), "situations": (3, 6)}
LESSON_WORDS = {"about": 60, "signs": 22, "steps": 22, "aftermath": 50, "genuine": 50, "situations": 12}
CATCH_ALL = re.compile(
    r"tất cả (các )?(đáp án|phương án|ý)|(cả|đáp án) [a-d] và [a-d]|không (đáp án|phương án) nào|"
    r"all of the above|none of the above|both [a-d] and [a-d]",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(r"luôn luôn|không bao giờ|tuyệt đối|chắc chắn 100|\balways\b|\bnever\b", re.IGNORECASE)
MOST_LONGEST = 45  # percent of choice items whose key may be the longest option; chance is about 30
MOST_ALIKE = 60  # percent of words that two items may share
LEAST_TO_COMPARE = 16  # words; shorter texts are alike by chance
MOST_IN_SENTENCE = 32  # words
SENTENCE_END = re.compile(r"(?<=[.!?…:])\s+")
MOST_GUESSED = 40  # percent of keys that a reader of the options alone may know; chance is 25
LEAST_TO_GUESS = 40  # items; a small bank has no room for shared options
MOST_ONE_PLACE = 45  # percent of keys that may stand at one place in the file

Finder = Callable[[Bank, date], Iterator[Fault]]


def lint(bank: Bank, today: date) -> tuple[Fault, ...]:
    """Every finding of every check, in the order of LINT; retired items are left alone."""
    return tuple(found for check in LINT for found in check(bank, today))


def alive(bank: Bank) -> Iterator[Item]:
    return (item for item in bank.to("vi").items if not item.retired)


def at(bank: Bank, item: Item, field: str, code: str, **values: object) -> Fault:
    return fault(f"{bank.name}/{item.topic}.toml", f"item {item.id}", field, code, **values)


def stale(bank: Bank, today: date) -> Iterator[Fault]:
    for item in alive(bank):
        if today >= item.review_by:
            yield at(bank, item, "review_by", "stale", day=item.review_by)


def unread_sources(bank: Bank, today: date) -> Iterator[Fault]:
    for item in alive(bank):
        if item.points and not any(bank.sources[source].read for source in item.sources):
            yield at(bank, item, "sources", "unread")


def lessons(bank: Bank, today: date) -> Iterator[Fault]:
    """Every topic of marked items with a whole lesson the size of a page, from a read source, still fresh."""
    taught = {item.topic for item in alive(bank) if item.points}
    for topic in (each for each in bank.to("vi").topics if each.id in taught):
        lesson, place = topic.lesson, (f"{bank.name}/{topic.id}.toml", "lesson")
        if not lesson.is_written:
            yield fault(*place, "about", "no-lesson")
            continue
        for name, (least, most) in LESSON_SIZES.items():
            if not least <= len(getattr(lesson, name)) <= most:
                wanted, found = f"{least}-{most}" if least < most else f"{least}", len(getattr(lesson, name))
                yield fault(*place, name, "lesson-size", wanted=wanted, found=found)
        for name, most in LESSON_WORDS.items():
            text = getattr(lesson, name)
            for words in (len(each.split()) for each in ([text] if isinstance(text, str) else text)):
                if not 0 < words <= most:
                    yield fault(*place, name, "wordy", words=words, most=most)
        if not any(bank.sources[source].read for source in lesson.sources):
            yield fault(*place, "sources", "unread")
        if lesson.review_by is None:
            yield fault(*place, "review_by", "no-review-date")
        elif today >= lesson.review_by:
            yield fault(*place, "review_by", "stale", day=lesson.review_by)


def given_away(bank: Bank, today: date) -> Iterator[Fault]:
    """Options that tell the key without the question: who knows nothing else should not do well.

    Items that share their options with other keys cannot be told apart; any other may be guessed by its tone,
    so the best that a reader of options alone can do counts it as right.
    """
    sets: dict[frozenset[str], Counter[str]] = defaultdict(Counter)
    for item in alive(bank):
        if item.kind in ("choice", "action") and len(item.options) > 2:
            sets[frozenset(option.text for option in item.options)][item.option(item.key[0]).text] += 1
    guessed, asked = sum(max(keys.values()) for keys in sets.values()), sum(map(Counter.total, sets.values()))
    if asked >= LEAST_TO_GUESS and 100 * guessed > MOST_GUESSED * asked:
        yield fault(bank.name, "", "option", "given-away", percent=100 * guessed // asked, most=MOST_GUESSED)


def same_stems(bank: Bank, today: date) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for item in alive(bank):
        stem = " ".join(item.stem.casefold().split()) + (item.stimulus.id if item.stimulus else "")
        if stem in first:
            yield at(bank, item, "stem", "same-stem", other=first[stem])
        first.setdefault(stem, item.id)


def wordy(bank: Bank, today: date) -> Iterator[Fault]:
    for item in alive(bank):
        texts = [("stem", item.stem), ("explanation", item.explanation)]
        texts += [("option", option.text) for option in item.options]
        texts += [("rationale", option.rationale) for option in item.options]
        for field, text in texts:
            if len(text.split()) > WORDS[field]:
                yield at(bank, item, field, "wordy", words=len(text.split()), most=WORDS[field])


def catch_all(bank: Bank, today: date) -> Iterator[Fault]:
    for item, option in options(bank):
        if CATCH_ALL.search(option.text):
            yield at(bank, item, f"option {option.id}", "catch-all")


def absolute(bank: Bank, today: date) -> Iterator[Fault]:
    """Words such as "always" in a wrong option give it away."""
    for item, option in options(bank):
        if option.id not in item.key and ABSOLUTE.search(option.text):
            yield at(bank, item, f"option {option.id}", "absolute")


def same_options(bank: Bank, today: date) -> Iterator[Fault]:
    for item in alive(bank):
        texts = Counter(" ".join(option.text.casefold().split()) for option in item.options)
        if any(count > 1 for count in texts.values()):
            yield at(bank, item, "option", "same-options")


def longest_key(bank: Bank, today: date) -> Iterator[Fault]:
    """A key that is much the longest option, and a bank in which the longest is usually right."""
    choices = [item for item in alive(bank) if item.kind == "choice" and len(item.options) > 2]
    longest = 0
    for item in choices:
        key = len(item.option(item.key[0]).text)
        others = max(len(option.text) for option in item.options if option.id not in item.key)
        longest += key > others
        if key > 1.6 * others and key > others + 20:
            yield at(bank, item, "option", "key-stands-out")
    if len(choices) >= 10 and 100 * longest > MOST_LONGEST * len(choices):
        yield fault(bank.name, "", "key", "longest-key-bias", percent=100 * longest // len(choices))


def key_places(bank: Bank, today: date) -> Iterator[Fault]:
    choices = [item for item in alive(bank) if item.kind == "choice"]
    places = Counter([option.id for option in item.options].index(item.key[0]) for item in choices)
    for place, count in places.items():
        if len(choices) >= 10 and 100 * count > MOST_ONE_PLACE * len(choices):
            yield fault(
                bank.name, "", "key", "key-place-bias", place=place + 1, percent=100 * count // len(choices)
            )


def likenesses(bank: Bank, today: date) -> Iterator[Fault]:
    """Two items that ask nearly the same; those under one stimulus belong together."""
    seen: list[tuple[Item, frozenset[str]]] = []
    for item in alive(bank):
        words = words_shown(item)
        for other, others in seen if len(words) >= LEAST_TO_COMPARE else []:
            if other.verdict == item.verdict and other.stimulus != (item.stimulus or item):
                percent = 100 * len(words & others) // len(words | others)
                if percent > MOST_ALIKE:
                    yield at(bank, item, "stem", "near-duplicate", other=other.id, percent=percent)
        seen.append((item, words))


def words_shown(item: Item) -> frozenset[str]:
    """Every word before marking: of the stem, of what is shown, of what can be chosen."""
    texts = [item.stem, *(option.text for option in item.options), *(step.text for step in item.steps)]
    texts += [part.text for part in item.stimulus.parts] if item.stimulus else []
    return frozenset(re.findall(r"\w+", " ".join(texts).casefold()))


def long_sentences(bank: Bank, today: date) -> Iterator[Fault]:
    for item in alive(bank):
        for field, text in (("stem", item.stem), ("explanation", item.explanation)):
            words = max(len(sentence.split()) for sentence in SENTENCE_END.split(text))
            if words > MOST_IN_SENTENCE:
                yield at(bank, item, field, "long-sentence", words=words, most=MOST_IN_SENTENCE)


def outliers(bank: Bank, today: date) -> Iterator[Fault]:
    """An option of quite another length than its neighbours draws the eye."""
    for item, option in options(bank):
        others = [len(other.text) for other in item.options if other is not option]
        if others and len(option.text) > max(3 * sum(others) / len(others), max(others) + 30):
            yield at(bank, item, f"option {option.id}", "option-stands-out")


def unbalanced(bank: Bank, today: date) -> Iterator[Fault]:
    """Calling everything a scam, or everything genuine, must not pay."""
    judged = [item.verdict for item in alive(bank) if item.verdict != "none"]
    percent = 100 * judged.count("genuine") // max(len(judged), 1)
    if len(judged) >= 20 and not 40 <= percent <= 60:
        yield fault(bank.name, "", "verdict", "verdict-bias", percent=percent)


def options(bank: Bank) -> Iterator[tuple[Item, Option]]:
    return ((item, option) for item in alive(bank) if item.points for option in item.options)


LINT: tuple[Finder, ...] = (
    stale, unread_sources, lessons, same_stems, wordy, catch_all, absolute, same_options,
    longest_key, key_places, given_away, likenesses, long_sentences, outliers, unbalanced,
)  # fmt: skip
