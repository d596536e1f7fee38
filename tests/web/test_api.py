"""The read-only API: what it gives, to whom, in which language, and that its own document tells the truth."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime, time
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from quizlib.bank.reader import load_bank
from quizlib.contest.certificate import fact_table, format_serial
from quizlib.exam.score import Correction
from quizlib.learn.alerts import BUNDLED_ALERTS, read_alerts
from quizlib.web.shelf import bundled, taught
from quizlib.web.store import certificates, work
from quizlib.web.tables import Certificate, db
from tests.test_readme import blocks
from tests.web.conftest import Application
from tests.web.contest import RIGHT, Clock, correct, open_contest, rows, set_owner
from tests.web.contestant import Contestant, finisher
from tests.web.test_completeness import ADDRESSES

Json = dict[str, Any]
HALF = RIGHT | {"order": (), "choice": ()}
SPOIL = Correction("multiple", "key", ("b", "d"), "đáp án sai")


@pytest.fixture
def site(data: Any, make_app: Application) -> Flask:
    """A site with an owner: its certificates are worth something."""
    set_owner(data)
    return make_app()


def get(app: Flask, address: str, **headers: str) -> TestResponse:
    return app.test_client().get(address, headers=headers)


def serials(app: Flask) -> list[str]:
    """In the order in which they were issued."""
    return [
        str(row["serial"]) for row in sorted(rows(app, Certificate), key=lambda row: int(str(row["edition"])))
    ]


def described(app: Flask, reply: TestResponse, path: str) -> None:
    """The reply is one that the OpenAPI document tells of, with the body it tells of."""
    document: Json = get(app, "/api/openapi.json").json
    told = document["paths"][path]["get"]["responses"]
    answer = told.get(str(reply.status_code)) or told["default"]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    if "content" not in answer:
        assert reply.data == b""
        return
    assert reply.mimetype in answer["content"]
    schema = answer["content"][reply.mimetype]["schema"] | {"components": document["components"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(reply.json)
    assert set(answer.get("headers", ())) <= set(reply.headers.keys())


# -- topics and lessons


@pytest.mark.parametrize(("address", "lang"), [("", "vi"), ("/en", "en")])
def test_every_topic_is_listed(app: Flask, address: str, lang: str) -> None:
    reply = get(app, f"{address}/api/topics")

    expected = [(topic.id, topic.title, name) for name in bundled() for topic in load_bank(name, lang).topics]
    assert [(topic["id"], topic["title"], topic["bank"]) for topic in reply.json["topics"]] == expected
    assert {topic["lang"] for topic in reply.json["topics"]} == {lang}
    assert {topic["licence"] for topic in reply.json["topics"]} == {"CC-BY-4.0"}
    described(app, reply, "/api/topics")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_lesson_is_given_whole_with_its_sources(app: Flask, lang: str) -> None:
    for name in bundled():
        bank = load_bank(name, lang)
        for topic in bank.topics:
            reply = get(app, f"/api/topics/{topic.id}?lang={lang}")

            lesson = reply.json["lesson"]
            assert (reply.json["title"], lesson["remember"]) == (topic.title, topic.lesson.remember)
            assert (tuple(lesson["signs"]), tuple(lesson["steps"])) == (
                topic.lesson.signs,
                topic.lesson.steps,
            )
            found = {source["id"]: source["address"] for source in reply.json["sources"]}
            assert found == {each: bank.sources[each].address for each in topic.lesson.sources}
            described(app, reply, "/api/topics/{topic}")


@pytest.mark.parametrize(
    ("address", "lang"),
    [
        ("/api/topics/fake-police?lang=en", "en"),
        ("/en/api/topics/fake-police", "en"),
        ("/en/api/topics/fake-police?lang=vi", "vi"),
        ("/api/topics/fake-police?lang=fr", "vi"),
        ("/api/topics/fake-police?size=large", "vi"),
    ],
)
def test_the_language_is_that_asked_for_or_that_of_the_address(app: Flask, address: str, lang: str) -> None:
    assert get(app, address).json["lang"] == lang


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/api/topics/no-such", "Không tìm thấy trang này."),
        ("/en/api/topics/no-such", "We cannot find this page."),
        ("/api/topics/no-such?lang=en", "We cannot find this page."),
        ("/api/no-such", "Không tìm thấy trang này."),
        ("/api/topics/fake-police/items", "Không tìm thấy trang này."),
    ],
)
def test_what_is_not_there_is_told_in_the_readers_language(app: Flask, address: str, said: str) -> None:
    reply = get(app, address)

    assert reply.status_code == 404
    assert reply.json == {"code": "not-found", "message": said}
    described(app, reply, "/api/topics/{topic}")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(app: Flask, method: str) -> None:
    reply = app.test_client().open("/api/topics", method=method)

    assert reply.status_code == 405
    assert reply.json["code"] == "failed"
    described(app, reply, "/api/topics")


def test_a_failure_is_told_as_json_too(make_app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(TESTING=False)
    with app.app_context():
        db.drop_all()

    reply = get(app, "/api/verify/000000000000")

    assert (reply.status_code, reply.json["code"]) == (500, "failed")
    described(app, reply, "/api/verify/{serial}")


def test_no_question_is_ever_served(app: Flask) -> None:
    topics = [topic.id for name in bundled() for topic in load_bank(name).topics]
    addresses = ["/api/topics", *(f"/api/topics/{topic}" for topic in topics)]
    served = "".join(get(app, address).text for address in addresses)

    for name in bundled():
        for item in load_bank(name).items:
            secrets = [item.explanation, *(option.rationale for option in item.options)]
            assert not [text for text in [item.stem, *secrets] if len(text) > 30 and text in served], item.id


# -- warnings


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_warnings_that_hold_are_given_with_topic_days_and_source(
    app: Flask, clock: Clock, lang: str
) -> None:
    alerts, _ = read_alerts(BUNDLED_ALERTS, taught())
    clock.now = datetime.combine(alerts[0].start, time(12), UTC)

    reply = get(app, f"/api/alerts?lang={lang}")

    held = [alert for alert in alerts if alert.start <= alerts[0].start < alert.until]
    told = {each["id"]: each for each in reply.json["alerts"]}
    assert told.keys() == {alert.id for alert in held}
    for alert in held:
        assert {name: told[alert.id][name] for name in ("title", "text")} == alert.words[lang]
        assert (told[alert.id]["topic"], told[alert.id]["until"]) == (alert.topic, alert.until.isoformat())
        assert told[alert.id]["source"]["address"] == alert.source.address
    described(app, reply, "/api/alerts")


def test_a_warning_that_is_over_is_not_given(app: Flask, clock: Clock) -> None:
    clock.now = datetime(2100, 1, 1, tzinfo=UTC)

    assert get(app, "/api/alerts").json == {"alerts": []}


# -- what may be kept, and who may read


@pytest.mark.parametrize(
    "address", ["/api/topics", "/api/topics/fake-police", "/api/alerts", "/api/openapi.json"]
)
def test_what_has_not_changed_is_not_sent_again(app: Flask, address: str) -> None:
    first = get(app, address)
    again = get(app, address, **{"If-None-Match": first.headers["ETag"]})
    other = get(app, address, **{"If-None-Match": 'W/"another"'})

    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert (other.status_code, other.data) == (200, first.data)
    described(app, again, re.sub("/fake-police$", "/{topic}", address))


def test_each_language_has_a_tag_of_its_own(app: Flask) -> None:
    tags = {get(app, f"/api/topics?lang={lang}").headers["ETag"] for lang in ("vi", "en")}

    assert len(tags) == 2


def test_replies_travel_compressed(app: Flask) -> None:
    plain, small = get(app, "/api/topics"), get(app, "/api/topics", **{"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2
    assert small.headers["ETag"] == plain.headers["ETag"]


def test_pages_of_other_sites_may_read_the_api_and_nothing_else(person: Contestant) -> None:
    made = {
        "entry": "/entries/none",
        "attempt": "/attempts/none",
        "serial": "0" * 12,
        "code": "0" * 12,
        "rehearsal": "none",
        "number": "0" * 12,
    }

    open_to = {
        endpoint
        for endpoint, address in ADDRESSES.items()
        if "Access-Control-Allow-Origin" in person.client.get(address.format(**made), buffered=True).headers
    }

    assert open_to == {"api.topics", "api.lesson", "api.alerts", "api.verify", "api.openapi"}


# -- certificates


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_certificate_is_verified_as_on_the_page(site: Flask, lang: str) -> None:
    open_contest(site)
    person = finisher(site)
    (serial,) = serials(site)
    with site.app_context():
        held = certificates.get(serial)
        assert held is not None

    reply = get(site, f"/api/verify/{format_serial(serial).lower()}?lang={lang}")

    page = person.open(f"{'/en' if lang == 'en' else ''}/verify/{serial}").text
    assert reply.json["status"] == "valid"
    assert (reply.json["reason"], reply.json["successor"]) == ("", "")
    assert {fact["name"]: (fact["label"], fact["value"]) for fact in reply.json["facts"]} == fact_table(
        held.facts, lang
    )
    assert all(fact["label"] in page and fact["value"] in page for fact in reply.json["facts"])
    assert reply.headers["Cache-Control"] == "no-store"
    assert "ETag" not in reply.headers
    described(site, reply, "/api/verify/{serial}")


def test_a_replaced_one_names_its_successor(site: Flask, clock: Clock) -> None:
    open_contest(site)
    finisher(site)
    correct(site, clock, SPOIL)
    old, new = serials(site)

    reply = get(site, f"/api/verify/{old}")

    assert (reply.json["status"], reply.json["successor"]) == ("replaced", format_serial(new))
    described(site, reply, "/api/verify/{serial}")


def test_a_revoked_one_says_why(site: Flask, clock: Clock) -> None:
    open_contest(site)
    finisher(site, HALF)
    correct(site, clock, SPOIL)

    reply = get(site, f"/api/verify/{serials(site)[0]}")

    assert reply.json["status"] == "revoked"
    assert reply.json["reason"] == "đáp án đã được sửa, kết quả tính lại không còn đạt"
    described(site, reply, "/api/verify/{serial}")


def test_a_withdrawn_one_says_no_more_than_the_page(site: Flask) -> None:
    open_contest(site)
    finisher(site)
    with site.app_context():
        db.session.query(Certificate).update(
            {"status": "withdrawn", "reason": "riêng", "replaced_by": "0" * 12}
        )
        work.commit()

    reply = get(site, f"/api/verify/{serials(site)[0]}")

    assert (reply.json["status"], reply.json["reason"], reply.json["successor"]) == ("withdrawn", "", "")


def test_a_sample_is_worth_nothing(app: Flask) -> None:
    open_contest(app)
    finisher(app)

    reply = get(app, f"/api/verify/{serials(app)[0]}")

    assert reply.json["status"] == "sample"
    assert reply.json["facts"][-1]["name"] == "sample"
    described(app, reply, "/api/verify/{serial}")


@pytest.mark.parametrize("serial", ["000000000000", "abc", "%00", "A" * 3000])
def test_an_unknown_serial_is_not_found(app: Flask, serial: str) -> None:
    reply = get(app, f"/api/verify/{serial}")

    assert (reply.status_code, reply.json["code"]) == (404, "not-found")
    described(app, reply, "/api/verify/{serial}")


def test_verifying_by_page_and_by_api_is_one_limit(app: Flask) -> None:
    client = app.test_client()
    for _ in range(600):
        assert client.get("/verify/000000000000").status_code == 404
        assert client.get("/api/verify/000000000000").status_code == 404

    reply = client.get("/api/verify/000000000000?lang=en")

    assert reply.status_code == 429
    assert reply.json == {"code": "too-many-tries", "message": "There were too many tries in a few minutes."}
    assert client.get("/verify/000000000000").status_code == 429
    assert client.get("/api/topics").status_code == 200
    described(app, reply, "/api/verify/{serial}")


# -- the document


def test_the_document_describes_every_address_and_no_other(app: Flask) -> None:
    document: Json = get(app, "/api/openapi.json").json

    known = {
        re.sub("<(.*?)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules() if "/api/" in rule.rule
    }
    assert document["paths"].keys() == known
    assert document["openapi"] == "3.1.0"
    assert document["info"]["license"]["identifier"] == "CC-BY-4.0"
    assert [server["url"] for server in document["servers"]] == ["http://localhost", "http://localhost/en"]
    for path, methods in document["paths"].items():
        parameters = [each for each in methods["get"]["parameters"] if each.get("in") == "path"]
        assert [f"{{{each['name']}}}" for each in parameters] == re.findall("{.*?}", path)


def test_every_schema_and_every_reference_is_sound(app: Flask) -> None:
    reply = get(app, "/api/openapi.json")
    components = reply.json["components"]

    for schema in components["schemas"].values():
        Draft202012Validator.check_schema(schema)
    named = set(re.findall(r'"\$ref":"#/components/(\w+)/(\w+)"', reply.text))
    assert named == {(kind, name) for kind, found in components.items() for name in found}
    described(app, reply, "/api/openapi.json")


@pytest.mark.parametrize(
    "line",
    [line for code in blocks("docs/api.md", "sh") for line in code.splitlines() if line.startswith("curl ")],
)
def test_the_commands_of_the_document_work(app: Flask, line: str) -> None:
    open_contest(app)
    finisher(app)
    address = shlex.split(line)[1].replace("ABCD-EFGH-2345", serials(app)[0])

    assert get(app, address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_every_address_has_a_command_in_the_document(app: Flask) -> None:
    curls = [line for code in blocks("docs/api.md", "sh") for line in code.splitlines() if "/api/" in line]

    assert len(curls) == len(get(app, "/api/openapi.json").json["paths"])
