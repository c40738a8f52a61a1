"""WS /api/chat/ws: the customer's conversation as it happens. Register, fetch, then apply."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, WebSocket

from bot.desk.bus import Subscription, conversation_topic
from bot.desk.conversations import NotFound
from bot.desk.shapes import message_for_customer, place_shape
from bot.desk.threads import in_thread
from bot.web.gateway import Gateway, GatewayOf
from bot.web.marks import customer_saw
from bot.web.sockets import REFUSED, frames, until_first

router = APIRouter()
LAST_PLACE = 2**31 - 1
"""No transcript is longer; larger numbers are made up, and no database could look for them."""


@router.websocket("/api/chat/ws")
async def chat(
    socket: WebSocket,
    gateway: GatewayOf,
    token: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[int, Query(ge=0, le=LAST_PLACE)] = 0,
) -> None:
    """Events: message, owner, queue, typing, marks, rating. The page may send `{"type": "hello", "after": seq}`,
    `{"type": "seen", "seq": seq}` when she has the chat open, and typing."""
    await socket.accept()
    try:
        conversation = await in_thread(gateway.desk.conversations.by_token, token)
    except NotFound:
        return await socket.close(REFUSED, "no session")
    async with gateway.bus.subscribe(conversation_topic(conversation.id)) as subscription:
        feed = _Feed(socket, gateway, conversation.id, after)
        await until_first(feed.run(subscription), _listen(socket, gateway, conversation.id, subscription))


async def _listen(
    socket: WebSocket, gateway: Gateway, conversation_id: str, subscription: Subscription
) -> None:
    async for frame in frames(socket):
        if frame.get("type") == "typing":
            await gateway.notices.typing_to_desk(conversation_id)
        elif frame.get("type") == "hello" and _is_place(frame.get("after")):
            subscription.offer({"type": "rewind", "after": frame["after"]})
        elif frame.get("type") == "seen":
            await customer_saw(gateway, conversation_id, frame.get("seq"))


def _is_place(after: Any) -> bool:
    return type(after) is int and 0 <= after <= LAST_PLACE


class _Feed:
    """Sends messages in order and without gaps; whatever the bus has lost is read from the store."""

    def __init__(self, socket: WebSocket, gateway: Gateway, conversation_id: str, after: int) -> None:
        self._socket, self._gateway, self._id, self._last = socket, gateway, conversation_id, after
        self._version = 0

    async def run(self, subscription: Subscription) -> None:
        await self._catch_up()
        await self._tell_status()
        while True:
            await self._apply(await subscription.next())

    async def _apply(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "message" if event["message"]["seq"] <= self._last:
                return
            case "message" if event["message"]["seq"] == self._last + 1:
                await self._socket.send_json(event)
                self._last += 1
            case "message":
                await self._catch_up()
            case "rewind":
                self._last = event["after"]
                await self._catch_up()
            case "resync":
                await self._catch_up()
                await self._tell_status()
            case "owner" if event["version"] < self._version:
                return
            case _:
                self._version = event.get("version", self._version)
                await self._socket.send_json(event)

    async def _catch_up(self) -> None:
        missed = await in_thread(self._gateway.desk.conversations.messages, self._id, self._last)
        for message in missed:
            await self._socket.send_json({"type": "message", "message": message_for_customer(message)})
            self._last = message.seq

    async def _tell_status(self) -> None:
        conversation = await in_thread(self._gateway.desk.conversations.get, self._id)
        await self._apply(await self._gateway.notices.owner_event(conversation))
        place = await in_thread(self._gateway.desk.queue.place, conversation)
        await self._socket.send_json({"type": "queue", "queue": place_shape(place)})
        marks = await in_thread(self._gateway.desk.marks.of, self._id)
        await self._socket.send_json({"type": "marks", "delivered": marks.delivered, "read": marks.read})
