"""Published standings of people and of units."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quizlib.bank.item import Response
from quizlib.contest.tally import Facts, Tally
from quizlib.contest.tally import Standing as Ranked
from quizlib.exam.score import Correction
from quizlib.web import store
from quizlib.web.boards import AGE
from quizlib.web.store import rounds
from quizlib.web.store.entries import Entry
from quizlib.web.tables import Entry as Row
from quizlib.web.tables import Standing, db
from tests.web.contest import (
    CODE,
    RIGHT,
    WRONG,
    Clock,
    close_round,
    correct,
    count,
    open_contest,
    publish_round,
    statements,
)
from tests.web.contestant import Contestant, finisher

FIVE = RIGHT | {"choice": ("b",)}


def finish(app: Flask, clock: Clock, name: str, answers: dict[str, Response], **fields: Any) -> Contestant:
    """Each a minute after the one before."""
    clock.forward(minutes=1)
    return finisher(app, answers, name=name, **fields)


def end(app: Flask, clock: Clock) -> None:
    close_round(app, clock)
    publish_round(app, clock)


def table(source: str) -> list[list[str]]:
    """The cells of every row."""
    rows = source.split('<tr role="row">')[1:]
    cells = [
        [part.partition(">")[2].partition("<")[0] for part in row.split("data-label=")[1:]] for row in rows
    ]
    return [row for row in cells if row]


def people(app: Flask, query: str = "") -> list[list[str]]:
    return table(Contestant(app).open(f"/contests/{CODE}/standings{query}").source)


def test_people_stand_by_the_rules_with_masked_names_and_reasons(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đình Đắc", FIVE, prediction="9")
    finish(app, clock, "Nguyễn Thị Lan", RIGHT)
    finish(app, clock, "Lò Thị Ảnh Tuyết", FIVE, prediction="5")
    finish(app, clock, "Ngô Ánh", FIVE, prediction="5", unit="do son")
    end(app, clock)

    assert people(app) == [
        ["1", "N*** T*** L***", "phường Lê Chân", "6/6", "số điểm"],
        ["2", "L*** T*** Ả*** T***", "phường Lê Chân", "5/6", "số điểm"],
        ["3", "N*** Á***", "phường Đồ Sơn", "5/6", "nộp lúc 08:04:00, 02/11"],
        ["4", "T*** Đ*** Đ***", "phường Lê Chân", "5/6", "dự đoán lệch 5"],
    ]


def test_people_whom_the_chain_cannot_part_share_a_rank(app: Flask, clock: Clock) -> None:
    open_contest(app, prediction=None, ranking={"criteria": ["score"]})
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", RIGHT)
    finish(app, clock, "Ngô Ánh", FIVE)
    end(app, clock)

    assert [row[0] for row in people(app)] == ["1", "1", "3"]
    assert people(app)[0][4] == "đồng hạng, ban tổ chức quyết định"


def test_the_page_tells_the_counts(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", FIVE)
    end(app, clock)

    text = Contestant(app).open(f"/contests/{CODE}/standings").text

    assert "2 người nộp bài, 1 người đúng tất cả." in text
    assert "Kết quả chính thức, công bố lúc 08:01, 09/11/2026" in text


def test_nothing_is_told_before_the_publication(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    during = Contestant(app).open(f"/contests/{CODE}/standings")
    during_units = Contestant(app).open(f"/contests/{CODE}/standings/units")
    close_round(app, clock)
    closed = Contestant(app).open(f"/contests/{CODE}/standings")

    for page in (during, during_units, closed):
        assert "Chưa có kết quả công bố." in page.text
        assert "T***" not in page.text
        assert "người nộp bài," not in page.text


def test_full_names_stand_where_the_rules_say_but_for_children(app: Flask, clock: Clock) -> None:
    open_contest(app, results__names="full")
    guardian = {"guardian": "Nguyễn Văn Hùng", "guardian_consent": "y"}
    finish(app, clock, "Trần Đắc", RIGHT, birth_year="1958")
    finish(app, clock, "Bé Na", FIVE, birth_year="2014", **guardian)
    end(app, clock)

    assert [row[1] for row in people(app)] == ["Trần Đắc", "B*** N***"]


def test_a_person_stands_once_with_the_attempt_that_counts(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finish(app, clock, "Trần Đắc", FIVE)
    person.open(person.entry)
    person.finish(RIGHT)
    end(app, clock)

    assert [row[3] for row in people(app)] == ["6/6"]


def test_void_papers_and_people_do_not_stand(app: Flask, clock: Clock) -> None:
    open_contest(app, time={"limit_minutes": 20, "expiry": "void"})
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", RIGHT)
    late = Contestant(app)
    late.enter(name="Ngô Ánh")
    late.start()
    with app.app_context():
        db.session.query(Row).filter_by(name="Nguyễn Lan").update({"voided_at": clock.now})
        db.session.commit()
    end(app, clock)

    assert [row[1] for row in people(app)] == ["T*** Đ***"]


def test_every_publication_is_an_edition_of_its_own(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", FIVE)
    finish(app, clock, "Nguyễn Lan", RIGHT)
    end(app, clock)
    published = people(app)
    correct(app, clock, Correction("choice", "key", ("b",), "đáp án sai"))
    corrected = people(app)
    publish_round(app, clock)
    clock.now += AGE

    assert [row[1] for row in published] == ["N*** L***", "T*** Đ***"]
    assert corrected == published
    assert [(row[1], row[3]) for row in people(app)] == [("T*** Đ***", "6/6"), ("N*** L***", "5/6")]


def publish_many(app: Flask, clock: Clock, number: int) -> None:
    """A published round in which that many people stand, ranked 1, 2, 3 ..."""
    close_round(app, clock)
    with app.app_context():
        round = rounds.find(CODE, 1)
        for rank in range(1, number + 1):
            entry = Entry(f"entry-{rank}", round.id, "Trần Đắc", 1958, "LC", "phường Lê Chân", "vi")
            store.entries.enter(entry, f"code {rank}", clock.now)
        found = [
            Ranked(rank, Tally(f"entry-{rank}", 6, True, None, 60, clock.now), "score")
            for rank in range(1, number + 1)
        ]
        store.standings.keep(round.id, 1, found, 6)
        rounds.publish(round.id, 1, clock.now)
        store.boards.keep(round.id, Facts(number, 0), (), clock.now, None)
        store.work.commit()


@pytest.mark.parametrize(
    ("query", "ranks", "pager"),
    [
        ("", range(1, 51), ["2"]),
        ("?page=2", range(51, 101), ["1", "3"]),
        ("?page=3", range(101, 102), ["2"]),
        ("?page=4", [], ["3"]),
        ("?page=0", range(1, 51), ["2"]),
        ("?page=-1", range(1, 51), ["2"]),
        ("?page=x", range(1, 51), ["2"]),
        ("?page=99999999999", range(1, 51), ["2"]),
    ],
)
def test_long_lists_have_pages(app: Flask, clock: Clock, query: str, ranks: Any, pager: list[str]) -> None:
    open_contest(app)
    publish_many(app, clock, 101)

    page = Contestant(app).open(f"/contests/{CODE}/standings{query}")

    assert [row[0] for row in table(page.source)] == [str(rank) for rank in ranks]
    assert [
        link.partition("page=")[2]
        for link in page.links
        if "standings?page=" in link and not link.startswith("/en")
    ] == pager


def test_the_page_asks_the_database_for_ready_rows_only(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    end(app, clock)

    with statements(app) as seen:
        people(app)

    assert len(seen) == 2
    assert not any(word in statement for statement in seen for word in ("count(", "max(", "outcomes"))


@pytest.mark.parametrize("page", ["standings", "standings/units"])
def test_a_contest_without_ranking_says_so_and_names_nobody(app: Flask, clock: Clock, page: str) -> None:
    open_contest(app, prediction=None, ranking={"criteria": []}, unit_prize=None)
    person = finish(app, clock, "Trần Đắc", RIGHT)
    end(app, clock)

    told = Contestant(app).open(f"/contests/{CODE}/{page}")

    assert "Cuộc thi này không xếp hạng." in told.text
    assert table(told.source) == []
    assert count(app, Standing) == 0
    assert "xếp hạng" not in person.open(f"{person.attempt}/outcome").text.lower()
    assert f"/contests/{CODE}/standings" not in person.open(f"/contests/{CODE}").links


def test_units_stand_for_their_prizes_in_a_contest_without_ranking(app: Flask, clock: Clock) -> None:
    open_contest(app, prediction=None, ranking={"criteria": []})
    finish(app, clock, "Trần Đắc", RIGHT)
    end(app, clock)

    assert units(app)["Nhiều người dự thi nhất"] == [["1", "phường Lê Chân", "1"]]
    assert f"/contests/{CODE}/standings/units" in Contestant(app).open(f"/contests/{CODE}").links


def test_a_round_that_nobody_sat_can_be_published(app: Flask, clock: Clock) -> None:
    open_contest(app)
    end(app, clock)

    assert people(app) == []
    assert "0 người nộp bài" in Contestant(app).open(f"/contests/{CODE}/standings").text


# -- units


def units(app: Flask, prefix: str = "") -> dict[str, list[list[str]]]:
    """The rows of each ranking, by its heading."""
    page = Contestant(app).open(f"{prefix}/contests/{CODE}/standings/units")
    parts = page.source.split("<h2>")[1:]
    return {part.partition("<")[0]: table(part) for part in parts}


def test_units_stand_by_people_rate_and_mean(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", FIVE)
    finish(app, clock, "Ngô Ánh", FIVE, unit="cam giang", unit_code="CG")
    finish(app, clock, "Lò Tuyết", RIGHT, unit="do son")
    finish(app, clock, "Vũ Mai", RIGHT, unit="Tổ 5", unit_code="other")
    end(app, clock)

    assert units(app) == {
        "Nhiều người dự thi nhất": [
            ["1", "phường Lê Chân", "2"],
            ["2", "xã Cẩm Giang", "1 (đồng hạng)"],
            ["2", "phường Đồ Sơn", "1 (đồng hạng)"],
        ],
        "Tỷ lệ dự thi cao nhất": [
            ["1", "xã Cẩm Giang", "25%"],
            ["2", "phường Lê Chân", "20%"],
            ["–", "phường Đồ Sơn", "chưa rõ số người được dự thi"],
        ],
        "Điểm trung bình cao nhất": [
            ["1", "phường Đồ Sơn", "6"],
            ["2", "phường Lê Chân", "5,5"],
            ["3", "xã Cẩm Giang", "5"],
        ],
    }


def test_a_unit_below_the_floor_has_no_rank(app: Flask, clock: Clock) -> None:
    open_contest(app, unit_prize=[{"ranking": "rate", "floor": 21, "count": 1, "vi": "Cờ"}])
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", RIGHT)
    finish(app, clock, "Ngô Ánh", FIVE, unit="cam giang", unit_code="CG")
    end(app, clock)

    assert units(app)["Tỷ lệ dự thi cao nhất"] == [
        ["1", "xã Cẩm Giang", "25%"],
        ["–", "phường Lê Chân", "20%"],
    ]


def test_a_person_counts_once_for_the_unit(app: Flask, clock: Clock) -> None:
    open_contest(app)
    person = finish(app, clock, "Trần Đắc", WRONG)
    person.open(person.entry)
    person.finish(RIGHT)
    end(app, clock)

    assert units(app)["Nhiều người dự thi nhất"] == [["1", "phường Lê Chân", "1"]]
    assert units(app)["Điểm trung bình cao nhất"] == [["1", "phường Lê Chân", "6"]]


def test_figures_are_written_as_the_language_writes_them(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    finish(app, clock, "Nguyễn Lan", FIVE)
    end(app, clock)

    english = units(app, "/en")

    assert [rows[0][2] for rows in english.values()] == ["2", "20%", "5.5"]


def test_a_second_round_keeps_the_first_ones_standings_until_its_own(app: Flask, clock: Clock) -> None:
    open_contest(app)
    finish(app, clock, "Trần Đắc", RIGHT)
    end(app, clock)
    clock.now += timedelta(days=30)

    assert [row[1] for row in people(app)] == ["T*** Đ***"]
