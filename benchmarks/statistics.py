"""`make bench-stats`: statistics of a large round on one thread, beside what others offer; medians."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

from benchmarks import machine
from quizlib.measure import Responses, distractors, identical_wrong, item_statistics
from quizlib.measure import test_statistics as statistics_of_test
from quizlib.measure.printing import text_table

ROOT = Path(__file__).parents[1]
RUNS, ITEMS, MANY, SOME, FEW = 5, 40, 100_000, 20_000, 2_000
Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Result:
    """Medians in seconds; ``goal`` None for peers; ``peak`` in MB where memory is what matters."""

    task: str
    who: str
    wall: float
    cpu: float
    goal: float | None = None
    peak: float | None = None


def main() -> None:
    results = list(everything())
    found = {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine.facts() | {"numpy": version("numpy")},
        "pace_ms": round(min(machine.pace() for _ in range(5)), 2),
        "load": os.getloadavg()[0],
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", "not limited"),
        "runs": RUNS,
        "results": [asdict(each) for each in results],
    }
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench-stats.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    rows = [(each.task, each.who, each.wall, each.cpu, each.goal, each.peak) for each in results]
    print(text_table(("task", "who", "wall s", "CPU s", "goal s", "peak MB"), rows))
    print(f"threads {found['threads']}, load {found['load']:.1f}, pace {found['pace_ms']} ms")


def everything() -> Iterator[Result]:
    """The pairs come first, so that the peak of memory is theirs."""
    chosen, keys = a_round(SOME)
    pairs = Responses.of(chosen=chosen, keys=keys)
    yield measured(
        f"identical wrong {SOME} x {ITEMS}", "quizlib", lambda: identical_wrong(pairs), 5, peak=True
    )
    scale = (SOME / FEW) ** 2
    loop = measured("", "", lambda: pairs_by_loop(chosen[:FEW], keys), runs=1)
    yield Result(f"identical wrong {SOME} x {ITEMS}", f"NumPy loop, {FEW} people x {scale:g}",
                 loop.wall * scale, loop.cpu * scale)  # fmt: skip
    chosen, keys = a_round(MANY)
    task = f"marks from responses {MANY} x {ITEMS}"
    yield measured(task, "quizlib", lambda: Responses.of(chosen=chosen, keys=keys), 0.05)
    yield measured(task, "NumPy, compared alone", lambda: (chosen == keys).astype(np.float64))
    task, marks = f"item statistics {MANY} x {ITEMS}", (chosen == keys).astype(np.float64)
    yield measured(task, "quizlib", lambda: item_statistics(Responses.of(marks)), 0.3)
    yield measured(task, "NumPy corrcoef, item-rest alone", lambda: rests_by_loop(marks))
    if find_spec("girth"):
        girth, turned = import_module("girth"), np.ascontiguousarray(marks.T.astype(int))
        yield measured(
            task, "girth, no efficiency or weight", lambda: girth.classical_test_statistics(turned)
        )
    task = f"alpha {MANY} x {ITEMS}"
    yield measured(task, "quizlib, all of the test", lambda: statistics_of_test(Responses.of(marks)))
    if find_spec("pingouin"):
        pingouin, frame = import_module("pingouin"), import_module("pandas").DataFrame(marks)
        yield measured(task, "pingouin", lambda: pingouin.cronbach_alpha(frame))
    whole = Responses.of(chosen=chosen, keys=keys)
    yield measured(f"distractors {MANY} x {ITEMS}", "quizlib", lambda: distractors(whole))


def measured(
    task: str,
    who: str,
    work: Callable[[], object],
    goal: float | None = None,
    *,
    peak: bool = False,
    runs: int = RUNS,
) -> Result:
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(task, who, median(walls), median(cpus), goal, memory if peak else None)


def a_round(people: int) -> tuple[Codes, Codes]:
    """Four options an item; the wrong ones are chosen in shares of 60, 24 and 16 percent."""
    chance = np.random.default_rng(1)
    able = chance.normal(size=(people, 1)) - chance.normal(size=ITEMS)
    keys = chance.integers(0, 4, ITEMS)
    away = np.searchsorted([0.6, 0.84], chance.random((people, ITEMS))) + 1
    right = chance.random((people, ITEMS)) < 0.2 + 0.8 / (1 + np.exp(-1.2 * able))
    return np.where(right, keys, (keys + away) % 4).astype(np.int8), keys.astype(np.int8)


def pairs_by_loop(chosen: Codes, keys: Codes) -> int:
    """Each person against all that follow, as one would write it at first."""
    wrong = chosen != keys
    most = 0
    for one in range(len(chosen) - 1):
        same = ((chosen[one + 1 :] == chosen[one]) & wrong[one]).sum(axis=1)
        most = max(most, int(same.max()))
    return most


def rests_by_loop(marks: npt.NDArray[np.float64]) -> list[float]:
    totals = marks.sum(axis=1)
    return [float(np.corrcoef(marks[:, j], totals - marks[:, j])[0, 1]) for j in range(marks.shape[1])]


if __name__ == "__main__":
    main()
