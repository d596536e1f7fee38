"""Item statistics: how hard each item is, and how well it tells people apart (classical test theory).

Facility, SD, discrimination index, discriminative efficiency and effective weight follow Moodle's
``core_question\\statistics\\questions\\calculator``; docs/statistics.md has every formula and its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from quizlib.measure.drawing import scatter
from quizlib.measure.moments import (
    NOISE,
    Column,
    Floats,
    column,
    correlation,
    covariance,
    group_weights,
    varies,
)
from quizlib.measure.printing import Result, text_table
from quizlib.measure.responses import Responses
from quizlib.measure.wording import say

HARD, EASY, WEAK = 0.2, 0.95, 0.15  # facility below, facility above, item-rest correlation below
EXTREME = 0.27  # the upper and the lower group of Kelley 1939
FEW_PEOPLE = 30  # ours: below it a flag is chance as often as not
TABLE = ("n", "facility", "sd", "discrimination_index", "discriminative_efficiency", "effective_weight",
         "item_total", "item_rest", "upper_lower", "alpha_without")  # fmt: skip
Figures = dict[str, float | None]
MISSING: Figures = dict.fromkeys((*TABLE, "variance", "rest_variance", "with_total"))


@dataclass(frozen=True, slots=True, eq=False)
class ItemStatistics(Result):
    """Arrays over ``items``; a figure that does not exist is None: the item's ``flags`` or ``notes`` say why.

    n: people shown the item. facility: mean / maximum, 0..1 (below 0 with negative marking). sd: in marks.
    In percent: discrimination_index, discriminative_efficiency, effective_weight. random_guess_score: 0..1,
    None (as a whole) where options are unknown. item_total, item_rest: correlations. upper_lower: facility
    among the best 27 % less that among the weakest. alpha_without: alpha of the test without the item.
    """

    items: tuple[str, ...]
    n: npt.NDArray[np.int64]
    facility: Column
    sd: Column
    discrimination_index: Column
    discriminative_efficiency: Column
    effective_weight: Column
    random_guess_score: Column | None
    item_total: Column
    item_rest: Column
    upper_lower: Column
    alpha_without: Column
    flags: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        columns = [getattr(self, name).tolist() for name in TABLE]
        rows = zip(self.items, *columns, map(", ".join, self.flags), strict=True)
        return "\n".join([text_table(("item", *TABLE, "flags"), rows), *map(say, self.notes)])

    def say(self, lang: str = "en") -> list[str]:
        """A sentence for each flag of each item and for each note; ``lang`` is ``vi`` or ``en``."""
        flagged = zip(self.items, self.flags, strict=True)
        sentences = [f"{item}: {say(flag, lang)}" for item, flags in flagged for flag in flags]
        return sentences + [say(note, lang) for note in self.notes]

    def svg(self, lang: str = "en") -> str:
        """Facility across, item-rest correlation upwards, a point an item."""
        found = zip(self.items, self.facility.tolist(), self.item_rest.tolist(), self.flags, strict=True)
        points = [(x, y, item, bool(flags)) for item, x, y, flags in found if None not in (x, y)]
        return scatter(points, say("facility-by-rest", lang), say("facility", lang), say("item-rest", lang))


def item_statistics(responses: Responses) -> ItemStatistics:
    """Every figure of every item; of the people shown it, and against the rest of what they were shown.

    Where everybody was shown every item the rest is the total less the item. Papers that differ are compared
    in percent of their own greatest marks, total and rest alike; effective weight and alpha_without have no
    meaning there. Takes O(people x items) and sorts every item once.
    """
    found = [MISSING | figures for figures in _every_item(responses)]
    if responses.is_complete:
        _add_weights(found)
        _add_alpha_without(found)
    names = [name for name in TABLE if name != "n"]
    columns = {name: column(each[name] for each in found) for name in names}
    shown = np.count_nonzero(responses.shown, axis=0)
    return ItemStatistics(
        items=responses.items,
        n=shown,
        random_guess_score=_random_guess_score(responses),
        notes=_notes(responses),
        flags=tuple(_flags(each, int(count)) for each, count in zip(found, shown, strict=True)),
        **columns,
    )


def _every_item(responses: Responses) -> Iterator[Figures]:
    totals, maxima = responses.totals, responses.maxima
    alike = _Alike(_extremes(totals), float(maxima[0])) if responses.is_complete else None
    columns = np.ascontiguousarray(responses.marks.T)
    for marks, most in zip(columns, responses.max_marks.tolist(), strict=True):
        if alike:
            yield _of_marks(marks, most, totals, alike) | _of_rest(marks, most, totals - marks, alike.scale)
            continue
        shown = ~np.isnan(marks)
        compared = shown & (maxima > most)  # who was shown this item alone has no rest
        rest = 100 * (totals[compared] - marks[compared]) / (maxima[compared] - most)
        figures = _of_marks(marks[shown], most, 100 * totals[shown] / maxima[shown], None)
        yield figures | _of_rest(marks[compared], most, rest, 100.0)


@dataclass(frozen=True, slots=True)
class _Alike:
    """What all items share where everybody was shown every item."""

    extremes: Floats
    scale: float


def _of_marks(marks: Floats, most: float, total: Floats, alike: _Alike | None) -> Figures:
    """Figures of one item from its marks and the totals of the same people."""
    if not len(marks):
        return {}
    mean, scale = float(marks.mean()), alike.scale if alike else 100.0
    if len(marks) < 2:
        return {"facility": mean / most}
    own, whole = marks - mean, total - total.mean()
    variance = covariance(own, own) if varies(marks, most) else 0.0
    together = covariance(own, whole)
    lower, upper = (alike.extremes if alike else _extremes(total)) @ marks
    return {
        "facility": mean / most,
        "sd": sqrt(variance),
        "variance": variance,
        "with_total": together if abs(together) > NOISE * most * scale else 0.0,
        "item_total": correlation(own, whole) if variance and varies(total, scale) else None,
        "upper_lower": float(upper - lower) / most,
    }


def _of_rest(marks: Floats, most: float, rest: Floats, scale: float) -> Figures:
    """Figures of one item against the rest of the same people."""
    if not varies(rest, scale):
        return {}
    own, others = marks - marks.mean(), rest - rest.mean()
    if not varies(marks, most):
        return {"rest_variance": covariance(others, others)}
    together = correlation(own, others)
    best = covariance(np.sort(own), np.sort(others))
    return {
        "rest_variance": covariance(others, others),
        "item_rest": together,
        "discrimination_index": 100 * together,
        "discriminative_efficiency": 100 * covariance(own, others) / best,
    }


def _extremes(total: Floats) -> Floats:
    """2 x people: weights of the lower and of the upper group, each of whole people and summing to 1."""
    share = max(1, round(EXTREME * len(total))) / len(total)
    weights = group_weights(total, [(0, share), (1 - share, 1)])
    extremes: Floats = weights / weights.sum(axis=1, keepdims=True)
    return extremes


def _add_weights(found: list[Figures]) -> None:
    """100 sqrt(cov(x_j, X)) / sum of sqrt(cov(., X)), items of negative covariance left out, as in Moodle."""
    covariances = [each["with_total"] for each in found]
    roots = [None if each is None or each < 0 else sqrt(each) for each in covariances]
    whole = sum(root for root in roots if root)
    for each, root in zip(found, roots, strict=True):
        each["effective_weight"] = None if root is None or not whole else 100 * root / whole


def _add_alpha_without(found: list[Figures]) -> None:
    """Alpha of the k - 1 other items: needs two of them, and a rest that varies."""
    others = len(found) - 1
    variances = [each["variance"] or 0.0 for each in found]
    for each, own in zip(found, variances, strict=True):
        if others > 1 and (rest := each["rest_variance"]):
            each["alpha_without"] = others / (others - 1) * (1 - (sum(variances) - own) / rest)


def _random_guess_score(responses: Responses) -> Column | None:
    """Mean share of the maximum under blind choice of one option, 1 / options; None if not all are known."""
    choices = responses.choices
    if choices is None or (choices.keys < 0).any():
        return None
    return column(1 / len(options) for options in choices.options)


def _notes(responses: Responses) -> tuple[str, ...]:
    """How far to trust all of it, and why effective_weight and alpha_without are missing from every item."""
    people, items = responses.marks.shape
    claims = {
        "few-people": people < FEW_PEOPLE,
        "papers-differ-items": not responses.is_complete,
        "few-items": responses.is_complete and items < 3,
    }
    return tuple(name for name, is_so in claims.items() if is_so)


def _flags(figures: Figures, shown: int) -> tuple[str, ...]:
    facility, rest, sd = figures["facility"] or 0.0, figures["item_rest"], figures["sd"]
    claims = {
        "nobody": shown == 0,
        "one-person": shown == 1,
        "constant": sd == 0,
        "no-rest": shown > 1 and bool(sd) and rest is None,
        "hard": shown > 1 and facility < HARD,
        "easy": shown > 1 and facility > EASY,
        "weak": rest is not None and 0 <= rest < WEAK,
        "negative": rest is not None and rest < 0,
    }
    return tuple(name for name, is_so in claims.items() if is_so)
