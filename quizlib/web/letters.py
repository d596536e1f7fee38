"""The size of letters that the reader asked for."""

from __future__ import annotations

from flask import request

SIZES = ("large", "larger")


def size() -> str | None:
    """Whoever is helped gets the largest letters, unless another size is asked for."""
    begins_to_help = request and request.method == "GET" and "helper" in request.args
    wanted = request.args.get("size", "larger" if begins_to_help else "") if request else ""
    return wanted if wanted in SIZES else None
