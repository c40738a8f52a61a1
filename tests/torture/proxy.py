"""A bad network: passes bytes between clients and the gateway, late, and cuts connections in the middle."""

from __future__ import annotations

import asyncio
import contextlib
import random

from tests.torture.records import Records

CUT = 0.04
"""Chance that a connection is cut at a piece of bytes, in either direction."""
LATE, LONGEST_DELAY = 0.1, 0.4


class BadNetwork:
    """Listens on loopback; `is_bad=False` passes everything on at once."""

    def __init__(self, target: int, records: Records, chance: random.Random) -> None:
        self._target, self._records, self._chance = target, records, chance
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Transport] = set()
        self.is_bad = True

    async def start(self) -> str:
        """The address clients are to use."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for transport in tuple(self._open):
            transport.abort()
        await asyncio.sleep(0.1)  # the ends notice

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer.transport, there[1].transport}
        self._open |= ends
        ways = [
            asyncio.ensure_future(self._pass_on(reader, there[1])),
            asyncio.ensure_future(self._pass_on(there[0], writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for end in ends:
                end.abort()
            self._open -= ends

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(65_536):
                if self.is_bad and self._chance.random() < LATE:
                    self._records.blow("delayed")
                    await asyncio.sleep(self._chance.random() * LONGEST_DELAY)
                if self.is_bad and self._chance.random() < CUT:
                    self._records.blow("cut")
                    sink.write(piece[: len(piece) // 2])
                    return
                sink.write(piece)
                await sink.drain()
