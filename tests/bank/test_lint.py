"""Lint finds what a careful editor would mend, one rule at a time."""

from datetime import date

import pytest

from quizlib.bank.decode import decode
from quizlib.bank.difficulty import PREMISES, expected_difficulty
from quizlib.bank.lint import lint
from tests.builders import (
    Raw,
    a_bank,
    a_comment_table,
    a_document,
    a_judge_table,
    a_lesson_table,
    a_scale_table,
    an_item_table,
    option_tables,
)

TODAY = date(2026, 11, 21)
KEY_IS_LONG = [
    {"id": "a", "text": "Dừng lại rồi gọi cho ngân hàng theo số in sau thẻ", "rationale": "Đúng."},
    {"id": "b", "text": "Làm theo lời người ta", "rationale": "Sai."},
    {"id": "c", "text": "Bỏ qua, không làm gì", "rationale": "Sai."},
]


def texts(**by_id: str) -> list[Raw]:
    return [{"id": each, "text": text, "rationale": "Lý do."} for each, text in by_id.items()]


def ten(key: str, **changes: object) -> list[Raw]:
    return [an_item_table(f"money-{number}", key=[key], **changes) for number in range(10)]


# (code, place, field, items with this finding and no other)
CASES = [
    ("stale", "item money-1", "review_by", [an_item_table(review_by="2026-11-21")]),
    ("same-stem", "item money-2", "stem",
     [an_item_table(), an_item_table("money-2", stem="CÂU hỏi  money-1?")]),
    ("wordy", "item money-1", "stem", [an_item_table(stem="từ. " * 46)]),
    ("wordy", "item money-1", "explanation", [an_item_table(explanation="từ. " * 56)]),
    ("wordy", "item money-1", "rationale",
     [an_item_table(option=option_tables("abc", rationale="từ " * 46))]),
    ("catch-all", "item money-1", "option c", [an_item_table(option=texts(a="Một", b="Hai", c="Cả A và B"))]),
    ("catch-all", "item money-1", "option c",
     [an_item_table(option=texts(a="Một", b="Hai", c="Tất cả các đáp án trên"))]),
    ("catch-all", "item money-1", "option c",
     [an_item_table(option=texts(a="1", b="2", c="All of the above"))]),
    ("absolute", "item money-1", "option b",
     [an_item_table(option=texts(a="Một", b="Không bao giờ", c="Hai"))]),
    ("same-options", "item money-1", "option", [an_item_table(option=texts(a="Một", b="Hai", c="HAI "))]),
    ("key-stands-out", "item money-1", "option", [an_item_table(option=KEY_IS_LONG)]),
    ("key-place-bias", "", "key", ten("a")),
    ("near-duplicate", "item money-2", "stem",
     [an_item_table(stem="Ông Ba gặp người lạ hỏi mã ở chợ sáng nay. Ông nên làm gì trước?"),
      an_item_table("money-2", stem="Ông Ba gặp người lạ hỏi mã ở chợ chiều nay. Ông nên làm gì trước?")]),
    ("long-sentence", "item money-1", "stem", [an_item_table(stem="từ " * 33)]),
    ("option-stands-out", "item money-1", "option c",
     [an_item_table(option=texts(a="Một", b="Hai", c="Đi hỏi khắp xóm xem có ai gặp chuyện này chưa"))]),
    ("verdict-bias", "", "verdict",
     [an_item_table(f"money-{n}", stem=f"Chuyện thứ {n} của xóm {n}?", key=["abc"[n % 3]], verdict="scam",
                    option=texts(a=f"Đi {n}", b=f"Về {n}", c=f"Ở {n}")) for n in range(20)]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "field", "items"), CASES, ids=[case[0] for case in CASES])
def test_a_finding_is_told_with_its_place(code: str, place: str, field: str, items: list[Raw]) -> None:
    bank = a_bank(*items)

    found = lint(bank, TODAY)

    assert {(each.code, each.place, each.field) for each in found} == {(code, place, field)}
    assert all(each.say("vi") and each.say("en") for each in found)


def test_options_that_tell_the_key_without_the_question_are_found() -> None:
    alone = [
        an_item_table(f"money-{n}", stem=f"Chuyện thứ {n}?", key=["abc"[n % 3]], option=texts(**{
            each: f"Việc {each} {n}" for each in "abc"}))
        for n in range(42)
    ]  # fmt: skip
    shared = [each | {"option": texts(a="Đi", b="Về", c="Ở")} for each in alone]

    codes = [
        [each.code for each in lint(a_bank(*items), TODAY)] for items in (alone, alone[:16] + shared[16:])
    ]

    assert codes == [["given-away"], ["given-away"]]
    assert lint(a_bank(*shared), TODAY) == ()


def test_a_scam_s_difficulty_follows_from_its_premise_and_its_cues() -> None:
    found = {
        (premise, cues): expected_difficulty(premise, cues) for premise in PREMISES for cues in (2, 3, 4)
    }

    assert found == {
        ("weak", 2): "medium", ("weak", 3): "easy", ("weak", 4): "easy",
        ("medium", 2): "hard", ("medium", 3): "medium", ("medium", 4): "easy",
        ("strong", 2): "hard", ("strong", 3): "hard", ("strong", 4): "medium",
    }  # fmt: skip
    (item,) = a_bank(a_judge_table(difficulty=None, premise="strong")).items
    assert (item.difficulty, item.premise) == ("hard", "strong")


def test_a_wordy_option_is_found() -> None:
    long_options = [*texts(a="Một " * 12, b="Hai " * 12), *texts(c="từ " * 26)]

    found = lint(a_bank(an_item_table(option=long_options)), TODAY)

    assert [(each.code, each.field) for each in found] == [("wordy", "option")]


def test_a_bank_whose_longest_option_is_usually_right_is_found() -> None:
    items = [
        an_item_table(
            f"money-{number}", key=[key], option=texts(**{"a": "Một", "b": "Hai", "c": "Ba", key: "Bốn năm"})
        )
        for number, key in enumerate("abcabcabca")
    ]

    found = lint(a_bank(*items), TODAY)

    assert [(each.code, dict(each.values)) for each in found] == [("longest-key-bias", {"percent": "100"})]


def test_an_item_of_which_no_source_was_read_is_found() -> None:
    document = a_document()
    document["sources"]["gazette"]["read"] = False
    bank, _ = decode(document)

    found = lint(bank, TODAY)

    assert [(each.code, each.place) for each in found] == [("unread", "item money-1"), ("unread", "lesson")]


def test_the_same_stem_may_stand_under_two_messages() -> None:
    items = [
        an_item_table(f"money-{each}", stem="Bạn làm gì?", stimulus=each) for each in ("first", "second")
    ]

    found = lint(a_bank(*items), TODAY)

    assert found == ()


def test_an_absolute_word_in_the_key_is_left_alone() -> None:
    item = an_item_table(option=texts(a="Không bao giờ", b="Đôi khi", c="Khi cần"))

    found = lint(a_bank(item), TODAY)

    assert found == ()


def test_retired_items_are_left_alone() -> None:
    item = an_item_table(retired=True, review_by="2021-01-01", stem="từ. " * 60)

    found = lint(a_bank(item), TODAY)

    assert found == ()


def test_what_is_never_marked_needs_no_lesson_and_no_source_and_may_say_never() -> None:
    steps = [
        {"id": each, "text": text} for each, text in {"1": "Không bao giờ", "2": "Ít", "3": "Nhiều"}.items()
    ]

    document = a_document(a_scale_table(option=steps), a_comment_table())
    document["topics"]["money"]["lesson"] = {"remember": "Cảm ơn bạn."}
    bank, faults = decode(document)

    assert (faults, lint(bank, TODAY)) == ([], ())


def test_nothing_is_found_in_a_careful_bank_before_its_review_date() -> None:
    items = [an_item_table(f"money-{number}", key=["abc"[number % 3]]) for number in range(12)]

    found = lint(a_bank(*items), TODAY)

    assert found == ()


# (code, field, what is changed in a whole lesson)
LESSONS = [
    ("no-lesson", "about", {"about": None}),
    ("lesson-size", "signs", {"signs": ["Một.", "Hai."]}),
    ("lesson-size", "steps", {"steps": ["Một.", "Hai.", "Ba.", "Bốn."]}),
    ("lesson-size", "situations", {"situations": ["Có người gọi"]}),
    ("wordy", "about", {"about": "từ " * 61}),
    ("wordy", "steps", {"steps": ["Một.", "Hai.", "từ " * 23]}),
    ("wordy", "genuine", {"genuine": None}),
    ("unread", "sources", {"sources": []}),
    ("no-review-date", "review_by", {"review_by": None}),
    ("stale", "review_by", {"review_by": "2026-11-21"}),
]


@pytest.mark.parametrize(("code", "field", "changes"), LESSONS)
def test_a_lesson_that_is_not_whole_or_fresh_is_found(code: str, field: str, changes: Raw) -> None:
    document = a_document()
    document["topics"]["money"]["lesson"] = a_lesson_table(**changes)
    bank, faults = decode(document)

    found = lint(bank, TODAY)

    assert faults == []
    assert [(each.code, each.place, each.field) for each in found] == [(code, "lesson", field)]
