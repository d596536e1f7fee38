"""A load driver in one process: keeps a number of connections busy with requests made beforehand."""

from __future__ import annotations

import gzip
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 32
PATIENCE = 60  # seconds without any reply until the server counts as dead


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    location: str
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Run:
    """One burst: the replies in the order of the requests, seconds of each, of all, and the driver's own."""

    replies: list[Reply]
    latencies: list[float]
    seconds: float
    own_cpu: float


def get(path: str, who: int = 0) -> bytes:
    return head("GET", path, who).encode() + b"\r\n"


def post(path: str, body: str, who: int = 0) -> bytes:
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"{head('POST', path, who)}{kind}\r\n{body}".encode()


def head(method: str, path: str, who: int) -> str:
    """As from a proxy: every contestant comes from another address."""
    address = f"198.{18 + who // 62500 % 2}.{who // 250 % 250}.{1 + who % 250}"
    words = f"Host: bench\r\nAccept-Encoding: gzip\r\nX-Forwarded-For: {address}\r\n"
    return f"{method} {path} HTTP/1.1\r\n{words}"


class Connection:
    """One kept connection, and the request whose reply it waits for."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number, self.began, self.seen, self.whole = 0, 0.0, b"", 0

    def send(self, number: int, request: bytes) -> None:
        self.number, self.seen, self.whole = number, b"", 0
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """True once the reply is complete."""
        read = self.socket.recv(262144)
        if not read:
            raise ConnectionError("the server closed a connection")
        self.seen += read
        if not self.whole:
            end = self.seen.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.whole = end + 4 + length(self.seen[:end])
        return len(self.seen) >= self.whole


def length(head: bytes) -> int:
    at = head.lower().find(b"\r\ncontent-length:")
    if at < 0:
        raise ValueError(f"a reply without a length: {head!r}")
    return int(head[at + 17 :].split(b"\r\n", 1)[0])


def run(base: str, requests: Sequence[bytes], connections: int = CONNECTIONS) -> Run:
    """Send every request once, in order, always with as many under way as there are connections."""
    place = urlsplit(base)
    opened = [
        Connection(place.hostname or "", place.port or 80) for _ in range(min(connections, len(requests)))
    ]
    by_number = {each.socket.fileno(): each for each in opened}
    poll = select.epoll()
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    raw: list[bytes] = [b""] * len(requests)
    latencies = [0.0] * len(requests)
    cpu, began = time.process_time(), time.perf_counter()
    for number, each in enumerate(opened):
        each.send(number, requests[number])
    following, missing = len(opened), len(requests)
    while missing:
        ready = poll.poll(PATIENCE)
        if not ready:
            raise TimeoutError("the server does not answer")
        for file, _ in ready:
            each = by_number[file]
            if not each.receive():
                continue
            latencies[each.number] = time.perf_counter() - each.began
            raw[each.number] = each.seen
            missing -= 1
            if following < len(requests):
                each.send(following, requests[following])
                following += 1
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    poll.close()
    for each in opened:
        each.socket.close()
    return Run([parsed(each) for each in raw], latencies, seconds, own)


def parsed(raw: bytes) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Reply(int(lines[0].split()[1]), headers.get("location", ""), body)
