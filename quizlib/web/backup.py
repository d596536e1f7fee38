"""The whole site in one file, made while people write, and put back as a whole or not at all."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade

from quizlib.errors import ContentError, fault
from quizlib.web import tokens
from quizlib.web.clock import now
from quizlib.web.config import Settings
from quizlib.web.store import everything, revisions

HEAD = "backup.json"
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError)
LEFT_OUT = re.compile(r"secret-key|.*\.(zip|part)|.*\.db(-wal|-shm|-journal)?")  # of the data folder


def install_backup(app: Flask) -> None:
    @app.cli.command("backup", help="Write every row and the data folder, but not the secret key, to a file.")
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def backup(file: Path) -> None:
        rows = sum(write(file, settings()).values())
        click.echo(f"{file}: {rows} rows. Keep {settings().data / 'secret-key'} too, in another place.")

    @app.cli.command(
        "restore", help="Fill an empty site from such a file; its secret key has to be in place."
    )
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
    def restore(file: Path) -> None:
        try:
            rows = sum(put_back(file, settings()).values())
        except ContentError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{rows} rows")


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def write(file: Path, site: Settings) -> dict[str, int]:
    """How many rows of each table; the file appears when it is whole, and only its owner may read it."""
    part = file.with_name(file.name + ".part")
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive, everything.snapshot() as (at, found):
        counts = {table: write_table(archive, table, lines) for table, lines in found}
        for path in sorted(kept_files(site.data)):
            archive.write(path, f"data/{path.relative_to(site.data)}")
        head = {"made": now().isoformat(), "revision": at, "key": key_mark(site)}
        archive.writestr(HEAD, json.dumps(head | {"rows": counts}))
    part.replace(file)
    return counts


def write_table(archive: zipfile.ZipFile, table: str, lines: Iterator[str]) -> int:
    count = 0
    with archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as out:
        for line in lines:
            out.write(line.encode() + b"\n")
            count += 1
    return count


def kept_files(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file() and not LEFT_OUT.fullmatch(path.name)]


def key_mark(site: Settings) -> str:
    """Tells whether a key is the same, and nothing about it."""
    return tokens.lookup(site.secret, "backup", "key")


def put_back(file: Path, site: Settings) -> dict[str, int]:
    """``ContentError`` for a damaged or newer file, and for a site that is not empty or of another key.

    The tables become those of the backup's migration, are filled in one transaction, and then upgraded.
    """
    head = check(file, site)
    if revisions.of_database():
        downgrade(revision="base")
    upgrade(revision=head["revision"])
    with zipfile.ZipFile(file) as archive, everything.refilled(partial(lines_of, archive)) as counts:
        if counts != head["rows"]:
            raise refused(file, "backup-damaged")
        put_files(archive, site.data)
    upgrade()
    return counts


def lines_of(archive: zipfile.ZipFile, table: str) -> Iterable[bytes]:
    return archive.open(f"tables/{table}.jsonl")


def check(file: Path, site: Settings) -> dict[str, Any]:
    """The head of the file, once nothing speaks against putting it back."""
    try:
        with zipfile.ZipFile(file) as archive:
            damaged = archive.testzip()
            head: dict[str, Any] = json.loads(archive.read(HEAD))
    except DAMAGES as error:
        raise refused(file, "backup-damaged") from error
    wrong = {
        "backup-damaged": damaged is not None,
        "backup-newer": not revisions.is_known(head["revision"]),
        "backup-other-key": head["key"] != key_mark(site),
        "not-empty": not everything.is_empty(),
    }
    for code, is_so in wrong.items():
        if is_so:
            raise refused(file, code, key=site.data / "secret-key")
    return head


def refused(file: Path, code: str, **values: object) -> ContentError:
    return ContentError([fault(str(file), "", "", code, **values)])


def put_files(archive: zipfile.ZipFile, data: Path) -> None:
    with tempfile.TemporaryDirectory(dir=data, suffix=".part") as beside:
        for name in archive.namelist():
            if name.startswith("data/"):
                file = Path(archive.extract(name, beside))
                target = data / file.relative_to(Path(beside) / "data")
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
