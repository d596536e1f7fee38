"""Practice: open to all, taught at once, nothing stored, nothing of a running round given away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item
from quizlib.bank.reader import banks, load_bank
from quizlib.exam.paper import Paper
from quizlib.learn.practice import Wish, practice_paper
from quizlib.web import tokens
from quizlib.web.tables import db
from tests.web.contest import CLOSES, OPENS, Clock, open_contest, statements
from tests.web.contestant import Contestant

BANK, TOPIC = "scam_awareness", "fake-bank"
SEED = f"/practice/{BANK}/{TOPIC}/seed"
TAPPED = ("choice", "judge", "action")
SURVEY = "survey"  # never marked, so never practised
OTHERS = [name for name in banks() if name not in (BANK, SURVEY)]


@pytest.fixture
def learner(app: Flask) -> Contestant:
    return Contestant(app)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(BANK)


@pytest.fixture
def paper(bank: Bank) -> Paper:
    return practice_paper(bank, Wish(TOPIC), "seed")


def open_bundled(app: Flask, **changes: Any) -> None:
    """A contest over a bundled bank, opened when all of its items may be asked."""
    newest = max(item.valid_from for name in banks() for item in load_bank(name).items)
    usual: dict[str, Any] = {"bank": [{"name": BANK}], "paper__blueprint": "ten"}
    open_contest(app, at=datetime.combine(newest, time(5), UTC), **usual | changes)


def right(app: Flask, item: Item, name: str) -> dict[str, Any]:
    """The fields of a form with every answer right."""
    by_option = tokens.answer_tokens(app.config["SETTINGS"].secret, item)
    if item.kind == "order":
        return {f"{name}-{by_option[option]}": place for place, option in enumerate(item.key, 1)}
    if item.kind == "judge":
        return {name: by_option[item.key[0]], f"{name}-sure": item.key[1]}
    return {name: [by_option.get(option, option) for option in item.key]}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_topic_is_offered(learner: Contestant, prefix: str) -> None:
    page = learner.open(f"{prefix}/practice")

    for name in (BANK, *OTHERS):
        for topic in load_bank(name, prefix.strip("/") or "vi").topics:
            assert topic.title in page.text
            assert f"{prefix}/practice/{name}/{topic.id}" in page.links


def test_what_is_never_marked_is_not_offered(learner: Contestant) -> None:
    survey = load_bank(SURVEY)
    page = learner.open("/practice")

    assert survey.title not in page.text
    assert survey.topics[0].title not in page.text
    assert learner.open(f"/practice/{SURVEY}/any").status == 404
    assert practice_paper(survey, Wish(), "seed").items == ()


def test_each_visit_draws_five_others(learner: Contestant) -> None:
    pages = [learner.open(f"/practice/{BANK}/{TOPIC}") for _ in range(4)]

    assert all(re.search("Câu 1/[1-5] ", page.text) for page in pages)
    assert len({page.address for page in pages}) == 4
    assert len({page.text for page in pages}) > 1


def test_the_same_address_asks_the_same(learner: Contestant, paper: Paper) -> None:
    for number, item in enumerate(paper.items, 1):
        assert item.stem in learner.open(f"{SEED}/{number}").text.replace("  ", " ")


def test_an_answer_teaches_at_once(app: Flask, learner: Contestant, paper: Paper) -> None:
    for number, item in enumerate(paper.items, 1):
        learner.open(f"{SEED}/{number}")
        page = learner.press(**right(app, item, f"q{number}"))

        assert "Bạn làm đúng" in page.text
        assert " ".join(item.explanation.split()) in page.text
        assert all(" ".join(option.rationale.split()) in page.text for option in item.options)
    assert "Xem tổng kết" in page.text


def test_a_blank_answer_teaches_too(learner: Contestant) -> None:
    learner.open(f"{SEED}/1")

    page = learner.press()

    assert "Bạn chưa trả lời câu này" in page.text
    assert any(link.startswith(f"{SEED}/2") for link in page.links)


def test_after_the_last_comes_what_to_remember(learner: Contestant, bank: Bank, paper: Paper) -> None:
    learner.open(f"{SEED}/{len(paper.items)}")
    report = next(link for link in learner.press().links if "/report" in link)

    assert bank.topic(TOPIC).lesson.remember in learner.open(report).text


def test_what_is_no_answer_is_told(learner: Contestant, paper: Paper) -> None:
    number = next(each for each, item in enumerate(paper.items, 1) if item.kind in TAPPED)
    learner.open(f"{SEED}/{number}")

    page = learner.press(**{f"q{number}": "zzzzzzzz"})

    assert page.status == 422
    assert "Chưa đọc được câu trả lời này." in page.text


def test_the_question_says_nothing_of_its_answer(learner: Contestant, paper: Paper) -> None:
    for number, item in enumerate(paper.items, 1):
        source = learner.open(f"{SEED}/{number}").source
        secret = [item.explanation, *(option.rationale for option in item.options)]
        assert not any(text in source for text in [*secret, *(clue.text for clue in item.clues)])


def test_nothing_is_stored(app: Flask, learner: Contestant) -> None:
    with statements(app) as seen:
        learner.open("/practice")
        learner.open(f"{SEED}/1")
        learner.press()

    assert seen
    assert all(statement.lstrip().startswith("SELECT") for statement in seen)
    with app.app_context():
        assert not any(db.session.query(table).count() for table in db.metadata.sorted_tables)


@pytest.mark.parametrize(
    "address",
    [
        "/practice/no-such/topic",
        f"/practice/{BANK}/no-such",
        f"/practice/{BANK}/no-such/seed/1",
        f"{SEED}/0",
        f"{SEED}/6",
        f"{SEED}/99999999999999999999",
        f"/practice/{BANK}/{TOPIC}/seed",
        "/practice/../../etc/passwd",
        "/practice/sample/money/seed/1",
    ],
)
def test_there_is_nothing_else_to_practise(app: Flask, learner: Contestant, address: str) -> None:
    open_contest(app)

    assert learner.open(address).status == 404
    assert learner.post(address).status in (404, 405)


# -- what a running round keeps to itself


def is_kept_back(learner: Contestant, name: str = BANK) -> bool:
    """Neither offered nor drawn."""
    links = learner.open("/practice").links
    offered = any(link.startswith(f"/practice/{name}/") for link in links)
    topic = load_bank(name).topics[0].id
    status = learner.open(f"/practice/{name}/{topic}/seed/1").status
    assert offered == (status == 200)
    return not offered


@pytest.mark.parametrize(
    ("protect", "reserved", "kept_back"),
    [("all", False, True), ("all", True, True), ("reserved", True, True), ("reserved", False, False)],
)
def test_the_rules_say_what_is_kept_back(
    app: Flask, learner: Contestant, protect: str, reserved: bool, kept_back: bool
) -> None:
    source = [{"name": BANK, "reserved": reserved}]
    open_bundled(app, bank=source, practice__protect=protect)

    assert is_kept_back(learner) == kept_back
    assert not any(is_kept_back(learner, name) for name in OTHERS)


@pytest.mark.parametrize(
    ("when", "kept_back"),
    [
        (OPENS - timedelta(days=1), True),
        (OPENS, True),
        (CLOSES - timedelta(seconds=1), True),
        (CLOSES + timedelta(days=1), False),
    ],
)
def test_from_the_freezing_to_the_end_of_the_round(
    app: Flask, learner: Contestant, clock: Clock, when: Any, kept_back: bool
) -> None:
    open_bundled(app)
    clock.now = when

    assert is_kept_back(learner) == kept_back


def test_items_past_their_review_date_are_not_practised(learner: Contestant, clock: Clock) -> None:
    clock.now = datetime.combine(max(item.review_by for item in load_bank(BANK).items), time(), UTC)

    assert learner.open(f"/practice/{BANK}/{TOPIC}/seed/1").status == 404


def test_only_the_reserved_one_of_two_banks_is_kept_back(app: Flask, learner: Contestant) -> None:
    topics = (f"{BANK}/{TOPIC}", "digital_skills/payment")
    quota = [{"topic": topic, "count": 1, "kind": "choice"} for topic in topics]
    open_bundled(
        app,
        bank=[{"name": BANK, "reserved": True}, {"name": "digital_skills"}],
        paper__blueprint={"quota": quota},
        practice__protect="reserved",
    )

    assert (is_kept_back(learner), is_kept_back(learner, "digital_skills")) == (True, False)


def test_items_of_a_running_round_never_come_in_practice(app: Flask, learner: Contestant) -> None:
    """A paper begun before a round was frozen is not continued with its items."""
    learner.open(f"{SEED}/1")
    stale = learner.page
    open_bundled(app)
    learner.page = stale

    assert learner.press().status == 404


def test_somebody_sees_why_a_shelf_is_empty(app: Flask, learner: Contestant) -> None:
    open_bundled(app)

    assert re.search("Các câu của phần này đang dùng cho cuộc thi", learner.open("/practice").text)
