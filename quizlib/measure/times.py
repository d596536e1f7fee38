"""Implausible response times: answers given faster than anybody reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quizlib.errors import ContentError, fault
from quizlib.measure.classical import item_statistics
from quizlib.measure.printing import Result, Rows
from quizlib.measure.responses import Responses
from quizlib.measure.wording import say

SHARE, MOST_SECONDS = 0.1, 10.0  # NT10, Wise and Ma 2012
LEAST_EFFORT = 0.9  # Wise and Kong 2005
VERY_HARD, FAST_AND_RIGHT = 0.4, 3  # ours: facility below, so many rapid right answers on such items


@dataclass(frozen=True, slots=True)
class PersonTimes(Result):
    """``rapid`` of ``timed`` answers were under the threshold; ``effort`` = 1 - rapid / timed, 0..1.

    ``rapid_right`` of the rapid ones got the full mark, ``hard_right`` of these on items of facility below
    0.4. Flags: ``rapid-guessing`` for an effort below 0.9, ``rapid-right-hard`` for 3 hard ones or more.
    """

    person: str
    timed: int
    rapid: int
    effort: float
    rapid_right: int
    hard_right: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImplausibleTimes(Rows):
    """Evidence for a person to judge, never a verdict: who is flagged, the least effort first.

    ``thresholds``: seconds of each item, None where no time is known. ``compared``: people with any time.
    """

    rows: tuple[PersonTimes, ...]
    compared: int
    thresholds: tuple[float | None, ...]

    def say(self, lang: str = "en") -> list[str]:
        """A sentence for each flag of each row, in Vietnamese (``vi``) or English (``en``)."""
        return [
            say(flag, lang, person=row.person, rapid=row.rapid, timed=row.timed, right=row.rapid_right,
                hard=row.hard_right)
            for row in self.rows for flag in row.flags
        ]  # fmt: skip


def implausible_times(responses: Responses) -> ImplausibleTimes:
    """Rapid answers by the rule NT10: under a tenth of the item's mean time, at most 10 seconds.

    Of times measured by the server, time away taken off. An effort below 0.9 leaves a person out of
    calibration, not out of the ranking. ContentError without ``seconds``.
    """
    if responses.seconds is None:
        raise ContentError([fault("responses", "", "seconds", "no-seconds")])
    timed = responses.shown & ~np.isnan(responses.seconds)
    seconds = np.where(timed, responses.seconds, 0.0)
    answers = timed.sum(axis=0)
    thresholds = np.minimum(MOST_SECONDS, SHARE * seconds.sum(axis=0) / np.maximum(answers, 1))
    rapid = timed & (seconds < thresholds)
    right = rapid & (np.nan_to_num(responses.marks) == responses.max_marks)
    hard = [share is not None and share < VERY_HARD for share in item_statistics(responses).facility.tolist()]
    counts = zip(timed.sum(axis=1).tolist(), rapid.sum(axis=1).tolist(), right.sum(axis=1).tolist(),
                 right[:, hard].sum(axis=1).tolist(), strict=True)  # fmt: skip
    rows = [_row(person, *each) for person, each in zip(responses.people, counts, strict=True) if each[0]]
    flagged = sorted((row for row in rows if row.flags), key=lambda row: (row.effort, -row.hard_right))
    limits = zip(thresholds.tolist(), answers.tolist(), strict=True)
    return ImplausibleTimes(
        tuple(flagged), len(rows), tuple(limit if count else None for limit, count in limits)
    )


def _row(person: str, timed: int, rapid: int, right: int, hard: int) -> PersonTimes:
    effort = 1 - rapid / timed
    claims = {"rapid-guessing": effort < LEAST_EFFORT, "rapid-right-hard": hard >= FAST_AND_RIGHT}
    flags = tuple(name for name, is_so in claims.items() if is_so)
    return PersonTimes(person, timed, rapid, effort, right, hard, flags)
