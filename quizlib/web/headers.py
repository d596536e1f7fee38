"""Headers of every reply: nothing foreign may run, nobody may frame us, attempts are never stored."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "media-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR = "public, max-age=31536000, immutable"


def shrink(response: Response) -> None:
    """Pages travel compressed: a weak network feels every kilobyte."""
    response.vary.add("Accept-Encoding")
    if response.content_encoding:  # kept as it travels
        return
    is_text = (response.mimetype or "").startswith(("text/", "application/json"))
    wanted = request.accept_encodings["gzip"] > 0 and is_text
    if wanted and not response.direct_passthrough and response.status_code == 200:
        response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def install_headers(app: Flask) -> None:
    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(EVERYWHERE)
        if request.endpoint == "static" and response.status_code < 400:
            response.headers["Cache-Control"] = YEAR
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        shrink(response)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
