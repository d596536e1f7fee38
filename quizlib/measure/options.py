"""Distractors: who chose which option of each item, from the weakest fifth to the best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizlib.errors import ContentError, fault
from quizlib.measure.choices import BLANK, NOT_SHOWN, Choices
from quizlib.measure.drawing import curves, stacked
from quizlib.measure.moments import Floats, correlation, group_weights, varies
from quizlib.measure.printing import Result, text_table
from quizlib.measure.responses import Responses
from quizlib.measure.wording import say

GROUPS = 5
RARE = 0.05  # share of the people shown the item
FIFTHS = [(group / GROUPS, (group + 1) / GROUPS) for group in range(GROUPS)]


@dataclass(frozen=True, slots=True)
class OptionRow(Result):
    """One option of one item, ``option`` "" being a blank answer.

    ``share`` of the people shown the item, ``groups`` the same in each fifth by rest, the weakest first;
    ``mean_rest`` of those who chose it, and ``correlation`` of having chosen it with the rest, -1..1. The
    rest is in percent of its own greatest mark. None where nobody or everybody chose it, or rests are alike.
    """

    item: str
    option: str
    is_key: bool
    count: int
    share: float
    groups: tuple[float, ...] | None
    mean_rest: float | None
    correlation: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distractors(Result):
    """Rows by item, the options in their order and blanks last."""

    rows: tuple[OptionRow, ...]

    def __str__(self) -> str:
        header = ("item", "option", "key", "count", "share", *(f"group {n + 1}" for n in range(GROUPS)))
        lines = [
            (row.item, row.option or "(blank)", "*" if row.is_key else "", row.count, row.share,
             *(row.groups or (None,) * GROUPS), row.mean_rest, row.correlation, ", ".join(row.flags))
            for row in self.rows
        ]  # fmt: skip
        return text_table((*header, "mean_rest", "correlation", "flags"), lines)

    def say(self, lang: str = "en") -> list[str]:
        """A sentence for each flag of each option, in Vietnamese (``vi``) or English (``en``)."""
        return [f"{row.item} {row.option}: {say(flag, lang)}" for row in self.rows for flag in row.flags]

    def of(self, item: str) -> tuple[OptionRow, ...]:
        return tuple(row for row in self.rows if row.item == item)

    def svg(self, item: str = "", lang: str = "en") -> str:
        """Curves of one item, or of every item: the share of each option over the ability groups."""
        items = [item] if item else dict.fromkeys(row.item for row in self.rows)
        return stacked([self._curves(each, lang) for each in items])

    def _curves(self, item: str, lang: str) -> str:
        rows = self.of(item)
        names = {
            row.option: f"{row.option} ({say('key', lang)})" if row.is_key else row.option or "–"
            for row in rows
        }
        lines = {names[row.option]: row.groups or () for row in rows}
        key = next(names[row.option] for row in rows if row.is_key)
        words = [say(code, lang, item=item) for code in ("option-curves", "ability-group", "share")]
        return curves(lines, key, *words)


def distractors(responses: Responses) -> Distractors:
    """Every option of every item that has one right option; ContentError without chosen options and keys.

    Ability is the rest, the total less the item, in percent of the rest's greatest mark: so a wrong key does
    not make those who saw through it look weak. Flags: ``option-rare`` under 5 %; ``option-attracts-able`` a
    wrong option with a correlation of 0 or more; ``key-repels-able`` the key below 0; ``option-beats-key`` a
    wrong option chosen more often than the key in the best fifth (red).
    """
    choices = with_keys(responses)
    items = np.flatnonzero(choices.keys != BLANK)
    return Distractors(tuple(row for item in items for row in _of_item(responses, choices, int(item))))


def with_keys(responses: Responses) -> Choices:
    """The chosen options; ContentError if they, or all keys, are unknown."""
    if responses.choices is None or (responses.choices.keys == BLANK).all():
        raise ContentError([fault("responses", "", "chosen", "no-choices")])
    return responses.choices


def _of_item(responses: Responses, choices: Choices, item: int) -> Iterator[OptionRow]:
    codes, most = choices.codes[:, item], responses.max_marks[item]
    shown = responses.shown[:, item] & (codes != NOT_SHOWN)
    chosen, rests = codes[shown], responses.maxima[shown] - most
    compared = rests > 0
    points = responses.totals[shown] - responses.marks[shown, item]
    rest = 100 * points[compared] / rests[compared]
    weights = group_weights(rest, FIFTHS) if varies(rest, 100.0) else None
    key = int(choices.keys[item])
    best = _shares(chosen[compared] == key, weights)
    for option in (*choices.options[item], *([BLANK] if (chosen == BLANK).any() else [])):
        picked, is_key = chosen == option, option == key
        share, groups = float(picked.mean()) if len(picked) else 0.0, _shares(picked[compared], weights)
        mean_rest, together = _against(picked[compared], rest)
        claims = {
            "option-rare": not is_key and share < RARE,
            "option-attracts-able": not is_key and together is not None and together >= 0,
            "key-repels-able": is_key and together is not None and together < 0,
            "option-beats-key": bool(groups and best and groups[-1] > best[-1]),
        }
        yield OptionRow(
            item=responses.items[item],
            option="" if option == BLANK else choices.labels[option],
            is_key=is_key,
            count=int(picked.sum()),
            share=share,
            groups=groups,
            mean_rest=mean_rest,
            correlation=together,
            flags=tuple(name for name, is_so in claims.items() if is_so and option != BLANK),
        )


def _shares(picked: npt.NDArray[np.bool_], weights: Floats | None) -> tuple[float, ...] | None:
    return None if weights is None else tuple((weights @ picked / weights.sum(axis=1)).tolist())


def _against(picked: npt.NDArray[np.bool_], rest: Floats) -> tuple[float | None, float | None]:
    """Mean rest of those who picked it; correlation of picking with the rest."""
    if not picked.any():
        return None, None
    if picked.all() or not varies(rest, 100.0):
        return float(rest[picked].mean()), None
    return float(rest[picked].mean()), correlation(picked - picked.mean(), rest - rest.mean())
