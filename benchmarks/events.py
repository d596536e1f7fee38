"""What happens while people answer: to the order of their answers, to the server, to its database."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from benchmarks.outages import (
    backend_killed,
    connections_dropped,
    database_killed,
    log_disk_full,
    tables_disk_full,
)
from benchmarks.trial import PEOPLE, Trial
from benchmarks.ways import whole

THREADS = 6


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
    """The server starts it again; one that has lost it twice within seconds ends, and is started again."""
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


def clock_jumps(trial: Trial) -> None:
    """Back, then forth: which answer is the later one goes by their own numbers, and no time is up."""
    for seconds in (-40, 40, 0):
        trial.site.set_clock(seconds)
        for _ in range(3):
            assert trial.save(whole, PEOPLE - 1), f"refused when the clock was wrong by {seconds} s"
        time.sleep(0.2)


Event = Callable[[Trial], None]
EVENTS: dict[str, tuple[Event, ...]] = {
    "sqlite": (server_killed, server_stalled, disk_full, clock_jumps),
    "postgresql": (
        *(worker_killed, server_killed, server_stalled, clock_jumps),
        *(connections_dropped, backend_killed, database_killed, log_disk_full, tables_disk_full),
    ),
}


def possible(trial: Trial, database: str) -> list[Event]:
    """Without a disk of our own no disk of tables can be filled."""
    return [each for each in EVENTS[database] if trial.has_small_disk or each is not tables_disk_full]


def under(trial: Trial, event: Event) -> None:
    """The event, while people answer as fast as they can; afterwards the site takes answers again."""
    stop = threading.Event()

    def people(who: int) -> None:
        while not stop.is_set():
            if not trial.save(whole, who):
                time.sleep(0.01)

    threads = [threading.Thread(target=people, args=(who,)) for who in range(THREADS)]
    for each in threads:
        each.start()
    try:
        time.sleep(0.3)
        event(trial)
        time.sleep(0.3)
    finally:
        stop.set()
        for each in threads:
            each.join()
    trial.until_saved()
