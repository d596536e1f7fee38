"""Addresses that leave the site: on posters, certificates and shared links."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from quizlib.web.config import Settings


def public(path: str) -> str:
    """A path of this site as anyone can open it, under the address that the owner has set."""
    settings: Settings = current_app.config["SETTINGS"]
    return (settings.address or request.host_url.rstrip("/")) + path


def public_url(endpoint: str, **values: Any) -> str:
    """In the reader's language, and never with the size of text that one reader chose."""
    return public(url_for(endpoint, **values).partition("?")[0])
