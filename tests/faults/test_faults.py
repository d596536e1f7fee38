"""A short form of `make faults`: each way of sending and each event once, some twenty seconds a database.

Filling the disk of PostgreSQL's tables needs leave to mount one, as root has it; elsewhere it is left out.
"""

from __future__ import annotations

import sys

import pytest

from benchmarks.events import EVENTS
from benchmarks.faults import on
from benchmarks.ways import WAYS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are made by the means of Linux")


@pytest.mark.parametrize("database", EVENTS)
def test_nothing_acknowledged_is_lost_whatever_happens(database: str) -> None:
    found = on(database, each_way=1, each_event=1)

    assert (found["lost"], found["closed"]) == (0, 0)
    assert found["injected"] >= len(WAYS) + len(EVENTS[database]) + 1
    assert found["acknowledged"] > 50
