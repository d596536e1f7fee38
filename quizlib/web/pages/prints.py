"""What a ward prints: the handbook, whole or folded, and a poster for any address of this site."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, current_app, render_template, request

from quizlib.bank.reader import bundled
from quizlib.errors import ContentError, Refusal
from quizlib.learn.handbook import handbook
from quizlib.press import Content, can_print, pdf, qr_svg
from quizlib.web.addresses import public
from quizlib.web.clock import LOCAL, now
from quizlib.web.forms import HandbookForm, PosterForm, problems_of
from quizlib.web.language import gettext as _
from quizlib.web.language import language
from quizlib.web.limits import printing

prints = Blueprint("prints", __name__)
Page = tuple[str, int] | Response


@prints.get("/handbook", endpoint="ask_handbook")
@prints.get("/handbook/print", endpoint="handbook")
@prints.get("/handbook.pdf", endpoint="handbook_pdf")
@printing
def booklet() -> Page:
    """The form, or what was chosen there: a page that a browser can print, or a file."""
    form = HandbookForm(request.args)
    if request.endpoint == "prints.ask_handbook" or not form.validate():
        return ask("handbook", form)
    chosen = form.organiser.data, public(request.script_root), form.topics.data, form.pocket.data
    try:
        book = handbook(language(), now().astimezone(LOCAL).date(), *chosen)
    except ContentError as error:
        form.topics.errors = [each.say(language()) for each in error.faults]
        return ask("handbook", form)
    look = "pocket" if form.pocket.data else "handbook"
    if request.endpoint == "prints.handbook":
        return render_template(f"prints/{look}_page.html", book=book, qr=qr_svg), 200
    return file(look, asdict(book), book.addresses)


@prints.get("/poster", endpoint="ask_poster")
@prints.get("/poster.pdf")
@printing
def poster() -> Page:
    form = PosterForm(request.args)
    if request.endpoint == "prints.ask_poster" or not form.validate():
        return ask("poster", form)
    said = {
        "lang": language(),
        "address": public(form.to.data),
        "paper": "a3" if "a3" in request.args.getlist("size") else "a4",
        "scan": _("Quét mã bằng Zalo hoặc máy ảnh, hoặc gõ địa chỉ:"),
        "promise": _("Không hỏi mã OTP, không thu tiền"),
        "sample": _("BẢN DÙNG THỬ") if current_app.config["SETTINGS"].is_sample else "",
    }
    return file("poster", form.data | said, [said["address"]])


def ask(page: str, form: HandbookForm | PosterForm) -> Page:
    faults, shelves = problems_of(form), [bank.to(language()).topics for bank in bundled().values()]
    topics = [(topic.id, topic.title, "") for shelf in shelves for topic in shelf if topic.lesson.is_written]
    shown = {"form": form, "faults": faults, "topics": topics, "has_press": can_print()}
    return render_template(f"prints/{page}.html", **shown), 422 if faults else 200


def file(look: str, content: Content, addresses: list[str]) -> Response:
    if not can_print():
        raise Refusal("cannot-print")
    body = pdf(look, content, addresses, now().astimezone(LOCAL).date())
    kept = {"Content-Disposition": f'attachment; filename="{look}.pdf"'}
    return Response(body, mimetype="application/pdf", headers=kept)
