"""What a closed round says of its questions and units, and what a committee should ask about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from quizlib.bank.item import Item
from quizlib.bank.kinds.judge import VERDICTS
from quizlib.errors import ContentError, fault
from quizlib.exam.paper import Paper
from quizlib.exam.score import Correction, accepted_keys
from quizlib.measure.detection import Detection
from quizlib.measure.document import Part, percent
from quizlib.measure.gain import gain
from quizlib.measure.pairs import identical_wrong
from quizlib.measure.people import FEWEST_PEOPLE, Aggregate
from quizlib.measure.report import report
from quizlib.measure.responses import Responses
from quizlib.measure.signals import bursts, prediction_blocks
from quizlib.measure.wording import figure, say
from quizlib.web import judgements, marking, twins
from quizlib.web.clock import LOCAL
from quizlib.web.issuing import counted
from quizlib.web.store import attempts, corrections, entries, outcomes, rounds
from quizlib.web.store.rounds import OpenedRound

ONE_KEY = ("choice", "action", "judge")  # kinds whose response begins with one option, and so does the key
STEM = 40  # letters by which an editor finds an item
MOST_PAIRS = 50  # told to a committee


def of_round(round: OpenedRound, lang: str) -> tuple[Responses, list[Part]]:
    """The responses and the whole report; ContentError before the keys may be known, or if nobody sat it."""
    closed = {each.number for each in rounds.of_contest(round.contest) if each.facts}
    twins_too = [times.number for times in round.rules.rounds] if round.rules.paper.twins else []
    if not closed.issuperset([round.number, *twins_too]):
        raise ContentError([fault("round", str(round.number), "", "keys-would-leak")])
    responses = responses_of(round)
    summary, items, *tables = report(responses, lang, labels(round, lang))
    between = [*discernment(round, lang), *gained(round, lang), evidence(round, responses, lang)]
    summary = replace(summary, lines=[say("for-the-committee", lang), *summary.lines])
    return responses, [summary, items, *between, *tables]


def title_of(round: OpenedRound, lang: str) -> str:
    names = [
        round.rules.title.say(lang),
        round.times.title.say(lang) if round.times.title else str(round.number),
    ]
    return ": ".join(names)


def responses_of(round: OpenedRound) -> Responses:
    """The counted paper of each person, by entry: marks as the round's corrections have them, NaN = not in
    the paper; options and keys of items of one key; topics as strata.

    There are no seconds: the store knows when answers arrived, and those kept on a phone arrive together.
    """
    papers, kept = dict[str, Paper](), dict[str, dict[str, tuple[int, str]]]()
    for entry, paper, result in marking.counted_papers(round):
        papers[paper.digest] = paper
        kept[entry] = {mark.item: (mark.points, "".join(mark.response[:1])) for mark in result.marks}
    items = items_of(round, papers.values())
    if not items:
        raise ContentError([fault("round", str(round.number), "", "nothing-to-measure")])
    keys = keys_of(papers.values(), corrections.of_round(round.id))
    people = sorted(kept)  # by ids that tell nothing
    rows = [[kept[entry].get(item.id, (None, None)) for item in items] for entry in people]
    return Responses.of(
        [[points for points, _ in row] for row in rows],
        [item.points for item in items],
        chosen=[
            [option if item.id in keys else None for item, (_, option) in zip(items, row, strict=True)]
            for row in rows
        ],
        keys=[keys.get(item.id) for item in items],
        options=[options_of(item) if item.id in keys else () for item in items],
        people=people,
        items=[item.id for item in items],
        strata=[item.topic for item in items],
    )


def options_of(item: Item) -> tuple[str, ...]:
    return tuple(option.id for option in item.options) or VERDICTS


def items_of(round: OpenedRound, papers: Collection[Paper]) -> list[Item]:
    """Those that are marked and stood in a paper, in the bank's order."""
    drawn = {item for paper in papers for item, _ in paper.picks}
    return [item for item in round.bank.items if item.id in drawn and item.points]


def keys_of(papers: Collection[Paper], corrected: Sequence[Correction]) -> dict[str, str]:
    """The key in force of each item that has exactly one, the same in every paper."""
    found: dict[str, set[str]] = {}
    for item in {(item.id, item.variant): item for paper in papers for item in paper.items}.values():
        keys = accepted_keys(item, corrected) if item.kind in ONE_KEY else None
        found.setdefault(item.id, set()).update([key[0] for key in keys] if keys else ["", "-"])
    return {item: keys.pop() for item, keys in found.items() if len(keys) == 1}


def labels(round: OpenedRound, lang: str) -> dict[str, str]:
    """The id and how the stem begins; of a template as its first row fills it."""
    shown = [item.with_row(0) if item.rows else item for item in round.bank.to(lang).items]
    return {item.id: f"{item.id} “{shorten(item.stem)}”" for item in shown}


def shorten(text: str) -> str:
    return text if len(text) <= STEM else f"{text[:STEM].rstrip()}…"


def discernment(round: OpenedRound, lang: str) -> list[Part]:
    """By unit and by topic, where scams and genuine things were to be told apart."""
    units, topics = judgements.by_unit(round), judgements.by_topic(round)
    title = {topic.id: topic.title for topic in round.bank.to(lang).topics}
    of_units = [(unit or say("everybody", lang), each.people, each) for unit, each in units.items()]
    of_topics = [(title[topic], people, each) for topic, (people, each) in topics.items()]
    return [
        *([told_apart("discernment-units", of_units, lang)] if units else []),
        *([told_apart("discernment-topics", of_topics, lang)] if topics else []),
    ]


def told_apart(code: str, rows: Sequence[tuple[str, int, Aggregate | Detection]], lang: str) -> Part:
    names = ("group", "people", "hits", "correct", "d-prime", "criterion")
    cells = [
        (
            name,
            str(people),
            percent(each.hits_share, lang),
            percent(each.correct_share, lang),
            figure(each.d_prime, lang),
            figure(each.criterion, lang),
        )
        for name, people, each in rows
    ]
    header = tuple(say(f"column-{name}", lang) for name in names)
    return Part(say(code, lang), [say(f"{code}-note", lang), say("discernment-note", lang)], [header, *cells])


def gained(round: OpenedRound, lang: str) -> list[Part]:
    """Of a class whose two tests are both closed."""
    if not round.rules.paper.twins:
        return []
    pairs = twins.linked(*rounds.of_contest(round.contest))
    found = gain(pairs) if len(pairs) >= FEWEST_PEOPLE else None
    if found is None:
        return [Part(say("gain", lang), [say("gain-few", lang, people=len(pairs), needed=FEWEST_PEOPLE)])]
    shares = {
        name: percent(getattr(found, name), lang) for name in ("before", "after", "mean", "low", "high")
    }
    sure = "gain-sure" if found.low > 0 else "gain-unsure"
    return [Part(say("gain", lang), [say("gain-said", lang, people=found.people, **shares), say(sure, lang)])]


def evidence(round: OpenedRound, responses: Responses, lang: str) -> Part:
    """People appear by their entry's id: whoever decides looks them up, and hears them."""
    tallies, people = outcomes.tallies(round.id), entries.of_round(round.id)
    unit = {entry: people[entry].unit_name for entry in tallies}
    predicted = [(unit[entry], counted(round, each)[1].prediction) for entry, each in tallies.items()]
    started = [
        (unit[each.entry], each.started_at) for each in attempts.submitted(round.id) if each.entry in unit
    ]
    has_keys = responses.choices is not None and bool((responses.choices.keys >= 0).any())
    found = {
        "evidence-pairs": identical_wrong(responses, most=MOST_PAIRS).say(lang) if has_keys else [],
        "evidence-predictions": prediction_blocks((u, n) for u, n in predicted if n is not None).say(lang),
        "evidence-bursts": bursts((u, at.astimezone(LOCAL).replace(tzinfo=None)) for u, at in started).say(
            lang
        ),
    }
    parts = [Part(say(code, lang), said or [say("nothing-found", lang)]) for code, said in found.items()]
    return Part(say("evidence", lang), [say("evidence-note", lang)], parts=parts)
