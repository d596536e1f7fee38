"""From marked items to how well a person tells scams from genuine things, in words for everyone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizlib.bank.item import Item
from quizlib.exam.score import Mark
from quizlib.measure.confidence import Judgement, of_judgements
from quizlib.measure.detection import Detection
from quizlib.measure.people import FEWEST_PEOPLE, Aggregate, aggregate
from quizlib.web import marking
from quizlib.web.store import entries
from quizlib.web.store.rounds import OpenedRound

NEEDLE = 1.7  # the criterion at either end of the needle: calling everything one thing in ten and ten


@dataclass(frozen=True, slots=True)
class Discernment:
    """``needle`` runs from 0 (trusts everything) over 50 to 100 (distrusts everything)."""

    detection: Detection
    needle: int
    missed_tactics: tuple[str, ...]
    missed_channels: tuple[str, ...]


def judgements_of(items: Sequence[Item], marks: Sequence[Mark]) -> Discernment | None:
    """None unless at least one scam and one genuine thing were judged."""
    pairs = [(item, mark) for item, mark in zip(items, marks, strict=True) if item.kind == "judge"]
    judged = [judgement(item, mark) for item, mark in pairs if mark.response]
    if len({each.is_scam for each in judged}) < 2:
        return None
    found = of_judgements(judged)
    wrong = [each for each in judged if each.is_scam and not each.said_scam]
    return Discernment(
        detection=found,
        needle=round(50 - 50 * max(-1.0, min(1.0, found.criterion / NEEDLE))),
        missed_tactics=most_often(each.tactic for each in wrong),
        missed_channels=most_often(each.channel for each in wrong),
    )


def by_unit(round: OpenedRound) -> dict[str, Aggregate]:
    """Of each unit, and of all under "", the counted papers together; groups under ten are left out."""
    groups: dict[str, list[Detection]] = defaultdict(list)
    people = entries.of_round(round.id)
    for entry, paper, result in marking.counted_papers(round):
        discernment = judgements_of(paper.items, result.marks)
        if discernment:
            groups[""].append(discernment.detection)
            groups[people[entry].unit_name].append(discernment.detection)
    together = {unit: aggregate(each) for unit, each in sorted(groups.items())}
    return {unit: group for unit, group in together.items() if group}


def by_topic(round: OpenedRound) -> dict[str, tuple[int, Detection]]:
    """People, and their judgements pooled: one person meets too few of a topic. Topics of ten people or more
    who met both scams and genuine things.
    """
    found: dict[str, list[Judgement]] = defaultdict(list)
    people: dict[str, set[str]] = defaultdict(set)
    for entry, paper, result in marking.counted_papers(round):
        for item, mark in zip(paper.items, result.marks, strict=True):
            if item.kind == "judge" and mark.response:
                found[item.topic].append(judgement(item, mark))
                people[item.topic].add(entry)
    return {
        topic: (len(people[topic]), of_judgements(each))
        for topic, each in sorted(found.items())
        if len(people[topic]) >= FEWEST_PEOPLE and len({one.is_scam for one in each}) == 2
    }


def judgement(item: Item, mark: Mark) -> Judgement:
    verdict, sureness = mark.response
    return Judgement(
        is_scam=item.verdict == "scam",
        said_scam=verdict == "scam",
        sureness=int(sureness),
        tactic=item.tactic,
        channel=item.stimulus.channel if item.stimulus else "",
    )


def most_often(names: Iterable[str]) -> tuple[str, ...]:
    """What was missed at least twice, most often first: once may be chance."""
    return tuple(name for name, count in Counter(names).most_common() if name and count > 1)
