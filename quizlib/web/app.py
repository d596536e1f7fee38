"""The application factory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from flask_migrate import Migrate
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from quizlib.web import clock
from quizlib.web.addresses import public
from quizlib.web.backup import install_backup
from quizlib.web.busy import PATIENCE, install_busy
from quizlib.web.commands import install_commands
from quizlib.web.config import Settings, read_settings
from quizlib.web.editing import install_editing
from quizlib.web.headers import install_headers
from quizlib.web.language import install_languages, language, other_language_address
from quizlib.web.letters import size
from quizlib.web.limits import install_limits
from quizlib.web.looking import install_looking
from quizlib.web.pages import PAGES
from quizlib.web.problems import install_problems
from quizlib.web.tables import db
from quizlib.web.watch import install_watch
from quizlib.web.wording import install_wording

MOST_POSTED = 64 * 1024  # bytes; the largest honest form is a tenth of it
HERE = Path(__file__).parent


class Site(Flask):
    """Nothing in it is asynchronous, and nothing is asked whether it were, a dozen times for each page."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """A quizlib site.

    ``config`` may give any setting of the environment (``QUIZLIB_DATA``, ``DATABASE_URL`` ...) and a
    ``CLOCK``. Raises ``ContentError`` that lists every bad setting.
    """
    given = dict(config or {})
    settings = read_settings({**os.environ, **{name: str(value) for name, value in given.items()}})
    app = Site("quizlib.web", static_folder=str(HERE / "static"), template_folder=str(HERE / "templates"))
    app.config.update(
        SETTINGS=settings,
        CLOCK=given.get("CLOCK", clock.system_clock),
        TESTING=bool(given.get("TESTING", False)),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        MAX_CONTENT_LENGTH=MOST_POSTED,
    )
    app.json.sort_keys = app.json.ensure_ascii = False  # type: ignore[attr-defined]
    db.init_app(app)
    Migrate(app, db, directory=str(migrations()), render_as_batch=True)
    install_watch(app, settings)
    install_busy(app, settings)
    for install in (
        install_whole_forms,
        install_languages,
        install_headers,
        install_problems,
        install_commands,
        install_looking,
        install_backup,
        install_editing,
        install_wording,
        install_shared,
    ):
        install(app)
    install_limits(app, settings)
    for page in PAGES:
        app.register_blueprint(page)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count, count, 0)  # type: ignore[method-assign]
    return app


def engine_options(settings: Settings) -> dict[str, object]:
    """Few connections, kept; whoever waits too long for one is told; no value of a statement in any log."""
    return {
        "pool_size": settings.pool,
        "max_overflow": 0,
        "pool_timeout": PATIENCE,
        "hide_parameters": True,
    }


def migrations() -> Path:
    """Beside the package in a checkout, inside it in a wheel."""
    inside = HERE.parent / "migrations"
    return inside if inside.exists() else HERE.parent.parent / "migrations"


def install_whole_forms(app: Flask) -> None:
    """A form that was cut off on its way is refused: a part of an answer must not pass for another answer."""

    @app.before_request
    def let_flask_count() -> None:
        """It counts the bytes unless the server claims to, and ours hands over whatever came."""
        if request.content_length is not None:
            request.environ.pop("wsgi.input_terminated", None)


def install_shared(app: Flask) -> None:
    """What every template may use, and the text size that every link carries on."""
    settings: Settings = app.config["SETTINGS"]

    @cache
    def links_of(root: str, lang: str, size: str) -> Markup:
        """Made once for each: the addresses carry all three."""
        return Markup(app.jinja_env.get_template("links.html").render())  # noqa: S704  escaped by the template

    @app.context_processor
    def shared() -> dict[str, object]:
        return {
            "lang": language(),
            "other_lang_url": other_language_address() if request.method == "GET" else None,
            "static_url": static_url,
            "size": size(),
            "sample": settings.is_sample,
            "noindex": settings.is_sample,
            "home_url": url_for("site.home"),
            "links": lambda: links_of(request.script_root, language(), size()),
            "public_url": public(request.script_root + request.path),
        }

    @app.url_defaults
    def keep_size(endpoint: str, values: dict[str, object]) -> None:
        if size() and endpoint not in ("static", "site.audio"):
            values.setdefault("size", size())


def static_url(name: str) -> str:
    """Outside the languages' prefixes, with the file's own hash, so that it is fetched once and for ever."""
    return f"{request.environ.get('quizlib.root', '')}/static/{name}?v={fingerprint(name)}"


@cache
def fingerprint(name: str) -> str:
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
