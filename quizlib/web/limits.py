"""Rate limits, generous by address (a school or a mobile network shares one), strict by code."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from quizlib.web.config import Settings
from quizlib.web.rehearsals import is_rehearsing
from quizlib.web.tokens import lookup

QUICK = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}  # seconds


def address() -> str:
    """Who asks, as a keyed hash: no address is ever kept."""
    return lookup(current_app.config["SETTINGS"].secret, "address", get_remote_address())


limiter = Limiter(key_func=address, headers_enabled=False)


def install_limits(app: Flask, settings: Settings) -> None:
    """While its store is away each process counts for itself: nobody is kept out, no code is free to try."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.limits,
        RATELIMIT_STORAGE_OPTIONS={} if settings.limits == "memory://" else QUICK,
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STRATEGY="moving-window",
    )
    limiter.init_app(app)
    # It would look for limits of the whole site before every answer. There are none: pages check their own.
    app.before_request_funcs[None].remove(limiter._check_request_limit)


def code_tried() -> str:
    """The code in the form or the address, as a keyed hash: one code cannot be tried from many places."""
    values = request.view_args or {}
    digits = "".join(filter(str.isdecimal, str(values.get("code") or request.form.get("code", ""))))
    return lookup(current_app.config["SETTINGS"].secret, "tried", digits)


# Shared: trying by form, by link and by name is trying.
by_code = limiter.shared_limit("10 per 10 minutes", "code", key_func=code_tried, methods=["POST"])
by_address = limiter.shared_limit(
    "120 per 10 minutes", "resuming", methods=["POST"], exempt_when=is_rehearsing
)
handing_out = limiter.limit("300 per 10 minutes")  # papers for a whole village
entering = limiter.limit(  # a hall full of people shares one address
    "1200 per 10 minutes", methods=["POST"], exempt_when=is_rehearsing
)
verifying = limiter.shared_limit("1200 per 10 minutes", "verifying")  # the page and the API together
reporting = limiter.limit("30 per 10 minutes", methods=["POST"])
printing = limiter.shared_limit(  # the press takes a second or two for a booklet
    "60 per 10 minutes", "printing", exempt_when=lambda: not request.path.endswith(".pdf")
)
