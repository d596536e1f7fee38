"""A trainer runs a class of twenty, from two commands and a QR code on the wall to what it gained."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from quizlib.bank.item import Item, Response
from quizlib.web import create_app, marking, tokens
from quizlib.web.store import attempts, rounds
from quizlib.web.tables import db
from tests.browser.contestant import Contestant
from tests.browser.reading import BEYOND_THE_EDGE, TWICE, faults
from tests.browser.server import ROOT, Site, environment, running_demo
from tests.web.contest import Clock
from tests.web.contestant import Contestant as Client

CODE, PEOPLE, ITEMS = "lop-to-5", 20, 10
NEW_CLASS = ("--title", "Lớp tổ 5", "--unit", "Tổ 5", "--unit", "Tổ 6")
MIDDLE, GIVEN = ("Lan", "Hoa", "Mai", "Cúc", "Đào"), ("An", "Bình", "Chi", "Dung")
KNOW_BEFORE, KNOW_AFTER = 0.4, 0.8
FIGURES = re.compile(
    r"trước khi học (\d+)/100.*sau khi học (\d+)/100.*tăng (\d+) điểm.*từ (\d+) đến (\d+) điểm"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[Site]:
    """The first command serves an empty site, the second makes the class."""
    with running_demo(data, demo=False) as found:
        flask = [sys.executable, "-m", "flask", "--app", "quizlib.web:create_app"]
        made = subprocess.run(
            [*flask, "contest", "new-class", CODE, *NEW_CLASS],
            cwd=ROOT,
            env=environment(data, 0),
            capture_output=True,
            text=True,
            check=True,
        )
        assert made.stdout == f"{CODE}: print /contests/{CODE}/class\n"
        yield found


@pytest.fixture(scope="module")
def app(site: Site, data: Path) -> Iterator[Flask]:
    """The same site, entered by a back door for the sake of speed, with a clock that can be put forward."""
    clock = Clock()
    clock.now = datetime.now(UTC)
    made = create_app(
        {
            "QUIZLIB_DATA": data,
            "DATABASE_URL": f"sqlite:///{data / 'quizlib.db'}",
            "CLOCK": clock,
            "TESTING": True,
        }
    )
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def name(number: int) -> str:
    return f"Nguyễn Thị {MIDDLE[number % 5]} {GIVEN[number // 5]}"


def unit(number: int) -> str:
    return f"to {5 + number % 2}"


def sit(app: Flask, number: int, known: float) -> None:
    """One person enters, answers everything as the page's script sends it, submits."""
    chance, person = random.Random(f"{number} {known}"), Client(app)
    person.enter(CODE, name=name(number), birth_year=str(1940 + number), unit=unit(number))
    person.start()
    forms = person.open(person.attempt).forms
    for place, (item, option) in enumerate(asked(app, person.attempt.rpartition("/")[2]), 1):
        answer, *sure = item.key if chance.random() < known else other(item)
        form = forms[place - 1]
        sent = form.values() | {f"q{place}": option[answer], f"q{place}-sure": sure, "script": "1"}
        assert person.client.post(form.action, data=sent).json["state"] == "saved"
    person.submit()


def asked(app: Flask, token: str) -> list[tuple[Item, dict[str, str]]]:
    """The items of the paper, each with what its page calls its answers."""
    with app.app_context():
        secret = app.config["SETTINGS"].secret
        attempt = attempts.get(tokens.unsign(secret, "attempt", token)[0])
        round = rounds.get(attempt.round)
        items = marking.paper_of(attempt, round).items
        return [(item, tokens.answer_tokens(round.secret, item)) for item in items]


def other(item: Item) -> Response:
    """An answer that is not the key."""
    if item.kind == "judge":
        return ("genuine" if item.verdict == "scam" else "scam", "2")
    return next((option.id,) for option in item.options if option.id not in item.key)


def check(page: Page, axe: str) -> None:
    assert faults(page, axe) == []
    page.evaluate(f"document.documentElement.style.fontSize = '{TWICE}'")
    assert page.evaluate(BEYOND_THE_EDGE) == []
    page.evaluate("document.documentElement.style.fontSize = ''")


def scanned(page: Page) -> str:
    """What a camera reads from the wall."""
    picture = Image.open(io.BytesIO(page.locator("main img").screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_a_trainer_runs_a_class_of_twenty_from_the_code_on_the_wall_to_the_gain(
    phone: Callable[..., Page], site: Site, app: Flask, axe: str
) -> None:
    wall, learner = phone(), Contestant(phone("no-scripts"), site, birth_year=1940)
    wall.goto(site.address(f"/contests/{CODE}/class"))
    check(wall, axe)
    address = scanned(wall)
    expect(wall.locator("main")).to_contain_text(address.partition("://")[2])

    learner.page.goto(address)
    learner.go_to_entry()
    learner.page.locator("#name").fill(name(0))
    learner.page.locator("#birth_year").fill("1940")
    learner.page.locator("#unit").fill(unit(0))
    learner.press(learner.page.locator("label.choice", has=learner.page.locator("#consent")))
    learner.press(learner.page.locator("main form button[type=submit]"))
    learner.start()
    for _ in range(ITEMS):
        learner.go("next")
    learner.press(learner.page.locator("form[action*='/submit'] button"))
    learner.expect_outcome()

    for number in range(1, PEOPLE):
        sit(app, number, KNOW_BEFORE)
    wall.reload()
    expect(wall.locator("main")).to_contain_text("0 người đã làm cả hai bài.")

    app.config["CLOCK"].forward(minutes=91)
    for number in range(PEOPLE):
        sit(app, number, KNOW_AFTER)
    wall.reload()
    expect(wall.locator("main")).to_contain_text("20 người đã làm cả hai bài.")
    rows = [" ".join(row.split()) for row in wall.locator("tbody tr").all_inner_texts()]
    assert rows == ["Tổ 5 10 10", "Tổ 6 10 10", "Cả lớp 20 20"]
    figures = FIGURES.search(" ".join(wall.locator("main").inner_text().split()))
    assert figures
    before, after, gained, low, high = map(int, figures.groups())
    assert after - before == gained
    assert 0 < low < gained < high
    assert "Nguyễn" not in wall.locator("main").inner_text()
    check(wall, axe)
