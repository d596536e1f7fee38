"""A site as a process of its own, which can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.site import ROOT, free_port, wait_until_up


@dataclass
class Site:
    """One server that can be killed and started again at its port."""

    environment: dict[str, str]
    folder: Path
    workers: int
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    application: str = "benchmarks.clocked:app"

    def start(self) -> None:
        if not self.port:
            self.port = free_port()
        options = ["--interface", "wsgi", "--workers", str(self.workers), "--blocking-threads", "8"]
        options += ["--no-ws", "--log-level", "critical", "--port", str(self.port)]
        command = [sys.executable, "-m", "granian", *options]
        with (self.folder / "site.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--respawn-failed-workers", self.application],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until_up(self.process, self.port, self.folder / "site.log")

    def kill(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def tend(self) -> None:
        """Start it again when it has ended, as systemd does."""
        if self.process and self.process.poll() is not None:
            self.start()

    def children(self) -> list[int]:
        assert self.process
        return children(self.process.pid)

    def set_clock(self, seconds: int) -> None:
        """By so many seconds it is wrong from now on."""
        new = self.folder / "new-time"
        new.write_text(str(seconds))
        new.replace(self.environment["FAULTS_CLOCK"])


def children(process: int) -> list[int]:
    """None when it has ended meanwhile."""
    with suppress(FileNotFoundError):
        found = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [int(each) for each in found.split()]
    return []
