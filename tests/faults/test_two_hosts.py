"""A short form of `make hosts`: one of two hosts dies while people answer."""

from __future__ import annotations

import sys

import pytest

from benchmarks.hosts import is_whole, story

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hosts are killed by the means of Linux")


def test_nobody_has_to_start_again_when_a_host_dies() -> None:
    found = story(people=24, at_once=4)

    assert found["people"] == found["attempts"] == found["finished"] == 24
    assert found["acknowledged"] == 24 * 20
    assert is_whole(found), found


def test_what_is_lost_would_be_noticed() -> None:
    found = {"people": 2, "questions": 3, "attempts": 2, "finished": 2, "right": 2, "acknowledged": 6}

    assert is_whole(found | {"lost": 0})
    assert not is_whole(found | {"lost": 1})
    assert not is_whole(found | {"lost": 0, "attempts": 3})
    assert not is_whole(found | {"lost": 0, "right": 1})
    assert not is_whole(found | {"lost": 0, "acknowledged": 5})
