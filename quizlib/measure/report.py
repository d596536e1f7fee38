"""The report that a teacher and a committee read of a test: sentences, then tables and drawings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from quizlib.measure.classical import FEW_PEOPLE, WEAK, ItemStatistics, item_statistics
from quizlib.measure.document import Part, percent, points
from quizlib.measure.drawing import scatter
from quizlib.measure.options import GROUPS, Distractors, OptionRow, distractors
from quizlib.measure.reliability import TestStatistics, test_statistics
from quizlib.measure.responses import Responses
from quizlib.measure.wording import figure, say

# Alpha at least: Nunnally 1978, and ours below.
BANDS = ((0.9, "trust-high"), (0.8, "trust-good"), (0.7, "trust-fair"), (0.0, "trust-low"))
SURE = 1.96  # standard errors that luck alone passes once in twenty times
RED = ("negative", "option-beats-key")
TOLD = ("hard", "easy", "weak", *RED)  # flags that make an item worth a look; the others stand in the tables
FIGURES = ("mean", "median", "sd", "skewness", "kurtosis", "alpha", "stratified_alpha", "error_ratio", "sem")
TRUST = ("alpha", "error_ratio", "sem")


@dataclass(frozen=True, slots=True)
class Judged:
    """An item: its place in ``items``, how it is called, and its options as far as they are known."""

    place: int
    label: str
    items: ItemStatistics
    rows: tuple[OptionRow, ...]

    @property
    def name(self) -> str:
        return self.items.items[self.place]

    @property
    def people(self) -> int:
        return int(self.items.n[self.place])

    @property
    def is_few(self) -> bool:
        """So few people that nothing is said of the item."""
        return self.people < FEW_PEOPLE

    def told(self, by_luck: bool = False) -> list[tuple[str, OptionRow | None]]:
        """What to tell an editor: sure flags, or those that may be luck, with the option they belong to."""
        flags: list[tuple[str, OptionRow | None]] = [(flag, None) for flag in self.items.flags[self.place]]
        flags += [(flag, row) for row in self.rows for flag in row.flags]
        found = [each for each in flags if each[0] in TOLD and self.may_be_luck(*each) == by_luck]
        return [] if self.is_few else found

    @property
    def is_red(self) -> bool:
        return any(flag in RED for flag, _ in self.told())

    def of(self, name: str) -> float | None:
        found: float | None = getattr(self.items, name)[self.place]
        return found

    def may_be_luck(self, flag: str, row: OptionRow | None) -> bool:
        """Whether so few people would show the same of a sound item once in twenty times."""
        rest = self.of("item_rest")
        if flag in ("weak", "negative") and rest is not None:
            return rest + SURE / sqrt(self.people) >= WEAK
        best = [each.groups[-1] for each in self.rows if each.groups and (each.is_key or each is row)]
        if row is None or len(best) < 2:
            return False
        fifth = self.people / GROUPS
        return bool(fifth * abs(best[0] - best[1]) < SURE * sqrt(fifth * sum(best)))


def report(responses: Responses, lang: str, labels: Mapping[str, str] | None = None) -> list[Part]:
    """Summary, items to look at, tables; in Vietnamese (``vi``) or English (``en``).

    ``labels`` are what items are called by their id, otherwise the id. Items shown to fewer than 30 people
    are not judged.
    """
    items, test, known = item_statistics(responses), test_statistics(responses), labels or {}
    has_keys = responses.choices is not None and bool((responses.choices.keys >= 0).any())
    options = distractors(responses) if has_keys else Distractors(())
    rows: dict[str, list[OptionRow]] = {item: [] for item in responses.items}
    for row in options.rows:
        rows[row.item].append(row)
    found = [
        Judged(place, known.get(item, item), items, tuple(rows[item]))
        for place, item in enumerate(responses.items)
    ]
    areas = None if test.alpha is not None else by_area(responses)
    trusted = test_statistics(areas) if areas else test
    tables = [item_table(found, lang), option_table(found, lang), test_table(test, trusted, lang)]
    return [
        summary(responses, test, trusted, lang),
        to_look_at(found, options, lang),
        *(each for each in tables if len(each.table) > 1),
    ]


def by_area(responses: Responses) -> Responses | None:
    """People x strata, which is complete where papers drawn at random give each stratum as many points.

    Alpha over them is that of a paper made of strata. None without strata, or where papers differ in them.
    """
    strata = responses.strata or ()
    areas = list(dict.fromkeys(strata))
    if len(areas) < 2:
        return None
    inside = np.array([[area == each for each in areas] for area in strata], dtype=np.float64)
    maxima = responses.shown @ (inside * responses.max_marks[:, None])
    if not np.allclose(maxima, maxima[0]):
        return None
    marks = np.minimum(np.nan_to_num(responses.marks) @ inside, maxima[0])
    return Responses.of(marks, maxima[0], people=responses.people, items=areas)


def summary(responses: Responses, test: TestStatistics, trusted: TestStatistics, lang: str) -> Part:
    each = responses.shown.sum(axis=1)
    low, high = int(each[each > 0].min()), int(each.max())
    counts = {"people": test.n, "items": test.items, "each": low if low == high else f"{low}–{high}"}
    means = {name: points(value, lang) for name, value in (("mean", test.mean), ("median", test.median))}
    lines = [
        say("people-same-paper" if responses.is_complete else "people-drawn-papers", lang, **counts),
        say(f"mean-{test.unit}", lang, most=points(float(responses.maxima.max()), lang), **means),
        *([say("trust-by-area", lang)] if trusted is not test else []),
        *trust(trusted, lang),
        *([say("few-people", lang)] if test.n < FEW_PEOPLE else []),
    ]
    return Part(say("report-summary", lang), lines, drawings=[(say("histogram", lang), test.svg(lang))])


def trust(test: TestStatistics, lang: str) -> list[str]:
    """How far the result can be trusted, or why nobody can tell."""
    if test.alpha is None or test.sem is None:
        return [say(test.reasons["alpha"], lang)]
    band = next((code for floor, code in BANDS if test.alpha >= floor), "trust-none")
    said = say("trust", lang, alpha=figure(test.alpha, lang), band=say(band, lang))
    errors = {"sem": points(test.sem, lang), "apart": points(SURE * sqrt(2) * test.sem, lang)}
    return [said, *([say(f"error-{test.unit}", lang, **errors)] if test.alpha > 0 else [])]


def to_look_at(found: Sequence[Judged], options: Distractors, lang: str) -> Part:
    """The flagged items, red ones first and the worst first among them; then those that may be luck."""
    judged = sorted(
        (each for each in found if not each.is_few), key=lambda each: (not each.is_red, _rest(each))
    )
    flagged = [each for each in judged if each.told()]
    lucky = [each for each in judged if not each.told() and each.told(by_luck=True)]
    counts = {"flagged": len(flagged), "judged": len(judged), "red": sum(each.is_red for each in flagged)}
    few = len(found) - len(judged)
    lines = [
        *([say("items-count" if flagged else "items-none", lang, **counts)] if judged else []),
        *([say("items-few", lang, count=few, needed=FEW_PEOPLE)] if few else []),
        *([say("terms", lang)] if judged else []),
    ]
    places = [
        (facility, rest, each.name, each in flagged)
        for each in judged
        if (facility := each.of("facility")) is not None and (rest := each.of("item_rest")) is not None
    ]
    words = [say(code, lang) for code in ("facility-by-rest", "facility", "item-rest")]
    watched = [f"{each.label}: {_figures(each, lang)}" for each in lucky]
    return Part(
        say("report-items", lang),
        lines,
        drawings=[(words[0], scatter(places, *words))] if places else [],
        parts=[
            *(item_part(each, options, lang) for each in flagged),
            *([Part(say("items-by-luck", lang, count=len(lucky)), watched)] if lucky else []),
        ],
    )


def _rest(item: Judged) -> float:
    rest = item.of("item_rest")
    return 1.0 if rest is None else rest


def _figures(item: Judged, lang: str) -> str:
    facility, rest = percent(item.of("facility"), lang), figure(item.of("item_rest"), lang)
    return say("item-figures", lang, people=item.people, facility=facility, rest=rest)


def item_part(item: Judged, options: Distractors, lang: str) -> Part:
    curves = [(say("option-curves", lang, item=item.name), options.svg(item.name, lang))] if item.rows else []
    lines = [
        say("option-said", lang, option=row.option, said=say(flag, lang)) if row else say(flag, lang)
        for flag, row in item.told()
    ]
    grade = "red" if item.is_red else "amber"
    return Part(item.label, [_figures(item, lang), *lines], drawings=curves, grade=grade)


# -- tables


def item_table(found: Sequence[Judged], lang: str) -> Part:
    header = _header(lang, "item", "people", "facility", "rest", "upper-lower", "remark")
    rows = [
        (
            item.label,
            str(item.people),
            percent(item.of("facility"), lang),
            figure(item.of("item_rest"), lang),
            percent(item.of("upper_lower"), lang),
            _remarks(item.items.flags[item.place], item.is_few, lang),
        )
        for item in found
    ]
    return Part(say("table-items", lang), [say("table-items-note", lang)], [header, *rows])


def option_table(found: Sequence[Judged], lang: str) -> Part:
    header = _header(lang, "item", "option", "people", "share")
    header += (*(str(group + 1) for group in range(GROUPS)), say("column-remark", lang))
    rows = [
        (
            item.name if first else "",
            row.option or say("blank", lang),
            str(row.count),
            *(percent(share, lang) for share in (row.share, *(row.groups or (None,) * GROUPS))),
            ", ".join(
                filter(None, (say("key", lang) if row.is_key else "", _remarks(row.flags, False, lang)))
            ),
        )
        for item in found
        if not item.is_few
        for first, row in zip(_once(), item.rows, strict=False)
    ]
    return Part(say("table-options", lang), [say("table-options-note", lang)], [header, *rows])


def _once() -> Iterator[bool]:
    yield True
    while True:
        yield False


def test_table(test: TestStatistics, trusted: TestStatistics, lang: str) -> Part:
    found = {name: getattr(trusted if name in TRUST else test, name) for name in FIGURES}
    rows = [
        (say(f"figure-{name}", lang), figure(value, lang), say(f"means-{name}", lang))
        for name, value in found.items()
        if value is not None
    ]
    return Part(say("table-test", lang), (), [_header(lang, "figure", "value", "meaning"), *rows])


def _header(lang: str, *names: str) -> tuple[str, ...]:
    return tuple(say(f"column-{name}", lang) for name in names)


def _remarks(flags: Sequence[str], is_few: bool, lang: str) -> str:
    return say("remark-few", lang) if is_few else ", ".join(say(f"remark-{flag}", lang) for flag in flags)
