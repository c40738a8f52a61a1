"""What a customer's page is told about her conversation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from bot.desk.conversations import Conversation, Message
from bot.desk.marks import Marks
from bot.desk.ownership import Owner
from bot.desk.shapes import message_for_customer, place_shape
from bot.desk.threads import in_thread
from bot.web.gateway import Gateway


class ButtonShape(BaseModel):
    title: str
    payload: str


class MessageShape(BaseModel):
    """api.md, "A message", as the customer sees it."""

    seq: int
    id: str
    sender: str
    author: str
    text: str
    buttons: list[ButtonShape]
    card: dict[str, Any] | None
    image: str | None
    client_id: str | None
    kind: str
    """`follow_up`: said by the shop on its own, after the chat; else `message`."""
    created_at: str


class QueueShape(BaseModel):
    """`eta_seconds` is null while no agent is there."""

    position: int
    eta_seconds: int | None
    agents_online: int


class MarksShape(BaseModel):
    """Sequence numbers up to which her messages have reached the desk and been read by her agent."""

    delivered: int
    read: int


class Snapshot(BaseModel):
    owner: str
    version: int
    """Counts changes of the owner: of two snapshots or events the larger one is true, whichever came last."""
    agent: str | None
    """Display name of the agent who answers."""
    queue: QueueShape | None
    marks: MarksShape
    messages: list[MessageShape]


class Opened(Snapshot):
    conversation_id: str
    token: str


async def snapshot(
    gateway: Gateway, conversation: Conversation, messages: Iterable[Message], marks: Marks | None = None
) -> dict[str, Any]:
    """The owner and the queue as they are, with `messages`; `marks` where they have been read already."""
    place = None
    if conversation.owner is Owner.QUEUED:
        place = await in_thread(gateway.desk.queue.place, conversation)
    marks = marks or await in_thread(gateway.desk.marks.of, conversation.id)
    return {
        "owner": conversation.owner.value,
        "version": conversation.version,
        "agent": await gateway.notices.agent_name(conversation),
        "queue": place_shape(place),
        "marks": {"delivered": marks.delivered, "read": marks.read},
        "messages": [message_for_customer(message) for message in messages],
    }
