"""What happens while people answer: to the order of their answers, to the server, to its database."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg

from benchmarks.trial import PEOPLE, Trial
from benchmarks.ways import whole

THREADS = 6
OTHERS = "SELECT {} FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"


def reordered(trial: Trial) -> None:
    """A later change overtakes an earlier one."""
    person = trial.people[trial.chance.randrange(PEOPLE)]
    place = trial.chance.randrange(len(person.questions))
    trial.sequences[person.number, place] += 2
    last = trial.sequences[person.number, place]
    trial.send(person, person.questions[place], last, whole)
    trial.send(person, person.questions[place], last - 1, whole)


def two_phones(trial: Trial) -> None:
    person = trial.people[trial.chance.randrange(PEOPLE)]
    place = trial.chance.randrange(len(person.questions))
    trial.sequences[person.number, place] += 1
    last = trial.sequences[person.number, place]
    threads = [
        threading.Thread(target=trial.send, args=(person, person.questions[place], last, whole)) for _ in "ab"
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def worker_killed(trial: Trial) -> None:
    os.kill(trial.chance.choice(trial.site.children()), signal.SIGKILL)


def server_killed(trial: Trial) -> None:
    trial.site.kill()
    trial.site.start()


def server_stalled(trial: Trial) -> None:
    for child in trial.site.children():
        os.kill(child, signal.SIGSTOP)
    time.sleep(0.5)
    for child in trial.site.children():
        os.kill(child, signal.SIGCONT)


def disk_full(trial: Trial) -> None:
    """No file of the server may grow for a moment, as on a full disk; it has to say so and go on."""
    for child in trial.site.children():
        with suppress(ProcessLookupError):
            resource.prlimit(child, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    time.sleep(0.4)
    for child in trial.site.children():
        with suppress(ProcessLookupError):
            resource.prlimit(child, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def connections_dropped(trial: Trial) -> None:
    """What a fail-over of the database looks like to a pool."""
    with psycopg.connect(trial.uri, autocommit=True) as own:
        own.execute(OTHERS.format("pg_terminate_backend(pid)"))


def backend_killed(trial: Trial) -> None:
    """PostgreSQL restarts itself and replays its log when one of its processes is killed."""
    with psycopg.connect(trial.uri, autocommit=True) as own:
        found = own.execute(OTHERS.format("pid")).fetchall()
    for (process,) in found[:1]:
        os.kill(process, signal.SIGKILL)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(psycopg.Error), psycopg.connect(trial.uri, connect_timeout=2) as again:
            again.execute("SELECT 1")
            return
        time.sleep(0.1)


EVENTS: dict[str, tuple[Callable[[Trial], None], ...]] = {
    "sqlite": (server_killed, server_stalled, disk_full),
    "postgresql": (worker_killed, server_killed, server_stalled, connections_dropped, backend_killed),
}


def under(trial: Trial, event: Callable[[Trial], None]) -> None:
    """The event, while people answer as fast as they can."""
    stop = threading.Event()

    def people(who: int) -> None:
        while not stop.is_set():
            trial.save(whole, who % PEOPLE)

    threads = [threading.Thread(target=people, args=(who,)) for who in range(THREADS)]
    for each in threads:
        each.start()
    time.sleep(0.3)
    event(trial)
    time.sleep(0.3)
    stop.set()
    for each in threads:
        each.join()
