"""The machine under the measurements: its CPU time by process, its pace, and what it is made of."""

from __future__ import annotations

import hashlib
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PACKAGES = ("flask", "sqlalchemy", "psycopg", "granian", "typst")


def cpu_seconds(root: int) -> float:
    """User and system time of a process and all that descend from it, the dead ones it waited for too."""
    stats = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
    family, ticks = {root}, 0
    for process, fields in sorted(stats.items()):  # parents are older than their children
        if process in family or int(fields[1]) in family:
            family.add(process)
            ticks += sum(int(each) for each in fields[11:15])
    return ticks / TICK


def pace() -> float:
    """Milliseconds that a fixed piece of Python takes: only rounds of the same pace may be compared."""
    began = time.perf_counter()
    for number in range(4000):
        hashlib.sha256(str(number).encode()).hexdigest()
    return (time.perf_counter() - began) * 1000


def facts() -> dict[str, str]:
    names = Path("/proc/cpuinfo").read_text().split("\n")
    model = next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(os.cpu_count()),
        "processor": model or platform.machine(),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }
