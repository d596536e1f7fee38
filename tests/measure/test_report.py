"""The report of a test: what it says of sound and of faulty items, in both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from string import Formatter

import pytest

from quizlib.measure.document import Part, as_page, as_text
from quizlib.measure.report import by_area, report
from quizlib.measure.responses import Responses
from quizlib.measure.wording import figure, wording
from tests.measure.lsat import MARKS

PEOPLE = 60
ABLE = [person * 10 // PEOPLE for person in range(PEOPLE)]  # ten groups of people, the ablest last


def answers(*, miskeyed: bool = True) -> Responses:
    """Eight items of options a, b, c and key a, known from some ability on; the key of "odd" is wrong."""
    chosen = [["a" if able > item else "b" for item in range(1, 9)] for able in ABLE]
    odd = ["b" if able > 4 else "a" for able in ABLE]
    rows = [[*row, each] for row, each in zip(chosen, odd, strict=True)] if miskeyed else chosen
    names = [f"q{item}" for item in range(1, 9)] + ["odd"] * miskeyed
    return Responses.of(chosen=rows, keys=["a"] * len(names), options=["abc"] * len(names), items=names)


def said(parts: list[Part]) -> str:
    return " ".join(as_text(parts).split())


def test_a_wrong_key_is_told_first_with_what_to_do() -> None:
    look = report(answers(), "en")[1]

    worst = look.parts[0]
    assert (worst.title, worst.grade) == ("odd", "red")
    assert "Option b: Among the best, this wrong option beats the key. Check the key at once." in worst.lines
    assert "People good at the other items do worse here. Check the key at once." in worst.lines
    assert worst.drawings[0][1].startswith("<svg ")


def test_sound_items_are_left_in_peace() -> None:
    look = report(answers(miskeyed=False), "en")[1]

    assert [part.title for part in look.parts] == ["q8"]  # known to the best tenth alone
    assert look.parts[0].lines[1].startswith("Very hard")


def test_what_may_be_luck_is_called_so() -> None:
    marks = [[1, 1, 1, person % 2] if person % 3 else [0, 0, 1, (person + 1) % 2] for person in range(40)]
    few = report(Responses.of(marks), "en")[1]
    many = report(Responses.of(marks * 50), "en")[1]

    assert [part.title for part in few.parts[:-1]] == ["3"]  # which everybody knows
    assert "1 more tell little apart, but with so few people it may be chance. Look again" in said([few])
    assert [(part.title, part.grade) for part in many.parts if part.title == "4"] == [("4", "amber")]
    assert "chance" not in said([many])


def test_an_item_that_few_were_shown_is_not_judged() -> None:
    marks = [
        [int(able > 4), int(able > 6), int(able < 5) if at < 29 else None] for at, able in enumerate(ABLE)
    ]
    look, items = report(Responses.of(marks), "vi")[1:3]

    assert "1 câu chưa đủ 30 người làm: chưa đủ để nhận xét." in look.lines
    assert not look.parts
    assert (items.table[3][0], items.table[3][-1]) == ("3", "chưa đủ người")


def test_the_trust_in_a_result_is_put_in_words() -> None:
    summary = said(report(Responses.of(MARKS), "vi")[:1])

    assert "1000 người làm cùng một đề 5 câu." in summary
    assert "Độ tin cậy 0,45 (cao nhất là 1)" in summary
    assert "Thấp: may rủi còn góp nhiều vào thứ tự này." in summary
    assert "Sai số 0,9 điểm" in summary


def test_papers_drawn_at_random_are_trusted_by_their_topics() -> None:
    """Everybody has one item of each of two topics: alpha is that of the two."""
    drawn = [
        [row[0], None, row[1], None] if at % 2 else [None, row[0], None, row[1]]
        for at, row in enumerate(MARKS)
    ]
    responses = Responses.of(drawn, strata=["x", "x", "y", "y"])
    areas = by_area(responses)

    assert areas is not None
    assert areas.marks.tolist() == [[float(row[0]), float(row[1])] for row in MARKS]
    summary = said(report(responses, "en")[:1])
    assert "1000 people, each with 2 items drawn from 4." in summary
    assert "reliability is worked out from the points of each topic" in summary
    assert "Reliability" in summary


@pytest.mark.parametrize(
    ("strata", "marks"),
    [
        (None, [[1, None], [None, 0]]),
        (["x", "x"], [[1, None], [None, 0]]),
        (["x", "y"], [[1, None], [None, 0]]),
    ],
)
def test_papers_that_differ_in_their_topics_cannot_be_trusted_by_them(
    strata: object, marks: list[object]
) -> None:
    responses = Responses.of(marks, strata=strata)  # type: ignore[arg-type]

    assert by_area(responses) is None
    assert "People sat different papers, so this figure of reliability does not exist." in said(
        report(responses, "en")
    )


@pytest.mark.parametrize("marks", [[[1]], [[1, 1]], [[1], [0]], [[1, 1], [1, 1]], [[0, None], [None, 0]]])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_poorest_table_has_a_report(marks: list[list[int | None]], lang: str) -> None:
    parts = report(Responses.of(marks), lang)

    assert "nan" not in as_text(parts)
    assert "None" not in as_page("x", parts, lang)


def test_the_two_languages_say_the_same_in_the_same_order() -> None:
    vi, en = (report(answers(), lang) for lang in ("vi", "en"))

    assert [len(part.lines) for part in vi] == [len(part.lines) for part in en]
    assert [part.title for part in vi[1].parts] == [part.title for part in en[1].parts]
    assert not set(vi[0].lines) & set(en[0].lines)


def test_every_sentence_stands_in_both_languages_with_the_same_values() -> None:
    for code, sentences in wording().items():
        values = [{field for _, field, _, _ in Formatter().parse(sentences[lang])} for lang in ("vi", "en")]
        assert sentences.keys() == {"vi", "en"}, code
        assert values[0] - {None} == values[1] - {None}, code


def test_a_vietnamese_figure_has_a_comma() -> None:
    assert (figure(0.5, "vi"), figure(0.5, "en"), figure(None, "vi")) == ("0,50", "0.50", "–")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "style")]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_escaped_and_without_scripts() -> None:
    evil = "<script>alert('q')</script>&\""
    responses = Responses.of(chosen=[[evil, "a"], ["b", "b"]] * 20, keys=[evil, "a"], items=[evil, "q2"])
    page = as_page(evil, report(responses, "vi", {evil: f"{evil} nhãn"}), "vi")

    tags = Tags(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert {"svg", "table", "h1", "h2"} <= {*tags.seen}
    assert not re.search(r"""(?:href|src|url)\s*[=(]""", page)
    assert page.startswith('<!doctype html>\n<html lang="vi">')
    assert "size: A4" in page
