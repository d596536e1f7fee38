"""Paper: the items one contestant sits, and the view of them that may be shown before marking."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item, Response, Stimulus
from quizlib.bank.kinds.scenario import current_step, walked

DRAW_VERSION = 1  # raised whenever the same seed would give another paper


@dataclass(frozen=True, slots=True)
class OptionView:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a scenario that has been reached: what happens, and the ways on."""

    id: str
    text: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """What a page may know of an item before it is marked: no key, verdict, rationale or clue."""

    id: str
    kind: str
    topic: str
    stem: str
    options: tuple[OptionView, ...]
    stimulus: Stimulus | None
    steps: tuple[StepView, ...]
    unit: str
    audio: str
    points: int
    ai_generated: bool
    lang: str

    def to_dict(self) -> dict[str, object]:
        """JSON-ready; the keys are the fields' names and stay so."""
        return asdict(self)


@dataclass(frozen=True)
class Paper:
    """``picks`` are item ids with the template row drawn; ``orders`` the option ids in the order shown."""

    bank: Bank
    blueprint: str
    seed: str
    picks: tuple[tuple[str, int | None], ...]
    orders: Mapping[str, tuple[str, ...]]
    draw_version: int

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return self.items_in(self.bank.lang)

    def items_in(self, lang: str) -> tuple[Item, ...]:
        by_id = self.bank.to(lang).by_id
        return tuple(
            by_id[item] if variant is None else by_id[item].with_row(variant) for item, variant in self.picks
        )

    def views(self, lang: str = "vi") -> tuple[ItemView, ...]:
        """The paper as it may be shown, in order, options in the order of this paper."""
        if lang not in self.shown:
            self.shown[lang] = tuple(view(item, self.orders[item.id]) for item in self.items_in(lang))
        return self.shown[lang]

    @cached_property
    def shown(self) -> dict[str, tuple[ItemView, ...]]:
        """By language, as far as somebody looked."""
        return {}

    @property
    def max_points(self) -> int:
        return sum(item.points for item in self.items)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what was drawn; an attempt keeps it to notice any other paper."""
        drawn = [self.draw_version, self.picks, [self.orders[item] for item, _ in self.picks]]
        return hashlib.sha256(json.dumps(drawn).encode()).hexdigest()


def steps_met(item: Item, path: Response = ()) -> tuple[StepView, ...]:
    """The steps of a scenario along the path taken so far, the one to be answered last."""
    if not item.steps:
        return ()
    met = [step for step, _ in walked(item, path)]
    current = current_step(item, path)
    return tuple(
        StepView(step.id, step.text, tuple(OptionView(each.id, each.text) for each in step.choices))
        for step in (*met, *([current] if current else ()))
    )


def view(item: Item, order: tuple[str, ...] | None = None) -> ItemView:
    """The key-free view of one item, its options in ``order`` (the file's order by default)."""
    shown = order if order is not None else tuple(option.id for option in item.options)
    return ItemView(
        id=item.id,
        kind=item.kind,
        topic=item.topic,
        stem=item.stem,
        options=tuple(OptionView(option, item.option(option).text) for option in shown),
        stimulus=item.stimulus,
        steps=steps_met(item),
        unit=item.unit,
        audio=item.audio,
        points=item.points,
        ai_generated=item.ai_generated,
        lang=item.lang,
    )
