"""`make crowd`: thousands start within a minute, then every open paper saves an answer each ten seconds."""

from __future__ import annotations

import argparse
import json
import time
from statistics import quantiles

from benchmarks import cohort, machine
from benchmarks.cohort import Person
from benchmarks.driver import Reply, post, run
from benchmarks.site import ROOT, Bench, bench

EVERY = 10  # seconds between two answers of one person


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=5000)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--sqlite", action="store_true")
    chosen = options.parse_args()
    with bench(30, chosen.sqlite) as found:
        people = [Person() for _ in range(chosen.people)]
        entered = timed(found, lambda burst: cohort.enter(people, burst))
        started = timed(found, lambda burst: cohort.start(people, burst))
        for each in people:
            each.page = ""
        result = {
            "database": found.database_name,
            "machine": machine.facts(),
            "people": chosen.people,
            "entering": entered,
            "starting": started,
            "saving": save_for(found, people, round(60 * chosen.minutes)),
        }
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "crowd.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 1 if result["saving"]["errors"] else 0  # type: ignore[index, call-overload]


def timed(found: Bench, act: cohort.Walk) -> dict[str, float]:
    """Seconds of each step; a reply that is none of the expected ends it with an error."""
    seconds: dict[str, float] = {}

    def burst(step: str, requests: list[bytes]) -> list[Reply]:
        done = run(found.site.base, requests)
        seconds[step] = round(done.seconds, 1)
        return done.replies

    act(burst)
    return seconds


def save_for(found: Bench, people: list[Person], seconds: int) -> dict[str, float]:
    """A tenth of the people save in each second, whether or not those before them have been told.

    A wait is counted from sending, and what the seconds before have left undone is added.
    """
    waits: list[float] = []
    errors, began = 0, time.monotonic()
    for second in range(seconds):
        time.sleep(max(0.0, began + second - time.monotonic()))
        late = max(0.0, time.monotonic() - began - second)
        due = people[second % EVERY :: EVERY]
        done = run(found.site.base, [saving(each, second // EVERY) for each in due])
        errors += sum('"saved"' not in reply.text for reply in done.replies)
        waits += [late + each for each in done.latencies]
    places = quantiles(waits, n=100)
    return {
        "seconds": seconds,
        "saves": len(waits),
        "errors": errors,
        "p50_ms": round(1000 * places[49], 1),
        "p99_ms": round(1000 * places[98], 1),
        "most_ms": round(1000 * max(waits), 1),
    }


def saving(person: Person, turn: int) -> bytes:
    """The next answer, or another one to a question that has been answered before."""
    form = person.questions[turn % len(person.questions)]
    answered = form.answered(turn + person.number) | {"sequence": str(1 + turn // len(person.questions))}
    return post(form.action, form.body(**answered) + "&script=1", person.number)


if __name__ == "__main__":
    raise SystemExit(main())
