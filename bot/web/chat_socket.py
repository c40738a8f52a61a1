"""WS /api/chat/ws: the customer's conversation as it happens. Register, fetch, then apply."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, WebSocket

from bot.desk.bus import Event, Subscription, Told, as_text, conversation_topic
from bot.desk.conversations import NotFound
from bot.desk.shapes import message_for_customer, place_shape
from bot.desk.store import hashed
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
    """Events: hello, then message, owner, queue, typing, marks, rating. `recovered` of hello: what follows goes on
    from `after` without a gap; else forget what was told before and fetch anew.

    The page may send `{"type": "hello", "after": seq}`, `{"type": "seen", "seq": seq}` when she has the chat open, and
    typing."""
    await socket.accept()
    conversation_id = await _opened_by(gateway, token)
    if conversation_id is None:
        return await socket.close(REFUSED, "no session")
    async with gateway.bus.subscribe(conversation_topic(conversation_id)) as subscription:
        feed = _Feed(socket, gateway, conversation_id, after)
        await until_first(feed.run(subscription), _listen(socket, gateway, conversation_id, subscription))


async def _opened_by(gateway: Gateway, token: str) -> str | None:
    recent, kept = gateway.bus.recent, hashed(token)
    if recent and (known := recent.conversation_of(kept)):
        return known
    try:
        conversation = await in_thread(gateway.desk.conversations.by_token, token)
    except NotFound:
        return None
    if recent:
        recent.remember(kept, conversation.id)
    return conversation.id


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
        await self.begin()
        while True:
            await self._apply(await subscription.next())

    async def begin(self) -> None:
        """Tell what the page has missed: from memory where that is known, else from the store."""
        recent = self._gateway.bus.recent
        missed = recent.since(self._id, self._last) if recent else None
        if missed is not None:
            await self._hello(is_recovered=True)
            for event in missed:
                await self._apply(event)
            return
        chat = recent.watch(self._id) if recent else None
        newest = await in_thread(self._gateway.desk.conversations.get, self._id)
        is_recovered = self._last <= newest.last_seq
        self._last = (
            self._last if is_recovered else 0
        )  # it knows more than there is: the store is an older one
        await self._hello(is_recovered)
        begun = self._last
        stored = [*await self._catch_up(), *await self._tell_status()]
        if recent and chat:
            recent.complete(self._id, chat, begun, stored)

    async def _hello(self, is_recovered: bool) -> None:
        await self._tell({"type": "hello", "recovered": is_recovered})

    async def _apply(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "message" if event["message"]["seq"] <= self._last:
                return
            case "message" if event["message"]["seq"] == self._last + 1:
                await self._tell(event)
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
                await self._tell(event)

    async def _catch_up(self) -> list[dict[str, Any]]:
        missed = await in_thread(self._gateway.desk.conversations.messages, self._id, self._last)
        events = [{"type": "message", "message": message_for_customer(message)} for message in missed]
        for event in events:
            await self._tell(event)
            self._last = event["message"]["seq"]
        return events

    async def _tell_status(self) -> list[dict[str, Any]]:
        conversation = await in_thread(self._gateway.desk.conversations.get, self._id)
        owner = await self._gateway.notices.owner_event(conversation)
        await self._apply(owner)
        place = await in_thread(self._gateway.desk.queue.place, conversation)
        await self._tell({"type": "queue", "queue": place_shape(place)})
        found = await in_thread(self._gateway.desk.marks.of, self._id)
        marks = {"type": "marks", "delivered": found.delivered, "read": found.read}
        await self._tell(marks)
        return [owner, marks]

    async def _tell(self, event: Event) -> None:
        await self._socket.send_text(event.text if isinstance(event, Told) else as_text(event))
