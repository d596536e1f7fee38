"""My review: what to practise today and what later, from the code in the address; nothing is stored."""

from __future__ import annotations

import re
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, render_template, request
from flask_babel import format_date

from quizlib.learn.practice import can_practise
from quizlib.learn.review import due, parse
from quizlib.web.addresses import public_url
from quizlib.web.clock import local_day, now
from quizlib.web.language import gettext as _
from quizlib.web.language import language
from quizlib.web.shelf import bundled, withheld

review = Blueprint("review", __name__, url_prefix="/review")
INVITED_AFTER = (7, 30, 135)  # days; what was learnt has faded after six months
LINE = re.compile(rb".{1,74}(?![\x80-\xbf])")  # octets of a calendar's line; no letter is cut in two


@review.get("/<code>")
def show(code: str) -> str:
    kept, kept_back = parse(code), withheld()
    shelf = {topic.id: bank for bank in bundled().values() for topic in bank.topics}
    turn = [topic for topic in due(kept, date.max) if topic in shelf]
    titles = {topic: shelf[topic].to(language()).topic(topic).title for topic in turn}
    waiting = [topic for topic in due(kept, local_day(now())) if topic in shelf]
    free = next((topic for topic in turn if can_practise(shelf[topic], topic, kept_back)), "")
    place = {"bank": shelf[free].name, "topic": free, "after": request.args.get("after")} if free else None
    return render_template(
        "review/show.html",
        waiting=[titles[topic] for topic in waiting],
        later=[(titles[each], format_date(kept[each].due, "full")) for each in turn[len(waiting) :]],
        place=place,
        code=code,
        address=public_url("review.show", code=code),
        noindex=True,
    )


@review.get("/<code>.ics")
def calendar(code: str) -> Response:
    """Invitations to come back, counted from the last practice (RFC 5545)."""
    last = max(memory.practised for memory in parse(code).values())
    address = public_url("review.show", code=code)
    words = _("Điều đã học phai dần sau vài tháng. Mời bạn ôn lại ở trang này: %(address)s", address=address)
    text = render_template(
        "review/calendar.ics",
        days=[date.fromordinal(last + days) for days in INVITED_AFTER],
        address=address,
        uid=uuid5(NAMESPACE_URL, address),
        stamp=now(),
        title=escaped(_("Ôn lại 5 câu với câu chuyện mới")),
        words=escaped(words),
    )
    lines = (b"\r\n ".join(LINE.findall(line.encode())) + b"\r\n" for line in text.splitlines())
    shown = {"Content-Disposition": 'inline; filename="on-lai.ics"'}
    return Response(b"".join(lines), mimetype="text/calendar", headers=shown)


def escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text)
