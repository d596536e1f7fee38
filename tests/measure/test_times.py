"""Response times that nobody needs for reading."""

from __future__ import annotations

import json

import numpy as np
import pytest

from quizlib.errors import ContentError
from quizlib.measure import Responses, implausible_times


def a_round() -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(2)
    seconds = np.exp(chance.normal(3.5, 0.4, (50, 10)))
    marks = (chance.random((50, 10)) < 0.7).astype(float)
    marks[:, 7:] = chance.random((50, 3)) < 0.2
    return marks, seconds


def test_readers_are_not_listed() -> None:
    marks, seconds = a_round()

    found = implausible_times(Responses.of(marks, seconds=seconds))

    assert found.rows == ()
    assert found.compared == 50
    assert found.thresholds == pytest.approx(np.minimum(10, seconds.mean(axis=0) / 10))


def test_who_clicks_through_and_who_knows_before_are_listed() -> None:
    marks, seconds = a_round()
    seconds[4], marks[4] = 0.5, 0
    seconds[9, 7:], marks[9, 7:] = 0.5, 1

    found = implausible_times(Responses.of(marks, seconds=seconds))

    assert [(row.person, row.rapid, row.rapid_right, row.hard_right, row.flags) for row in found.rows] == [
        ("5", 10, 0, 0, ("rapid-guessing",)),
        ("10", 3, 3, 3, ("rapid-guessing", "rapid-right-hard")),
    ]
    assert found.rows[1].effort == pytest.approx(0.7)
    assert len(found.say("vi")) == 3
    assert str(found).count("\n") == 2
    json.dumps(found.to_dict(), allow_nan=False)


def test_a_threshold_is_never_above_ten_seconds() -> None:
    found = implausible_times(Responses.of([[1], [1]], seconds=[[1000], [11]]))

    assert found.thresholds == (10.0,)
    assert found.rows == ()


def test_unknown_times_are_left_out() -> None:
    found = implausible_times(Responses.of([[1, 1], [0, 1]], seconds=[[None, None], [30, None]]))

    assert (found.compared, found.thresholds) == (1, (3.0, None))


def test_no_times_at_all_are_refused() -> None:
    with pytest.raises(ContentError) as error:
        implausible_times(Responses.of([[1]]))

    assert [fault.code for fault in error.value.faults] == ["no-seconds"]
