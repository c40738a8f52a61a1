"""The pages of `scale_widgets`, all in this process: reads a task a line from stdin, answers a line of JSON each.

`python -m benchmarks.widget_crowd URL AGENT_COOKIE DATABASE`
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections import defaultdict
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.processes import raise_file_limit
from benchmarks.turns import percentile
from bot.desk.conversations import Context, Customer, Draft
from bot.desk.desk import open_desk
from bot.desk.ownership import Speaker

OPENING = 32
"""Pages that knock at the same time."""
PATIENCE = 60.0
"""Seconds for a hello, and for the last event of a message."""


class Page:
    """One socket that is read for ever; `heard` is told every message on it."""

    def __init__(self, address: str, crowd: Crowd, **options: Any) -> None:
        self._address, self._crowd, self._options = address, crowd, options
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self.last = 0

    async def open(self) -> bool:
        """True when the server says that the page goes on where it stopped, from memory or from the store."""
        address = self._address.replace("AFTER", str(self.last))
        # As a browser does: it offers compression. No pings of our own; the server sends its.
        self._socket = await connect(
            address,
            origin=self._crowd.url,
            proxy=None,
            ping_interval=None,
            open_timeout=PATIENCE,
            **self._options,
        )
        async with asyncio.timeout(PATIENCE):
            hello = json.loads(await self._socket.recv())
        self._reading = asyncio.create_task(self._read(self._socket))
        return bool(hello.get("recovered", True))

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            event = json.loads(text)
            if event["type"] == "message":
                message = event["message"]
                self.last = message["seq"]
                if client_id := message.get("client_id"):
                    self._crowd.hear("desk" if "conversation_id" in event else "page", client_id)

    def cut(self) -> None:
        """As when the network goes: no farewell."""
        if self._reading and self._socket:
            self._reading.cancel()
            self._socket.transport.abort()


class Crowd:
    def __init__(self, url: str, cookie: str, database: str) -> None:
        self.url, self._cookie = url, cookie
        self._desk = open_desk(database)
        self._sockets = url.replace("http", "ws", 1)
        self._http = httpx.AsyncClient(
            base_url=url, timeout=PATIENCE, trust_env=False, limits=httpx.Limits(max_connections=OPENING)
        )
        self._pages: list[Page] = []
        self._desks: list[Page] = []
        self._writers: list[str] = []
        self._sent: dict[str, float] = {}
        self._delays: dict[str, list[float]] = defaultdict(list)
        self._knocking = asyncio.Semaphore(OPENING)

    def hear(self, where: str, client_id: str) -> None:
        if client_id in self._sent:
            self._delays[where].append((time.perf_counter() - self._sent[client_id]) * 1000)

    async def writers(self, count: int) -> dict[str, float]:
        """Chats that wait for a person, with an open page each; of these the messages will be."""
        for _ in range(count):
            token = await self._chat()
            headers = {"Authorization": f"Bearer {token}"}
            (await self._http.post("/api/chat/human", json={}, headers=headers)).raise_for_status()
            self._writers.append(token)
            await self._opened(Page(self._address(token), self))
        return {}

    async def widgets(self, count: int) -> dict[str, float]:
        """As many open pages as `count`, each of a chat of its own; `opened` of them now."""
        fresh = [
            Page(self._address(await self._chat()), self) for _ in range(max(0, count - len(self._pages)))
        ]
        started = time.perf_counter()
        await asyncio.gather(*(self._opened(page) for page in fresh))
        self._pages += fresh
        return {"opened": len(fresh), "seconds": time.perf_counter() - started}

    async def desks(self, count: int) -> dict[str, float]:
        for page in self._desks[count:]:
            page.cut()
        del self._desks[count:]
        options = {"additional_headers": {"Cookie": self._cookie}}
        for _ in range(count - len(self._desks)):
            page = Page(f"{self._sockets}/api/desk/ws", self, **options)
            await page.open()
            self._desks.append(page)
        await asyncio.sleep(2)
        return {}

    async def come_back(self) -> dict[str, float]:
        """All pages are cut at once and come back at once."""
        for page in self._pages:
            page.cut()
        started = time.perf_counter()
        recovered = await asyncio.gather(*(self._opened(page) for page in self._pages))
        return {"seconds": time.perf_counter() - started, "recovered": sum(recovered) / len(recovered)}

    async def write(self, count: int, a_second: float) -> dict[str, float]:
        """Milliseconds from Enter until a page has the message: the customer's own, and the desks."""
        self._delays.clear()
        started = time.perf_counter()
        sending = []
        for number in range(count):
            await asyncio.sleep(max(0.0, started + number / a_second - time.perf_counter()))
            sending.append(asyncio.create_task(self._say(self._writers[number % len(self._writers)])))
        answers = await asyncio.gather(*sending)
        taken = time.perf_counter() - started
        wanted = {"page": count, "desk": count * len(self._desks)}
        until = time.perf_counter() + PATIENCE
        while time.perf_counter() < until and any(len(self._delays[w]) < n for w, n in wanted.items()):  # noqa: ASYNC110 - told by many pages
            await asyncio.sleep(0.1)
        figures = {"seconds": taken, "stored p50, ms": percentile(answers, 0.5)}
        for where, number in wanted.items():
            delays = self._delays[where]
            figures[f"{where}s told"] = len(delays) / number
            figures |= {f"{where} p{p}, ms": percentile(delays, p / 100) for p in (50, 99)}
        return figures

    async def _say(self, token: str) -> float:
        name = uuid.uuid4().hex
        body, headers = {"text": "我还在等", "client_id": name}, {"Authorization": f"Bearer {token}"}
        self._sent[name] = started = time.perf_counter()
        while True:  # a page sends again, under the same name
            try:
                (await self._http.post("/api/chat/messages", json=body, headers=headers)).raise_for_status()
                break
            except httpx.TransportError:
                await asyncio.sleep(0.5)
        return (time.perf_counter() - started) * 1000

    async def _chat(self) -> str:
        """A chat as the gateway begins one, put into its store: beginning ten thousand is not what is measured."""
        open_chat = self._desk.conversations.open
        customer = Customer(f"guest-{uuid.uuid4().hex}", "")
        greeting = Draft(Speaker.BOT, "小二", "在的，想看点什么？")
        _, token = await asyncio.to_thread(open_chat, customer, Context(), [greeting])
        return token

    def _address(self, token: str) -> str:
        return f"{self._sockets}/api/chat/ws?token={token}&after=AFTER"

    async def _opened(self, page: Page) -> bool:
        """Tries again as a page does: a server that is asked by thousands at once may let some wait too long."""
        while True:
            try:
                async with self._knocking:
                    return await page.open()
            except (OSError, TimeoutError, WebSocketException):
                await asyncio.sleep(0.5)


async def main() -> None:
    raise_file_limit()
    crowd = Crowd(*sys.argv[1:4])
    tasks = {
        "writers": crowd.writers,
        "widgets": crowd.widgets,
        "desks": crowd.desks,
        "return": crowd.come_back,
        "write": crowd.write,
    }
    while line := await asyncio.to_thread(sys.stdin.readline):
        task = json.loads(line)
        answer = await tasks[task.pop("do")](**task)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
