"""`make faults`: faults are put in the way of people who answer; whatever was acknowledged must be kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter

from benchmarks.events import EVENTS, possible, reordered, two_phones, under
from benchmarks.site import ROOT
from benchmarks.trial import trial_on
from benchmarks.ways import WAYS, whole


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
        for event in possible(trial, database):
            for _ in range(each_event):
                under(trial, event)
                faults[event.__name__] += 1
        found = {
            "faults": dict(faults),
            "acknowledged": trial.recorder.saves,
            "lost": trial.lost(trial.kept()),
            "closed": trial.closed(),
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
              f"{each['lost']} lost, {each['closed']} papers closed\n  {kinds}")  # fmt: skip
    return 1 if any(each["lost"] or each["closed"] for each in results) else 0


if __name__ == "__main__":
    sys.exit(main())
