"""A class: a test before and one after on unseen twins, and the trainer's sheet, which tells no name."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from quizlib.bank.item import Response
from quizlib.contest.units import Unit
from quizlib.errors import ContentError
from quizlib.web import publishing
from quizlib.web.demo.load import finish
from quizlib.web.demo.people import Person
from quizlib.web.store import contests, rounds, work
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.tables import Attempt, Round, db
from quizlib.web.tables import Entry as Row
from tests.web.contest import (
    AFTER,
    CLASS,
    CLASS_ITEMS,
    CODE,
    OPENS,
    UNITS,
    Clock,
    count,
    open_class,
    open_contest,
    rows,
)
from tests.web.contestant import Contestant, Page, finisher

SHEET = f"/contests/{CLASS}/class"
ANSWERS: dict[str, Response] = {str(item["id"]): ("a",) for item in CLASS_ITEMS}
WAY_OFF = dict.fromkeys(ANSWERS, ("b",))
TELLS_A_GAIN = "Trung bình mỗi người"


def sit_all(
    app: Flask, round: OpenedRound, people: int, skill: int, unit: Unit = UNITS[0], first: int = 0
) -> None:
    """So many people hand in a paper; the same numbers are the same people in any round."""
    with app.app_context():
        for number in range(first, first + people):
            who = Person(number, f"Nguyễn Thị Số {number}", 1950, unit, skill + number % 5, None, 5, 0)
            finish(app.config["SETTINGS"], rounds.get(round.id), who)
        work.commit()


def sheet(app: Flask, prefix: str = "") -> Page:
    return Contestant(app).open(prefix + SHEET)


def table(page: Page) -> list[list[str]]:
    parts = page.source.split('<tr role="row">')[2:]
    return [
        [cell.partition(">")[2].partition("<")[0] for cell in row.split("data-label=")[1:]] for row in parts
    ]


# -- unseen twins


def asked(person: Contestant) -> set[str]:
    return {person.ask(number).item for number in range(1, 5)}


@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", "Trần Đình Đắc", "Lò Thị Ảnh Tuyết", "Ngô Ánh"])
def test_nobody_meets_a_question_of_the_test_before_in_the_test_after(
    app: Flask, clock: Clock, name: str
) -> None:
    open_class(app)
    person = Contestant(app)
    person.enter(CLASS, name=name)
    person.start()
    before = asked(person)
    clock.now = AFTER
    person.enter(CLASS, name=name.upper())
    person.start()

    assert len(before) == len(asked(person)) == 4
    assert before.isdisjoint(asked(person))


def test_people_begin_with_either_half(app: Flask) -> None:
    before, after = open_class(app)
    sit_all(app, before, 20, 50)
    sit_all(app, after, 20, 50)

    seeds = [[str(row["seed"])[0] for row in rows(app, Attempt, round=each.id)] for each in (before, after)]

    assert {*seeds[0]} == {*seeds[1]} == {"A", "B"}
    assert seeds[0].count("A") == seeds[1].count("B")


def test_the_second_round_draws_from_what_the_first_one_froze(app: Flask, clock: Clock) -> None:
    """Even when it is opened after some items went stale."""
    before, after = open_class(app)

    assert (before.bank_hash, before.blueprint_hash) == (after.bank_hash, after.blueprint_hash)
    with app.app_context():
        rules = contests.find(CLASS)
        late = OPENS + timedelta(days=365 * 100)
        assert publishing.content_of(rules, app.config["SETTINGS"].data, late)[1] == before.blueprint


def test_other_contests_draw_from_the_whole_bank(app: Flask) -> None:
    open_contest(app)
    finisher(app)

    assert re.fullmatch("[0-9a-f]{64}", str(rows(app, Attempt)[0]["seed"]))


def test_a_bank_too_small_for_two_halves_is_refused_with_the_half_that_lacks(app: Flask) -> None:
    two = [
        {"number": day, "opens": f"2026-11-0{day}T08:00", "closes": f"2026-11-0{day}T09:00"} for day in (1, 2)
    ]

    with pytest.raises(
        ContentError, match=r"blueprint all, half A: quota: 2 items of “money” are wanted; 1 can"
    ):
        open_contest(
            app,
            paper={"blueprint": "all", "twins": True},
            prediction=None,
            ranking={"criteria": ["score"]},
            round=two,
        )

    assert count(app, Round) == 0


# -- results


def test_keys_of_the_test_before_wait_for_the_end_of_the_test_after(app: Flask, clock: Clock) -> None:
    open_class(app)
    early = finisher(app, WAY_OFF, code=CLASS)
    during = early.page
    clock.now = AFTER
    late = finisher(app, ANSWERS, code=CLASS, name="Trần Đình Đắc")
    clock.forward(hours=3, seconds=10)
    after = early.open(f"{early.attempt}/outcome")

    assert "Bạn được 0/4 điểm." in during.text
    assert "Lời giải" not in during.text
    assert "Đáp án từng câu hiện ở trang này khi bài sau đã đóng." in during.text
    assert not [link for link in during.links if link.startswith("/practice/")]
    assert "Lời giải" in late.page.text
    assert "Lời giải" in after.text


def test_nobody_is_ranked(app: Flask) -> None:
    open_class(app)
    person = finisher(app, ANSWERS, code=CLASS)

    assert "xếp hạng" not in person.page.text.lower()
    assert "Cuộc thi này không xếp hạng." in person.open(f"/contests/{CLASS}/standings").text


# -- the sheet


def test_the_sheet_tells_how_to_join_before_anybody_has(app: Flask) -> None:
    open_class(app)

    page = sheet(app)

    assert "Lớp tổ 5" in page.text
    assert f"localhost/contests/{CLASS}" in page.text
    assert "từ 08:00, 02/11/2026 đến 09:30, 02/11/2026" in page.text
    assert "Số người đến" not in page.text
    assert SHEET in Contestant(app).open(f"/contests/{CLASS}").links


@pytest.mark.parametrize(("prefix", "lang"), [("", ""), ("/en", "/en")])
def test_its_code_leads_to_the_contest(app: Flask, prefix: str, lang: str) -> None:
    open_class(app)
    found = re.search(r'src="data:image/svg\+xml,([^"]*)"', sheet(app, prefix).source)

    assert found
    assert decoded(unquote(found[1])) == f"http://localhost{lang}/contests/{CLASS}"


def decoded(svg: str) -> str:
    """The text of a QR code drawn as rows of strokes, each a module high."""
    size = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    picture = Image.new("L", (size, size), 255)
    x, y = 0.0, 0.0
    for command, first, second in re.findall(r"([MmhH])(-?[\d.]+)[ ,]?(-?[\d.]+)?", svg.split(' d="')[-1]):
        if command in "Mm":
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
        else:
            picture.paste(0, (int(x), int(y), int(x + float(first)), int(y) + 1))
            x += float(first)
    (found,) = zxingcpp.read_barcodes(picture.resize((size * 4, size * 4), Image.Resampling.NEAREST))
    return str(found.text)


def test_the_sheet_counts_who_came_by_unit(app: Flask) -> None:
    before, after = open_class(app)
    sit_all(app, before, 3, 50)
    sit_all(app, before, 2, 50, UNITS[3], first=50)
    sit_all(app, after, 1, 50)

    assert table(sheet(app)) == [
        ["phường Lê Chân", "3", "1"],
        ["phường Đồ Sơn", "2", "0"],
        ["Cả lớp", "5", "1"],
    ]


def test_the_sheet_tells_the_gain_of_twenty_people(app: Flask) -> None:
    before, after = open_class(app)
    sit_all(app, before, 20, 20)
    sit_all(app, after, 20, 90)

    text = sheet(app).text

    assert "20 người đã làm cả hai bài. Hai bài không có câu nào trùng nhau." in text
    figures = r"trước khi học (\d+)/100.*sau khi học (\d+)/100.*tăng (\d+) điểm trên.*từ (\d+) đến (\d+) điểm"
    told = re.search(figures, text)
    assert told, text
    first, second, gained, low, high = map(int, told.groups())
    assert second - first == gained
    assert 0 < low < gained < high
    assert "Nguyễn" not in text
    assert "95 lớp" in text


def test_a_loss_is_told_as_it_is(app: Flask) -> None:
    before, after = open_class(app)
    sit_all(app, before, 20, 90)
    sit_all(app, after, 20, 20)

    assert re.search(
        r"giảm \d+ điểm trên 100\. .* Mức giảm thật có lẽ từ \d+ đến \d+ điểm\.", sheet(app).text
    )


def test_where_as_many_lose_as_gain_nothing_is_claimed(app: Flask) -> None:
    before, after = open_class(app)
    for round, skills in ((before, (0, 96)), (after, (96, 0))):
        sit_all(app, round, 10, skills[0])
        sit_all(app, round, 10, skills[1], first=10)

    text = sheet(app).text

    assert "Chưa thể nói chắc là điểm tăng hay giảm." in text
    assert re.search(r"từ giảm \d+ đến tăng \d+ điểm trên 100\.", text)
    assert TELLS_A_GAIN not in text


def test_under_ten_people_in_both_tests_no_gain_is_told(app: Flask) -> None:
    before, after = open_class(app)
    sit_all(app, before, 20, 20)
    sit_all(app, after, 9, 90)
    few = sheet(app).text
    sit_all(app, after, 1, 90, first=9)

    assert "9 người đã làm cả hai bài. Đủ 10 người thì trang này mới tính mức tiến bộ." in few
    assert TELLS_A_GAIN not in few
    assert TELLS_A_GAIN in sheet(app).text


def test_people_are_linked_by_name_year_and_unit_whatever_the_tones(app: Flask, clock: Clock) -> None:
    open_class(app)
    people = [
        ("Nguyễn Thị Lan", "1958", "le chan"),
        ("Trần Đắc", "1960", "do son"),
        ("Ngô Ánh", "1961", "do son"),
    ]
    again = [
        ("nguyen  thi LAN", "1958", "le chan"),
        ("Trần Đắc", "1961", "do son"),
        ("Ngô Ánh", "1961", "le chan"),
    ]
    for name, year, unit in people:
        finisher(app, ANSWERS, code=CLASS, name=name, birth_year=year, unit=unit)
    clock.now = AFTER
    for name, year, unit in again:
        finisher(app, ANSWERS, code=CLASS, name=name, birth_year=year, unit=unit)

    assert "1 người đã làm cả hai bài." in sheet(app).text


def test_people_who_cannot_be_told_apart_are_left_out(app: Flask, clock: Clock) -> None:
    open_class(app)
    finisher(app, ANSWERS, code=CLASS)
    finisher(app, ANSWERS, code=CLASS, other_person="1")
    clock.now = AFTER
    finisher(app, ANSWERS, code=CLASS)

    assert "0 người đã làm cả hai bài." in sheet(app).text


def test_people_forgotten_and_voided_are_left_out_of_the_gain(app: Flask, clock: Clock) -> None:
    before, after = open_class(app)
    sit_all(app, before, 12, 20)
    sit_all(app, after, 12, 90)
    with app.app_context():
        db.session.query(Row).filter_by(name="Nguyễn Thị Số 3").update({"voided_at": clock.now})
        db.session.commit()
    voided = sheet(app).text
    clock.forward(days=200)
    with app.app_context():
        publishing.forget(contests.find(CLASS), clock.now)
        work.commit()
    forgotten = sheet(app)

    assert "11 người đã làm cả hai bài." in voided
    assert "0 người đã làm cả hai bài." in forgotten.text
    assert table(forgotten)[-1] == ["Cả lớp", "12", "12"]


def test_the_sheet_is_there_with_one_round_opened(app: Flask) -> None:
    before, after = open_class(app)
    with app.app_context():
        db.session.query(Round).filter_by(id=after.id).delete()
        db.session.commit()
    sit_all(app, before, 2, 50)

    assert table(sheet(app)) == [["phường Lê Chân", "2", "0"], ["Cả lớp", "2", "0"]]


@pytest.mark.parametrize("code", [CODE, "no-such"])
def test_a_contest_that_is_no_class_has_no_sheet(app: Flask, code: str) -> None:
    open_contest(app)

    assert Contestant(app).open(f"/contests/{code}/class").status == 404
