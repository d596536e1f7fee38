"""What may be told of a round's papers before anyone sits one: how many items, of what, how many public."""

from __future__ import annotations

from dataclasses import dataclass

from quizlib.contest.rules import Text
from quizlib.contest.wording import PaperFacts, TopicFacts
from quizlib.exam.strata import usable_sets
from quizlib.web.store.rounds import OpenedRound


@dataclass(frozen=True, slots=True)
class Facts:
    """``public`` items of a paper come from open banks; ``bank_size`` items are there to draw from."""

    items: int
    public: int
    bank_size: int
    wording: PaperFacts


def of(round: OpenedRound, lang: str) -> Facts:
    blueprint, bank = round.blueprint, round.bank
    topics = tuple(
        TopicFacts(title=title_of(round, quota.topic), items=quota.count) for quota in blueprint.quotas
    )
    drawable = [item for each in usable_sets(bank, blueprint) for item in each.items]
    max_points = sum(
        quota.count * next(item.points for item in drawable if quota.accepts(item))
        for quota in blueprint.quotas
    )
    return Facts(
        items=blueprint.size,
        public=sum(quota.count for quota in blueprint.quotas if not round.is_reserved(quota.topic)),
        bank_size=len(drawable),
        wording=PaperFacts(items=blueprint.size, max_points=max_points, topics=topics),
    )


def title_of(round: OpenedRound, topic: str) -> Text:
    return Text(vi=round.bank.to("vi").topic(topic).title, en=round.bank.to("en").topic(topic).title)
