"""Scenario: a branching story; each choice leads on, and the path is the response."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.bank.item import Item, Response, Step, StepChoice
from quizlib.bank.kinds.kind import Flaw, require

MOST_STEPS = 8


class Scenario:
    name = "scenario"
    scheme = "path"

    def answers(self, item: Item) -> tuple[str, ...]:
        return tuple(choice.id for step in item.steps for choice in step.choices)

    def check(self, item: Item, response: Response) -> None:
        """A walk from the first step on; it may still be on its way."""
        require(len(walked(item, response)) == len(response), item)

    def read(self, item: Item, raw: tuple[str, ...]) -> Response:
        self.check(item, raw)
        return raw

    def flaws(self, item: Item) -> Iterator[Flaw]:
        steps = {step.id for step in item.steps}
        if len(item.steps) < 3:
            yield "step", "too-few-steps", {"found": len(item.steps)}
            return
        choices = [choice for step in item.steps for choice in step.choices]
        if len({choice.id for choice in choices}) < len(choices) or len(steps) < len(item.steps):
            yield "step", "step-twice", {}
        for choice in choices:
            if choice.next and choice.next not in steps:
                yield "step", "unknown-step", {"step": choice.next}
                return
        longest = longest_walk(item, item.steps[0].id, frozenset())
        if longest > MOST_STEPS:
            yield "step", "endless", {"most": MOST_STEPS}
        elif best_points(item, item.steps[0].id) != item.points:
            yield "points", "not-the-best-path", {"points": best_points(item, item.steps[0].id)}
        elif not is_best_path(item, item.key):
            yield "key", "key-is-no-path", {}


def step_of(item: Item, step_id: str) -> Step:
    return next(step for step in item.steps if step.id == step_id)


def walked(item: Item, path: Response) -> list[tuple[Step, StepChoice]]:
    """The steps met and the choices taken, as far as the path is a walk at all."""
    found: list[tuple[Step, StepChoice]] = []
    step: Step | None = item.steps[0]
    for wanted in path:
        choice = next((each for each in step.choices if each.id == wanted), None) if step else None
        if step is None or choice is None:
            break
        found.append((step, choice))
        step = step_of(item, choice.next) if choice.next else None
    return found


def current_step(item: Item, path: Response) -> Step | None:
    """Where the path stands now; None when its story has ended."""
    if not path:
        return item.steps[0]
    last = walked(item, path)[-1][1]
    return step_of(item, last.next) if last.next else None


def is_best_path(item: Item, path: Response) -> bool:
    """Whether it is a whole story that gathers all the item's points."""
    taken = [choice for _, choice in walked(item, path)]
    ended = len(taken) == len(path) and bool(path) and not taken[-1].next
    return ended and sum(choice.points for choice in taken) == item.points


def longest_walk(item: Item, step_id: str, seen: frozenset[str]) -> int:
    """Steps of the longest story from here; more than MOST_STEPS when one can go in circles."""
    if step_id in seen:
        return MOST_STEPS + 1
    following = [choice.next for choice in step_of(item, step_id).choices if choice.next]
    return 1 + max((longest_walk(item, each, seen | {step_id}) for each in following), default=0)


def best_points(item: Item, step_id: str) -> int:
    return max(
        (
            choice.points + (best_points(item, choice.next) if choice.next else 0)
            for choice in step_of(item, step_id).choices
        ),
        default=0,
    )
