"""The report of a closed round: its figures, what it tells of whom, and when it is refused."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest
from flask import Flask

from quizlib.bank.reader import banks, load_bank
from quizlib.cli import main
from quizlib.exam.score import Correction
from quizlib.measure import Responses, distractors, item_statistics, test_statistics
from quizlib.web import publishing
from quizlib.web.demo.load import finish
from quizlib.web.demo.people import Person
from quizlib.web.statistics import responses_of
from quizlib.web.store import rounds, work
from quizlib.web.tables import Entry
from tests.builders import a_judge_table, a_scale_table, an_action_table
from tests.web.contest import (
    CLASS,
    CLOSES,
    CODE,
    ITEMS,
    RIGHT,
    UNITS,
    WRONG,
    Clock,
    bank_document,
    both_databases,
    close_round,
    correct,
    open_class,
    open_contest,
    rows,
)
from tests.web.contestant import finisher
from tests.web.test_commands import refusal, run

NAMES = ("Nguyễn Thị Số", "Lan")
QUESTIONS = (
    *ITEMS,
    an_action_table("action", topic="acts"),
    a_judge_table("scam", topic="seeing"),
    a_judge_table("genuine", "genuine", topic="seeing"),
    a_scale_table("scale", topic="feedback"),
)


def sit(
    app: Flask, people: int, code: str = CODE, number: int = 1, skill: int = 60, at_once: int = 0
) -> None:
    """So many people of two units hand in a paper; the first ``at_once`` start and predict alike."""
    with app.app_context():
        for each in range(people):
            unit, alike = UNITS[each % 2 if each >= at_once else 0], each < at_once
            guess, hour = (100, 5) if alike else (120 + 7 * each, each % 160)
            who = Person(each, f"Nguyễn Thị Số {each}", 1950, unit, skill + each % 30, guess, 9, hour)
            finish(app.config["SETTINGS"], rounds.find(code, number), who)
        work.commit()


def found(app: Flask, code: str = CODE, number: int = 1) -> Responses:
    with app.app_context():
        return responses_of(rounds.find(code, number))


@pytest.fixture
def closed(app: Flask, clock: Clock) -> Flask:
    """Forty people have sat every kind of question."""
    open_contest(app, bank_document(*QUESTIONS))
    sit(app, 40, at_once=12)
    close_round(app, clock)
    return app


# -- the responses


def test_marks_options_and_blanks_are_those_of_the_counted_paper(app: Flask, clock: Clock) -> None:
    open_contest(app)
    best = finisher(app, RIGHT)
    best.open(best.entry)
    best.finish(WRONG)
    finisher(app, {"choice": ("c",), "number": ("1500000",)}, name="Trần Đình Đắc")
    close_round(app, clock)
    responses = found(app)

    assert responses.items == ("choice", "number", "multiple", "order")
    assert responses.max_marks.tolist() == [1, 1, 2, 2]
    assert sorted(responses.marks.tolist()) == [[0, 1, 0, 0], [1, 1, 2, 2]]
    assert responses.people == tuple(sorted(str(row["id"]) for row in rows(app, Entry)))
    assert responses.strata == ("money", "money", "news", "news")
    assert responses.choices is not None
    assert responses.choices.keys.tolist() == [0, -1, -1, -1]
    assert sorted(row.count for row in distractors(responses).of("choice")) == [0, 1, 1]


def test_only_what_a_paper_held_was_shown(app: Flask, clock: Clock) -> None:
    open_class(app)
    sit(app, 12, CLASS)
    close_round(app, clock, CLASS)
    responses = found(app, CLASS)

    assert responses.shown.sum(axis=1).tolist() == [4] * 12
    assert len(responses.items) > 8


@pytest.mark.parametrize(
    ("correction", "marks", "key"),
    [
        (Correction("choice", "key", ("b",)), [0, 1], "b"),
        (Correction("choice", "accept", ("b",)), [1, 1], None),
        (Correction("choice", "full"), [1, 1], None),
    ],
)
def test_corrections_are_followed(
    app: Flask, clock: Clock, correction: Correction, marks: list[int], key: str | None
) -> None:
    open_contest(app)
    finisher(app, RIGHT)
    finisher(app, WRONG, name="Trần Đình Đắc")
    close_round(app, clock)
    correct(app, clock, correction)
    responses = found(app)

    assert sorted(responses.marks[:, 0].tolist()) == marks
    assert responses.choices is not None
    label = dict(enumerate(responses.choices.labels))
    assert label.get(int(responses.choices.keys[0])) == key


# -- the report


def test_the_report_names_questions_and_no_people(closed: Flask) -> None:
    output = run(closed, "round", "statistics", CODE, "1").output

    assert output.startswith("TÓM TẮT\nChỉ dành cho ban tổ chức: trong này có đáp án.\n40 người làm cùng")
    assert "choice “Câu hỏi choice?”" in output
    assert "scale" not in output
    assert not [name for name in NAMES if name in output]
    assert "xã Cẩm Giang" in output


def test_what_is_odd_is_told_as_a_question(closed: Flask) -> None:
    output = " ".join(run(closed, "round", "statistics", CODE, "1", "--lang", "en").output.split())

    assert "These are questions to ask, not conclusions" in output
    assert "phường Lê Chân: 12 of 26 people predicted 100" in output
    assert "phường Lê Chân: 12 people started within a minute from 2026-11-02 13:01:03" in output
    assert "predicted 127" not in output


def test_units_and_topics_of_ten_people_are_told_apart(closed: Flask) -> None:
    output = run(closed, "round", "statistics", CODE, "1", "--lang", "en").output
    units, topics = (output.partition(f"THINGS: BY {name}\n")[2] for name in ("UNIT", "TOPIC"))

    assert re.search(r"\nEverybody +40 +\d+", units)
    assert re.search(r"\nphường Lê Chân +26 +\d+", units)
    assert re.search(r"\nChủ đề seeing|\nTopic seeing +40 +\d+", topics)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_has_drawings_and_no_scripts(closed: Flask, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "report.html"
    result = run(closed, "round", "statistics", CODE, "1", "--lang", lang, "--html", str(out))

    page = out.read_text("utf-8")
    assert result.exit_code == 0
    assert page.count("<svg ") >= 2
    assert "<script" not in page
    assert f'<html lang="{lang}">' in page
    assert {"vi": "<h1>Công dân số: Tuần một</h1>", "en": "<h1>Digital citizen: Week one</h1>"}[lang] in page


def test_the_table_gives_the_same_figures_again(
    closed: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "round.csv"
    run(closed, "round", "statistics", CODE, "1", "--csv", str(out))
    kept, read = found(closed), Responses.read(out)

    for figures in (item_statistics, test_statistics, distractors):
        assert figures(kept).to_dict() == figures(read).to_dict()
    np.testing.assert_array_equal(kept.marks, read.marks)
    assert not [name for name in NAMES if name in out.read_text("utf-8")]
    assert main(["stats", str(out)]) == 0
    assert "40 người làm cùng một đề 7 câu." in capsys.readouterr().out


@both_databases
def test_two_people_and_one_table(app: Flask, clock: Clock, tmp_path: Path) -> None:
    open_contest(app)
    finisher(app, RIGHT)
    finisher(app, WRONG, name="Trần Đình Đắc")
    close_round(app, clock)
    out = tmp_path / "round.csv"
    result = run(app, "round", "statistics", CODE, "1", "--csv", str(out))

    assert result.exit_code == 0
    assert item_statistics(found(app)).to_dict() == item_statistics(Responses.read(out)).to_dict()


# -- a class


def test_a_class_is_told_what_it_gained(app: Flask, clock: Clock) -> None:
    open_class(app)
    sit(app, 12, CLASS, 1, skill=20)
    sit(app, 12, CLASS, 2, skill=70)
    close_both(app, clock)
    output = " ".join(run(app, "round", "statistics", CLASS, "2", "--lang", "en").output.split())

    assert re.search(r"12 people sat both tests: \d+ % of the points before, \d+ % after", output)
    assert "People really did better, and not by luck alone." in output


def test_a_class_of_few_is_told_that_it_is_too_small(app: Flask, clock: Clock) -> None:
    open_class(app)
    sit(app, 9, CLASS, 1)
    sit(app, 9, CLASS, 2)
    close_both(app, clock)

    assert "9 người làm cả hai bài" in run(app, "round", "statistics", CLASS, "1").output


def close_both(app: Flask, clock: Clock) -> None:
    with app.app_context():
        for round in rounds.of_contest(CLASS):
            clock.now = round.closes_at + timedelta(minutes=1)
            publishing.close_round(round, clock.now)
        work.commit()


# -- refusals


def test_it_is_refused_while_the_keys_are_secret(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finisher(app, RIGHT)
    clock.now = CLOSES + timedelta(minutes=1)

    assert "the round has to be closed" in refusal(app, "round", "statistics", CODE, "1")


def test_the_test_before_waits_for_the_test_after(app: Flask, clock: Clock) -> None:
    open_class(app)
    sit(app, 2, CLASS)
    close_round(app, clock, CLASS)

    assert "of a class, both tests" in refusal(app, "round", "statistics", CLASS, "1")


def test_a_round_that_nobody_sat_has_no_report(app: Flask, clock: Clock) -> None:
    open_contest(app)
    close_round(app, clock)

    assert "No paper of this round counts" in refusal(app, "round", "statistics", CODE, "1")


def test_a_round_that_is_not_there_is_told(app: Flask) -> None:
    refusal(app, "round", "statistics", CODE, "9")


@pytest.mark.parametrize("option", ["--html", "--csv"])
def test_a_file_that_cannot_be_written_is_told(closed: Flask, tmp_path: Path, option: str) -> None:
    out = str(tmp_path / "no folder" / "x")

    assert "no folder" in refusal(closed, "round", "statistics", CODE, "1", option, out)


def test_without_numpy_it_says_what_to_type(closed: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("web.statistics", "measure.report"):
        monkeypatch.delitem(sys.modules, f"quizlib.{name}")
    monkeypatch.setitem(sys.modules, "numpy", None)

    assert "pip install 'quizlib[stats]'" in refusal(closed, "round", "statistics", CODE, "1")


# -- the demo


def test_the_demo_has_a_report_in_either_language(app: Flask, clock: Clock) -> None:
    newest = max(item.valid_from for name in banks() for item in load_bank(name).items)
    clock.now = datetime.combine(newest, time(5), UTC) + timedelta(days=16)
    run(app, "demo")
    said = ["round", "statistics", "cong-dan-so-hai-phong", "1"]

    assert "302 người, mỗi người 20 câu" in run(app, *said).output
    assert "302 people, each with 20 items" in run(app, *said, "--lang", "en").output
