"""The clock of an attempt: one deadline, a leeway for packets in flight, three ways to expire."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.exam.attempt import (
    EXPIRIES,
    Attempt,
    Timing,
    answers_until,
    closing,
    deadline,
    phase,
    seconds_left,
    seconds_used,
    submits_until,
)

START = datetime(2026, 11, 21, 8, 0, 0, tzinfo=UTC)
CLOSE = START + timedelta(hours=2)


def at(seconds: float) -> datetime:
    """So many seconds after the start."""
    return START + timedelta(seconds=seconds)


def an_attempt(
    limit: int | None = 600, expiry: str = "submit", grace: int = 0, extra: int = 0, close: int = 7200
) -> Attempt:
    """An attempt of so many seconds; ``close`` is when the round ends, seconds after the start."""
    timing = Timing(
        limit=None if limit is None else timedelta(seconds=limit),
        expiry=expiry,
        grace=timedelta(seconds=grace),
    )
    return Attempt(START, at(close), timing, extra=timedelta(seconds=extra))


# (attempt, deadline, end of answers, end of submitting), seconds after the start
DEADLINES = [
    (an_attempt(), 600, 605, 605),
    (an_attempt(extra=300), 900, 905, 905),
    (an_attempt(close=400), 400, 405, 405),
    (an_attempt(extra=300, close=700), 700, 705, 705),
    (an_attempt(limit=None), 7200, 7205, 7205),
    (an_attempt(limit=None, extra=300), 7200, 7205, 7205),
    (an_attempt(expiry="grace", grace=60), 600, 605, 665),
    (an_attempt(expiry="submit", grace=60), 600, 605, 605),
    (an_attempt(expiry="void", grace=60), 600, 605, 605),
    (an_attempt(expiry="grace", grace=60, close=400), 400, 405, 465),
]
# (attempt, seconds after the start, phase); intervals are half-open
PHASES = [
    (an_attempt(), 0, "open"),
    (an_attempt(), 599.9, "open"),
    (an_attempt(), 600, "open"),
    (an_attempt(), 604.999, "open"),
    (an_attempt(), 605, "expired"),
    (an_attempt(extra=300), 605, "open"),
    (an_attempt(extra=300), 905, "expired"),
    (an_attempt(close=400), 404, "open"),
    (an_attempt(close=400), 405, "expired"),
    (an_attempt(expiry="grace", grace=60), 604.999, "open"),
    (an_attempt(expiry="grace", grace=60), 605, "grace"),
    (an_attempt(expiry="grace", grace=60), 664.999, "grace"),
    (an_attempt(expiry="grace", grace=60), 665, "expired"),
    (an_attempt(expiry="void"), 604.999, "open"),
    (an_attempt(expiry="void"), 605, "expired"),
    (an_attempt(limit=None), 7204, "open"),
    (an_attempt(limit=None), 7205, "expired"),
]


@pytest.mark.parametrize(("attempt", "ends", "answers", "submits"), DEADLINES)
def test_the_deadline_is_the_earlier_of_limit_and_end_of_the_round(
    attempt: Attempt, ends: int, answers: int, submits: int
) -> None:
    moments = (deadline(attempt), answers_until(attempt), submits_until(attempt))

    assert moments == (at(ends), at(answers), at(submits))


@pytest.mark.parametrize(("attempt", "seconds", "expected"), PHASES)
def test_the_phase_follows_from_the_moment_alone(attempt: Attempt, seconds: float, expected: str) -> None:
    found = phase(attempt, at(seconds))

    assert found == expected


@pytest.mark.parametrize(("expiry", "is_void"), [("submit", False), ("grace", True), ("void", True)])
def test_an_expired_attempt_ends_at_its_deadline_and_counts_or_is_void(expiry: str, is_void: bool) -> None:
    attempt = an_attempt(expiry=expiry, grace=60)

    ended = closing(attempt)

    assert ended == (at(600), is_void)


def test_every_expiry_is_tried_here() -> None:
    assert {attempt.timing.expiry for attempt, *_ in PHASES} == set(EXPIRIES)


@pytest.mark.parametrize("seconds", [0, 604, 605, 100_000])
def test_what_is_submitted_stays_submitted(seconds: int) -> None:
    attempt = Attempt(START, CLOSE, Timing(timedelta(minutes=10)), submitted_at=at(300))

    assert phase(attempt, at(seconds)) == "submitted"


@pytest.mark.parametrize(
    ("seconds", "left", "used"),
    [
        (0, 600, 0),
        (0.5, 599, 0),
        (1, 599, 1),
        (599.5, 0, 599),
        (600, 0, 600),
        (603, 0, 600),
        (9999, 0, 600),
        (-1, 601, 0),
    ],
)
def test_seconds_left_and_used_are_whole_and_stop_at_the_deadline(
    seconds: float, left: int, used: int
) -> None:
    attempt = an_attempt()

    told = (seconds_left(attempt, at(seconds)), seconds_used(attempt, at(seconds)))

    assert told == (left, used)


@given(
    limit=st.one_of(st.none(), st.integers(0, 7200)),
    expiry=st.sampled_from(EXPIRIES),
    grace=st.integers(0, 600),
    extra=st.integers(0, 3600),
    close=st.integers(0, 7200),
    moments=st.lists(st.floats(0, 20_000), min_size=2, max_size=8),
)
def test_an_attempt_never_goes_back_to_an_earlier_phase(
    limit: int | None, expiry: str, grace: int, extra: int, close: int, moments: list[float]
) -> None:
    attempt = an_attempt(limit, expiry, grace, extra, close)

    phases = [phase(attempt, at(seconds)) for seconds in sorted(moments)]

    assert phases == sorted(phases, key=["open", "grace", "expired"].index)
    assert deadline(attempt) <= attempt.closes_at
    assert deadline(attempt) < answers_until(attempt) <= submits_until(attempt)
