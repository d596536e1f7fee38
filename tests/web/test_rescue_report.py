"""Telling of a new scam: no name asked, kept once, escaped everywhere, read and finished by editors."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask

from quizlib.bank.fields import CHANNELS
from quizlib.web.tables import Report
from tests.web.conftest import Application
from tests.web.contest import OPENS, Clock, both_databases, count, rows
from tests.web.contestant import Contestant, Page
from tests.web.test_commands import refusal, run

STORY = "Có người gọi, xưng là công an.\r\n\r\nHọ bảo tôi  cài ứng dụng."
ASKED = {"report", "text", "channel", "contact_used"}
TOLD = {"text": STORY, "channel": "call", "contact_used": "0900 000 000"}


@pytest.fixture
def teller(app: Flask) -> Contestant:
    return Contestant(app)


def tell(teller: Contestant, prefix: str = "", **fields: object) -> Page:
    teller.open(f"{prefix}/report")
    return teller.press(**TOLD | fields)


@both_databases
def test_a_new_scam_is_told(app: Flask, teller: Contestant) -> None:
    page = tell(teller)

    (row,) = rows(app, Report)
    assert page.address == "/report/thanks"
    assert "/help-now" in page.links
    assert row | {"id": ""} == {
        "id": "",
        "text": "Có người gọi, xưng là công an.\n\nHọ bảo tôi cài ứng dụng.",
        "channel": "call",
        "contact_used": "0900 000 000",
        "lang": "vi",
        "received_at": OPENS,
        "state": "new",
    }


def test_the_text_alone_is_enough(app: Flask, teller: Contestant) -> None:
    tell(teller, "/en", channel="", contact_used="")

    (row,) = rows(app, Report)
    assert (row["channel"], row["contact_used"], row["lang"]) == ("", "", "en")


def test_no_name_is_asked_and_people_are_told_to_give_none(teller: Contestant) -> None:
    page = teller.open("/report")

    assert "Đừng ghi tên, số điện thoại hay số tài khoản của bạn" in page.text
    assert set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page.source)) == ASKED
    assert all(f'value="{channel}"' in page.source for channel in CHANNELS)


@both_databases
def test_sent_twice_is_told_once(app: Flask, teller: Contestant) -> None:
    teller.open("/report")
    form = teller.page
    teller.press(**TOLD)
    teller.page = form

    assert teller.press(**TOLD).address == "/report/thanks"
    assert count(app, Report) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Hãy kể vài câu"),
        ({"text": " \u200b\r\n "}, "Hãy kể vài câu"),
        ({"text": None}, "Hãy kể vài câu"),
        ({"text": "a" * 2001}, "Lời kể dài quá 2.000 chữ cái."),
        ({"channel": "pigeon"}, "Hãy chọn một dòng trong danh sách."),
        ({"contact_used": "a" * 201}, "Hãy ghi ngắn hơn 200 chữ cái."),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    app: Flask, teller: Contestant, fields: dict[str, object], sentence: str
) -> None:
    page = tell(teller, **fields)

    assert page.text.count(sentence) == 2
    assert count(app, Report) == 0
    assert teller.press(**TOLD).address == "/report/thanks"


def test_two_thousand_letters_are_kept(app: Flask, teller: Contestant) -> None:
    tell(teller, text="ạ" * 2000, contact_used="b" * 200)

    assert len(str(rows(app, Report)[0]["text"])) == 2000


def test_what_was_typed_stays_and_is_only_words(teller: Contestant) -> None:
    page = tell(teller, text="</textarea><script>1</script>", contact_used='"><b>' + "c" * 200)

    assert "<script>1" not in page.source
    assert '"><b>' not in page.source
    assert "&lt;/textarea&gt;&lt;script&gt;" in page.source
    assert '<option value="call" selected>' in page.source


@pytest.mark.parametrize("report", ["", "forged", "abcdefghijklmnop-abcdefghijklmnopqrst", None])
def test_a_form_that_is_not_ours_is_refused(app: Flask, teller: Contestant, report: str | None) -> None:
    assert tell(teller, report=report).status == 404
    assert count(app, Report) == 0


def test_reports_of_one_address_are_limited(app: Flask, teller: Contestant) -> None:
    found = [tell(teller).status for _ in range(31)]

    assert found == [200] * 30 + [429]
    assert teller.open("/report").status == 200
    assert count(app, Report) == 30


def test_nothing_of_it_stands_in_the_log(teller: Contestant, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        tell(teller)
        tell(teller, text="")

    assert not any("0900" in record.getMessage() for record in caplog.records)


def test_the_privacy_page_says_how_long_it_is_kept(teller: Contestant) -> None:
    assert "xóa sau 90 ngày" in teller.open("/privacy").text


# -- the editor's commands


def test_editors_read_what_is_new_and_finish_it(app: Flask, teller: Contestant, clock: Clock) -> None:
    tell(teller, contact_used="\x1b[31mhttp://lua.example")
    clock.forward(days=1)
    tell(teller, text="Chuyện khác", channel="", contact_used="")
    first, second = (str(row["id"]) for row in sorted(rows(app, Report), key=lambda row: row["received_at"]))

    before = run(app, "reports", "list").output
    done = run(app, "reports", "done", first)
    after, everything = (run(app, "reports", "list", *flags).output for flags in ((), ("--all",)))

    assert f"{first}  2026-11-02  new  call  [31mhttp://lua.example\nCó người gọi" in before
    assert before.endswith(f"{second}  2026-11-03  new\nChuyện khác\n\n2 new, 0 done\n")
    assert (done.exit_code, done.output) == (0, "")
    assert "Có người gọi" not in after
    assert after.endswith("1 new, 1 done\n")
    assert f"{first}  2026-11-02  done" in everything


def test_a_report_that_is_not_there_is_told(app: Flask) -> None:
    assert "there is no report zzz" in refusal(app, "reports", "done", "zzz")


@pytest.mark.parametrize(("days", "left"), [(89.9, 1), (90, 0)])
@both_databases
def test_reports_are_erased_when_their_time_is_over(
    app: Flask, teller: Contestant, clock: Clock, days: float, left: int
) -> None:
    tell(teller)
    clock.now = OPENS + timedelta(days=days)

    output = run(app, "contest", "forget").output

    assert output == f"{1 - left} reports erased\n"
    assert count(app, Report) == left


def test_reports_survive_a_restart(make_app: Application) -> None:
    first = make_app()
    tell(Contestant(first))

    assert "1 new, 0 done" in run(make_app(), "reports", "list").output
