"""Before marking, nothing that a browser receives depends on keys, rationales, verdicts or clues."""

from __future__ import annotations

import copy
from pathlib import Path

from flask import Flask

from quizlib.web import tokens
from quizlib.web.store import work
from quizlib.web.tables import Round, db
from tests.web.conftest import Application
from tests.web.contest import CODE, bank_document, open_contest, set_secret
from tests.web.contestant import Contestant

SECRET = "TUYỆT MẬT"


def other_secrets() -> dict[str, object]:
    """The same bank with every key, rationale, explanation, verdict and clue another one."""
    document = copy.deepcopy(bank_document())
    for topic in document["topics"].values():
        for item in topic["item"]:
            item["explanation"] = SECRET
            item["verdict"] = "scam"
            item["key"] = {"choice": ["b"], "multiple": ["b", "d"], "order": ["c", "a", "b"]}.get(
                item["kind"], ["42"]
            )
            for option in item.get("option") or ():
                option["rationale"] = SECRET
            for clue in item.get("clue", ()):
                clue["text"] = SECRET
    for topic in document["overlays"]["en"]["topics"].values():
        for texts in topic["items"].values():
            texts["explanation"] = SECRET
            texts["rationales"] = dict.fromkeys(texts.get("rationales", {}), SECRET)
            if "clues" in texts:
                texts["clues"] = dict.fromkeys(texts["clues"], SECRET)
    return document


def seen(app: Flask, questions: dict[str, object]) -> list[bytes]:
    """Every page of a contestant up to the submission, with scripts and without, in both languages."""
    open_contest(app, questions)
    with app.app_context():
        db.session.query(Round).update({"secret": b"s" * 32})
        work.commit()
    person = Contestant(app)
    pages = [person.open(address) for address in (f"/contests/{CODE}", f"/contests/{CODE}/rules")]
    person.enter(entry=fixed_entry(app))
    pages.append(person.page)
    person.start()
    for address in (f"{prefix}{person.attempt}" for prefix in ("", "/en")):
        pages += [person.open(f"{address}{page}") for page in ("", "/1", "/2", "/3", "/4", "/review")]
    return [page.body for page in pages]


def fixed_entry(app: Flask) -> str:
    """The same entry in both instances, signed as its form would be."""
    return tokens.sign(app.config["SETTINGS"].secret, "entry", "abcdefghijklmnop")


def test_two_banks_that_differ_only_in_their_secrets_give_the_same_bytes(
    make_app: Application, data: Path, tmp_path: Path
) -> None:
    shown = []
    for name, questions in (("one", bank_document()), ("two", other_secrets())):
        folder = tmp_path / name
        set_secret(folder)
        app = make_app(QUIZLIB_DATA=folder, DATABASE_URL=f"sqlite:///{folder / 'own.db'}")
        with app.app_context():
            db.metadata.create_all(db.engine)
        shown.append(seen(app, questions))

    first, second = shown

    assert len(first) > 12
    assert first == second
    assert all(SECRET.encode() not in body for body in second)
