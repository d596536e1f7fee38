"""What templates say of values: rows of tables, dates, durations, reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Flask, url_for
from flask_babel import format_datetime, format_decimal, ngettext

from quizlib.bank.reader import banks
from quizlib.contest.rules import Rules
from quizlib.contest.units import UnitStanding
from quizlib.errors import Refusal
from quizlib.web import item_wording, problems
from quizlib.web.addresses import public_url
from quizlib.web.asking import asked
from quizlib.web.language import gettext as _
from quizlib.web.language import language
from quizlib.web.paper_facts import Facts
from quizlib.web.shelf import lesson_place
from quizlib.web.store.boards import Board
from quizlib.web.store.certificates import Certificate
from quizlib.web.store.rounds import OpenedRound
from quizlib.web.store.standings import Published

Rows = list[tuple[object, ...]]


def local_time(moment: datetime) -> str:
    return str(format_datetime(moment, "HH:mm, dd/MM/yyyy"))


def time_left(seconds: int) -> str:
    """Minutes, rounded up; under a minute, seconds."""
    if seconds >= 60:
        return str(ngettext("%(num)d phút", "%(num)d phút", -(-seconds // 60)))
    return str(ngettext("%(num)d giây", "%(num)d giây", seconds))


def grouped(code: str) -> str:
    """A resume code as people read it out: four digits at a time."""
    return "\u00a0".join(code[start : start + 4] for start in range(0, len(code), 4))


def first_facts(facts: Facts, round: OpenedRound) -> str:
    """The one line under the title: how many questions, how long, until when."""
    minutes = round.rules.time.limit_minutes
    items = ngettext("%(num)d câu", "%(num)d câu", facts.items)
    time = ngettext("%(num)d phút", "%(num)d phút", minutes) if minutes else _("không giới hạn thời gian")
    last = round.closes_at - timedelta(seconds=1)
    return _(
        "%(items)s, %(time)s, đến hết ngày %(day)s",
        items=items,
        time=time,
        day=format_datetime(last, "dd/MM/yyyy"),
    )


def organiser_rows(rules: Rules) -> Rows:
    organiser = rules.organiser
    rows = [
        (_("Đơn vị tổ chức"), organiser.name.say(language())),
        (_("Số kế hoạch, quyết định"), organiser.decision),
        (_("Địa chỉ"), organiser.address),
        (_("Điện thoại"), organiser.phone),
        (_("Trang của đơn vị"), organiser.site),
        (_("Liên hệ"), organiser.contact),
    ]
    return [row for row in rows if row[1]]


def prediction_question(rules: Rules) -> str:
    prediction = rules.prediction
    if prediction is None:
        return ""
    if prediction.question:
        return prediction.question.say(language())
    if prediction.target == "participants":
        return _("Bạn đoán có bao nhiêu người nộp bài trong vòng thi này?")
    return _("Bạn đoán có bao nhiêu người đúng tất cả các câu trong vòng thi này?")


def criterion_sentence(standing: Published) -> str:
    """Why this rank and not the next."""
    sentences = {
        "score": _("Hơn nhau ở số điểm."),
        "all-correct": _("Hơn nhau ở việc đúng tất cả."),
        "prediction": _("Bằng điểm; hơn nhau ở câu dự đoán."),
        "time": _("Bằng nhau ở các điều trước; hơn nhau ở thời gian làm bài."),
        "time-bands": _("Bằng nhau ở các điều trước; hơn nhau ở khoảng thời gian làm bài."),
        "earliest": _("Bằng nhau ở các điều trước; hơn nhau ở lúc nộp bài."),
        "tied": _("Đồng hạng; ban tổ chức quyết định."),
        "": _("Chỉ có một người."),
    }
    return sentences[standing.criterion]


def standing_rows(rows: Iterable[tuple[Published, str, str]], board: Board) -> Rows:
    return [
        (row.rank, name, unit, f"{row.points}/{row.max_points}", reason(row, board))
        for row, name, unit in rows
    ]


def reason(row: Published, board: Board) -> str:
    """The deciding criterion, with the figure that anyone can check."""
    facts, prediction = board.facts, board.round.rules.prediction
    if row.criterion == "prediction" and row.prediction is not None and prediction:
        target = facts.participants if prediction.target == "participants" else facts.all_correct
        return _("dự đoán lệch %(n)s", n=abs(row.prediction - target))
    if row.criterion == "earliest":
        return _("nộp lúc %(when)s", when=format_datetime(row.submitted_at, "HH:mm:ss, dd/MM"))
    names = {
        "score": _("số điểm"),
        "all-correct": _("đúng tất cả"),
        "prediction": _("câu dự đoán"),
        "time": _("thời gian làm bài"),
        "time-bands": _("thời gian làm bài"),
        "tied": _("đồng hạng, ban tổ chức quyết định"),
    }
    return names.get(row.criterion, "")


def unit_rows(ranked: Iterable[UnitStanding], name: str) -> Rows:
    return [
        (
            each.rank or "–",
            f"{each.figures.unit.type} {each.figures.unit.name}".strip(),
            unit_figure(each, name) + (" " + _("(đồng hạng)") if each.shared else ""),
        )
        for each in ranked
    ]


def unit_figure(standing: UnitStanding, name: str) -> str:
    """A rate without a head-count is unknown, never nought."""
    figures = standing.figures
    if name == "participants":
        return str(figures.participants)
    value = figures.rate if name == "rate" else figures.mean
    if value is None:
        return _("chưa rõ số người được dự thi")
    number = format_decimal(round(float(value * (100 if name == "rate" else 1)), 2))
    return f"{number}%" if name == "rate" else str(number)


def open_topic(round: OpenedRound, topic: str) -> tuple[str, str] | None:
    """Bank and topic by the names that practice knows them by; none for a private bank."""
    bank, _slash, rest = topic.rpartition("/")
    name = bank or round.bank.name
    return (name, rest) if name in banks() and not round.is_reserved(topic) else None


def practice_place(round: OpenedRound, topic: str) -> str | None:
    """Where five fresh items of a paper's topic can be practised, as soon as they can."""
    found = open_topic(round, topic)
    protected = round.rules.practice.protect == "all" and round.closed_at is None
    protected |= round.rules.paper.twins and round.number == 1  # practice would meet what comes after
    if found is None or protected:
        return None
    return url_for("practice.begin", bank=found[0], topic=found[1])


def contest_address(rules: Rules) -> str:
    return public_url("contests.show", code=rules.code)


def revocation(certificate: Certificate) -> str:
    reasons = {
        "correction": _("đáp án đã được sửa, kết quả tính lại không còn đạt"),
        "later-attempt": _("theo thể lệ, lần thi sau được tính thay cho lần này"),
    }
    return reasons.get(certificate.reason, certificate.reason)


def say_refusal(refusal: Refusal) -> str:
    return " ".join(problems.say(refusal))


FUNCTIONS = (
    asked, contest_address, criterion_sentence, first_facts, grouped, lesson_place, local_time,
    organiser_rows, practice_place, prediction_question, revocation, say_refusal, standing_rows,
    time_left, unit_rows,
)  # fmt: skip


def install_wording(app: Flask) -> None:
    app.jinja_env.globals.update(
        {function.__name__: function for function in (*FUNCTIONS, *item_wording.FUNCTIONS)}
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
