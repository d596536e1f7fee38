"""Lessons: which are written, and the one that a few words lead to."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest

from quizlib.bank.decode import decode
from quizlib.bank.item import Lesson, Topic
from quizlib.bank.reader import banks, load_bank
from quizlib.learn.lessons import find, lessons
from tests.builders import a_bank, a_document, an_item_table


def a_topic(name: str, title: str, *situations: str, about: str = "Một chuyện.") -> Topic:
    return Topic(name, title, Lesson("Điều cần nhớ.", about, ("Nó giục.",), situations=situations))


POLICE = a_topic("police", "Giả danh công an", "có người gọi xưng là công an", "bị dọa bắt")
JOBS = a_topic("jobs", "Việc nhẹ, lương cao", "tuyển cộng tác viên", about="Họ gọi, họ rủ, rồi đòi cọc.")
PARCEL = a_topic("parcel", "Người giao hàng giả", "tin nhắn có link báo bưu phẩm bị giữ")
BANK = a_topic("bank", "Giả danh ngân hàng", "có người gọi xưng là ngân hàng")
TOPICS = (JOBS, PARCEL, POLICE, BANK)


def ids(query: str, topics: tuple[Topic, ...] = TOPICS) -> list[str]:
    return [topic.id for topic in find(topics, query)]


# What people type, and the lesson of the bundled banks that it has to lead to first.
WANTED = [
    ("vi", "cong an goi", "fake-police"),
    ("vi", "cuoc goi tu cong an", "fake-police"),
    ("vi", "link buu pham", "delivery"),
    ("vi", "ngan hang goi xin ma otp", "fake-bank"),
    ("vi", "con toi bi tai nan", "emergency"),
    ("vi", "chuyen nham tien", "wrong-transfer"),
    ("vi", "mat zalo", "hijacked-account"),
    ("vi", "chu nho qua", "accessibility"),
    ("vi", "có công an gọi điện", "fake-police"),
    ("vi", "dọa khóa SIM", "service-cut"),
    ("vi", "Việc làm tại nhà", "online-job"),
    ("vi", "Tôi vừa bị lừa mất tiền", "after-a-scam"),
    ("vi", "thẻ bảo hiểm y tế", "insurance-tax"),
    ("en", "someone calls from the police", "fake-police"),
    ("en", "a link about a parcel", "delivery"),
    ("en", "my friend asks for money", "hijacked-account"),
    ("en", "forgot password", "passwords"),
]


@cache
def bundled(lang: str) -> tuple[Topic, ...]:
    return tuple(topic for name in banks() for topic in lessons(load_bank(name, lang)))


@pytest.mark.parametrize(("lang", "query", "lesson"), WANTED)
def test_what_people_type_leads_to_its_lesson_first(lang: str, query: str, lesson: str) -> None:
    assert ids(query, bundled(lang))[:1] == [lesson]


def test_only_written_lessons_are_taught() -> None:
    document = a_document(an_item_table(), an_item_table("news-1", topic="news"))
    document["topics"]["news"]["lesson"] = {"remember": "Điều cần nhớ."}
    bank, _faults = decode(document)

    assert [topic.id for topic in lessons(bank)] == ["money"]
    assert [topic.id for topic in lessons(a_bank())] == ["money"]


@pytest.mark.parametrize("query", ["công an", "cong an", "CÔNG AN", "công  an!", "cộng án"])
def test_tones_case_and_signs_do_not_matter(query: str) -> None:
    assert ids(query)[0] == "police"


@pytest.mark.parametrize("words", list(permutations(["goi", "cong", "an"])))
def test_the_order_of_words_does_not_matter(words: tuple[str, ...]) -> None:
    assert ids(" ".join(words))[0] == "police"


def test_a_title_tells_more_than_a_situation_and_that_more_than_the_text() -> None:
    title = a_topic("title", "Mã QR", "quét ở chợ")
    situation = a_topic("situation", "Trả tiền", "quét mã QR")
    text = a_topic("text", "Mua hàng", "mua ở chợ", about="Có mã QR.")

    assert ids("QR", (text, situation, title))[:2] == ["title", "situation"]


def test_a_rare_word_counts_more_than_common_ones() -> None:
    assert ids("có người gọi dọa") == ["police", "bank"]


def test_the_last_word_may_be_half_typed() -> None:
    assert ids("bu") == ["parcel"]
    assert ids("cong tac vi") == ["jobs"]


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyz", "qwerty uiop"])
def test_what_nobody_knows_finds_nothing(query: str) -> None:
    assert ids(query) == []
    assert find((), query) == ()


def test_one_lesson_alone_can_be_found() -> None:
    assert ids("công an", (POLICE,)) == ["police"]


def test_few_are_found_at_once() -> None:
    many = tuple(a_topic(f"t{number}", "Lừa đảo") for number in range(9))

    assert ids("lua dao", many) == ["t0", "t1", "t2", "t3", "t4", "t5"]
