"""The public rules text says every term of the rules, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from quizlib.contest.counting import COUNTING
from quizlib.contest.criteria import CRITERIA, Criterion
from quizlib.contest.reading import PRESETS, load_rules
from quizlib.contest.rules import Text
from quizlib.contest.units import COLLECTIVE
from quizlib.contest.wording import NOT_PUBLIC, PaperFacts, TopicFacts, rules_text, wording
from tests.contest.contest_builders import rules

LANGUAGES = ("vi", "en")
CHOSEN_BY_NAME = {"counted": COUNTING, "ranking": COLLECTIVE}  # plain text whose choices are a table's


def others(name: str, value: object, hint: object) -> Iterator[object]:
    """Other values that the same term may have."""
    if get_origin(hint) is Literal or (name in CHOSEN_BY_NAME and isinstance(value, str)):
        yield from (choice for choice in CHOSEN_BY_NAME.get(name, get_args(hint)) if choice != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield value + "x"
    elif isinstance(value, datetime):
        yield value + timedelta(hours=1)
    elif isinstance(value, Criterion):
        yield from (Criterion(other) for other in CRITERIA if other != value.name)
    elif isinstance(value, tuple):
        assert value, f"nothing to vary in {name}"
        yield value[:-1]
        yield from ((other, *value[1:]) for _, other in varied(name, value[0], None))
    else:
        raise AssertionError(f"no other value for {name} = {value!r}")


def varied(path: str, value: object, hint: object) -> Iterator[tuple[str, object]]:
    """Each single change of a value, with the path of what was changed."""
    if is_dataclass(value) and not isinstance(value, Criterion):
        hints = get_type_hints(type(value))
        for field in fields(value):
            inner = f"{path}.{field.name}".lstrip(".")
            for changed, other in varied(inner, getattr(value, field.name), hints[field.name]):
                yield changed, replace(value, **{field.name: other})
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield path, value[:-1]
        yield from ((changed, (other, *value[1:])) for changed, other in varied(path, value[0], None))
    elif path not in NOT_PUBLIC:
        yield from ((path, other) for other in others(path.rpartition(".")[2], value, hint))


def lines(made, lang, facts=None):
    return [line for section in rules_text(made, lang, facts) for line in section.lines]


VARIED = list(varied("", rules(), None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_shows(lang):
    said = lines(rules(), lang)
    other_language = "en" if lang == "vi" else "vi"

    silent = {path for path, other in VARIED if lines(other, lang) == said}

    assert {path for path in silent if path.rpartition(".")[2] != other_language} == set()


def choices(path: str, value: object) -> Iterator[tuple[str, object]]:
    """Each value that a term with a closed list of them may have."""
    value = value[0] if isinstance(value, tuple) else value
    if not is_dataclass(value) or isinstance(value, Criterion):
        return
    hints = get_type_hints(type(value))
    for field in fields(value):
        inner = f"{path}.{field.name}"
        closed = CHOSEN_BY_NAME.get(field.name) or (
            get_origin(hints[field.name]) is Literal and hints[field.name]
        )
        if closed and isinstance(getattr(value, field.name), str):
            yield from ((inner, choice) for choice in (get_args(closed) or closed))
        yield from choices(inner, getattr(value, field.name))


@pytest.mark.parametrize(("path", "choice"), list(choices("rules", rules())))
def test_every_choice_has_its_sentence(path, choice):
    said = {
        (f"{line.of}.{line.each}".rstrip("."), line.value)
        for chapter in wording().chapters
        for line in chapter.lines
    }

    assert (path, choice) in said


@pytest.mark.parametrize(
    "promise",
    [
        "Tuổi là năm mở vòng thi trừ đi năm sinh.",
        "Từ giờ đóng trở đi không bắt đầu bài thi được nữa.",
        "Ai không dự đoán thì ở mục này xếp sau mọi người có dự đoán.",
        "Xét lần lượt từ trên xuống, ai hơn ở mục trước thì xếp trên.",
        "Ai bằng nhau ở mọi mục thì cùng một hạng, chờ Ban Tổ chức quyết định.",
        "Dự thi và nhận giải không mất tiền, không cần mã OTP hay mật khẩu. Ai đòi những thứ đó là lừa đảo.",
    ],
)
def test_what_holds_of_every_contest_is_said(promise):
    assert promise in lines(rules(), "vi")


def test_the_walk_reaches_every_term():
    paths = {path for path, _ in VARIED}

    assert {
        "rounds.opens",
        "prediction.tie",
        "time.grace_minutes",
        "unit_prizes.floor",
        "banks.reserved",
    } <= paths
    assert len(paths) > 60


def test_what_is_not_public_is_a_field_and_has_a_reason():
    assert NOT_PUBLIC.keys() <= {field.name for field in fields(rules())}
    assert all(NOT_PUBLIC.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_filled(lang):
    assert not [line for line in lines(rules(), lang) if "{" in line or "None" in line or "datetime" in line]


def test_every_sentence_is_on_a_term_that_exists():
    for chapter in wording().chapters:
        for line in chapter.lines:
            if line.of.startswith("rules."):
                value = rules()
                for name in line.of.split(".")[1:]:
                    value = getattr(value, name)


def test_terms_left_out_say_nothing():
    made = rules(prediction=None, ranking={"criteria": []}, prize=None, unit_prize=None)

    titles = {section.title for section in rules_text(made, "vi")}

    assert "Câu dự đoán" not in titles
    assert "Giải thưởng" not in titles
    assert "Cuộc thi này không xếp hạng." in lines(made, "vi")


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        ({"name": "scam"}, "Câu hỏi lấy từ bộ “scam”, ai cũng xem và ôn trước được."),
        (
            {"folder": "rieng/hp", "reserved": True},
            "Câu hỏi lấy từ bộ “hp”, không công bố trước khi thi.",
        ),
    ],
)
def test_a_bank_is_said_to_be_open_or_not(bank, said):
    assert said in lines(rules(bank=[bank]), "vi")


def test_no_limit_is_said():
    assert "Làm bài không giới hạn thời gian." in lines(rules(time__limit_minutes=0), "vi")


def test_criteria_are_said_in_the_order_of_the_chain():
    made = rules(ranking={"criteria": ["prediction", "score"]})

    numbered = [line for line in lines(made, "vi") if line[0].isdigit()]

    assert numbered == ["1. Số dự đoán gần đúng hơn.", "2. Điểm cao hơn."]


def test_moments_are_said_in_local_time():
    said = lines(rules(), "vi")

    assert (
        "Vòng 1: Tuần một. Mở lúc 08:00 ngày 02/11/2026, đóng lúc 07:00 ngày 09/11/2026 (giờ Việt Nam)."
        in said
    )


def test_the_paper_is_told_when_the_bank_is_at_hand():
    facts = PaperFacts(items=10, max_points=20, topics=(TopicFacts(title=Text(vi="Giả danh"), items=4),))

    said = lines(rules(), "vi", facts)

    assert {"Mỗi bài có 10 câu.", "Về Giả danh: 4 câu.", "Điểm cao nhất là 20."} <= set(said)


def test_an_inline_blueprint_tells_its_quotas():
    quotas = [{"topic": "fake-police", "count": 3}, {"topic": "fake-bank", "count": 2}]

    said = lines(rules(paper__blueprint={"quota": quotas}), "en")

    assert {"Each paper has 5 questions.", "Questions on fake-police: 3."} <= set(said)


def test_without_english_the_vietnamese_is_said():
    assert lines(rules(title={"vi": "Công dân số"}), "en")[0] == "Công dân số"


def test_every_criterion_has_its_sentence():
    said = {line.value for chapter in wording().chapters for line in chapter.lines if line.each == "name"}

    assert said == CRITERIA.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", sorted(PRESETS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_preset_prints(path, lang):
    assert len(rules_text(load_rules(path), lang)) >= 8
