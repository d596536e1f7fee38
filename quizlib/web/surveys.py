"""What was answered in a round and is never marked: scales by unit, comments for the organiser alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizlib.bank.item import Item
from quizlib.measure.survey import ALL, OTHERS, Steps, by_unit
from quizlib.web.store import answers, units
from quizlib.web.store.rounds import OpenedRound


def unit_names(code: str) -> dict[str, str]:
    return {unit.code: f"{unit.type} {unit.name}".strip() for unit in units.of_contest(code)}


def scales(round: OpenedRound, lang: str) -> Iterator[tuple[Item, dict[str, Steps]]]:
    """Every scale with its answers by the units' codes; a scale that too few answered is left out."""
    names, people = unit_names(round.contest), Counter[tuple[str, ...]]()
    for item, unit, response, count in answers.totals(round.id):
        people[item, unit if unit in names else OTHERS, *response] += count
    for asked in round.bank.to(lang).items:
        steps = [step.id for step in asked.options] if asked.kind == "scale" else []
        groups = by_unit({unit: [people[asked.id, unit, s] for s in steps] for unit in (*names, OTHERS)})
        if groups:
            yield asked, groups


def rows(round: OpenedRound) -> Iterator[tuple[object, ...]]:
    """One row a step of each group, then the comments: without their units, which might tell who wrote."""
    yield "question", "unit", "people", "mean", "answer", "count", "share"
    names = unit_names(round.contest) | {ALL: "all", OTHERS: "others"}
    for item, groups in scales(round, "vi"):
        for unit, steps in groups.items():
            head = (item.stem, names[unit], steps.people, f"{steps.mean:.2f}")
            for option, count in zip(item.options, steps.counts, strict=True):
                yield *head, option.text, count, f"{count / steps.people:.0%}"
    stems = {item.id: item.stem for item in round.bank.items if item.kind == "comment"}
    said = Counter[tuple[str, str]]()
    for item_id, _, words, count in answers.totals(round.id):
        said.update({(stems[item_id], text): count for text in words if item_id in stems})
    for (stem, text), count in sorted(said.items()):
        yield stem, "", "", "", text.lstrip("=+-@ "), count, ""  # no formula in anybody's spreadsheet
