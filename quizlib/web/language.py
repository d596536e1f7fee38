"""The reader's language: Vietnamese at the root, English under ``/en``, in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.support import NullTranslations, Translations
from flask import Flask, request
from flask_babel import Babel
from markupsafe import Markup

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = ("vi", "en")
ZONE = "Asia/Ho_Chi_Minh"


def language() -> str:
    """Language of the page being made."""
    return str(request.environ.get("quizlib.lang", "vi"))


@cache
def catalogue(lang: str) -> NullTranslations:
    """Sentences in another language by the Vietnamese ones; Vietnamese itself has none."""
    return Translations.load(Path(__file__).parent / "translations", [lang])


def gettext(text: str, **values: object) -> str:
    """The sentence in the language of the page. A page of questions has hundreds: this is the short way."""
    said: str = catalogue(language()).gettext(text)
    return said % values if values else said


def marked(text: str, **values: object) -> str:
    """The same in a template, where the values are escaped."""
    return Markup(catalogue(language()).gettext(text)) % values  # noqa: S704  our own sentences


def install_languages(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE="vi", BABEL_DEFAULT_TIMEZONE=ZONE)
    Babel(app, locale_selector=language)
    app.jinja_env.globals["_"] = marked
    app.wsgi_app = under_prefixes(app.wsgi_app)  # type: ignore[assignment, method-assign]


def under_prefixes(inner: WSGIApplication) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """Moves ``/en`` from the path to the root, so that every address made on the page keeps it."""

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["quizlib.root"] = environ.get("SCRIPT_NAME", "")
        prefix, rest = environ["PATH_INFO"][:4], environ["PATH_INFO"][3:]
        if prefix in ("/en", "/en/"):
            environ |= {"SCRIPT_NAME": environ["quizlib.root"] + "/en", "PATH_INFO": rest or "/"}
            environ["quizlib.lang"] = "en"
        return inner(environ, start_response)

    return outer


def other_language_address() -> str:
    """The page being made, in the other language."""
    root, lang = request.environ["quizlib.root"], language()
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return f"{root}{'' if lang == 'en' else '/en'}{request.path}{query}"
