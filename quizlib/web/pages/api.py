"""Read-only JSON for other programs: lessons, warnings, what a certificate is worth; never a question."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request

from quizlib.bank.export import as_data, plain
from quizlib.contest.certificate import fact_table, format_serial
from quizlib.errors import Refusal
from quizlib.learn.alerts import Alert
from quizlib.web.addresses import public
from quizlib.web.alerts import current_alerts
from quizlib.web.issuing import find, status_of
from quizlib.web.language import LANGUAGES, language
from quizlib.web.limits import verifying
from quizlib.web.shelf import bundled
from quizlib.web.wording import revocation

Json = dict[str, Any]

api = Blueprint("api", __name__, url_prefix="/api")
OPENAPI: Json = json.loads((Path(__file__).parents[1] / "openapi.json").read_text(encoding="utf-8"))


@api.get("/topics")
def topics() -> Json:
    return {"topics": [listed(topic) for topic in lessons(language()).values()]}


@api.get("/topics/<topic>")
def lesson(topic: str) -> Json:
    if topic not in lessons(language()):
        raise Refusal("not-found")
    return lessons(language())[topic]


@api.get("/alerts")
def alerts() -> Json:
    """Those that hold today, the newest first."""
    return {"alerts": [told(alert, language()) for alert in current_alerts()]}


@api.get("/verify/<serial>")
@verifying
def verify(serial: str) -> Json:
    """What the page for people says of it."""
    certificate = find(serial)
    status, lines = status_of(certificate), fact_table(certificate.facts, language())
    return {
        "status": status,
        "reason": revocation(certificate) if status == "revoked" else "",
        "successor": format_serial(certificate.replaced_by) if status == "replaced" else "",
        "facts": [{"name": name, "label": label, "value": value} for name, (label, value) in lines.items()],
    }


@api.get("/openapi.json")
def openapi() -> Json:
    root = public(request.environ["quizlib.root"])
    return OPENAPI | {"servers": [{"url": root}, {"url": f"{root}/en"}]}


def listed(topic: Json) -> Json:
    """Enough of a topic to find it and to choose it."""
    head = {name: value for name, value in topic.items() if name not in ("lesson", "sources")}
    return head | {name: topic["lesson"][name] for name in ("remember", "situations", "forms", "review_by")}


def told(alert: Alert, lang: str) -> Json:
    days = {"from": alert.start.isoformat(), "until": alert.until.isoformat()}
    source = {name: each for name, each in plain(alert.source).items() if name != "id"}
    return {"id": alert.id, "topic": alert.topic, **days, **alert.words[lang], "lang": lang, "source": source}


@cache
def lessons(lang: str) -> dict[str, Json]:
    """Every topic of the bundled banks by its id, with its bank and the sources of its lesson."""
    found: dict[str, Json] = {}
    for name, each in bundled().items():
        bank: Json = as_data(each, lang)
        known = {source["id"]: source for source in bank["sources"]}
        head = {"bank": name} | {field: bank[field] for field in ("version", "licence", "lang")}
        for topic in bank["topics"]:
            sources = [known[source] for source in topic["lesson"]["sources"]]
            found[topic["id"]] = {**topic, **head, "sources": sources}
    return found


@api.url_value_preprocessor
def choose_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if request.args.get("lang") in LANGUAGES:
        request.environ["quizlib.lang"] = request.args["lang"]


@api.after_request
def open_to_all(response: Response) -> Response:
    """Pages of other sites may read it; what names no person may be kept and asked for again by its tag."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 200 and request.endpoint != "api.verify":
        response.cache_control.no_cache = True
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response
