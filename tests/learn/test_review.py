"""Spaced review: FSRS by days, its state whole in a code."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import Refusal
from quizlib.learn.review import Memory, Review, after, due, learnt, parse, seal, write

DAY = date(2026, 11, 2)
MISSED, HALF, RIGHT = (0, 2), (1, 2), (2, 2)
RATINGS = {MISSED: Rating.Again, HALF: Rating.Hard, RIGHT: Rating.Good}

memories = st.builds(
    Memory,
    st.integers(1, 0xFFFFF),
    st.integers(1, 36_500),
    st.integers(1_000, 36_500_000_000),
    st.integers(1_000_000, 10_000_000),
)
topics = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+|_[a-z0-9]+){0,3}", fullmatch=True)
reviews = st.dictionaries(topics, memories, max_size=8)
histories = st.lists(st.tuples(st.sampled_from([MISSED, HALF, RIGHT]), st.integers(0, 400)), min_size=1)


def practised(*results: tuple[tuple[int, int], int]) -> Memory:
    """After practices with these results, each some days after the one before."""
    memory, day = None, DAY
    for result, days in results:
        day += timedelta(days)
        memory = learnt(memory, *result, day)
    assert memory
    return memory


# -- figures of py-fsrs


def test_stability_and_difficulty_are_those_that_py_fsrs_publishes() -> None:
    days = (0, 0, 1, 3, 8, 21)

    memory = practised(*zip([MISSED, *[RIGHT] * 5], days, strict=True))

    assert memory.stability / 10**6 == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty / 10**6 == pytest.approx(6.3574867, abs=1e-4)


def test_pauses_are_those_that_py_fsrs_publishes_wherever_these_are_days() -> None:
    """Its steps of minutes (0 days) are for flash cards; here the same memory is asked again after days."""
    results = [*[RIGHT] * 6, *[MISSED] * 2, *[RIGHT] * 5]
    published = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    visits = list(zip(results, [0, *published], strict=False))

    pauses = [practised(*visits[:count]).pause for count in range(1, len(visits) + 1)]

    assert [mine for mine, theirs in zip(pauses, published, strict=True) if theirs] == [
        *filter(None, published)
    ]
    assert [mine for mine, theirs in zip(pauses, published, strict=True) if not theirs] == [2, 7, 2]


@given(histories)
def test_steps_of_minutes_do_not_change_what_is_remembered(
    history: list[tuple[tuple[int, int], int]],
) -> None:
    scheduler, card, day = Scheduler(enable_fuzzing=False), Card(1), DAY
    for result, days in history:
        day += timedelta(days)
        card, _ = scheduler.review_card(card, RATINGS[result], datetime.combine(day, time(), UTC))

    memory = practised(*history)

    assert memory.stability / 10**6 == pytest.approx(min(card.stability or 0, 36_500), rel=1e-2, abs=1e-3)
    assert memory.difficulty / 10**6 == pytest.approx(card.difficulty, abs=1e-4)


# -- what comes back, and when


def test_missed_topics_come_into_the_review_and_right_ones_do_not() -> None:
    review = after({}, {"none": MISSED, "some": HALF, "all": RIGHT}, DAY)

    assert due(review, DAY) == []
    assert due(review, DAY + timedelta(1)) == ["none", "some"]


def test_a_topic_in_the_review_is_asked_again_later_each_time_it_is_right() -> None:
    review, pauses = after({}, {"banks": MISSED}, DAY), []
    for _ in range(6):
        review = after(review, {"banks": RIGHT}, review["banks"].due)
        pauses.append(review["banks"].pause)

    assert pauses == sorted(set(pauses))
    assert pauses[0] <= 3
    assert pauses[-1] > 60


def test_the_more_was_missed_the_sooner_it_comes_back() -> None:
    known = practised((MISSED, 0), (RIGHT, 1), (RIGHT, 3), (RIGHT, 10))
    on = date.fromordinal(known.practised + known.pause)

    pauses = [learnt(known, *result, on).pause for result in (MISSED, HALF, RIGHT)]

    assert pauses == sorted(set(pauses))


def test_other_topics_stay_as_they_were() -> None:
    review = after({}, {"banks": MISSED, "prizes": HALF}, DAY)

    later = after(review, {"banks": RIGHT}, DAY + timedelta(5))

    assert later["prizes"] == review["prizes"]
    assert later["banks"] != review["banks"]


def test_what_waits_longest_comes_first_and_then_what_is_known_least() -> None:
    review: Review = after({}, {"new": MISSED}, DAY + timedelta(3))
    review = after(review, {"half": HALF, "none": MISSED}, DAY)

    assert due(review, DAY + timedelta(3)) == ["none", "half"]
    assert due(review, date.max) == ["none", "half", "new"]


def test_the_same_practice_gives_the_same_code() -> None:
    codes = {write(after({}, {"banks": HALF, "prizes": MISSED}, DAY)) for _ in range(3)}

    assert codes == {"banks.b4a52.1.13bb2c.4e016b~prizes.b4a52.1.33c20.61dbf4~1" + next(iter(codes))[-8:]}


# -- the code


@given(reviews)
def test_a_code_says_all_of_a_review(review: Review) -> None:
    code = write(review)

    assert parse(code) == review
    assert quote(code) == code


@given(st.dictionaries(topics, st.tuples(st.sampled_from([MISSED, HALF]), histories), max_size=4))
def test_whatever_happened_can_be_written_and_read(histories: dict) -> None:
    review: Review = {}
    for topic, (first, rest) in histories.items():
        day = DAY
        for result, days in [(first, 0), *rest]:
            day += timedelta(days)
            review = after(review, {topic: result}, day)

    assert parse(write(review)) == review


@given(
    st.text(st.characters()) | st.from_regex(r"([a-z-]+(\.[0-9a-f]{1,9}){4}~)*1[0-9a-f]{8}", fullmatch=True)
)
def test_any_text_is_a_review_or_refused(text: str) -> None:
    for code in (text, f"{text}~{seal(text)}"):
        try:
            review = parse(code)
        except Refusal as refusal:
            assert refusal.code == "review-unreadable"
        else:
            assert write(review) == code


@given(st.tuples(*(st.integers(0, 16**digits) for digits in (5, 4, 9, 6))), st.sampled_from([*RATINGS]))
def test_whoever_makes_up_a_code_breaks_nothing(numbers: tuple[int, ...], result: tuple[int, int]) -> None:
    body = ".".join(["banks", *(f"{each:x}" for each in numbers)])
    try:
        review = parse(f"{body}~{seal(body)}")
    except Refusal:
        return

    assert due(review, date.max) == ["banks"]
    later = after(review, {"banks": result}, DAY)
    assert parse(write(later)) == later


@given(reviews.filter(bool), st.data())
def test_a_code_that_was_cut_or_altered_is_refused(review: Review, data: st.DataObject) -> None:
    code = write(review)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.characters().filter(lambda letter: letter != code[place]))

    for wrong in (code[:place] or "~", code[:place] + other + code[place + 1 :]):
        with pytest.raises(Refusal, match="review-unreadable"):
            parse(wrong)


def test_another_version_is_refused() -> None:
    code = write(after({}, {"banks": MISSED}, DAY))
    body, _, end = code.rpartition("~")

    with pytest.raises(Refusal):
        parse(f"{body}~2{end[1:]}")


def test_a_topic_that_no_longer_exists_stays_in_the_code() -> None:
    review = parse(write(after({}, {"fax-machines": MISSED}, DAY)))

    assert due(review, date.max) == ["fax-machines"]


def test_an_empty_review_has_an_empty_code() -> None:
    assert write({}) == ""
    assert parse("") == {}


def test_ten_topics_fit_into_an_address_that_can_be_sent_and_scanned() -> None:
    review = after({}, {f"fake-police-{number}": HALF for number in range(10)}, DAY)

    assert len(write(review)) < 400
