"""My review: a practice gives the code, the page says what is due, the next practice renews it."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from quizlib.bank.reader import load_bank
from quizlib.learn.review import Memory, Review, after, parse, write
from quizlib.web.pages.practice import paper_of
from quizlib.web.tables import db
from tests.web.contest import OPENS, Clock, open_contest, statements
from tests.web.contestant import Contestant, Page
from tests.web.test_practice import BANK, TOPIC, open_bundled, right

SEED = f"/practice/{BANK}/{TOPIC}/seed"
TODAY = OPENS.date()
NOTHING_DUE, DUE = "Hôm nay chưa phải ôn gì.", "Hôm nay nên ôn"
REMIND, UPDATE, NOW = "Nhắc tôi ôn lại", "Cập nhật lịch ôn", "Ôn 5 câu ngay"


@pytest.fixture
def learner(app: Flask) -> Contestant:
    return Contestant(app)


def missed(*topics: str, on: date = TODAY) -> Review:
    return after({}, dict.fromkeys(topics, (0, 1)), on)


def title(topic: str, lang: str = "vi", bank: str = BANK) -> str:
    return load_bank(bank, lang).topic(topic).title


def code_in(page: Page) -> str:
    """The code in the address of a review, or in that to which a report leads."""
    links = [link for link in page.links if link.startswith("/review/")]
    found = page.address if "/review/" in page.address else links[0]
    return urlsplit(found).path.removeprefix("/review/")


def practise(app: Flask, learner: Contestant, address: str, *, well: bool) -> Page:
    """All five questions, rightly or not at all, up to the report."""
    page = learner.open(address)
    paper = urlsplit(page.address).path.rpartition("/")[0]
    bank, topic, seed = paper.removeprefix("/practice/").split("/")
    with app.test_request_context(page.address):
        items = paper_of(bank, topic, seed).items
    for number, item in enumerate(items, 1):
        page = learner.press(**(right(app, item, f"q{number}") if well else {}))
        page = learner.open(next(link for link in page.links if link.startswith(paper)))
    assert "/report" in page.address
    return page


def test_what_was_missed_is_scheduled_comes_back_and_is_renewed(
    app: Flask, learner: Contestant, clock: Clock
) -> None:
    report = practise(app, learner, SEED + "/1", well=False)
    assert REMIND in report.text
    first = learner.open(next(link for link in report.links if link.startswith("/review/")))
    assert NOTHING_DUE in first.text

    clock.forward(days=1)
    back = learner.open("/review/" + code_in(first))
    assert f"{DUE} {title(TOPIC)}" in back.text
    place = next(link for link in back.links if link.startswith(f"/practice/{BANK}/{TOPIC}?"))
    report = practise(app, learner, place, well=True)
    assert UPDATE in report.text
    assert REMIND not in report.text
    renewed = learner.open(next(link for link in report.links if link.startswith("/review/")))

    assert NOTHING_DUE in renewed.text
    before, now = parse(code_in(first))[TOPIC], parse(code_in(renewed))[TOPIC]
    assert now.practised == before.practised + 1
    assert now.pause > before.pause


@pytest.mark.parametrize(
    ("lang", "day"), [("vi", "Thứ Ba, 3 tháng 11, 2026"), ("en", "Tuesday, November 3, 2026")]
)
def test_later_days_are_told_in_words(learner: Contestant, lang: str, day: str) -> None:
    page = learner.open(f"{'/en' if lang == 'en' else ''}/review/{write(missed(TOPIC))}")

    assert title(TOPIC, lang) + day in page.text


def test_the_most_urgent_topic_is_practised_and_the_code_goes_along(learner: Contestant) -> None:
    code = write({**missed("romance", on=date(2026, 10, 30)), **missed(TOPIC, on=date(2026, 10, 20))})

    page = learner.open(f"/review/{code}?after=before")

    assert page.text.index(title(TOPIC)) < page.text.index(title("romance"))
    assert [link for link in page.links if NOW in page.text and "review=" in link] == [
        f"/practice/{BANK}/{TOPIC}?review={code}&after=before"
    ]


def test_a_day_begins_at_midnight_in_viet_nam(learner: Contestant, clock: Clock) -> None:
    code = write(missed(TOPIC))

    clock.now = OPENS.replace(hour=16, minute=59)
    before = learner.open(f"/review/{code}").text
    clock.forward(minutes=1)
    after = learner.open(f"/review/{code}").text

    assert (DUE in before, DUE in after) == (False, True)


def test_a_practice_without_a_mistake_schedules_nothing(app: Flask, learner: Contestant) -> None:
    report = practise(app, learner, SEED + "/1", well=True)

    assert REMIND not in report.text
    assert not any(link.startswith("/review/") for link in report.links)


def test_going_on_with_other_stories_loses_nothing_of_the_review(app: Flask, learner: Contestant) -> None:
    report = practise(app, learner, SEED + "/1", well=False)
    code = code_in(report)

    again = next(link for link in report.links if link.startswith(f"/practice/{BANK}/{TOPIC}?"))
    page = learner.open(again)

    query = parse_qs(urlsplit(page.address).query)
    assert query["review"] == [code]
    assert query["after"] == ["seed"]
    assert f"/{TOPIC}/seed/" not in page.address


def test_the_schedule_tells_the_next_practice_what_was_just_seen(app: Flask, learner: Contestant) -> None:
    report = practise(app, learner, SEED + "/1", well=False)

    page = learner.open(next(link for link in report.links if link.startswith("/review/")))

    assert any(link.endswith("&after=seed") for link in page.links)


def test_the_address_to_keep_is_on_the_page_in_the_readers_language(learner: Contestant) -> None:
    code = write(missed(TOPIC))

    for prefix in ("", "/en"):
        page = learner.open(f"{prefix}/review/{code}?size=large&after=x")
        assert f"http://localhost{prefix}/review/{code} " in page.text
        assert f"{prefix}/review/{code}.ics?size=large" in page.links


def test_topics_that_no_longer_exist_are_left_out(learner: Contestant) -> None:
    page = learner.open("/review/" + write(missed("fax-machines", TOPIC, on=date(2026, 10, 1))))
    alone = learner.open("/review/" + write(missed("fax-machines")))

    assert f"{DUE} {title(TOPIC)} {NOW}" in page.text
    assert "fax-machines" not in page.text.replace(page.address, "").replace(code_in(page), "")
    assert "Các chủ đề của lịch này không còn nữa." in alone.text
    assert "/practice" in alone.links


def test_what_a_running_round_protects_waits(app: Flask, learner: Contestant, clock: Clock) -> None:
    open_bundled(app)
    both = write(missed(TOPIC, "vneid", on=date(2026, 1, 1)))

    waits = learner.open("/review/" + write(missed(TOPIC, on=date(2026, 1, 1))))
    other = learner.open(f"/review/{both}")

    assert NOW not in waits.text
    assert "Mời bạn quay lại sau." in waits.text
    assert any(link.startswith("/practice/digital_skills/vneid?") for link in other.links)


@pytest.mark.parametrize(
    "code",
    [
        "x",
        "~",
        "a~b",
        "%00",
        "1~2~3",
        "fake-bank.1.1.1.1~10000000",
        "9" * 3000,
        "..",
        "%F0%9F%98%80",
        "a b",
        "%FF~%FF",
    ],
)
@pytest.mark.parametrize("ending", ["", ".ics"])
def test_what_is_no_code_is_told(learner: Contestant, code: str, ending: str) -> None:
    page = learner.open(f"/review/{code}{ending}")

    assert page.status == 404
    assert "Địa chỉ của lịch ôn này bị chép thiếu." in page.text


def test_a_practice_with_a_damaged_code_says_so_at_its_end(learner: Contestant) -> None:
    assert learner.open(f"{SEED}/1?review=zzz").status == 200
    assert learner.open(f"{SEED}/report?review=zzz").status == 404


@pytest.mark.parametrize(
    "memory", [Memory(1, 1, 1, 1), Memory(0xFFFFF, 0xFFFF, 16**9 - 1, 16**6 - 1), Memory(1, 0xFFFF, 1, 1)]
)
def test_a_code_that_somebody_made_up_breaks_no_page(learner: Contestant, memory: Memory) -> None:
    code = write({TOPIC: memory})

    pages = [f"/review/{code}", f"/review/{code}.ics", f"{SEED}/report?review={code}"]

    assert [learner.open(page).status for page in pages] == [200, 200, 200]


def test_nothing_is_stored(app: Flask, learner: Contestant) -> None:
    open_contest(app)
    code = write(missed(TOPIC))
    with app.app_context():
        before = [db.session.query(table).count() for table in db.metadata.sorted_tables]

    with statements(app) as seen:
        learner.open(f"/review/{code}")
        learner.open(f"/review/{code}.ics")

    assert all(statement.lstrip().startswith("SELECT") for statement in seen)
    with app.app_context():
        assert [db.session.query(table).count() for table in db.metadata.sorted_tables] == before
