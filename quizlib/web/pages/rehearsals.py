"""What `quizlib rehearse` asks before it sends a crowd: is this site theirs who sent it?"""

from __future__ import annotations

from flask import Blueprint

from quizlib.errors import Refusal
from quizlib.web.rehearsals import is_proved
from quizlib.web.store import contests

rehearsals = Blueprint("rehearsals", __name__, url_prefix="/contests/<code>/rehearsal")


@rehearsals.get("/<token>")
def show(code: str, token: str) -> dict[str, str]:
    if not is_proved(code, token):
        raise Refusal("not-found")
    return {"rehearsal": contests.find(code).code}
