"""Customers and agents who never give up: what was not acknowledged is sent again, under the same client id."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.live import Stack
from tests.torture.records import Records, Sent

QUESTIONS = (
    *("在吗", "什么时候发货呀", "寄到新疆要运费吗", "羽绒服怎么洗", "能开发票吗", "快递发哪家", "谢谢"),
    *("这款能便宜点吗", "再少点呗", "有没有优惠券", "我165，110斤穿什么码", "可以退货吗", "收到的衣服有个洞"),
    *("推荐一款羽绒服", "退货运费谁出", "质量怎么样", "好的", "不要了", "那个", "😊"),
)
PRODUCT = "down-light-short"
PATIENCE = 30.0
"""Seconds of one request: longer than any turn, so that only cuts and kills end it."""


class Caller:
    """HTTP that is tried again until the gateway has answered."""

    def __init__(self, url: str, records: Records, chance: random.Random, **options: Any) -> None:
        self.url, self.records, self.chance = url, records, chance
        self.http = httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False, **options)

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        pause = 0.1
        while True:
            try:
                answer = await self.http.request(method, path, **options)
                if answer.status_code == 503 and answer.json()["type"] == "storage-down":
                    self.records.blow("told to try again")
                elif answer.status_code >= 500:
                    self.records.oddities.append(f"{method} {path}: {answer.status_code} {answer.text[:120]}")
                else:
                    return answer
            except httpx.HTTPError:
                pass
            await asyncio.sleep(pause)
            pause = min(2.0, pause * 2)


class Customer(Caller):
    """One browser tab: asks, waits for the answer or does not, listens at a socket that breaks."""

    conversation = token = ""

    async def live(self, until: asyncio.Event) -> None:
        answer = await self.ask("POST", "/api/chat/sessions", json={"context": {"product_id": PRODUCT}})
        opened = answer.json()
        self.conversation, self.token = opened["conversation_id"], opened["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        listening = asyncio.create_task(self._listen(until))
        try:
            while not until.is_set():
                await self._act()
                await _pause(until, self.chance.random() * 1.5)
        finally:
            await listening

    async def _act(self) -> None:
        what = self.chance.random()
        if what < 0.03:
            await self.ask("POST", "/api/chat/human", json={})
        elif what < 0.08:
            await self.ask("POST", "/api/chat/leave-queue", json={})  # 409 where she does not wait
        elif what < 0.25:  # two bubbles, the second before the first is answered
            await asyncio.gather(self._say(), self._say(0.05 + self.chance.random()))
        else:
            await self._say()

    async def _say(self, after: float = 0.0) -> None:
        await asyncio.sleep(after)
        text, client_id = self.chance.choice(QUESTIONS), uuid4().hex
        sent = self.records.new(self.conversation, "customer", client_id, text)
        copies = [self._post(sent)]
        if self.chance.random() < 0.2:
            self.records.blow("doubled")
            copies.append(self._post(sent, self.chance.random() * 2))
        await asyncio.gather(*copies)

    async def _post(self, sent: Sent, after: float = 0.0) -> None:
        await asyncio.sleep(after)
        body = {"text": sent.text, "client_id": sent.client_id}
        answer = await self.ask("POST", "/api/chat/messages", json=body)
        if answer.status_code != 200:
            self.records.oddities.append(f"a message was answered {answer.status_code}: {answer.text[:120]}")
            return
        sent.acknowledge(answer.json()["messages"][0])

    async def _listen(self, until: asyncio.Event) -> None:
        last, address = 0, self.url.replace("http", "ws")
        connections = self.records.events.setdefault(self.conversation, [])
        while not until.is_set():
            heard: list[tuple[int, str]] = []
            connections.append(heard)
            path = f"{address}/api/chat/ws?token={self.token}&after={last}"
            with contextlib.suppress(OSError, WebSocketException, TimeoutError, ValueError):
                async with connect(path, proxy=None, open_timeout=10, close_timeout=1) as socket:
                    while not until.is_set():
                        try:
                            event = json.loads(await asyncio.wait_for(socket.recv(), 1))
                        except TimeoutError:
                            continue
                        if event["type"] == "message":
                            last = event["message"]["seq"]
                            heard.append((last, event["message"]["id"]))
            await _pause(until, 0.3)


class Agent(Caller):
    """Takes whoever waits, answers, gives back or closes; two of them reach for the same chats."""

    def __init__(self, url: str, records: Records, chance: random.Random, login: dict) -> None:
        super().__init__(url, records, chance)
        self._login = login

    async def live(self, until: asyncio.Event) -> None:
        body = {"username": self._login["username"], "password": self._login["password"]}
        await self.ask("POST", "/api/login", json=body)
        while not until.is_set():
            await _pause(until, 1 + self.chance.random() * 3)
            state = self.chance.choice(("queued", "queued", "queued", "bot"))
            listed = (await self.ask("GET", "/api/desk/conversations", params={"state": state})).json()
            if listed and (state == "queued" or self.chance.random() < 0.2):  # now and then she steps in
                await self._help(self.chance.choice(listed)["id"], until)

    async def _help(self, conversation: str, until: asyncio.Event) -> None:
        path = f"/api/desk/conversations/{conversation}"
        if (await self.ask("POST", f"{path}/take", json={})).status_code != 200:
            return
        for _ in range(self.chance.randint(0, 2)):
            await _pause(until, self.chance.random())
            sent = self.records.new(conversation, "agent", uuid4().hex, "您好，我来帮您看看")
            body = {"text": sent.text, "client_id": sent.client_id}
            answer = await self.ask("POST", f"{path}/messages", json=body)
            sent.was_refused = answer.status_code != 200
            if not sent.was_refused:
                sent.acknowledge(answer.json()["message"])
        end = self.chance.choice(("return", "return", "return", "close", "close", "transfer"))
        body = {"agent": "aqing"} if end == "transfer" else {}
        await self.ask("POST", f"{path}/{end}", json=body)


def crowd(stack: Stack, url: str, records: Records, chance: random.Random, size: int) -> list[Caller]:
    people: list[Caller] = [Customer(url, records, random.Random(chance.random())) for _ in range(size)]
    logins = [stack.logins[name] for name in ("xiaolin", "aqing")]
    return people + [Agent(url, records, random.Random(chance.random()), login) for login in logins]


async def _pause(until: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(until.wait(), seconds)
