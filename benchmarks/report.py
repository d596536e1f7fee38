"""What was measured, as a table on the terminal, and as a document with a plot beside the peers."""

from __future__ import annotations

from html import escape
from math import log10
from pathlib import Path
from typing import Any

Result = dict[str, Any]
TEXT = (Path(__file__).parent / "performance.md").read_text("utf-8")
HEAD = ("", "a second", "p50 ms", "p95 ms", "p99 ms", "CPU ms: application", "database", "driver")
ORDER = (
    "floor: the statement, 8 clients",
    "floor: the statement, 32 clients",
    "floor: answer",
    "answer",
    "enter: the form",
    "enter",
    "enter: ready",
    "start",
    "the paper",
    "submit: the review",
    "submit",
    "outcome",
    "floor: constant page",
    "standings",
    "certificate",
)
ANSWERS = 20
ONCE = (
    "enter: the form", "enter", "enter: ready", "start",
    "the paper", "submit: the review", "submit", "outcome",
)  # fmt: skip
# One saved answer: saves a second, CPU milliseconds of application and database; measured elsewhere, on
# another machine of two cores (32 connections; Moodle 8).
PEERS = (
    ("CTFd 3.8.7", 63, 30.4),
    ("Moodle 4.3, as installed", 57, 34.0),
    ("Moodle 4.3, tuned", 112, 16.0),
    ("a bare Flask route there", 2900, 0.58),
)


def rows(result: Result) -> list[tuple[str, ...]]:
    steps = result["steps"]
    return [(name, *map(shown, figures(steps[name]))) for name in ORDER if name in steps]


def figures(step: dict[str, float]) -> tuple[float, ...]:
    return tuple(step[name] for name in ("rate", "p50", "p95", "p99", "app", "database", "driver"))


def shown(number: float) -> str:
    return "-" if number == 0 else f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def sums(result: Result) -> dict[str, float]:
    """Figures that follow from the steps: a whole attempt, and the ratios to the floor of the same run."""
    steps = result["steps"]
    cpu = {name: step["app"] + step["database"] for name, step in steps.items()}
    time = {name: 1 / step["rate"] for name, step in steps.items()}
    found = {
        "attempt_cpu": sum(cpu[name] for name in ONCE) + ANSWERS * cpu["answer"],
        "attempts_a_second": 1 / (sum(time[name] for name in ONCE) + ANSWERS * time["answer"]),
        "answer_cpu": cpu["answer"],
    }
    if "floor: answer" in steps:
        found["answer_cpu_ratio"] = cpu["answer"] / cpu["floor: answer"]
        found["answer_rate_ratio"] = steps["answer"]["rate"] / steps["floor: answer"]["rate"]
        found["standings_rate_ratio"] = steps["standings"]["rate"] / steps["floor: constant page"]["rate"]
    return {name: round(value, 3) for name, value in found.items()}


def table(result: Result) -> str:
    lines = [HEAD, *rows(result)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    drawn = [
        "  ".join(f"{cell:<{w}}" if place == 0 else f"{cell:>{w}}" for place, (cell, w) in enumerate(pairs))
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    ]
    return "\n".join([*drawn, "", *(f"{name}: {value}" for name, value in sums(result).items())])


def write(result: Result, docs: Path) -> None:
    found, made_of = sums(result), result["machine"]
    lines = [f"| {' | '.join(cells)} |" for cells in rows(result)]
    values = {
        "day": result["day"],
        "rounds": result["rounds"],
        "minutes": f"{result['seconds'] / 60:.0f}",
        "people": result["people"],
        "answers": f"{ANSWERS * result['people']:,}",
        "board": f"{result['on_the_board']:,}",
        "publishing": f"{result['publishing_seconds']:.1f}",
        "pace": ", ".join(map(str, result["pace_ms"])),
        "database": result["database"],
        "machine": ", ".join(f"{name} {value}" for name, value in made_of.items()),
        "table": "\n".join([f"| {' | '.join(HEAD)} |", "|---" + "|--:" * (len(HEAD) - 1) + "|", *lines]),
        "peers": "\n".join(f"| {name} | {rate:,} | {cpu:.3g} |" for name, rate, cpu in compared(result)),
        **{name: shown(value) for name, value in found.items()},
        **{f"{name}_percent": f"{100 * value:.0f}" for name, value in found.items() if "ratio" in name},
    }
    text = TEXT
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    (docs / "performance.md").write_text(text, "utf-8")
    (docs / "performance.svg").write_text(plot(compared(result)), "utf-8")


def compared(result: Result) -> list[tuple[str, int, float]]:
    """The peers of elsewhere, then this run's floor and quizlib: name, saves a second, CPU ms each."""
    own = (("the bare route here", "floor: answer"), ("quizlib here", "answer"))
    steps = result["steps"]
    return [
        *PEERS,
        *(
            (name, round(step["rate"]), step["app"] + step["database"])
            for name, key in own
            for step in [steps[key]]
        ),
    ]


def plot(found: list[tuple[str, int, float]]) -> str:
    """CPU of one saved answer: a bar for each, on a line where every step is ten times the last."""
    left, wide, high = 190, 420, 28
    bars = []
    for row, (name, _, cpu) in enumerate(found):
        y, length = 34 + row * high, wide * place(cpu)
        fill = "#0b6e4f" if "quizlib" in name else "#8aa0a8" if "here" in name else "#c9b79c"
        bars += [
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{left}" y="{y}" width="{length:.0f}" height="{high - 8}" fill="{fill}"/>',
            f'<text x="{left + length + 6:.0f}" y="{y + 14}">{cpu:.3g} ms</text>',
        ]
    height = 34 + len(found) * high + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 {height}" role="img" '
        'font-family="sans-serif" font-size="13">\n<title>CPU of one saved answer</title>\n'
        f'<rect width="700" height="{height}" fill="#ffffff"/>\n'
        '<text x="8" y="20" font-weight="bold">CPU of one saved answer, application and database</text>\n'
        '<text x="692" y="20" text-anchor="end">each third of the width is ten times more</text>\n'
        + "\n".join(bars)
        + "\n</svg>\n"
    )


def place(milliseconds: float) -> float:
    """0 at 0.05 ms, 1 at 50 ms, by powers of ten."""
    return max(0.02, min(1.0, log10(milliseconds / 0.05) / 3))
