"""Ways in which an answer can travel to the server: whole, cut, reset, twice, in drops, not at all."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable

from benchmarks.driver import length

Way = Callable[[int, bytes], list[bytes]]  # port and request to the replies


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=8)


def is_whole(found: bytes) -> bool:
    head, end, body = found.partition(b"\r\n\r\n")
    return bool(end) and len(body) >= length(head)


def receive(link: socket.socket) -> bytes:
    found = b""
    while not is_whole(found):
        piece = link.recv(65536)
        if not piece:
            break
        found += piece
    return found


def whole(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request)
        return [receive(link)]


def cut_before(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request[:40])
    return whole(port, request)


def cut_in_the_body(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request[:-25])
    return whole(port, request)


def cut_when_repeated(port: int, request: bytes) -> list[bytes]:
    """A part of the answer arrives after the whole of it."""
    replies = whole(port, request)
    with connect(port) as link:
        link.sendall(request[:-25])
    time.sleep(0.02)
    return replies


def cut_after(port: int, request: bytes) -> list[bytes]:
    """The answer arrives, the reply does not: the phone sends it again."""
    with connect(port) as link:
        link.sendall(request)
    return whole(port, request)


def reset(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        link.sendall(request)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return whole(port, request)


def twice(port: int, request: bytes) -> list[bytes]:
    with connect(port) as one, connect(port) as other:
        one.sendall(request)
        other.sendall(request)
        return [receive(one), receive(other)]


def dribbled(port: int, request: bytes) -> list[bytes]:
    with connect(port) as link:
        for start in range(0, len(request), 97):
            link.sendall(request[start : start + 97])
            time.sleep(0.004)
        return [receive(link)]


def dropped(port: int, request: bytes) -> list[bytes]:
    return []


WAYS = (cut_before, cut_in_the_body, cut_when_repeated, cut_after, reset, twice, dribbled, dropped)
