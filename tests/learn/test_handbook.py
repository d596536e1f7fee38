"""What a handbook holds: all written lessons, those chosen, or the few that fit a folded sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quizlib.bank.reader import banks, load_bank
from quizlib.errors import ContentError
from quizlib.learn.handbook import FOLDED, Handbook, handbook

DAY = date(2026, 11, 22)


def a_handbook(*topics: str, lang: str = "vi", site: str = "", folded: bool = False) -> Handbook:
    return handbook(lang, DAY, "Hội Phụ nữ phường Hoa Phượng", site, topics, folded)


def topics_of(book: Handbook) -> list[str]:
    return [topic.id for part in book.parts for topic in part.topics]


def written(lang: str = "vi") -> list[str]:
    loaded = [load_bank(name, lang) for name in banks()]
    return [topic.id for bank in loaded for topic in bank.topics if topic.lesson.is_written]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_written_lesson_is_in_the_whole_handbook(lang: str) -> None:
    book = a_handbook(lang=lang)

    assert topics_of(book) == written(lang)
    assert len(topics_of(book)) >= 30
    shelves = [load_bank(name, lang) for name in banks()]
    taught = [bank for bank in shelves if any(topic.lesson.is_written for topic in bank.topics)]
    assert [part.title for part in book.parts] == [bank.title for bank in taught]


def test_chosen_topics_keep_the_order_of_the_banks() -> None:
    book = a_handbook("qr-codes", "passwords", "fake-police")

    assert topics_of(book) == ["passwords", "fake-police", "qr-codes"]


def test_a_bank_without_a_chosen_topic_has_no_part() -> None:
    assert [topics_of(a_handbook("passwords")), len(a_handbook("passwords").parts)] == [["passwords"], 1]


def test_a_folded_sheet_holds_the_most_common_unless_somebody_chooses() -> None:
    assert set(topics_of(a_handbook(folded=True))) == set(FOLDED)
    assert topics_of(a_handbook("hoaxes", folded=True)) == ["hoaxes"]


def test_a_folded_sheet_holds_no_more_than_fit() -> None:
    with pytest.raises(ContentError) as refused:
        a_handbook(*written()[:7], folded=True)

    assert refused.value.lines("en") == ["topics: The folded sheet holds 6 topics. Choose fewer."]
    assert topics_of(a_handbook(*written()[:6], folded=True)) == written()[:6]


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(ContentError) as refused:
        a_handbook("fake-police", "no-such")

    assert refused.value.lines("en")[0].startswith("topics: “no-such” cannot stand here. Choose from: ")


def test_each_lesson_has_its_address_when_there_is_a_site() -> None:
    assert a_handbook("hoaxes").addresses == []
    assert a_handbook("hoaxes", site="https://so.example/en").addresses == [
        "https://so.example/en/learn",
        "https://so.example/en/learn/hoaxes",
    ]


def test_both_languages_say_the_same_things() -> None:
    vietnamese, english = (a_handbook(lang=lang).words for lang in ("vi", "en"))

    assert shape(vietnamese) == shape(english)


def shape(words: Any) -> Any:
    """Names and lengths without the words."""
    if isinstance(words, dict):
        return {name: shape(value) for name, value in words.items()}
    return len(words) if isinstance(words, list) else type(words)
