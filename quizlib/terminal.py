"""Sitting a paper in the terminal."""

from __future__ import annotations

import secrets

from quizlib.bank.bank import Bank
from quizlib.bank.item import Item, Response
from quizlib.bank.kinds import KINDS
from quizlib.errors import Refusal
from quizlib.exam.draw import draw
from quizlib.exam.paper import ItemView
from quizlib.exam.score import Mark, grade, score

WORDS = {
    "vi": {
        "choice": "Chọn một số: ",
        "multiple": "Chọn các số đúng, cách nhau bằng dấu cách: ",
        "order": "Ghi các số theo thứ tự đúng: ",
        "number": "Ghi một số: ",
        "scale": "Chọn một số: ",
        "comment": "Ghi ý kiến của bạn, bỏ trống cũng được: ",
        "again": "Chưa đọc được, mời bạn ghi lại.",
        "right": "Đúng.",
        "key": "Đáp án: {key}",
        "thanks": "Cảm ơn bạn. Các câu này không chấm điểm.",
        "result": "Bạn đúng {points}/{most} điểm ({percent}%). Mã đề: {seed}",
    },
    "en": {
        "choice": "Choose a number: ",
        "multiple": "Choose the right numbers, with spaces between: ",
        "order": "Write the numbers in the right order: ",
        "number": "Write a number: ",
        "scale": "Choose a number: ",
        "comment": "Write what you want to say, or nothing: ",
        "again": "That could not be read; please write it again.",
        "right": "Right.",
        "key": "The answer: {key}",
        "thanks": "Thank you. These questions are not marked.",
        "result": "You got {points}/{most} points ({percent}%). Seed: {seed}",
    },
}


def sit(bank: Bank, blueprint: str, seed: str, lang: str) -> int:
    """Ask every question of a paper, mark it, teach."""
    words = WORDS[lang]
    paper = draw(bank, blueprint, seed or secrets.token_hex(4))
    shown = zip(paper.items, paper.views(lang), strict=True)
    responses = {item.id: ask(number, item, view, words) for number, (item, view) in enumerate(shown, 1)}
    result = score(paper, responses)
    for item, marked in zip(paper.items, result.marks, strict=True):
        if item.points:
            print("\n".join(feedback(item, marked, words)))
    percent = grade(result, bank.cut).percent
    numbers = {"points": result.points, "most": result.max_points, "percent": percent, "seed": paper.seed}
    print("\n" + words["result" if result.max_points else "thanks"].format(**numbers))
    return 0


def ask(number: int, item: Item, view: ItemView, words: dict[str, str]) -> Response:
    """The response typed; asked again until it has the kind's shape. An empty line is a blank."""
    print(f"\n{number}. {view.stem}")
    for part in view.stimulus.parts if view.stimulus else ():
        print(f"   | {part.text}")
    for place, option in enumerate(view.options, 1):
        print(f"   {place}. {option.text}")
    while True:
        typed = input(words[view.kind])
        try:
            return KINDS[item.kind].read(item, as_ids(typed, view))
        except (Refusal, IndexError):
            print(words["again"])


def as_ids(typed: str, view: ItemView) -> tuple[str, ...]:
    if not view.options:
        return (typed,)
    places = [int(word) if word.isdecimal() else 0 for word in typed.split()]
    if 0 in places:
        raise IndexError(typed)
    return tuple(view.options[place - 1].id for place in places)


def feedback(item: Item, marked: Mark, words: dict[str, str]) -> list[str]:
    texts = [item.option(option).text for option in marked.key] if item.options else [*marked.key]
    verdict = words["right"] if marked.is_right else words["key"].format(key=" → ".join(texts))
    return ["", item.stem, verdict, marked.explanation]
