"""Tells open pages what has happened. Called after the commit; the bus logs a notice that fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.desk.bus import DESK, Bus, conversation_topic
from bot.desk.conversations import Agent, Conversation, Message, Note, NotFound
from bot.desk.desk import Desk
from bot.desk.people.duty import OnDuty
from bot.desk.shapes import (
    Json,
    listed_shape,
    message_for_customer,
    message_for_desk,
    note_shape,
    place_shape,
)
from bot.desk.storage import TROUBLE, complain
from bot.desk.threads import in_thread

log = logging.getLogger(__name__)
LINE_DELAY = 0.1
"""Seconds in which the changes of one line of the desk's lists are told together, after who waits for an answer."""


class Notices:
    """Events of one conversation for its customer, and the same with more detail for the desk."""

    def __init__(self, bus: Bus, desk: Desk) -> None:
        self._bus = bus
        self._desk = desk
        self._lines: dict[str, asyncio.Task[None]] = {}
        """Lines that are about to be told."""

    async def said(self, messages: Iterable[Message]) -> None:
        """New messages, in order."""
        conversation_id = None
        for message in messages:
            conversation_id = message.conversation_id
            await self._tell_customer(
                conversation_id, {"type": "message", "message": message_for_customer(message)}
            )
            if self._bus.may_be_heard(DESK):
                event = {
                    "type": "message",
                    "conversation_id": conversation_id,
                    "message": message_for_desk(message),
                }
                await self._bus.publish(DESK, event)
        if conversation_id:
            self._tell_desk_line(conversation_id)

    async def moved(self, conversation: Conversation, messages: Iterable[Message] = ()) -> None:
        """The owner has changed, with the lines that were written about it; everybody's place may have moved."""
        try:
            await self.said(messages)
            await self._tell_customer(conversation.id, await self.owner_event(conversation))
        except TROUBLE:
            if self._bus.recent:
                self._bus.recent.forget(conversation.id)  # it has not heard who has the conversation now
            raise
        self._tell_desk_line(conversation.id)
        for waiting_id, place in (await in_thread(self._desk.queue.places)).items():
            await self._tell_customer(waiting_id, {"type": "queue", "queue": place_shape(place)})

    async def owner_event(self, conversation: Conversation) -> Json:
        """Who answers now, with the agent's display name. Two changes may be told in the wrong order: the larger
        version is true."""
        return {
            "type": "owner",
            "owner": conversation.owner.value,
            "version": conversation.version,
            "agent": await self.agent_name(conversation),
        }

    async def agent_name(self, conversation: Conversation) -> str | None:
        """Display name of the agent who has the conversation; None when nobody has it."""
        if conversation.owner.value != "human" or conversation.agent is None:
            return None
        try:
            return (await in_thread(self._desk.agents.get, conversation.agent)).name
        except NotFound:
            return conversation.agent

    async def typing_to_customer(self, conversation_id: str, who: str, name: str) -> None:
        await self._tell_customer(conversation_id, {"type": "typing", "who": who, "name": name})

    async def typing_to_desk(self, conversation_id: str) -> None:
        await self._bus.publish(
            DESK, {"type": "typing", "conversation_id": conversation_id, "who": "customer"}
        )

    async def seen_by_customer(self, conversation_id: str, seq: int) -> None:
        await self._bus.publish(DESK, {"type": "seen", "conversation_id": conversation_id, "seq": seq})

    async def noted(self, conversation_id: str, note: Note) -> None:
        """A private note, for colleagues who have the conversation open: also how a supervisor whispers."""
        event = {"type": "note", "conversation_id": conversation_id, "note": note_shape(note)}
        await self._bus.publish(DESK, event)

    async def on_duty(self, found: OnDuty) -> None:
        """She takes new customers, or no more: her other pages and colleagues' show it."""
        event = {"type": "duty", "username": found.username, "presence": found.presence.value}
        await self._bus.publish(DESK, event)

    async def approval(self, shape: Json) -> None:
        """Asked for, decided or taken back: for the supervisors and for who asked."""
        await self._bus.publish(DESK, {"type": "approval", "approval": shape})

    async def looks(self, agent: Agent, conversation_id: str | None, asks: bool) -> None:
        """A page of the desk shows this conversation; with `asks` the others say what they show."""
        event = {"type": "look", "username": agent.username, "name": agent.name, "asks": asks}
        await self._bus.publish(DESK, {**event, "conversation_id": conversation_id})

    async def read_by_shop(self, conversation_id: str, delivered: int, read: int) -> None:
        await self._tell_customer(conversation_id, {"type": "marks", "delivered": delivered, "read": read})

    async def wants_rating(self, conversation_id: str) -> None:
        await self._tell_customer(conversation_id, {"type": "rating"})

    async def _tell_customer(self, conversation_id: str, event: Json) -> None:
        await self._bus.publish(conversation_topic(conversation_id), event)

    def _tell_desk_line(self, conversation_id: str) -> None:
        """Soon, and once for all that happens until then."""
        if conversation_id not in self._lines and self._bus.may_be_heard(DESK):
            self._lines[conversation_id] = asyncio.create_task(self._line(conversation_id))

    async def _line(self, conversation_id: str) -> None:
        try:
            await asyncio.sleep(LINE_DELAY)
        finally:
            del self._lines[conversation_id]  # what happens from here on is told again
        try:
            listed = await in_thread(self._desk.queue.one, conversation_id)
        except TROUBLE as error:
            return complain(error)
        except Exception:
            log.exception("line of conversation %s not told", conversation_id)
            return
        await self._bus.publish(DESK, {"type": "conversation", "conversation": listed_shape(listed)})
