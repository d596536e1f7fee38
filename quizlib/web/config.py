"""Settings of one instance, read from the environment, each with an honest error for a bad value."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from quizlib.errors import ContentError, Fault, fault

DEFAULTS = {
    "QUIZLIB_DATA": "quizlib-data",
    "DATABASE_URL": "",
    "QUIZLIB_ADDRESS": "",
    "QUIZLIB_PROXIES": "0",
    "QUIZLIB_LIMITS": "memory://",
    "QUIZLIB_PRODUCTION": "0",
    "QUIZLIB_METRICS": "",
    "QUIZLIB_LOG": "0",
    "QUIZLIB_BUSY": "64",
    "QUIZLIB_POOL": "8",
}

LEAST_TOKEN = 16  # characters that cannot be guessed


@dataclass(frozen=True, slots=True)
class Settings:
    """``address`` is the public base address, empty when only known from the request.

    ``metrics`` is the token that reads the figures, ``log`` whether each request is told on stderr, ``busy``
    how many requests wait in a process at most, ``pool`` how many are worked on at once, each with
    a connection to the database.
    ``owner`` is empty until somebody has set the site up as their own: until then everything is a sample.
    """

    data: Path
    database: str
    address: str
    proxies: int
    limits: str
    production: bool
    metrics: str
    log: bool
    busy: int
    pool: int
    secret: bytes
    owner: str

    @property
    def is_sample(self) -> bool:
        return not self.owner


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Raises ``ContentError`` that names every bad setting. Makes the data folder and, once, the secret."""
    values = DEFAULTS | {name: environment[name] for name in DEFAULTS if environment.get(name)}
    faults = list(setting_faults(values))
    if faults:
        raise ContentError(faults)
    data = Path(values["QUIZLIB_DATA"]).absolute()
    data.mkdir(parents=True, exist_ok=True)
    production = values["QUIZLIB_PRODUCTION"] == "1"
    return Settings(
        data=data,
        database=driver(values["DATABASE_URL"]) or f"sqlite:///{data / 'quizlib.db'}",
        address=values["QUIZLIB_ADDRESS"].rstrip("/"),
        proxies=int(values["QUIZLIB_PROXIES"]),
        limits=values["QUIZLIB_LIMITS"].replace("redis", "valkey", 1),  # one client speaks to both
        production=production,
        metrics=values["QUIZLIB_METRICS"],
        log=values["QUIZLIB_LOG"] == "1",
        busy=int(values["QUIZLIB_BUSY"]),
        pool=int(values["QUIZLIB_POOL"]),
        secret=read_secret(data, production),
        owner=read_owner(data),
    )


def setting_faults(values: Mapping[str, str]) -> list[Fault]:
    database, address = values["DATABASE_URL"], urlsplit(values["QUIZLIB_ADDRESS"])
    wrong = {
        "DATABASE_URL": database and not database.startswith(("postgres", "sqlite")),
        "QUIZLIB_ADDRESS": values["QUIZLIB_ADDRESS"] and not is_web_address(address),
        "QUIZLIB_PROXIES": not values["QUIZLIB_PROXIES"].isdecimal(),
        "QUIZLIB_LIMITS": not re.match("memory://$|(redis|valkey)s?://.", values["QUIZLIB_LIMITS"]),
        "QUIZLIB_PRODUCTION": values["QUIZLIB_PRODUCTION"] not in ("0", "1"),
        "QUIZLIB_METRICS": 0 < len(values["QUIZLIB_METRICS"]) < LEAST_TOKEN,
        "QUIZLIB_LOG": values["QUIZLIB_LOG"] not in ("0", "1"),
        "QUIZLIB_BUSY": not re.fullmatch("[1-9][0-9]{0,3}", values["QUIZLIB_BUSY"]),
        "QUIZLIB_POOL": not re.fullmatch("[1-9][0-9]{0,2}", values["QUIZLIB_POOL"]),
    }
    return [fault("environment", "", name, f"bad-{name}") for name, is_wrong in wrong.items() if is_wrong]


def is_web_address(address: SplitResult) -> bool:
    return address.scheme in ("http", "https") and bool(address.netloc) and not address.query


def driver(url: str) -> str:
    """The database address with the one PostgreSQL driver we use."""
    scheme, colon, rest = url.partition("://")
    return f"postgresql+psycopg{colon}{rest}" if scheme in ("postgres", "postgresql") else url


def read_secret(data: Path, production: bool) -> bytes:
    """The instance's secret key; made once, but never silently in production."""
    file = data / "secret-key"
    if not file.exists():
        if production:
            raise ContentError([fault("environment", "", "QUIZLIB_DATA", "no-secret", file=file)])
        make_secret(data)
    found = file.read_text("ascii", errors="replace").strip()
    if not re.fullmatch("[0-9a-f]{64}", found):
        raise ContentError([fault("environment", "", "QUIZLIB_DATA", "bad-secret", file=file)])
    return bytes.fromhex(found)


def make_secret(data: Path) -> None:
    """A new key that only this user can read; never over an old one."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "secret-key"
    if file.exists():
        raise ContentError([fault("environment", "", "QUIZLIB_DATA", "key-exists", file=file)])
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(secrets.token_hex(32), "ascii")


def write_owner(data: Path, name: str) -> None:
    """From now on the site is this owner's own, and no longer a sample."""
    (data / "owner").write_text(name, "utf-8")


def read_owner(data: Path) -> str:
    file = data / "owner"
    return file.read_text("utf-8").strip() if file.exists() else ""
