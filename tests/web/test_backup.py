"""Backup and restore: whole or not at all, from one database to the other, also from an older version."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import downgrade, upgrade

from quizlib.web.app import migrations
from quizlib.web.store import reports, revisions, work
from quizlib.web.tables import Answer, Attempt, Entry, Report, Round, db
from tests.web.conftest import Application
from tests.web.contest import (
    MAX_POINTS,
    OPENS,
    RIGHT,
    Clock,
    both_databases,
    close_round,
    count,
    open_contest,
    publish_round,
    rows,
)
from tests.web.contestant import Contestant, finisher

TABLES = [mapper.class_ for mapper in db.Model.registry.mappers]
Empty = Callable[[str], Flask]


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def elsewhere(
    make_app: Application, request: pytest.FixtureRequest, tmp_path: Path, data: Path
) -> Iterator[Empty]:
    """Another, empty site on that sort of database, with the secret key of the first."""
    made = []

    def make(sort: str) -> Flask:
        address, forget = request.getfixturevalue(f"{sort}_copies")()
        made.append(forget)
        folder = tmp_path / f"elsewhere-{len(made)}"
        folder.mkdir()
        shutil.copy(data / "secret-key", folder)
        return make_app(DATABASE_URL=address, QUIZLIB_DATA=folder)

    yield make
    for app_gone in made:
        app_gone()


def everything(app: Flask) -> dict[str, list[dict[str, object]]]:
    return {table.__tablename__: rows(app, table) for table in TABLES}


@contextmanager
def changed(file: Path) -> Iterator[dict[str, bytes]]:
    """The members of a backup, to be changed."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    yield members
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)


@pytest.fixture
def lived(app: Flask, clock: Clock, tmp_path: Path) -> Path:
    """The backup of a site with a past: answers, outcomes, certificates, standings, a report, a warning."""
    open_contest(app)
    finisher(app)
    finisher(app, {}, name="Trần Đình Đắc")
    with app.app_context():
        reports.keep(reports.Report("r" * 16, "Một “chiêu” mới\n", "zalo", "", "vi", OPENS))
        work.commit()
        (app.config["SETTINGS"].data / "alerts.toml").write_text("", "utf-8")
    close_round(app, clock)
    publish_round(app, clock)
    file = tmp_path / "site.zip"
    result = run(app, "backup", str(file))
    assert result.exit_code == 0, result.output
    return file


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
@both_databases
def test_what_was_saved_comes_back(app: Flask, lived: Path, elsewhere: Empty, to: str) -> None:
    before = everything(app)
    other = elsewhere(to)

    result = run(other, "restore", str(lived))

    assert result.exit_code == 0, result.output
    assert everything(other) == before
    assert result.output == f"{sum(map(len, before.values()))} rows\n"
    assert (other.config["SETTINGS"].data / "alerts.toml").exists()
    assert (other.config["SETTINGS"].data / "sample" / "bank.toml").exists()


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_life_goes_on_after_it(app: Flask, clock: Clock, tmp_path: Path, elsewhere: Empty, to: str) -> None:
    """New rows get numbers of their own, and whoever sat a paper sits it on."""
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    person.answer(RIGHT["choice"])
    run(app, "backup", str(tmp_path / "site.zip"))
    other = elsewhere(to)
    run(other, "restore", str(tmp_path / "site.zip"))
    open_contest(other, code="khac")
    person.client = other.test_client(use_cookies=False)

    person.sit()
    person.submit()

    assert f"{MAX_POINTS}/{MAX_POINTS}" in person.page.text
    assert [row["id"] for row in rows(other, Round)] == [1, 2]


@both_databases
def test_a_backup_is_of_one_moment_while_people_write(app: Flask, tmp_path: Path) -> None:
    """Every entry of it has its consent, though people come in all the time."""
    open_contest(app)
    stop, coming = Event(), iter(range(100_000))

    def come() -> None:
        while not stop.is_set():
            with app.app_context():
                db.session.execute(db.text(f"INSERT INTO frozen VALUES ('{next(coming)}', '', '2026-11-02')"))
                work.commit()

    writer = Thread(target=come)
    writer.start()
    try:
        files = [tmp_path / f"{number}.zip" for number in range(3)]
        said = [run(app, "backup", str(file)) for file in files]
    finally:
        stop.set()
        writer.join()

    assert [result.exit_code for result in said] == [0, 0, 0], said
    for file in files:
        with zipfile.ZipFile(file) as archive:
            known = [json.loads(line)["hash"] for line in archive.open("tables/frozen.jsonl")]
        written = sorted(int(each) for each in known if len(each) < 64)
        assert written == list(range(len(written)))


@both_databases
def test_the_secret_key_is_not_in_it_and_only_its_owner_reads_it(lived: Path, data: Path) -> None:
    secret = (data / "secret-key").read_text()
    with zipfile.ZipFile(lived) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    assert not any("secret-key" in name or ".db" in name for name in members)
    assert not any(secret.encode() in body for body in members.values())
    assert lived.stat().st_mode & 0o777 == 0o600
    assert not list(lived.parent.glob("*.part"))


# -- an upgrade while a round is open


@both_databases
def test_an_open_round_survives_an_upgrade_from_the_first_version(app: Flask) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    person.answer(RIGHT["choice"])
    with app.app_context():
        downgrade(revision="0001")
        upgrade()

    person.sit()
    person.submit()

    assert f"{MAX_POINTS}/{MAX_POINTS}" in person.page.text


FAILING = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "fails", "{newest}", None, None
def upgrade():
    with op.batch_alter_table("entries") as entries:
        entries.drop_column("handed_on")
    op.create_table("half", sa.Column("id", sa.Integer()))
    raise ValueError("in the middle")
"""


@both_databases
def test_an_upgrade_that_fails_leaves_everything_as_it_was(app: Flask, tmp_path: Path) -> None:
    open_contest(app)
    Contestant(app).enter()
    before = everything(app)
    shutil.copytree(migrations(), tmp_path / "migrations")
    with app.app_context():
        text = FAILING.format(newest=revisions.of_code())
        (tmp_path / "migrations" / "versions" / "fails.py").write_text(text)

        with pytest.raises(ValueError, match="in the middle"):
            upgrade(directory=str(tmp_path / "migrations"))
        tables = db.inspect(db.engine).get_table_names()

    assert "half" not in tables
    assert everything(app) == before
    assert Contestant(app).open("/readyz").status == 200


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
@both_databases
def test_a_backup_of_the_first_version_is_brought_up_to_date(
    app: Flask, tmp_path: Path, elsewhere: Empty, to: str
) -> None:
    open_contest(app)
    person = Contestant(app)
    person.enter()
    person.start()
    person.find("choice")
    person.answer(RIGHT["choice"])
    file = tmp_path / "old.zip"
    with app.app_context():
        downgrade(revision="0001")
    assert run(app, "backup", str(file)).exit_code == 0
    other = elsewhere(to)

    result = run(other, "restore", str(file))

    assert result.exit_code == 0, result.output
    assert Contestant(other).open("/readyz").status == 200
    person.client = other.test_client(use_cookies=False)
    person.sit()
    assert f"{MAX_POINTS}/{MAX_POINTS}" in person.submit().text
    assert count(other, Answer) == len(RIGHT)


# -- refusals: nothing is changed


def refusal(app: Flask, file: Path) -> str:
    before = everything(app)
    result = run(app, "restore", str(file))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert everything(app) == before
    return result.output


def test_nothing_is_put_over_what_is_there(app: Flask, lived: Path, elsewhere: Empty) -> None:
    other = elsewhere("sqlite")
    open_contest(other)

    assert "has data already" in refusal(app, lived)
    assert "has data already" in refusal(other, lived)


def test_the_key_has_to_be_the_old_one(lived: Path, make_app: Application, tmp_path: Path) -> None:
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path}/new.db", QUIZLIB_DATA=tmp_path / "new")
    with app.app_context():
        upgrade()

    assert str(tmp_path / "new" / "secret-key") in refusal(app, lived)


@pytest.mark.parametrize("kept", [0, 10, 500, -1])
def test_a_cut_file_is_refused(lived: Path, elsewhere: Empty, kept: int) -> None:
    lived.write_bytes(lived.read_bytes()[:kept])

    assert "not a whole backup" in refusal(elsewhere("sqlite"), lived)


def test_a_changed_byte_is_noticed(lived: Path, elsewhere: Empty) -> None:
    body = bytearray(lived.read_bytes())
    body[len(body) // 3] ^= 1
    lived.write_bytes(body)

    assert "not a whole backup" in refusal(elsewhere("sqlite"), lived)


def test_a_newer_version_s_backup_is_refused(lived: Path, elsewhere: Empty) -> None:
    with changed(lived) as members:
        head = json.loads(members["backup.json"])
        members["backup.json"] = json.dumps(head | {"revision": "9999"}).encode()

    assert "newer version" in refusal(elsewhere("sqlite"), lived)


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_what_fails_in_the_middle_leaves_nothing_behind(lived: Path, elsewhere: Empty, to: str) -> None:
    other = elsewhere(to)
    with changed(lived) as members:
        whole = dict(members)
        members["tables/answers.jsonl"] = b""

    assert "not a whole backup" in refusal(other, lived)
    assert not (other.config["SETTINGS"].data / "alerts.toml").exists()
    assert [count(other, table) for table in (Entry, Attempt, Report)] == [0, 0, 0]
    with changed(lived) as members:
        members.update(whole)
    assert run(other, "restore", str(lived)).exit_code == 0


def test_a_file_that_would_lie_outside_the_folder_does_not(
    lived: Path, elsewhere: Empty, tmp_path: Path
) -> None:
    other = elsewhere("sqlite")
    with changed(lived) as members:
        members["data/../../escaped"] = b""

    run(other, "restore", str(lived))

    assert not list(tmp_path.glob("escaped")) + list(tmp_path.parent.glob("escaped"))
