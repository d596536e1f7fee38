"""The real server with its demo, as ``quizlib serve --demo`` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizlib.web import create_app
from quizlib.web.demo.load import CODE
from tests.web.contest import SURVEY, Clock, close_round, open_survey
from tests.web.contestant import speaker

PATIENCE = 90  # seconds until the demo is loaded, on a busy machine
PAST_SURVEY = "khao-sat-truoc"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Site:
    """``base`` is the address without a slash at its end; ``sample`` the serial of a certificate."""

    base: str
    sample: str

    def address(self, path: str, lang: str = "vi") -> str:
        return f"{self.base}{'' if lang == 'vi' else '/' + lang}{path}"

    def contest(self, lang: str = "vi") -> str:
        """The first page: where the code on the poster leads."""
        return self.address(f"/contests/{CODE}", lang)


def add_surveys(data: Path) -> None:
    """Beside the demo's contest: a survey that is open, and one that is over and was answered."""
    clock, now = Clock(), datetime.now(UTC).replace(microsecond=0)
    settings = {"QUIZLIB_DATA": data, "DATABASE_URL": f"sqlite:///{data}/quizlib.db", "CLOCK": clock}
    app = create_app(settings)
    for code, opens in ((SURVEY, now - timedelta(hours=1)), (PAST_SURVEY, now - timedelta(days=8))):
        clock.now = opens
        open_survey(app, opens, code)
    for number in range(12):
        speaker(app, "LC le chan", (1 + number % 4,) * 5, "Cảm ơn!", PAST_SURVEY)
    close_round(app, clock, PAST_SURVEY)


@contextmanager
def running_demo(data: Path, demo: bool = True) -> Iterator[Site]:
    """Without the demo the site is empty, as an owner begins with it."""
    port = free_port()
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "quizlib", "serve", *(["--demo"] if demo else [])],
            cwd=ROOT,
            env=environment(data, port),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(server, f"{base}/readyz", data / "server.log")
            if demo:
                add_surveys(data)
            yield Site(base, sample_serial((data / "server.log").read_text()) if demo else "")
        finally:
            stop(server)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int) -> dict[str, str]:
    """This process's own, without any setting of another instance; a phone says its address itself."""
    own = ("QUIZLIB_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    set_here = {"QUIZLIB_DATA": str(data), "QUIZLIB_PROXIES": "1", "HOST": "127.0.0.1", "PORT": str(port)}
    return kept | set_here


def wait_until_up(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the demo did not start:\n{log.read_text()}")


def sample_serial(said: str) -> str:
    """The serial in the address that the command tells."""
    return said.partition("/verify/")[2].split()[0]


def stop(server: subprocess.Popen[bytes]) -> None:
    """Asked politely, then with force; its workers too."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
