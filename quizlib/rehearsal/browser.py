"""One phone of the crowd: plain HTTP over a kept connection, to the one host that was proved."""

from __future__ import annotations

import sys
import time
import zlib
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

PATIENCE = 60  # seconds that somebody waits for a page
TRIES = 6  # of somebody whom the server asks to come again


class Failed(Exception):
    """What somebody would see instead of the page."""


@dataclass
class Figures:
    """What happened, in lists that many threads can add to: (moment, seconds waited) by kind of request,
    what somebody saw instead of a page, seconds that the server asked for, answers it no longer knew."""

    waits: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    told_to_wait: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Browser:
    """``proof`` goes with every request, so that a crowd is not taken for a flood."""

    def __init__(self, base: SplitResult, proof: str, figures: Figures, number: int) -> None:
        self.figures, self.number, self.address = figures, number, ""
        self.headers = {"Accept-Encoding": "gzip", "Quizlib-Rehearsal": proof}
        kind, own = HTTPSConnection if base.scheme == "https" else HTTPConnection, None
        if (
            sys.platform == "linux" and is_loopback(base) and not proof
        ):  # everybody has an address, as outside
            own = (f"127.1.{number // 250 % 250}.{1 + number % 250}", 0)
        self.connection = kind(base.netloc, timeout=PATIENCE, source_address=own)

    def open(self, path: str, kind: str = "page", body: str | None = None) -> str:
        """The text of the page that it leads to, which is then the address."""
        for _ in range(TRIES):
            began = time.perf_counter()
            status, pause, place, text = self.exchange(path, body)
            if status not in (429, 503) or not pause.isdecimal():
                self.figures.waits.setdefault(kind, []).append((began, time.perf_counter() - began))
                break
            self.figures.told_to_wait.append(int(pause))
            time.sleep(min(PATIENCE, int(pause)))
        if status in (302, 303):
            return self.open(urlsplit(place)._replace(scheme="", netloc="", fragment="").geturl())
        if status != 200:
            raise Failed(f"{kind}: {status}")
        self.address = path
        return text

    def exchange(self, path: str, body: str | None) -> tuple[int, str, str, str]:
        """Status, Retry-After, Location, text. What arrives twice is kept once, so a break is tried again."""
        form = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
        for is_last in (False, True):
            try:
                self.connection.request("GET" if body is None else "POST", path, body, self.headers | form)
                reply = self.connection.getresponse()
                read = reply.read()
                break
            except (OSError, HTTPException) as error:
                self.connection.close()
                if is_last:
                    raise Failed(type(error).__name__) from error
        if reply.headers.get("Content-Encoding") == "gzip":
            read = zlib.decompress(read, 31)
        told = [reply.headers.get(name, "") for name in ("Retry-After", "Location")]
        return reply.status, told[0], told[1], read.decode()


def is_loopback(base: SplitResult) -> bool:
    """By name or number; no other name is looked up."""
    try:
        return base.hostname == "localhost" or ip_address(base.hostname or "").is_loopback
    except ValueError:
        return False
