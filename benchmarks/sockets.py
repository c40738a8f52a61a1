"""From the customer's Enter to her message on her page, stored, beside a bare websocket echo in the same run."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from statistics import median

import httpx
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.turns import percentile

MESSAGES = 60


async def measure(url: str) -> dict[str, dict[str, float]]:
    """p50 and p99 in milliseconds of both, one message after the other, in turn."""

    async def echo(socket: ServerConnection) -> None:
        async for message in socket:
            await socket.send(message)

    taken: dict[str, list[float]] = {"ours, stored": [], "bare echo": []}
    async with (
        serve(echo, "127.0.0.1", 0) as server,
        httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client,
    ):
        port = server.sockets[0].getsockname()[1]
        token = (await client.post("/api/chat/sessions", json={})).raise_for_status().json()["token"]
        address = f"{url.replace('http', 'ws', 1)}/api/chat/ws?token={token}"
        async with connect(f"ws://127.0.0.1:{port}") as bare, connect(address, origin=url) as page:
            for _ in range(MESSAGES):
                started = time.perf_counter()
                await bare.send("在吗")
                await bare.recv()
                taken["bare echo"].append((time.perf_counter() - started) * 1000)
                taken["ours, stored"].append(await _stored(client, page, token))
    return {name: {"p50": median(each), "p99": percentile(each, 0.99)} for name, each in taken.items()}


async def _stored(client: httpx.AsyncClient, page, token: str) -> float:
    """Milliseconds until the page hears of the message; its answer is waited for, but not counted."""
    name = uuid.uuid4().hex
    started = time.perf_counter()
    sending = asyncio.create_task(
        client.post(
            "/api/chat/messages",
            json={"text": "什么时候发货呀", "client_id": name},
            headers={"Authorization": f"Bearer {token}"},
        )
    )
    while True:
        event = json.loads(await page.recv())
        if event["type"] == "message" and event["message"].get("client_id") == name:
            break
    taken = (time.perf_counter() - started) * 1000
    (await sending).raise_for_status()
    return taken
