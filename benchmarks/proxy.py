"""A small proxy before several hosts, as docs/running.md sets up a large one: another when one is silent.

It speaks as much HTTP as contestants and hosts do: requests and replies that tell their length.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from contextlib import suppress
from itertools import count

CONNECT, READ, AWAY = 2, 15, 5  # seconds: to be there, to answer, to be left alone after a failure
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CLAIMED = re.compile(rb"\r\nx-forwarded-for:[^\r]*", re.IGNORECASE)
SILENT = "does not answer"
NOBODY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
Link = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Hosts:
    """Each in turn; those that failed lately only when no other answers."""

    def __init__(self, ports: list[int]) -> None:
        self.ports, self.turns = ports, count()
        self.away_until = dict.fromkeys(ports, 0.0)
        self.kept: dict[int, list[Link]] = {port: [] for port in ports}

    def in_order(self) -> list[int]:
        first, now = next(self.turns) % len(self.ports), time.monotonic()
        turned = self.ports[first:] + self.ports[:first]
        return sorted(turned, key=lambda port: self.away_until[port] > now)

    async def ask(self, request: bytes) -> bytes:
        """A form may be sent twice without harm, so the next host is asked whatever became of it."""
        for port in self.in_order():
            try:
                return await self.exchange(port, request)
            except (OSError, EOFError):
                self.away_until[port] = time.monotonic() + AWAY
                print(port, SILENT, flush=True)
        return NOBODY

    async def exchange(self, port: int, request: bytes) -> bytes:
        kept = self.kept[port]
        while kept and kept[-1][0].at_eof():  # closed by the host, which had no work for it
            kept.pop()[1].close()
        link = kept.pop() if kept else await self.connected(port)
        try:
            link[1].write(request)
            reply = await asyncio.wait_for(message(link[0]), READ)
        except BaseException:
            link[1].close()
            raise
        kept.append(link)
        return reply

    async def connected(self, port: int) -> Link:
        return await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), CONNECT)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        who = writer.get_extra_info("peername")[0].encode()
        with suppress(OSError, EOFError):
            while True:
                request = CLAIMED.sub(b"", await message(reader), 1)
                writer.write(
                    await self.ask(request.replace(b"\r\n", b"\r\nX-Forwarded-For: " + who + b"\r\n", 1))
                )
                await writer.drain()
        writer.close()


async def message(reader: asyncio.StreamReader) -> bytes:
    """A whole request or reply."""
    head = await reader.readuntil(b"\r\n\r\n")
    told = LENGTH.search(head)
    return head + await reader.readexactly(int(told[1]) if told else 0)


async def main(port: int, *hosts: int) -> None:
    server = await asyncio.start_server(Hosts(list(hosts)).serve, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
