"""The size of letters that the reader asked for."""

from __future__ import annotations

from flask import request

SIZES = ("large", "larger")


def size() -> str | None:
    """Whoever is helped gets the largest letters, unless another size is asked for."""
    wanted = request.args.get("size") if request else ""
    if wanted is None and "helper" in request.args and request.method == "GET":
        return SIZES[-1]
    return wanted if wanted in SIZES else None
