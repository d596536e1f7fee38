"""May one start? Each check lets pass, and each refuses with its code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizlib.contest.checks import CHECKS, Applicant, Start, admit
from quizlib.errors import REFUSALS, Refusal
from tests.contest.contest_builders import OPENING, rules

ADULT = Applicant(birth_year=1960)
NEXT_WEEK = OPENING + timedelta(weeks=1)
MONTH = [{"number": 1, "opens": "2026-11-02T08:00:00", "closes": "2026-12-02T08:00:00"}]


def refused(made, applicant=ADULT, starts=(), now=OPENING, number=1):
    round = next(round for round in made.rounds if round.number == number)
    with pytest.raises(Refusal) as refusal:
        admit(made, round, applicant, [Start(*start) for start in starts], now)
    return refusal.value.code, dict(refusal.value.values)


def admitted(made, applicant=ADULT, starts=(), now=OPENING, number=1):
    round = next(round for round in made.rounds if round.number == number)
    admit(made, round, applicant, [Start(*start) for start in starts], now)


def test_an_adult_may_start_at_the_moment_of_opening():
    admitted(rules())


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (OPENING - timedelta(microseconds=1), "round-not-open"),
        (OPENING + timedelta(days=6, hours=23), "round-closed"),
    ],
)
def test_outside_the_round_nobody_starts(now, code):
    told, values = refused(rules(), now=now)

    assert told == code
    assert values["number"] == 1


@pytest.mark.parametrize(
    ("birth_year", "code", "values"),
    [(2013, "too-young", {"minimum": 14}), (1935, "too-old", {"maximum": 90})],
)
def test_ages_outside_the_bounds_are_refused(birth_year, code, values):
    assert refused(rules(), Applicant(birth_year=birth_year, guardian=True)) == (code, values)


@pytest.mark.parametrize("birth_year", [2012, 1936])
def test_ages_at_the_bounds_are_admitted(birth_year):
    admitted(rules(), Applicant(birth_year=birth_year, guardian=True))


def test_age_goes_by_the_local_year_of_the_opening():
    new_year = [{"number": 1, "opens": "2027-01-01T00:00:00", "closes": "2027-01-08T00:00:00"}]
    made = rules(round=new_year)

    admitted(made, Applicant(birth_year=2013, guardian=True), now=made.rounds[0].opens)


def test_the_young_need_a_guardian():
    assert refused(rules(), Applicant(birth_year=2011)) == ("guardian-needed", {"below": 16})


def test_the_barred_are_refused():
    assert refused(rules(), Applicant(birth_year=1960, barred=True)) == ("barred", {})


def test_an_unknown_unit_is_refused():
    assert refused(rules(), Applicant(birth_year=1960, unit_known=False)) == ("unit-unknown", {})


@pytest.mark.parametrize(
    ("attempts", "starts", "values"),
    [
        ({"per_round": 1}, [(1, OPENING)], {"allowed": 1, "span": "round"}),
        ({"per_week": 2}, [(1, OPENING)] * 2, {"allowed": 2, "span": "week"}),
        ({"ever": 2}, [(1, OPENING), (2, NEXT_WEEK)], {"allowed": 2, "span": "ever"}),
    ],
)
def test_used_up_attempts_are_refused_with_their_span(attempts, starts, values):
    assert refused(rules(attempts=attempts), starts=starts) == ("attempts-used", values)


def test_attempts_of_another_round_do_not_count_for_this_one():
    admitted(rules(attempts={"per_round": 1}), starts=[(1, OPENING)], now=NEXT_WEEK, number=2)


def test_weeks_run_from_the_opening_of_the_round():
    made = rules(attempts={"per_week": 1}, round=MONTH)
    monday_before_opening_hour = OPENING + timedelta(days=7, microseconds=-1)

    assert refused(made, starts=[(1, OPENING)], now=monday_before_opening_hour)[0] == "attempts-used"
    admitted(made, starts=[(1, OPENING)], now=NEXT_WEEK)


def test_the_first_refusal_is_what_cannot_be_changed():
    applicant = Applicant(birth_year=2020, unit_known=False)

    assert refused(rules(), applicant, starts=[(1, OPENING)] * 9)[0] == "too-young"


def test_every_check_is_in_the_table_once():
    assert len(set(CHECKS)) == len(CHECKS) == 6


def test_every_refusal_is_known():
    assert {
        "attempts-used", "barred", "guardian-needed", "round-closed",
        "round-not-open", "too-old", "too-young", "unit-unknown",
    } <= REFUSALS  # fmt: skip
