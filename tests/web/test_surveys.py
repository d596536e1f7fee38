"""A survey: who one is is not asked, what one says is not marked, and it is read by unit."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from quizlib.contest.reading import PRESETS
from quizlib.web import publishing
from quizlib.web.store import contests, work
from quizlib.web.tables import Answer, Attempt, Certificate, Consent, Entry, Outcome, Standing, Unit
from tests.builders import a_comment_table, a_scale_table
from tests.web.contest import (
    ITEMS,
    RIGHT,
    SURVEY,
    Clock,
    bank_document,
    both_databases,
    close_round,
    count,
    open_contest,
    open_survey,
    publish_round,
    responses,
    rows,
)
from tests.web.contestant import Contestant, finisher, say, speaker

FIRST = "survey-clear"
RESULTS = f"/contests/{SURVEY}/survey"
WORDS = "Cô Hoa dạy dễ hiểu lắm"


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def visitor(app: Flask) -> Contestant:
    """Somebody before the form of an open survey."""
    open_survey(app)
    person = Contestant(app)
    person.open(f"/contests/{SURVEY}/enter")
    return person


def people(app: Flask) -> None:
    """12 of Lê Chân, 9 of Đồ Sơn, 4 of a unit that they wrote themselves."""
    for number in range(12):
        speaker(app, "LC le chan", (5, 0, 4, 4, 4), WORDS if number == 0 else "")
    for _ in range(9):
        speaker(app, "DS do son", (2, 0, 4, 4, 4), "=1+1")
    for _ in range(4):
        speaker(app, "other Xóm tự đặt", (2, 0, 4, 4, 4))


# -- coming in


def test_only_the_unit_is_asked(visitor: Contestant) -> None:
    names = {each.name for each in visitor.page.forms[0].controls if each.kind != "button"}

    assert names == {"entry", "unit", "ordinal", "plain"}


def test_a_survey_is_made_by_two_commands(app: Flask, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "rules.toml"
    file.write_text((PRESETS / "survey.toml").read_text("utf-8").replace("2099-01", "2026-11"), "utf-8")

    loaded = run(app, "contest", "load", str(file), "--unit", "Tổ Đình 5", "--unit", "Tổ 6")
    again = run(app, "contest", "load", str(file), "--unit", "Tổ 6")
    opened = run(app, "round", "open", "ma-khao-sat", "1")
    clock.forward(days=5)
    person = Contestant(app)
    person.open("/contests/ma-khao-sat/enter")
    page = person.press(unit="to dinh")

    assert [result.exit_code for result in (loaded, again, opened)] == [0, 0, 0]
    assert "Buổi học này có dễ hiểu không?" in page.text
    assert [row["name"] for row in rows(app, Unit)] == ["Tổ 6", "Tổ Đình 5"]
    assert [(row["unit_code"], row["unit_name"]) for row in rows(app, Entry)] == [("to dinh 5", "Tổ Đình 5")]


def test_where_no_units_are_known_any_words_will_do(app: Flask) -> None:
    open_survey(app, known=())
    person = Contestant(app)
    person.open(f"/contests/{SURVEY}/enter")
    person.press(unit="  Tổ 5,  xóm Đình")

    assert [(row["unit_code"], row["unit_name"]) for row in rows(app, Entry)] == [("", "Tổ 5, xóm Đình")]


@both_databases
def test_a_survey_is_answered_from_its_address_and_read_by_unit(app: Flask, clock: Clock) -> None:
    open_survey(app)
    person = Contestant(app)
    person.open(f"/contests/{SURVEY}")
    person.open(next(link for link in person.page.links if link.endswith("/enter")))
    person.press(unit="le chan")
    page = say(person, (5, 0, 4, 4, 4), WORDS)
    people(app)
    close_round(app, clock, SURVEY)
    read = person.open(f"/contests/{SURVEY}")
    read = person.open(next(link for link in read.links if link.endswith("/survey")))

    assert "Cảm ơn bạn!" in page.text
    assert "Tất cả: 26 người, trung bình 3,5 trên 5" in read.text
    assert "phường Lê Chân: 13 người, trung bình 5 trên 5" in read.text
    assert "Rất dễ hiểu (100%) 13/13" in read.text
    assert "Các đơn vị khác: 13 người, trung bình 2 trên 5" in read.text


def test_nothing_else_is_kept_whatever_is_sent(app: Flask, visitor: Contestant) -> None:
    visitor.press(unit="le chan", name="Nguyễn Thị Lan", birth_year="1958", phone="0912345678", consent="y")

    (entry,) = rows(app, Entry)
    assert (entry["name"], entry["folded"], entry["birth_year"], entry["phone"]) == ("", "", 0, "")
    assert (entry["unit_code"], entry["unit_name"]) == ("LC", "phường Lê Chân")
    assert count(app, Consent) == 0


def test_the_unit_is_needed(app: Flask, visitor: Contestant) -> None:
    page = visitor.press(unit="")

    assert "Hãy ghi đơn vị của bạn." in page.text
    assert count(app, Entry) == 0


def test_the_first_question_comes_at_once(visitor: Contestant) -> None:
    page = visitor.press(unit="le chan")

    assert re.fullmatch(r"/attempts/[^/]+/1", page.address)
    assert "Buổi học này có dễ hiểu không?" in page.text


def test_pressing_twice_is_entering_once(app: Flask, visitor: Contestant) -> None:
    form = visitor.page
    visitor.press(unit="le chan")
    visitor.page = form
    again = visitor.press(unit="le chan")
    say(visitor)
    visitor.page = form
    after = visitor.press(unit="le chan")

    assert "Buổi học này có dễ hiểu không?" in again.text
    assert "Cảm ơn bạn!" in after.text
    assert (count(app, Entry), count(app, Attempt)) == (1, 1)


def test_every_visit_is_an_entry_and_nobody_is_taken_for_another(app: Flask, visitor: Contestant) -> None:
    speaker(app, "LC le chan")
    page = speaker(app, "LC le chan").page

    assert "Cảm ơn bạn!" in page.text
    assert f"/contests/{SURVEY}/enter" in page.links  # for whoever is next on this phone
    assert count(app, Entry) == 2


def test_before_and_after_its_days_a_survey_says_so(app: Flask, clock: Clock) -> None:
    opened = open_survey(app)
    clock.forward(days=-1)
    before = Contestant(app).open(f"/contests/{SURVEY}").text
    clock.now = opened.closes_at
    after = Contestant(app).open(f"/contests/{SURVEY}").text

    assert "Khảo sát mở lúc 08:00, 02/11/2026." in before
    assert "Khảo sát đã kết thúc. Cảm ơn bạn." in after


# -- answering


def test_steps_and_words_are_kept(app: Flask, visitor: Contestant) -> None:
    visitor.press(unit="le chan")

    say(visitor, (1, 2, 3, 0, 5), "Tốt.\r\n  Cảm\u200b ơn!")

    assert responses(app, Answer) == {
        "survey-clear": ("1",),
        "survey-useful": ("2",),
        "survey-confident": ("3",),
        "survey-kind": ("5",),
        "survey-words": ("Tốt. Cảm ơn!",),
    }


def test_steps_stand_in_their_order_for_everybody(app: Flask, visitor: Contestant) -> None:
    orders = set()
    for _ in range(5):
        visitor.open(f"/contests/{SURVEY}/enter")
        page = visitor.press(unit="le chan")
        orders.add(tuple(each.label for each in page.forms[0].controls if each.kind == "radio"))

    (order,) = orders
    assert [label.strip() for label in order] == [
        "Rất khó hiểu",
        "Khó hiểu",
        "Tạm hiểu",
        "Dễ hiểu",
        "Rất dễ hiểu",
    ]


def test_what_was_written_is_still_there(visitor: Contestant) -> None:
    visitor.press(unit="le chan")
    place = visitor.page.address[:-1] + "6"
    visitor.open(place)
    visitor.press(go="next", q6="<b>Hay</b> & vui")

    page = visitor.open(place)

    assert page.forms[0].values()["q6"] == ["<b>Hay</b> & vui"]
    assert "<b>Hay" not in page.source


def test_more_words_than_fit_are_told(app: Flask, visitor: Contestant) -> None:
    visitor.press(unit="le chan")
    visitor.open(visitor.page.address[:-1] + "6")

    page = visitor.press(go="next", q6="ư" * 501)

    assert "Chưa đọc được câu trả lời này." in page.text
    assert count(app, Answer) == 0


def test_nothing_is_marked_and_no_code_is_told(app: Flask, visitor: Contestant) -> None:
    question = visitor.press(unit="le chan")
    page = say(visitor)

    (outcome,) = rows(app, Outcome)
    facts = [outcome[name] for name in ("points", "max_points", "all_correct", "passed")]
    assert facts == [0, 0, False, False]
    assert count(app, Certificate) == 0
    assert "Mã làm tiếp" not in question.text + page.text
    assert not re.search(r"\d%|/\d+ điểm|Xếp hạng|Luyện 5 câu", page.text)


# -- reading


def test_results_wait_for_the_end_of_the_survey(app: Flask, visitor: Contestant) -> None:
    people(app)

    page = visitor.open(RESULTS)

    assert "Chưa có kết quả." in page.text
    assert "Rất dễ hiểu" not in page.text


def test_fewer_than_ten_people_have_no_results(app: Flask, visitor: Contestant, clock: Clock) -> None:
    for _ in range(9):
        speaker(app, "LC le chan")
    close_round(app, clock, SURVEY)

    assert "Chưa có kết quả." in visitor.open(RESULTS).text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_public_page_tells_a_comment_a_small_unit_or_one_written_by_hand(
    app: Flask, visitor: Contestant, clock: Clock, prefix: str
) -> None:
    people(app)
    close_round(app, clock, SURVEY)
    publish_round(app, clock, SURVEY)

    for place in ("", "/survey", "/rules", "/standings", "/standings/units"):
        text = visitor.open(f"{prefix}/contests/{SURVEY}{place}").text
        assert not any(words in text for words in (WORDS, "1+1", "Đồ Sơn", "Xóm tự đặt")), place


def test_a_survey_has_no_standings(app: Flask, visitor: Contestant, clock: Clock) -> None:
    speaker(app, "LC le chan")
    close_round(app, clock, SURVEY)
    publish_round(app, clock, SURVEY)

    assert count(app, Standing) == 0
    assert "Cuộc thi này không xếp hạng." in visitor.open(f"/contests/{SURVEY}/standings").text
    assert "Cuộc thi này không xếp hạng." in visitor.open(f"/contests/{SURVEY}/standings/units").text


def test_its_rules_tell_what_becomes_of_answers_and_nothing_of_points(visitor: Contestant) -> None:
    text = visitor.open(f"/contests/{SURVEY}/rules").text

    assert "Chỉ hỏi đơn vị, không hỏi họ tên, năm sinh." in text
    assert not re.search("điểm|tuổi|Thứ hạng|Tên được|Đáp án", text)


def test_the_organiser_reads_it_at_any_time(app: Flask, visitor: Contestant) -> None:
    people(app)

    output = run(app, "round", "survey", SURVEY, "1").output

    assert "Buổi học này có dễ hiểu không?  all  25  3.44\n    Rất khó hiểu  0  0%\n" in output
    assert "Buổi học này có dễ hiểu không?  phường Lê Chân  12  5.00\n" in output
    assert (
        "Buổi học này có dễ hiểu không?  others  13  2.00\n    Rất khó hiểu  0  0%\n    Khó hiểu  13  100%"
        in output
    )
    assert "Những điều vừa học" not in output  # nobody answered it
    assert output.endswith(f"Bạn muốn nói thêm điều gì?\n    1+1  9  \n    {WORDS}  1  \n")


def test_a_spreadsheet_gets_a_row_for_each_step_and_no_formula(app: Flask, visitor: Contestant) -> None:
    people(app)

    output = run(app, "round", "survey", SURVEY, "1", "--csv").output
    table = list(csv.reader(output.removeprefix("\ufeff").splitlines()))

    assert output.startswith("\ufeff")
    assert table[0] == ["question", "unit", "people", "mean", "answer", "count", "share"]
    assert {len(row) for row in table} == {7}
    assert ["Buổi học này có dễ hiểu không?", "all", "25", "3.44", "Khó hiểu", "13", "52%"] in table
    assert ["Bạn muốn nói thêm điều gì?", "", "", "", "1+1", "9", ""] in table


def test_only_papers_that_were_sent_are_read(app: Flask, visitor: Contestant) -> None:
    visitor.press(unit="le chan")
    offered = [each for each in visitor.page.forms[0].controls if each.kind == "radio"]
    visitor.press(go="next", **{offered[0].name: offered[0].value})

    output = run(app, "round", "survey", SURVEY, "1").output

    assert count(app, Answer) == 1
    assert output == "question  unit  people  mean\n    answer  count  share\n"


def test_a_round_that_was_never_opened_cannot_be_read(app: Flask) -> None:
    result = run(app, "round", "survey", SURVEY, "1")

    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_words_are_erased_with_their_time_and_steps_stay(
    app: Flask, visitor: Contestant, clock: Clock
) -> None:
    visitor.press(unit="le chan")
    say(visitor, words="Tôi là Lan")
    close_round(app, clock, SURVEY)
    clock.forward(days=91)
    with app.app_context():
        publishing.forget(contests.find(SURVEY), clock.now)
        work.commit()

    assert "survey-words" not in responses(app, Answer)
    assert responses(app, Answer)[FIRST] == ("4",)
    assert "Cảm ơn bạn!" in visitor.open(visitor.page.address).text


# -- beside questions that are marked


@pytest.fixture
def mixed() -> dict[str, Any]:
    """A contest whose paper ends with a scale and a comment."""
    asked = (a_scale_table("scale", topic="feedback"), a_comment_table("comment", topic="feedback"))
    questions = bank_document(*ITEMS, *asked)
    return {"questions": questions, "results__keys": "at-once", "attempts": {"per_round": 1}}


def test_what_is_not_marked_changes_no_points(app: Flask, mixed: dict[str, Any]) -> None:
    open_contest(app, **mixed)

    page = finisher(app, {**RIGHT, "scale": ("2",), "comment": ("Hay",)}).page

    assert "6/6 điểm" in page.text
    assert "Tuyệt vời, đúng tất cả!" in page.text
    assert page.text.count("Câu này không chấm điểm.") == 2
    assert "Chủ đề feedback" not in page.text


def test_a_blank_comment_leaves_a_paper_complete(app: Flask, mixed: dict[str, Any]) -> None:
    open_contest(app, paper__incomplete="invalid", **mixed)

    assert "6/6 điểm" in finisher(app, RIGHT).page.text


def test_a_named_person_is_thanked_where_nothing_is_marked(app: Flask) -> None:
    open_contest(app, bank_document(a_scale_table("scale")), results__cut=0)

    page = finisher(app, {"scale": ("2",)}).page

    assert "Cảm ơn bạn!" in page.text
    assert "Mã làm tiếp" in page.text
    assert count(app, Certificate) == 0


def test_a_correction_cannot_give_it_a_key(app: Flask, mixed: dict[str, Any]) -> None:
    open_contest(app, **mixed)

    wrong = run(
        app, "round", "correct", "cong-dan-so", "1", "comment", "--key", "a", "--reason", "x", "--apply"
    )
    page = finisher(app, RIGHT).page

    assert wrong.exit_code == 1
    assert "6/6 điểm" in page.text
