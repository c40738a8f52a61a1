"""Customers who talk to a server and look at the clock: to our gateway, or to Rasa's REST channel."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

import httpx

QUESTIONS = (
    "在吗",
    "什么时候发货呀",
    "寄到新疆要运费吗",
    "这款偏大还是偏小",
    "羽绒服怎么洗",
    "能开发票吗",
    "快递发哪家",
    "谢谢",
)
"""Ordinary first questions of many topics; one conversation asks them in order."""

Ask = Callable[[httpx.Client, str], None]
"""Sends one message and returns when it is answered."""


@dataclass(frozen=True)
class Server:
    """Somebody to talk to; `open` begins a conversation."""

    name: str
    open: Callable[[httpx.Client], Ask]


def ours(url: str) -> Server:
    """POST /api/chat/messages: stored durably, answered, stored again. The answer has the replies."""

    def begin(client: httpx.Client) -> Ask:
        token = client.post(f"{url}/api/chat/sessions", json={}).raise_for_status().json()["token"]
        headers = {"Authorization": f"Bearer {token}"}

        def ask(client: httpx.Client, text: str) -> None:
            body = {"text": text, "client_id": uuid.uuid4().hex}
            answer = client.post(f"{url}/api/chat/messages", json=body, headers=headers)
            if not answer.raise_for_status().json()["messages"]:
                raise AssertionError(f"{text!r} was not stored")

        return ask

    return Server("ours", begin)


def stock(url: str) -> Server:
    """Rasa's REST channel, which keeps nothing of a message until its turn is over."""

    def begin(client: httpx.Client) -> Ask:
        sender = uuid.uuid4().hex

        def ask(client: httpx.Client, text: str) -> None:
            body = {"sender": sender, "message": text}
            client.post(f"{url}/webhooks/rest/webhook", json=body).raise_for_status()

        return ask

    return Server("default recipe", begin)


def a_client() -> httpx.Client:
    return httpx.Client(timeout=120, trust_env=False)


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def turns(server: Server, conversations: int) -> list[float]:
    """Milliseconds of each turn, one after the other."""
    taken = []
    with a_client() as client:
        for _ in range(conversations):
            ask = server.open(client)
            taken += [milliseconds(lambda ask=ask, text=text: ask(client, text)) for text in QUESTIONS]
    return taken


def rate(server: Server, conversations: int) -> float:
    """Turns a second with that many conversations side by side."""

    def talk(_: int) -> None:
        with a_client() as client:
            ask = server.open(client)
            for text in QUESTIONS:
                ask(client, text)

    with ThreadPoolExecutor(conversations) as pool:
        taken = milliseconds(lambda: list(pool.map(talk, range(conversations))))
    return conversations * len(QUESTIONS) * 1000 / taken


def three_at_once(server: Server) -> float:
    """Milliseconds until three messages of one customer, sent at the same moment, are all answered."""
    with a_client() as client, ThreadPoolExecutor(3) as pool:
        ask = server.open(client)
        ask(client, QUESTIONS[0])
        return milliseconds(lambda: list(pool.map(lambda text: ask(client, text), QUESTIONS[1:4])))


def growing(server: Server, marks: Sequence[int]) -> dict[int, float]:
    """Median milliseconds of the ten turns up to each mark, in one conversation."""
    with a_client() as client:
        ask = server.open(client)
        taken = [
            milliseconds(lambda n=n: ask(client, QUESTIONS[n % len(QUESTIONS)])) for n in range(max(marks))
        ]
    return {mark: median(taken[max(0, mark - 10) : mark]) for mark in marks}
