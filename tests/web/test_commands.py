"""The organiser's commands: what they do, and how they refuse."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from quizlib.bank.reader import banks, load_bank
from quizlib.web.tables import (
    Attempt,
    Certificate,
    Consent,
    Contest,
    Correction,
    Entry,
    Frozen,
    Outcome,
    Round,
    Standing,
    Unit,
)
from tests.builders import toml, write_bank
from tests.web.contest import (
    CLOSES,
    CODE,
    OPENS,
    RIGHT,
    WRONG,
    Clock,
    bank_document,
    close_round,
    count,
    document,
    open_contest,
    publish_round,
    rows,
)
from tests.web.contestant import Contestant, finisher


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def refusal(app: Flask, *arguments: str) -> str:
    """What is told when the command refuses: some lines, never a traceback."""
    result = run(app, *arguments)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    return result.output


@pytest.fixture
def rules_file(tmp_path: Path, data: Path) -> Path:
    """A rules document whose bank lies in the data folder."""
    write_bank(data / "sample", bank_document())
    return write_rules(tmp_path)


def write_rules(folder: Path, **changes: object) -> Path:
    file = folder / "rules.toml"
    file.write_text(
        "".join(f"{name} = {toml(value)}\n" for name, value in document(**changes).items()), "utf-8"
    )
    return file


# -- a contest's life


def test_a_contest_is_led_from_the_rules_to_the_publication(
    app: Flask, clock: Clock, rules_file: Path
) -> None:
    said = [run(app, "contest", "load", str(rules_file)).output, run(app, "round", "open", CODE, "1").output]
    finisher(app, unit="Tổ 5", unit_code="other")
    finisher(app, WRONG, name="Trần Đình Đắc", unit="Tổ 5", unit_code="other")
    clock.now = CLOSES + timedelta(minutes=1)
    said += [run(app, "round", step, CODE, "1").output for step in ("close", "publish")]

    assert said == [
        f"{CODE}: 1 rounds\n",
        f"{CODE} 1: opened\n",
        f"{CODE} 1: 2 people, 1 all correct\n",
        f"{CODE} 1: 2 people ranked\n",
    ]
    assert count(app, Standing) == 2


def test_loading_again_changes_the_rules_of_rounds_to_come(
    app: Flask, tmp_path: Path, rules_file: Path
) -> None:
    run(app, "contest", "load", str(rules_file))
    run(app, "round", "open", CODE, "1")
    again = write_rules(tmp_path, title={"vi": "Tên mới"})

    result = run(app, "contest", "load", str(again))

    (contest,), (opened,) = rows(app, Contest), rows(app, Round)
    assert result.exit_code == 0
    assert contest["rules"] != opened["rules"]
    assert "Tên mới" in Contestant(app).open(f"/contests/{CODE}").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "rules.toml: title: This required field is missing. Add it."),
        ({"attempts": {}}, "rules.toml: attempts: Limit the attempts"),
        ({"bank": [{"folder": "no-such"}]}, "There is no such folder. Check the path."),
        ({"paper__blueprint": "no-such"}, "The bank has no such blueprint. Known: all."),
        ({"paper": {"blueprint": {"quota": [{"topic": "money"}]}}}, "This required field is missing."),
    ],
)
def test_a_faulty_document_is_refused_with_its_faults(
    app: Flask, tmp_path: Path, rules_file: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(app, "contest", "load", str(write_rules(tmp_path, **changes)))
    assert count(app, Contest) == 0


def test_every_fault_is_told_at_once(app: Flask, tmp_path: Path) -> None:
    output = refusal(app, "contest", "load", str(write_rules(tmp_path, title=None, attempts={}, bank=[])))

    assert len(output.splitlines()) == 3


def test_a_file_that_is_no_document_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("code = ", "utf-8")

    assert "TOML syntax error" in refusal(app, "contest", "load", str(file))


def test_a_round_that_the_bank_cannot_serve_is_not_opened(
    app: Flask, tmp_path: Path, rules_file: Path
) -> None:
    quota = [{"topic": "money", "count": 3}]
    run(app, "contest", "load", str(write_rules(tmp_path, paper={"blueprint": {"quota": quota}})))

    assert "3 items of “money” are wanted; 2 can be used." in refusal(app, "round", "open", CODE, "1")
    assert count(app, Round) == 0


@pytest.mark.parametrize("step", ["open", "close", "publish", "undo"])
@pytest.mark.parametrize("contest", [CODE, "no-such"])
def test_a_round_that_is_not_there_is_told(app: Flask, step: str, contest: str) -> None:
    open_contest(app)

    assert refusal(app, "round", step, contest, "2").startswith("Error: ")


def test_a_round_is_opened_once(app: Flask) -> None:
    open_contest(app)

    assert "a round is opened once" in refusal(app, "round", "open", CODE, "1")
    assert count(app, Round) == 1


@pytest.mark.parametrize("when", [OPENS, CLOSES - timedelta(seconds=1)])
def test_a_round_is_not_closed_before_its_end(app: Flask, clock: Clock, when: Any) -> None:
    open_contest(app)
    clock.now = when

    assert "The round is not over yet" in refusal(app, "round", "close", CODE, "1")


def test_closing_twice_changes_nothing(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finisher(app)
    close_round(app, clock)
    before = rows(app, Round)
    clock.forward(days=1)

    assert run(app, "round", "close", CODE, "1").output == f"{CODE} 1: 1 people, 1 all correct\n"
    assert rows(app, Round) == before


def test_a_round_is_not_published_before_it_is_closed(app: Flask, clock: Clock) -> None:
    open_contest(app)
    clock.now = CLOSES

    assert "Close the round before publishing." in refusal(app, "round", "publish", CODE, "1")
    assert count(app, Standing) == 0


@pytest.mark.parametrize(("lang", "said"), [("vi", "Mỗi bài"), ("en", "Each paper")])
def test_the_rules_are_printed(app: Flask, lang: str, said: str) -> None:
    open_contest(app)

    output = run(app, "contest", "rules", CODE, "--lang", lang).output

    assert said in output or "Đề thi" in output


# -- classes

CLASS = ("contest", "new-class", "lop-to-5", "--title", "Lớp tổ 5", "--unit", "Tổ 5", "--unit", "Tổ 6")
NEWEST = max(item.valid_from for name in banks() for item in load_bank(name).items)
EVENING = datetime.combine(
    NEWEST + timedelta(days=1), time(12), UTC
)  # 19:00 in Hải Phòng, all items in force


def test_a_class_is_made_by_one_command_and_can_be_joined_at_once(app: Flask, clock: Clock) -> None:
    clock.now = EVENING + timedelta(seconds=40)

    result = run(app, *CLASS)

    assert result.output == "lop-to-5: print /contests/lop-to-5/class\n"
    assert [(row["number"], row["opens_at"], row["closes_at"]) for row in rows(app, Round)] == [
        (1, EVENING, EVENING + timedelta(minutes=90)),
        (2, EVENING + timedelta(minutes=90), EVENING + timedelta(minutes=270)),
    ]
    assert [row["name"] for row in rows(app, Unit)] == ["Tổ 5", "Tổ 6"]
    person = Contestant(app)
    person.enter("lop-to-5", unit="to 6")
    person.start()
    assert "Câu 1/10" in person.page.text
    rules = person.open("/contests/lop-to-5/rules").text
    assert "Cuộc thi này không xếp hạng." in rules
    assert "Đề vòng 2 không có câu nào bạn đã gặp ở vòng 1." in rules
    assert not re.search("TÊN|ĐỊA CHỈ", rules)


def test_the_times_of_a_class_are_those_of_its_place(app: Flask, clock: Clock) -> None:
    clock.now = EVENING

    run(app, *CLASS, "--begins", f"{NEWEST + timedelta(days=9):%Y-%m-%d} 08:30", "--minutes", "120")

    before, after = rows(app, Round)
    assert before["opens_at"] == datetime.combine(NEWEST + timedelta(days=9), time(1, 30), UTC)
    assert before["closes_at"] == after["opens_at"] == before["opens_at"] + timedelta(hours=2)


def test_a_class_is_made_once(app: Flask, clock: Clock) -> None:
    clock.now = EVENING
    run(app, *CLASS)

    assert "a round is opened once" in refusal(app, *CLASS)
    assert count(app, Round) == 2


def test_a_class_needs_a_code_that_can_be_typed(app: Flask, clock: Clock) -> None:
    clock.now = EVENING

    assert "code" in refusal(app, "contest", "new-class", "Lớp 5", *CLASS[3:])
    assert count(app, Contest) == 0


# -- corrections


def correct(app: Flask, *arguments: str) -> Result:
    return run(app, "round", "correct", CODE, "1", *arguments, "--reason", "sai")


def test_a_correction_shows_who_moves_and_changes_nothing(app: Flask) -> None:
    open_contest(app)
    finisher(app)
    finisher(app, {}, name="Trần Đình Đắc")
    before = {table: rows(app, table) for table in (Outcome, Certificate, Correction, Frozen)}

    result = correct(app, "choice", "--key", "b")

    assert result.exit_code == 0
    assert "points 6 -> 5, passed True -> True" in result.output
    assert result.output.endswith("1 attempts change\n")
    assert {table: rows(app, table) for table in before} == before


def test_an_applied_correction_appends_outcomes(app: Flask) -> None:
    open_contest(app)
    finisher(app)
    (first,) = rows(app, Outcome)

    result = correct(app, "choice", "--key", "b", "--apply")

    kept, appended = rows(app, Outcome)
    assert result.output.endswith("kept; publish again to renew the standings\n")
    assert kept == first
    assert (appended["revision"], appended["points"], appended["cause"]) == (2, 5, "correction")


def test_marking_again_twice_is_marking_once(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finisher(app)
    correct(app, "choice", "--key", "b", "--apply")
    before = {table: rows(app, table) for table in (Outcome, Certificate)}

    again = correct(app, "choice", "--key", "b", "--apply")

    assert "0 attempts change" in again.output
    assert {table: rows(app, table) for table in before} == before


def test_undoing_gives_every_figure_back(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finisher(app, WRONG)
    finisher(app, RIGHT, name="Trần Đình Đắc")
    close_round(app, clock)
    publish_round(app, clock)
    figures = ("points", "all_correct", "passed")
    before = {row["attempt"]: [row[name] for name in figures] for row in rows(app, Outcome)}
    counts = [(row["participants"], row["all_correct"]) for row in rows(app, Round)]
    correct(app, "multiple", "--key", "b,d", "--apply")

    result = run(app, "round", "undo", CODE, "1")

    after = {row["attempt"]: [row[name] for name in figures] for row in rows(app, Outcome)}
    assert "attempts change" in result.output
    assert after == before
    assert [(row["participants"], row["all_correct"]) for row in rows(app, Round)] == counts
    assert count(app, Correction) == 0


@pytest.mark.parametrize(
    ("arguments", "moves"),
    [
        (["choice", "--accept", "b"], 1),
        (["choice", "--full"], 1),
        (["multiple", "--key", "b"], 1),
        (["multiple", "--key", "b,d"], 1),
        (["number", "--key", "7"], 1),
        (["number", "--accept", "7"], 1),
        (["order", "--key", "c,b,a"], 1),
        (["choice", "--accept", "c"], 0),
    ],
)
def test_every_kind_can_be_corrected(app: Flask, arguments: list[str], moves: int) -> None:
    open_contest(app)
    finisher(app, WRONG)

    assert f"{moves} attempts change" in correct(app, *arguments).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such", "--key", "a"], "There is no item “no-such”."),
        (["choice"], "Choose exactly one of --key, --accept, --full."),
        (["choice", "--key", "a", "--full"], "Choose exactly one of --key, --accept, --full."),
        (["choice", "--key", "z"], "names no option"),
        (["choice", "--key", "a,b"], "The key needs 1 parts; it has 2."),
        (["multiple", "--key", "c,a"], "Write the key in alphabetical order."),
        (["multiple", "--key", "a,b,c"], "divides the points into 3 parts"),
        (["order", "--accept", "a,b"], "The key needs 3 parts; it has 2."),
        (["number", "--key", "1.500.000"], "in digits only"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(app: Flask, arguments: list[str], said: str) -> None:
    open_contest(app)

    output = refusal(app, "round", "correct", CODE, "1", *arguments, "--reason", "sai", "--apply")

    assert said in output
    assert count(app, Correction) == 0


# -- people


def test_a_code_is_found_by_name_and_year(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter(name="Nguyễn Thị Ánh")
    Contestant(app).enter(name="Trần Đình Đắc")

    output = run(app, "entry", "code", CODE, "1", "nguyen thi anh", "1958").output

    assert output.splitlines() == [
        f"{person.code.replace(' ', '')}  Nguyễn Thị Ánh  phường Lê Chân",
        "1 found",
    ]
    assert run(app, "entry", "code", CODE, "1", "nguyen thi anh", "1959").output == "0 found\n"


@pytest.mark.parametrize(("minutes", "exit_code"), [("10", 0), ("0", 0), ("11", 1), ("-1", 2)])
def test_more_time_is_given_within_the_rules(app: Flask, clock: Clock, minutes: str, exit_code: int) -> None:
    open_contest(app, time={"limit_minutes": 20, "extra_minutes": 10})
    person = Contestant(app)
    person.enter()
    code = person.code
    person.start()

    result = run(app, "entry", "extra", code, minutes)

    given = int(minutes) if exit_code == 0 else 0
    assert result.exit_code == exit_code, result.output
    assert rows(app, Attempt)[0]["answers_until"] == OPENS + timedelta(minutes=20 + given, seconds=5)
    assert f"Còn {20 + given} phút" in person.ask(1).text


def test_more_time_needs_a_paper_being_sat(app: Flask) -> None:
    open_contest(app, time={"limit_minutes": 20, "extra_minutes": 10})
    person = Contestant(app)
    person.enter()
    code = person.code

    assert "no paper is being sat" in refusal(app, "entry", "extra", code, "5")
    assert "no paper is being sat" in refusal(app, "entry", "extra", "000000000000", "5")
    person.finish()
    assert "no paper is being sat" in refusal(app, "entry", "extra", code, "5")


@pytest.mark.parametrize(("days", "erased"), [(89, 0), (90, 1)])
def test_people_are_forgotten_when_their_time_is_over(
    app: Flask, clock: Clock, days: int, erased: int
) -> None:
    open_contest(app, eligibility__phone="optional", privacy__phone_purpose={"vi": "trao giải"})
    person = finisher(app, phone="0912345678", phone_consent="y")
    close_round(app, clock)
    publish_round(app, clock)
    (serial,) = [row["serial"] for row in rows(app, Certificate)]
    clock.now = CLOSES + timedelta(days=days)

    output = run(app, "contest", "forget").output
    again = run(app, "contest", "forget").output

    (entry,) = rows(app, Entry)
    assert output == f"{CODE}: {erased} people erased\n0 reports erased\n"
    assert again == f"{CODE}: 0 people erased\n0 reports erased\n"
    assert (entry["name"] == "") == bool(erased)
    assert (entry["phone"], entry["phone_digest"]) == ("", "") or not erased
    assert entry["unit_code"] == "LC"
    assert "Nguyễn Thị Lan" in person.open(f"/verify/{serial}").text
    assert person.open(f"/contests/{CODE}/standings").status == 200
    assert person.open(f"{person.attempt}/outcome").status == 200
    assert count(app, Consent) == 2


def test_the_demo_is_loaded_once_and_always_has_an_open_round(app: Flask, clock: Clock) -> None:
    newest = max(item.valid_from for name in banks() for item in load_bank(name).items)
    clock.now = datetime.combine(newest, time(5), UTC) + timedelta(days=16)  # its first round is past
    first = run(app, "demo")
    people = count(app, Entry)
    run(app, "demo")
    same = count(app, Entry)
    opened = count(app, Round)
    clock.forward(days=100)
    run(app, "demo")

    assert first.exit_code == 0
    assert (people, same) == (302, 302)
    assert (opened, count(app, Round)) == (2, 3)
    assert count(app, Unit) > 10
    page = Contestant(app).open("/")
    assert re.search(r"20 câu, 20 phút", page.text)
    assert "/contests/cong-dan-so-hai-phong/standings" in page.links
