"""What both sockets share: small frames, few of them, and an end to both directions at once."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from bot.desk.storage import TROUBLE, complain

REFUSED = 4401
"""Close code: log in or open a session first; trying again is useless."""
TOO_MUCH = 1008
LONGEST_FRAME = 2048
FRAMES_IN_TEN_SECONDS = 50


async def frames(socket: WebSocket) -> AsyncIterator[dict[str, Any]]:
    """The page's JSON objects; closes the socket on a flood, on huge frames and on what is not JSON."""
    started, count = time.monotonic(), 0
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError, RuntimeError):
            return
        if time.monotonic() - started > 10:
            started, count = time.monotonic(), 0
        count += 1
        frame = _parsed(text)
        if frame is None or count > FRAMES_IN_TEN_SECONDS:
            await socket.close(TOO_MUCH, "too much or not JSON")
            return
        if frame.get("type") == "ping":
            await socket.send_json({"type": "pong"})
        yield frame


def _parsed(text: str) -> dict[str, Any] | None:
    if len(text) > LONGEST_FRAME:
        return None
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


async def until_first(*parts: Coroutine[Any, Any, None]) -> None:
    """Run both directions; when one ends, so does the other. A page that has gone away is no error."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        gone = (asyncio.CancelledError, WebSocketDisconnect, RuntimeError)
        if isinstance(result, TROUBLE):
            complain(result)  # the line is cut; the page comes back and reads what it has missed
        elif isinstance(result, BaseException) and not isinstance(result, gone):
            raise result
