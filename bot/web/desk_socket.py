"""WS /api/desk/ws: every change of every conversation, for people of the shop."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, WebSocket

from bot.desk.bus import DESK, Subscription
from bot.desk.conversations import Agent, NotFound
from bot.desk.ownership import Owner
from bot.desk.people.duty import ONLINE_FOR
from bot.desk.storage import if_possible
from bot.desk.threads import in_thread
from bot.web.auth import COOKIE
from bot.web.gateway import Gateway, GatewayOf
from bot.web.marks import agent_saw, reached_desk
from bot.web.sockets import REFUSED, frames, until_first

router = APIRouter()
_LONGEST_ID = 40
_CHECK_SECONDS = ONLINE_FOR.total_seconds() / 4


@router.websocket("/api/desk/ws")
async def desk(socket: WebSocket, gateway: GatewayOf) -> None:
    """Events: conversation (a line of the lists), message, typing, seen (by the customer), resync.

    The page may send `{"type": "typing", "conversation_id"}`, `{"type": "seen", "conversation_id", "seq"}` and
    `{"type": "look", "conversation_id", "asks"}`: it shows this conversation (null: none), and `asks` who else does.
    """
    await socket.accept()
    token = socket.cookies.get(COOKIE, "")
    try:
        agent = await in_thread(gateway.desk.agents.by_session, token)
    except NotFound:
        return await socket.close(REFUSED, "not logged in")
    await if_possible(in_thread(gateway.desk.agents.seen, agent.username))
    async with gateway.bus.subscribe(DESK) as subscription:
        await socket.send_json({"type": "hello", "username": agent.username, "name": agent.name})
        await until_first(
            _tell(socket, gateway, subscription),
            _stay(socket, gateway, token),
            _listen(socket, gateway, agent),
        )


async def _tell(socket: WebSocket, gateway: Gateway, subscription: Subscription) -> None:
    while True:
        event = await subscription.next()
        await socket.send_text(event.text)
        await reached_desk(gateway, event)


async def _stay(socket: WebSocket, gateway: Gateway, token: str) -> None:
    """An open desk is an agent at work, until the login ends or its password changes."""
    while True:
        await asyncio.sleep(_CHECK_SECONDS)
        try:
            agent = await in_thread(gateway.desk.agents.by_session, token)
        except NotFound:
            return await socket.close(REFUSED, "login has ended")
        await if_possible(in_thread(gateway.desk.agents.seen, agent.username))


async def _listen(socket: WebSocket, gateway: Gateway, agent: Agent) -> None:
    async for frame in frames(socket):
        if frame.get("type") == "typing":
            await _typing(gateway, agent, frame.get("conversation_id"))
        elif frame.get("type") == "seen":
            await agent_saw(gateway, agent.username, frame.get("conversation_id"), frame.get("seq"))
        elif frame.get("type") == "look":
            shown = frame.get("conversation_id")
            if shown is None or (isinstance(shown, str) and len(shown) <= _LONGEST_ID):
                await gateway.notices.looks(agent, shown, bool(frame.get("asks")))


async def _typing(gateway: Gateway, agent: Agent, conversation_id: Any) -> None:
    """Shown to the customer only by the agent who has the conversation."""
    if not isinstance(conversation_id, str):
        return
    try:
        conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    except NotFound:
        return
    if (conversation.owner, conversation.agent) == (Owner.HUMAN, agent.username):
        await gateway.notices.typing_to_customer(conversation_id, "agent", agent.name)
