"""Certificates as their holders and strangers meet them: every fact, the files, what became of them since."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from quizlib.contest.certificate import CertificateFacts, facts_lines, format_serial
from quizlib.contest.rules import Certificate as Issuing
from quizlib.exam.score import Correction
from quizlib.web import publishing
from quizlib.web.store import certificates, corrections, rounds, work
from quizlib.web.tables import Certificate, db
from tests.web.conftest import Application
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
    rows,
    set_owner,
)
from tests.web.contestant import Contestant, finisher

HALF = RIGHT | {"order": (), "choice": ()}  # three of six points: just passed
SPOIL = Correction("multiple", "key", ("b", "d"), "đáp án sai")  # half of them no longer pass
LATER = {"issue": "after-publication"}
NEVER = Issuing(issue="never")


@pytest.fixture
def site(data: Path, make_app: Application) -> Flask:
    """A site with an owner: its certificates are worth something."""
    set_owner(data)
    return make_app()


def serials(app: Flask) -> list[str]:
    """In the order in which they were issued."""
    found = sorted(rows(app, Certificate), key=lambda row: (str(row["entry"]), str(row["edition"])))
    return [str(row["serial"]) for row in found]


def facts(app: Flask, serial: str) -> CertificateFacts:
    with app.app_context():
        found = certificates.get(serial)
        assert found is not None
        return found.facts


def undo(app: Flask, clock: Clock) -> None:
    app.test_cli_runner().invoke(args=["round", "undo", CODE, "1"], catch_exceptions=False)


def test_who_passes_finds_the_certificate_on_the_outcome(site: Flask) -> None:
    open_contest(site)
    person = finisher(site)
    place = next(link for link in person.page.links if link.startswith("/certificates/"))

    page = person.open(place)

    assert place == f"/certificates/{serials(site)[0]}"
    assert "GIẤY CHỨNG NHẬN" in page.text
    assert "Nguyễn Thị Lan" in page.text
    assert "BẢN DÙNG THỬ" not in page.text


@pytest.mark.parametrize(("prefix", "lang"), [("", "vi"), ("/en", "en")])
@pytest.mark.parametrize("place", ["verify", "certificates"])
def test_every_fact_is_on_both_pages(site: Flask, prefix: str, lang: str, place: str) -> None:
    open_contest(site)
    person = finisher(site)
    (serial,) = serials(site)

    page = person.open(f"{prefix}/{place}/{serial}")

    assert all(value in page.text for _, value in facts_lines(facts(site, serial), lang))


def test_the_facts_are_those_of_the_paper(site: Flask, clock: Clock) -> None:
    open_contest(site)
    clock.forward(days=2)
    finisher(site, RIGHT | {"choice": ("b",)}, name="Trần Đình Đắc", unit="do son")

    (serial,) = serials(site)
    assert facts(site, serial) == CertificateFacts(
        serial=serial,
        holder="Trần Đình Đắc",
        contest="Công dân số",
        round="Tuần một",
        points=5,
        max_points=6,
        cut=50,
        unit="phường Đồ Sơn",
        submitted_on=(clock.now + timedelta(hours=7)).date(),
        issued_on=(clock.now + timedelta(hours=7)).date(),
        organiser="Thành đoàn Hoa Phượng",
        decision="112/KH-TĐ",
        sample=False,
        lang="vi",
    )


def test_days_are_those_of_viet_nam(site: Flask, clock: Clock) -> None:
    open_contest(site)
    clock.forward(hours=16, minutes=30)  # 00:30 of the next day in Hải Phòng
    finisher(site)

    assert facts(site, serials(site)[0]).submitted_on.day == 3


def test_it_speaks_the_language_in_which_the_person_entered(site: Flask) -> None:
    open_contest(site)
    person = Contestant(site, "/en")
    person.enter()
    person.finish()

    found = facts(site, serials(site)[0])
    assert (found.lang, found.contest, found.round) == ("en", "Digital citizen", "Week one")


@pytest.mark.parametrize(("ending", "begin"), [("pdf", b"%PDF-"), ("png", b"\x89PNG\r\n"), ("svg", b"<svg ")])
def test_the_files_can_be_fetched(site: Flask, ending: str, begin: bytes) -> None:
    open_contest(site)
    person = finisher(site)

    page = person.open(f"/certificates/{serials(site)[0]}.{ending}")

    assert page.body.startswith(begin)
    assert ("attachment" in page.headers.get("Content-Disposition", "")) == (ending != "svg")


def test_the_printed_page_leads_to_its_verification(data: Path, make_app: Application) -> None:
    set_owner(data)
    app = make_app(QUIZLIB_ADDRESS="https://thi.example.vn")
    open_contest(app)
    person = finisher(app)
    (serial,) = serials(app)

    (printed,) = PdfReader(io.BytesIO(person.open(f"/certificates/{serial}.pdf").body)).pages

    text = re.sub(r"\s", "", printed.extract_text())
    assert f"https://thi.example.vn/verify/{serial}" in text
    assert "NguyễnThịLan" in text


# -- verifying


@pytest.mark.parametrize("shape", ["{}", " {} ", "{lower}", "{groups}", "{spaced}", "{misread}"])
def test_a_serial_can_be_typed_as_people_type(site: Flask, shape: str) -> None:
    open_contest(site)
    person = finisher(site)
    (serial,) = serials(site)
    groups = format_serial(serial)
    typed = shape.format(
        serial,
        lower=serial.lower(),
        groups=groups,
        spaced=groups.lower().replace("-", " "),
        misread=serial.replace("0", "o").replace("1", "l"),
    )

    person.open("/verify")
    page = person.press(serial=typed)

    assert page.address == f"/verify/{serial}"
    assert "Giấy này có giá trị." in page.text


@pytest.mark.parametrize("typed", ["0000-0000-0000", "abc", "UUUU-UUUU-UUUU", "<b>x</b>", "\x00", "A" * 5000])
def test_a_serial_that_was_never_given_is_told(person: Contestant, typed: str) -> None:
    person.open("/verify")

    page = person.press(serial=typed)

    assert "Không có giấy chứng nhận nào mang mã này." in page.text
    assert "<b>x</b>" not in page.source


@pytest.mark.parametrize(
    "address",
    [
        f"/{place}{ending}"
        for place in ("verify/000000000000", "certificates/000000000000")
        for ending in ("",)
    ]
    + ["/certificates/000000000000.pdf", "/certificates/x.png", "/certificates/x.svg", "/verify/%00"],
)
def test_an_unknown_certificate_is_not_found(person: Contestant, address: str) -> None:
    assert person.open(address).status == 404


def test_a_site_without_an_owner_gives_samples_only(app: Flask) -> None:
    open_contest(app)
    person = finisher(app)
    (serial,) = serials(app)

    pages = [person.open(f"/certificates/{serial}").text, person.open(f"/verify/{serial}").text]

    assert all("BẢN DÙNG THỬ" in text for text in pages)
    assert "Bản dùng thử, không có giá trị." in pages[1]
    assert "Giấy này có giá trị." not in pages[1]


def test_a_demo_contest_gives_samples_even_on_an_owned_site(site: Flask) -> None:
    open_contest(site, demo=True)
    person = finisher(site)

    assert "Bản dùng thử, không có giá trị." in person.open(f"/verify/{serials(site)[0]}").text


# -- when


@pytest.mark.parametrize("answers", [{}, WRONG, {"multiple": ("a", "c")}])
def test_who_does_not_pass_gets_none(site: Flask, answers: dict[str, Any]) -> None:
    open_contest(site)
    person = finisher(site, answers)

    assert not any(link.startswith("/certificates/") for link in person.page.links)
    assert count(site, Certificate) == 0


@pytest.mark.parametrize(
    ("issue", "after"), [("at-once", [1, 1, 1]), ("after-publication", [0, 0, 1]), ("never", [0, 0, 0])]
)
def test_the_rules_say_when(site: Flask, clock: Clock, issue: str, after: list[int]) -> None:
    open_contest(site, certificate__issue=issue)
    finisher(site)
    submitted = count(site, Certificate)
    close_round(site, clock)
    closed = count(site, Certificate)
    publish_round(site, clock)

    assert [submitted, closed, count(site, Certificate)] == after


def test_a_paper_that_was_closed_for_its_holder_earns_one_too(site: Flask, clock: Clock) -> None:
    open_contest(site)
    person = Contestant(site)
    person.enter()
    person.start()
    person.sit()
    close_round(site, clock)

    assert count(site, Certificate) == 1


def test_publishing_again_makes_no_second_one(site: Flask, clock: Clock) -> None:
    open_contest(site, certificate=LATER)
    finisher(site)
    close_round(site, clock)
    publish_round(site, clock)
    before = rows(site, Certificate)
    clock.forward(days=1)
    publish_round(site, clock)

    assert rows(site, Certificate) == before


# -- what becomes of them


def again(person: Contestant, answers: dict[str, Any]) -> None:
    person.open(person.entry)
    person.finish(answers)


def test_a_better_attempt_replaces_it(site: Flask) -> None:
    open_contest(site)
    person = finisher(site, HALF)
    again(person, RIGHT)
    old, new = serials(site)

    page = person.open(f"/verify/{old}")

    assert "Giấy này đã được thay bằng giấy mới." in page.text
    assert format_serial(new) in page.text
    assert f"/verify/{new}" in page.links
    assert (facts(site, old).points, facts(site, new).points) == (3, 6)
    assert "Giấy này có giá trị." in person.open(f"/verify/{new}").text


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_one_that_was_replaced_is_no_longer_printed(site: Flask, ending: str) -> None:
    open_contest(site)
    person = finisher(site, HALF)
    again(person, RIGHT)
    old, _ = serials(site)

    page = person.open(f"/certificates/{old}")

    assert "Giấy này không còn hiệu lực." in page.text
    assert f"/certificates/{old}.{ending}" not in page.links
    assert person.open(f"/certificates/{old}.{ending}").status == 404


@pytest.mark.parametrize("answers", [WRONG, HALF, RIGHT])
def test_a_worse_or_equal_attempt_leaves_it_alone(site: Flask, answers: dict[str, Any]) -> None:
    open_contest(site)
    person = finisher(site)
    before = rows(site, Certificate)
    again(person, answers)

    assert rows(site, Certificate) == before


def test_where_the_last_attempt_counts_a_worse_one_takes_it_away(site: Flask, clock: Clock) -> None:
    open_contest(site, attempts={"per_round": 2, "counted": "last"})
    person = finisher(site)
    clock.forward(minutes=1)
    again(person, {})
    (serial,) = serials(site)

    page = person.open(f"/verify/{serial}")

    assert "Giấy này đã bị thu hồi." in page.text
    assert "lần thi sau được tính thay cho lần này" in page.text


def test_a_correction_revokes_it_with_the_reason(site: Flask, clock: Clock) -> None:
    open_contest(site)
    person = finisher(site, HALF)
    (serial,) = serials(site)
    correct(site, clock, SPOIL)

    page = person.open(f"/verify/{serial}")

    assert "Giấy này đã bị thu hồi." in page.text
    assert "đáp án đã được sửa, kết quả tính lại không còn đạt" in page.text
    assert person.open(f"/certificates/{serial}.pdf").status == 404
    assert not any(
        link.startswith("/certificates/") for link in person.open(f"{person.attempt}/outcome").links
    )


def test_a_correction_that_only_moves_points_replaces_it(site: Flask, clock: Clock) -> None:
    open_contest(site)
    finisher(site)
    correct(site, clock, SPOIL)
    old, new = serials(site)

    assert (facts(site, old).points, facts(site, new).points) == (6, 4)
    assert [row["status"] for row in sorted(rows(site, Certificate), key=lambda row: row["edition"])] == [  # type: ignore[arg-type, return-value]
        "replaced",
        "valid",
    ]


def test_a_correction_can_earn_one(site: Flask, clock: Clock) -> None:
    open_contest(site)
    finisher(site, {"multiple": ("b",), "number": ("1500000",)})
    before = count(site, Certificate)
    correct(site, clock, Correction("multiple", "accept", ("b",), "cũng đúng"))

    assert (before, count(site, Certificate)) == (0, 1)


def test_undoing_a_correction_gives_a_valid_one_back(site: Flask, clock: Clock) -> None:
    open_contest(site)
    person = finisher(site, HALF)
    correct(site, clock, SPOIL)
    undo(site, clock)

    last = serials(site)[-1]

    assert "Giấy này có giá trị." in person.open(f"/verify/{last}").text
    assert facts(site, last).points == 3
    assert f"/certificates/{last}" in person.open(f"{person.attempt}/outcome").links


def test_before_publication_a_correction_touches_none(site: Flask, clock: Clock) -> None:
    open_contest(site, certificate=LATER)
    finisher(site)
    close_round(site, clock)
    correct(site, clock, SPOIL)

    assert count(site, Certificate) == 0


def test_one_withdrawn_by_its_holder_is_not_made_again(site: Flask, clock: Clock) -> None:
    open_contest(site)
    person = finisher(site, HALF)
    (serial,) = serials(site)
    with site.app_context():
        found = rounds.find(CODE, 1)
        db.session.query(Certificate).update({"status": "withdrawn"})
        corrections.add(found.id, Correction("choice", "full", (), "hỏng"), clock.now)
        work.commit()
    again(person, RIGHT)

    assert "Giấy này đã được rút lại theo đề nghị của người giữ." in person.open(f"/verify/{serial}").text
    assert serials(site) == [serial]


def test_a_publication_that_was_interrupted_goes_on_and_issues_nothing_twice(
    site: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_contest(site, certificate=LATER)
    for name in ("Lan Anh", "Minh Châu", "Văn Đức"):
        finisher(site, HALF, name=name)
    close_round(site, clock)
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    with site.app_context():
        round = rounds.find(CODE, 1)
        everybody = sorted(publishing.counted_tallies(round))
        publishing.publish_round(replace(round, rules=replace(round.rules, certificate=NEVER)), clock.now)
        publishing.certify(rounds.find(CODE, 1), everybody[:1], clock.now)  # so far it came
    first = serials(site)

    for _ in range(2):
        said = site.test_cli_runner().invoke(args=["round", "certify", CODE, "1"])
        assert said.exit_code == 0, said.output

    assert len(serials(site)) == 3
    assert first[0] in serials(site)


def test_certificates_wait_for_the_publication(site: Flask, clock: Clock) -> None:
    open_contest(site, certificate=LATER)
    finisher(site, HALF)
    close_round(site, clock)

    said = site.test_cli_runner().invoke(args=["round", "certify", CODE, "1"])

    assert said.exit_code == 1
    assert "publish it first" in said.output
    assert count(site, Certificate) == 0
