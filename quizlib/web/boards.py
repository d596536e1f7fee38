"""Pages of standings as bytes: the same for everyone, made once in each process for what is shown now."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Thread
from urllib.parse import urlencode

from flask import Response, copy_current_request_context, current_app, request

from quizlib.contest.rules import Rules
from quizlib.web import publishing
from quizlib.web.addresses import public
from quizlib.web.clock import now
from quizlib.web.letters import size
from quizlib.web.store import boards, contests, rounds, work
from quizlib.web.store.boards import Board

AGE = timedelta(seconds=1)  # how long a process shows a board before it asks whether there is a newer one
MOST = 500  # pages kept of one board


@dataclass(slots=True)
class Shown:
    """``board`` is None before the first publication; ``pages`` by what their bytes depend on."""

    rules: Rules
    board: Board | None
    stamp: str
    seen_at: datetime
    pages: dict[tuple[object, ...], tuple[bytes, dict[str, str]]] = field(default_factory=dict)


def show(code: str, number: int, make: Callable[[Rules, Board | None], str]) -> Response:
    """The page that ``make`` makes of what is shown now; nothing else that this reader sent goes into it."""
    shown, small = shown_of(code), request.accept_encodings["gzip"] > 0
    key = (public(request.script_root), request.endpoint, number, size(), small)
    page = shown.pages.get(key)
    if page is None:
        asked = {"page": number if number > 1 else None, "size": size()}
        query = urlencode({name: value for name, value in asked.items() if value})
        with current_app.request_context(
            outside(request.environ) | {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
        ):
            page = as_it_travels(make(shown.rules, shown.board).encode(), small)
        if len(shown.pages) >= MOST:
            shown.pages.clear()
        shown.pages[key] = page
    response = Response(page[0], headers=page[1])
    if request.if_none_match:
        response.make_conditional(request)
    return response


def outside(environ: dict[str, object]) -> dict[str, object]:
    """Without what the server notes of a request: the one made within it is not counted."""
    return {
        name: each for name, each in environ.items() if name not in ("quizlib.in-work", "quizlib.in-hand")
    }


def as_it_travels(body: bytes, small: bool) -> tuple[bytes, dict[str, str]]:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": f"public, max-age={AGE.seconds}",
        "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:16]}"',
    }
    return (
        (gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"}) if small else (body, headers)
    )


def shown_of(code: str) -> Shown:
    """What this process knows, asked again with one statement once it is older than ``AGE``."""
    known: dict[str, Shown] = current_app.extensions.setdefault("standings", {})
    shown, at = known.get(code), now()
    if shown is None or not shown.seen_at <= at < shown.seen_at + AGE:
        board = boards.newest(code, at)
        rules = board.round.rules if board else contests.find(code)
        stamp = board.stamp if board else ""
        is_same = shown is not None and (shown.rules, shown.stamp) == (rules, stamp)
        shown = known[code] = Shown(rules, board, stamp, at, shown.pages if shown and is_same else {})
        if board and board.due_at and board.due_at <= at:
            make_again(board, at)
    return shown


def make_again(board: Board, at: datetime) -> None:
    """In the background, by one of all processes; what was made before is served meanwhile."""
    is_ours = boards.claim(board.round.id, at, at + publishing.RENEWED)
    work.commit()

    @copy_current_request_context
    def make() -> None:
        publishing.make_board(rounds.get(board.round.id), at)
        work.commit()

    if is_ours:
        Thread(target=make, name="standings", daemon=True).start()
