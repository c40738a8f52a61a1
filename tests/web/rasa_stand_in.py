"""A stand-in for Rasa and the action server that speaks the channel contract over real HTTP.

What it answers depends on the text, so that tests need not share state: see `SCRIPT` and `_misbehave`.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import uvicorn

from tests.live import free_port
from tests.servers import wait_until

SIZE_BUTTONS = [{"title": "就要 M", "payload": '/inform{"size":"M"}'}]
REMEDIES = {
    "type": "remedies",
    "order_id": "1",
    "options": [
        {"kind": "partial_refund", "title": "退 20 元", "payload": '/inform{"remedy":"partial_refund"}'}
    ],
}
SCRIPT: dict[str, dict[str, Any]] = {
    "穿什么码": {"replies": [{"text": "建议 M 码", "buttons": SIZE_BUTTONS}], "slots": {"size": "M"}},
    "拉链坏了": {"replies": [{"text": "两个办法，您选一个", "card": REMEDIES}]},
    "转人工": {
        "replies": [{"text": "这就为您转接"}],
        "effects": [
            {"effect": "handoff", "reason": "requested", "priority": 50, "summary": ["原因：客户要求人工"]}
        ],
    },
    "过敏了": {
        "replies": [{"text": "马上请专人处理"}],
        "effects": [
            {"effect": "handoff", "reason": "safety_or_legal", "priority": 100, "summary": ["原因：安全"]}
        ],
    },
    "补发纽扣": {
        "replies": [{"text": "好的，周一补发"}],
        "effects": [
            {"effect": "promise", "text": "补发纽扣", "due": "2026-11-23T18:00:00+08:00"},
            {"effect": "tag", "text": "补发"},
            {"effect": "rating"},
        ],
    },
}


class ScriptedRasa:
    """Runs in a thread; `start` and `stop` may be called again and again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.turns: list[dict[str, Any]] = []
        self.handbacks: list[dict[str, Any]] = []
        self.is_failing = False
        """Healthy by its own account, but every turn is a 500."""
        self.secret: str | None = None
        """The bearer of the last call."""
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        config = uvicorn.Config(
            self._app, port=self.port, log_level="critical", lifespan="off", interface="asgi3"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        wait_until(lambda: self._server.started, "the scripted Rasa", 10)

    def stop(self) -> None:
        """From now on nobody listens; open requests are cut."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)

    def said(self, conversation_id: str) -> list[str]:
        """Texts and payloads that reached the dialogue."""
        mine = [turn for turn in self.turns if turn["conversation_id"] == conversation_id]
        return [turn.get("payload") or turn["text"] for turn in mine]

    async def _app(self, scope: dict, receive: Callable, send: Callable) -> None:
        path = scope["path"]
        if path.endswith("/health"):
            return await _answer(send, 200, {"status": "ok"})
        self.secret = dict(scope["headers"]).get(b"authorization", b"").decode()
        body = json.loads(await _body(receive))
        if path == "/webhooks/xiaoer/handback":
            self.handbacks.append(body)
            return await _answer(send, 200, {"slots": {}})
        self.turns.append(body)
        if self.is_failing:
            return await _answer(send, 500, {"error": "KeyError"})
        await self._turn(body, send)

    async def _turn(self, body: dict[str, Any], send: Callable) -> None:
        text = body.get("payload") or body["text"]
        if text.startswith("慢"):
            await asyncio.sleep(5)
        elif text.startswith("等一下"):
            await asyncio.sleep(0.3)
        elif text.startswith("忘了") and "missed" not in body:
            return await _answer(send, 409, {"error": "behind"})
        elif text.startswith("出错"):
            return await _answer(send, 500, {"error": "KeyError"})
        elif text.startswith("不说话"):
            return await _answer(send, 200, {"replies": [], "effects": [], "parse": {}, "slots": {}})
        elif text.startswith("乱码"):
            return await _answer(send, 200, "<html>")
        elif text.startswith("断线"):
            return await _cut_off(send)
        script = SCRIPT.get(text, {"replies": [{"text": f"收到：{text}"}]})
        parse = {"intent": {"name": "ask_size", "confidence": 0.93}, "ranking": [], "entities": []}
        await _answer(send, 200, {"effects": [], "parse": parse, "slots": {}, **script})


async def _body(receive: Callable) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def _answer(send: Callable, status: int, body: Any) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    content = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    await send({"type": "http.response.body", "body": content.encode()})


async def _cut_off(send: Callable) -> None:
    """As if killed in the middle of its answer."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"replies": [', "more_body": True})
    raise ConnectionAbortedError
