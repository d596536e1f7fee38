"""`make faults`: faults are put in the way of people who answer; whatever was acknowledged must be kept."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from benchmarks import cohort
from benchmarks.cohort import Person
from benchmarks.driver import Reply, length, parsed, post, run
from benchmarks.site import ROOT, fill, postgresql, wait_until_up
from quizlib.rehearsal.page import Form
from quizlib.web import create_app

PEOPLE, THREADS = 24, 6
OTHERS = "SELECT {} FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
Way = Callable[[int, bytes], list[bytes]]  # port and request to the replies


@dataclass
class Recorder:
    """The highest sequence that the server said it has, by attempt and seat."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: dict[tuple[str, str], int] = field(default_factory=dict)
    saves: int = 0


@dataclass
class Site:
    """One server that can be killed and started again at its port."""

    environment: dict[str, str]
    folder: Path
    workers: int
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        options = ["--interface", "wsgi", "--workers", str(self.workers), "--blocking-threads", "8"]
        options += ["--no-ws", "--log-level", "critical", "--port", str(self.port)]
        command = [sys.executable, "-m", "granian", *options]
        with (self.folder / "site.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--respawn-failed-workers", "quizlib.web.wsgi:app"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_until_up(self.process, self.port, self.folder / "site.log")

    def kill(self) -> None:
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def children(self) -> list[int]:
        assert self.process
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in found.split()]


@dataclass
class Trial:
    """Somebody's questions, the way to the server, what was recorded, and the database's own account."""

    site: Site
    people: list[Person]
    recorder: Recorder
    kept: Callable[[], dict[tuple[str, str], tuple[int, str]]]
    uri: str
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    sequences: Counter[tuple[int, int]] = field(default_factory=Counter)

    def save(self, way: Way, who: int | None = None) -> bool:
        """One new answer of somebody, sent that way; True when the server said that it has it."""
        person = self.people[self.chance.randrange(PEOPLE) if who is None else who]
        place = self.chance.randrange(len(person.questions))
        with self.recorder.lock:
            self.sequences[person.number, place] += 1
            sequence = self.sequences[person.number, place]
        return self.send(person, person.questions[place], sequence, way)

    def send(self, person: Person, form: Form, sequence: int, way: Way) -> bool:
        answered = form.answered(self.chance.randrange(100)) | {"sequence": str(sequence)}
        request = post(form.action, form.body(**answered) + "&script=1", person.number)
        request = request.replace(b"Accept-Encoding: gzip\r\n", b"")
        attempt, seat = form.action.split("/")[2].partition("-")[0], form.sent["form"][0].split("-")[0]
        try:
            raws = way(self.site.port, request)
        except OSError:
            return False
        replies = [parsed(raw) for raw in raws if b"\r\n\r\n" in raw]
        acknowledged = [told for reply in replies if (told := saved(reply))]
        with self.recorder.lock:
            for told in acknowledged:
                self.recorder.saves += 1
                best = self.recorder.acknowledged.get((attempt, seat), 0)
                self.recorder.acknowledged[attempt, seat] = max(best, int(str(told["sequence"])) - 1)
        return bool(acknowledged)

    def lost(self, kept: dict[tuple[str, str], tuple[int, str]]) -> int:
        """Answers that were acknowledged, and of which the database has an older one or none."""
        with self.recorder.lock:
            return sum(kept.get(place, (0, ""))[0] < at for place, at in self.recorder.acknowledged.items())


def saved(reply: Reply) -> dict[str, object] | None:
    try:
        told: dict[str, object] = json.loads(reply.text)
    except ValueError:
        return None
    return told if told.get("state") == "saved" else None


# -- ways of sending


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=8)


def is_whole(found: bytes) -> bool:
    head, end, body = found.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= length(head)


def receive(link: socket.socket) -> bytes:
    found = b""
    while not is_whole(found):
        piece = link.recv(65536)
        if not piece:
            break
        found += piece
    return found


def whole(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request)
        return [receive(link)]


def cut_before(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request[:40])
    return whole(port, request)


def cut_in_the_body(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request[:-25])
    return whole(port, request)


def cut_after(port: int, request: bytes) -> list[bytes]:
    """The answer arrives, the reply does not: the phone sends it again."""
    with connect(port) as link:
        link.sendall(request)
    return whole(port, request)


def reset(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return whole(port, request)


def twice(port: int, request: bytes) -> list[bytes]:
    with connect(port) as one, connect(port) as other:
        one.sendall(request)
        other.sendall(request)
        return [receive(one), receive(other)]


def dribbled(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        for start in range(0, len(request), 97):
            link.sendall(request[start : start + 97])
            time.sleep(0.004)
        return [receive(link)]


def dropped(port: int, request: bytes) -> list[bytes]:
    return []


WAYS = (cut_before, cut_in_the_body, cut_after, reset, twice, dribbled, dropped)


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


# -- what happens to servers while people answer


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


@contextmanager
def trial_on(database: str) -> Iterator[Trial]:
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizlib-faults-")))
        data.chmod(0o755)
        uri = "" if database == "sqlite" else stack.enter_context(postgresql(data / "postgresql"))[0]
        name = uri or f"sqlite:///{data}/quizlib.db"
        app = create_app({"QUIZLIB_DATA": data, "DATABASE_URL": name})
        with app.app_context():
            upgrade()
            fill(app, 30)
        secret = {"QUIZLIB_DATA": str(data), "DATABASE_URL": name, "QUIZLIB_PROXIES": "1"}
        site = Site(os.environ | secret, data, workers=1 if database == "sqlite" else 2)
        site.start()
        stack.callback(site.kill)
        people = [Person() for _ in range(PEOPLE)]

        def burst(step: str, requests: list[bytes]) -> list[Reply]:
            return run(f"http://127.0.0.1:{site.port}", requests, 8).replies

        cohort.enter(people, burst)
        cohort.start(people, burst)
        for each in people:  # stories go step by step, orders want all their places: neither is tried here
            each.questions = [form for form in each.questions if "document" not in form.sent]
        seats = seats_of(app)
        yield Trial(site, people, Recorder(), lambda: account(name, seats), uri)


def seats_of(app: object) -> dict[tuple[int, str], str]:
    """(round, item) to the seat's own name of it."""
    from quizlib.web import tokens
    from quizlib.web.store import rounds

    with app.app_context():  # type: ignore[attr-defined]
        opened = rounds.of_contest(cohort.OPEN)
        return {
            (each.id, item.id): f"{each.id}.{tokens.item_token(each.secret, item)}"
            for each in opened
            for item in each.bank.items
        }


def account(name: str, seats: dict[tuple[int, str], str]) -> dict[tuple[str, str], tuple[int, str]]:
    """What the database itself says: (attempt, seat) to (sequence, response)."""
    query = (
        "SELECT answers.attempt, attempts.round, answers.item, answers.sequence, answers.response"
        " FROM answers JOIN attempts ON attempts.id = answers.attempt"
    )
    if name.startswith("sqlite"):
        rows = sqlite3.connect(name.removeprefix("sqlite:///")).execute(query).fetchall()
    else:
        with psycopg.connect(name) as connection:
            rows = connection.execute(query).fetchall()
    return {
        (attempt, seats[round_id, item]): (sequence, response)
        for attempt, round_id, item, sequence, response in rows
        if (round_id, item) in seats
    }


def on(database: str, each_way: int, each_event: int) -> dict[str, object]:
    faults: Counter[str] = Counter()
    with trial_on(database) as trial:
        assert trial.save(whole), "the site does not save"
        assert trial.lost({}) == 1, "a lost answer would not be noticed"
        for way in WAYS:
            for _ in range(each_way):
                trial.save(way)
                faults[way.__name__] += 1
        for act in (reordered, two_phones):
            for _ in range(each_way):
                act(trial)
                faults[act.__name__] += 1
        for event in EVENTS[database]:
            for _ in range(each_event):
                under(trial, event)
                faults[event.__name__] += 1
        until = time.monotonic() + 60
        while not trial.save(whole) and time.monotonic() < until:
            time.sleep(0.5)
        found = {
            "faults": dict(faults),
            "acknowledged": trial.recorder.saves,
            "lost": trial.lost(trial.kept()),
        }
    return {"database": database, "injected": sum(faults.values()), **found}


def main() -> int:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--quick", action="store_true", help="a tenth of the faults")
    quick = chosen.parse_args().quick
    results = [on(name, 12 if quick else 110, 2 if quick else 10) for name in EVENTS]
    out = ROOT / "build" / "faults.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, indent=1) + "\n")
    for each in results:
        kinds = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in dict(each["faults"]).items())  # type: ignore[call-overload]
        print(f"{each['database']}: {each['injected']} faults, {each['acknowledged']} answers acknowledged, "
              f"{each['lost']} lost\n  {kinds}")  # fmt: skip
    return 1 if any(each["lost"] for each in results) else 0


if __name__ == "__main__":
    sys.exit(main())
