"""What a server tells of itself: figures to scrape and, if asked, a line a request; nothing about anybody."""

from __future__ import annotations

import json
import os
import sys
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from quizlib.web.config import Settings

disable_created_metrics()  # type: ignore[no-untyped-call]
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SECONDS = Histogram("quizlib_request_seconds", "Time to a reply, by endpoint", ["endpoint"], buckets=BUCKETS)
REPLIES = Counter("quizlib_replies", "Replies, by endpoint and status", ["endpoint", "status"])
REFUSALS = Counter("quizlib_refusals", "Refusals, by code", ["code"])
DONE = Counter("quizlib_done", "Saves, starts and submissions acknowledged, repeated ones too", ["what"])
IN_WORK = Gauge("quizlib_requests_in_work", "Requests being answered now", multiprocess_mode="livesum")
ACTIONS = {"attempts.answer": "save", "attempts.submit": "submission", "entries.start": "start"}


def install_watch(app: Flask, settings: Settings) -> None:
    """To be installed first: what follows is then inside what is measured."""

    @app.before_request
    def begin() -> None:
        request.environ["quizlib.begun"] = perf_counter()  # not g: one request may be made within another
        request.environ["quizlib.in-work"] = [True]  # emptied once, whoever copies this request
        IN_WORK.inc()

    @app.after_request
    def end(response: Response) -> Response:
        endpoint, seconds = request.endpoint or "none", perf_counter() - request.environ["quizlib.begun"]
        observe(endpoint, response, seconds)
        if settings.log:
            write(endpoint, response, seconds)
        return response

    @app.teardown_request
    def leave(error: BaseException | None) -> None:
        if mark := request.environ.get("quizlib.in-work"):
            mark.clear()
            IN_WORK.dec()


def observe(endpoint: str, response: Response, seconds: float) -> None:
    SECONDS.labels(endpoint).observe(seconds)
    REPLIES.labels(endpoint, response.status_code).inc()
    if "refusal" in g:
        REFUSALS.labels(g.refusal).inc()
    elif endpoint in ACTIONS and is_done(response):
        DONE.labels(ACTIONS[endpoint]).inc()


def is_done(response: Response) -> bool:
    """A script is told 200, a page is sent on; back to a question that a later answer keeps is not done."""
    told = response.status_code == 200 and response.is_json
    return told or (response.status_code == 302 and "later=1" not in (response.location or ""))


def write(endpoint: str, response: Response, seconds: float) -> None:
    """Neither address nor query, for they carry tokens; the endpoint says what was asked."""
    line = {
        "endpoint": endpoint,
        "method": request.method,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "bytes": response.content_length,
        "refusal": g.get("refusal", ""),
    }
    sys.stderr.write(json.dumps(line) + "\n")


def figures() -> bytes:
    """All figures as Prometheus reads them; of all processes where PROMETHEUS_MULTIPROC_DIR is shared."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
