"""Questions as pages show them; what nobody has answered yet is rendered once by each process and kept."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from quizlib.web.desk import Question
from quizlib.web.language import language

KEPT = 10_000  # rendered questions, of some 2 kB each: those of all papers of a round in two languages

Place = tuple[str, int, str]


def asked(question: Question) -> Markup:
    """The question with what was answered so far."""
    if question.is_answered or not question.paper:
        return rendered(question)
    kept: dict[Place, Markup] = current_app.extensions.setdefault("quizlib.questions", {})
    place = (question.paper, question.number, language())
    if place not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[place] = rendered(question)
    return kept[place]


def rendered(question: Question) -> Markup:
    template = current_app.jinja_env.get_template("question.html")
    return Markup(template.render(question=question, lang=language()))  # noqa: S704  escaped by the template
