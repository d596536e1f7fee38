"""What templates say of items: their answers, clues, stories, and how well they were told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from flask import url_for
from flask_babel import format_decimal

from quizlib.bank.item import Clue, Item, Step
from quizlib.bank.kinds.scenario import walked
from quizlib.bank.reader import banks, load_bank
from quizlib.exam.paper import ItemView, StepView
from quizlib.exam.score import Mark
from quizlib.web.desk import Question
from quizlib.web.language import gettext as _

Rows = list[tuple[object, ...]]


def channel_name(channel: str) -> str:
    names = {
        "sms": _("tin nhắn SMS"),
        "chat": _("tin nhắn trò chuyện"),
        "call": _("cuộc gọi"),
        "email": _("thư điện tử"),
        "web": _("trang web"),
        "app": _("ứng dụng"),
        "qr": _("mã QR"),
        "transfer": _("màn hình chuyển tiền"),
        "post": _("bài đăng"),
        "letter": _("giấy tờ"),
        "notification": _("thông báo"),
    }
    return names[channel]


def audio_address(view: ItemView) -> str:
    """A bank's recordings lie in its folder ``audio``."""
    bank = view.topic.rpartition("/")[0] or home_of(view.id)
    return url_for("site.audio", bank=bank, name=view.audio)


@cache
def home_of(item: str) -> str:
    """The bundled bank of an item whose topic does not say it."""
    return next((name for name in banks() if item in load_bank(name).by_id), "")


def choice_rows(question: Question) -> Rows:
    """(token, text, no detail) of each option, in the order of this paper."""
    return [(question.tokens[option.id], option.text, None) for option in question.view.options]


def step_rows(question: Question, step: StepView) -> Rows:
    return [(question.tokens[option.id], option.text, None) for option in step.options]


def path_tokens(question: Question) -> str:
    return ".".join(question.tokens[choice] for choice in question.path)


def order_rows(question: Question) -> Rows:
    """(field name, text, place or none) of each step."""
    places = {token: place for place, token in enumerate(question.chosen, 1)}
    return [
        (f"{question.name}-{question.tokens[option.id]}", option.text, places.get(question.tokens[option.id]))
        for option in question.view.options
    ]


def written_number(question: Question) -> str:
    return str(format_decimal(question.chosen[0])) if question.chosen else ""


def written_key(mark: Mark) -> str:
    return ", ".join(str(format_decimal(number)) for number in mark.key)


def marked_rows(item: Item, mark: Mark, order: Iterable[str]) -> Rows:
    """(text, is it right, was it chosen) of each option."""
    return [(item.option(option).text, option in mark.key, option in mark.response) for option in order]


def tour_numbers(item: Item, mark: Mark) -> dict[str, int]:
    """The number of each clue on the artefact, what was missed first."""
    return {clue.part: number for number, clue, _missed in tour(item, mark)}


def tour(item: Item, mark: Mark) -> list[tuple[int, Clue, bool]]:
    """(number, clue, was it missed) of each clue; one misses a clue only where clues were to be marked."""

    def is_missed(clue: Clue) -> bool:
        return item.kind == "clues" and clue.part not in mark.response

    ordered = sorted(item.clues, key=lambda clue: not is_missed(clue))
    return [(number, clue, is_missed(clue)) for number, clue in enumerate(ordered, 1)]


@dataclass(frozen=True, slots=True)
class WalkedStep:
    text: str
    chosen: str
    says: str
    cost: str
    is_best: bool
    is_first_slip: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """A scenario as it went; costs are written amounts, empty for nothing."""

    steps: tuple[WalkedStep, ...]
    cost: str


def walk_of(item: Item, mark: Mark) -> Walk:
    taken = walked(item, mark.response)
    slips = [index for index, (step, choice) in enumerate(taken) if choice.points < most_at(step)]
    steps = tuple(
        WalkedStep(
            text=step.text,
            chosen=choice.text,
            says=choice.says,
            cost=money(choice.cost),
            is_best=choice.points == most_at(step),
            is_first_slip=index == min(slips, default=-1),
        )
        for index, (step, choice) in enumerate(taken)
    )
    return Walk(steps, money(sum(choice.cost for _step, choice in taken)))


def most_at(step: Step) -> int:
    return max(choice.points for choice in step.choices)


def money(amount: int) -> str:
    return str(format_decimal(amount)) if amount else ""


def tactic_sentence(item: Item) -> str:
    """The tactic by its name, so that the next story with it is recognised."""
    names = {
        "authority": _("lấy danh người có quyền để bạn nghe theo"),
        "urgency": _("giục bạn làm ngay, không kịp nghĩ"),
        "secrecy": _("bắt bạn giữ kín, không hỏi ai"),
        "scarcity": _("nói sắp hết, chỉ còn ít"),
        "fear": _("làm bạn sợ"),
        "greed": _("hứa lợi lớn mà dễ"),
        "affection": _("lợi dụng tình thương, lòng tin"),
        "reciprocity": _("cho chút ít trước để bạn ngại từ chối"),
        "curiosity": _("gợi tò mò"),
        "trust": _("mượn tên nơi bạn tin cậy"),
    }
    return _("Thủ đoạn: %(tactic)s.", tactic=names[item.tactic]) if item.verdict == "scam" else ""


def leaning_sentence(leaning: str) -> str:
    """Kindly, and with the next step."""
    sentences = {
        "trusts-everything": _("Bạn tin hầu hết mọi thứ. Hãy tập dừng lại và kiểm tra trước khi bấm."),
        "trusts": _("Bạn hơi dễ tin. Hãy kiểm tra thêm một lần với điều lạ."),
        "balanced": _("Bạn cân bằng: biết ngờ điều lạ, biết tin điều thật."),
        "distrusts": _("Bạn hơi hay ngờ. Cẩn thận là tốt, và có cách kiểm tra để yên tâm với điều thật."),
        "distrusts-everything": _(
            "Bạn ngờ hầu hết mọi thứ. Cẩn thận là tốt; hãy tập cách kiểm tra để không lỡ điều thật."
        ),
    }
    return sentences[leaning]


def number(value: float) -> str:
    return str(format_decimal(round(value, 2)))


def reasons(item: Item, mark: Mark) -> Rows:
    """(option, why) of each option, what was chosen first."""
    ordered = sorted(item.options, key=lambda option: option.id not in mark.response)
    return [(option.text, option.rationale) for option in ordered]


FUNCTIONS = (
    audio_address, channel_name, choice_rows, leaning_sentence, marked_rows, number, order_rows, path_tokens,
    reasons, step_rows, tactic_sentence, tour, tour_numbers, walk_of, written_key, written_number,
)  # fmt: skip
