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
SMALL = 500  # bytes that travel in one packet anyway


def shrink(response: Response) -> None:
    """Pages travel compressed: a weak network feels every kilobyte."""
    response.vary.add("Accept-Encoding")
    if response.content_encoding:  # kept as it travels
        return
    is_text = (response.mimetype or "").startswith(("text/", "application/json"))
    if response.direct_passthrough or response.status_code != 200 or not is_text:
        return
    body = response.get_data()
    if len(body) > SMALL and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
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
