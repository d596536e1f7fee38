"""Delayed, repeated and reordered packets, two phones, a submission, a clock: the last intent is kept."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.web.tables import Answer, Attempt, Outcome
from tests.web.contest import Clock, both_databases, open_contest, rows
from tests.web.contestant import Contestant, Form

RESPONSES: dict[str, list[Response]] = {
    "choice": [("a",), ("b",), ("c",)],
    "multiple": [("a",), ("a", "c"), ("b", "c")],
}
STEPS = 40


@dataclass
class Packet:
    item: str
    response: Response
    sequence: int


@dataclass
class Model:
    """What a server should do, said as plainly as can be."""

    until: datetime
    kept: dict[str, tuple[Response, int]] = field(default_factory=dict)
    submitted: bool = False

    def receive(self, packet: Packet, now: datetime) -> bool:
        before = self.kept.get(packet.item, ((), 0))[1]
        if self.submitted or now >= self.until or packet.sequence < before:
            return False
        self.kept[packet.item] = (packet.response, packet.sequence)
        return True


@both_databases
@pytest.mark.parametrize("seed", range(12))
def test_what_is_kept_is_the_last_intent_received_in_time(app: Flask, clock: Clock, seed: int) -> None:
    chance = random.Random(seed)
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    forms = {item: person.find(item).forms[0] for item in RESPONSES}
    review = person.open(f"{person.attempt}/review").forms[0]
    (attempt,) = rows(app, Attempt)
    model = Model(datetime.fromisoformat(str(attempt["answers_until"])))
    sequences = [dict.fromkeys(RESPONSES, 1), dict.fromkeys(RESPONSES, 1)]  # of two phones
    under_way: list[Packet] = []

    for _ in range(STEPS):
        phone, item = chance.choice(sequences), chance.choice(list(RESPONSES))
        match chance.choices(("answer", "arrive", "wait", "submit"), (40, 50, 8, 1))[0]:
            case "answer":
                under_way.append(Packet(item, chance.choice(RESPONSES[item]), phone[item]))
                phone[item] += 1
            case "arrive" if under_way:
                packet = chance.choice(under_way)
                if chance.random() < 0.7:  # else it will arrive again
                    under_way.remove(packet)
                reply = sent(person, forms[packet.item], packet)
                assert (reply["state"] == "saved") == model.receive(packet, clock.now)
                phone[packet.item] = max(phone[packet.item], int(str(reply["sequence"])))
            case "wait":
                clock.now += timedelta(seconds=chance.choice((1, 30, 400)))
            case "submit":
                person.client.post(review.action, data=review.values())
                model.submitted = model.submitted or clock.now < model.until

    found = {
        str(row["item"]): (tuple(json.loads(str(row["response"]))), row["sequence"])
        for row in rows(app, Answer)
    }
    assert found == model.kept
    assert len(rows(app, Outcome)) <= 1


def sent(person: Contestant, form: Form, packet: Packet) -> dict[str, object]:
    fields = {
        **form.values(),
        **form.filled(packet.response),
        "sequence": str(packet.sequence),
        "script": "1",
    }
    reply: dict[str, object] = person.client.post(form.action, data=fields).json
    return reply
