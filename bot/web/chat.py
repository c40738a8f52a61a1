"""The customer's side of a conversation. Every route opens only the conversation of its token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.desk.conversations import Conversation, Draft, Reason
from bot.desk.images import UnreadableImage, cleaned
from bot.desk.ownership import Speaker
from bot.desk.threads import in_slow_thread, in_thread
from bot.web.auth import OwnConversation
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.sessions import ContextIn, see_context
from bot.web.snapshots import Snapshot, snapshot

router = APIRouter(prefix="/api/chat", tags=["customer"])
LONGEST_TEXT = 2000
ClientId = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class MessageIn(BaseModel):
    """Typed text, or the payload of a button that this conversation has shown."""

    model_config = ConfigDict(str_strip_whitespace=True)
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)] | None = None
    payload: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    client_id: ClientId
    context: ContextIn | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> MessageIn:
        if (self.text is None) == (self.payload is None):
            raise ValueError("either text or payload")
        return self


class RatingIn(BaseModel):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=500)] = ""


class MarkIn(BaseModel):
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """Number of the reply that did not help."""


@router.post("/messages")
async def say(body: MessageIn, conversation: OwnConversation, gateway: GatewayOf) -> Snapshot:
    """The stored message and the replies it got within the turn. The same `client_id` again: the same answer."""
    await gateway.limits.spend("message", conversation.id)
    if body.context:
        conversation = await see_context(gateway, conversation, body.context.value())
    text = body.text
    if body.payload is not None:
        title = gateway.desk.conversations.title_of_payload
        text = await in_thread(title, conversation.id, body.payload)
        if text is None:
            raise Problem("unknown-payload", 422)
    draft = _draft(conversation, text or "", body.client_id, payload=body.payload)
    return await _answered(gateway, conversation, draft)


@router.get("/messages")
async def messages(
    conversation: OwnConversation, gateway: GatewayOf, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Snapshot:
    """Everything after sequence number `after`, with owner and place in the queue."""
    await gateway.limits.spend("read", conversation.id)
    found = await in_thread(gateway.desk.conversations.messages, conversation.id, after)
    return Snapshot(**await snapshot(gateway, conversation, found))


@router.post("/attachments")
async def attach(
    conversation: OwnConversation,
    gateway: GatewayOf,
    file: Annotated[UploadFile, File()],
    client_id: Annotated[ClientId, Form()],
) -> Snapshot:
    """An image, drawn anew so that nothing hidden in the file survives."""
    await gateway.limits.spend("image", conversation.id)
    try:
        media_type, body = await in_slow_thread(cleaned, await file.read())
    except UnreadableImage:
        raise Problem("bad-image", 422) from None
    identifier = await in_thread(gateway.desk.records.add_attachment, conversation.id, media_type, body)
    draft = _draft(conversation, "", client_id, image=f"/api/attachments/{identifier}")
    return await _answered(gateway, conversation, draft)


@router.post("/human")
async def ask_person(conversation: OwnConversation, gateway: GatewayOf) -> Snapshot:
    """Queue for a person; works without the dialogue. Asking again changes nothing."""
    await gateway.limits.spend("message", conversation.id)
    moved = await gateway.turns.ask_person(conversation.id)
    return await _since(gateway, conversation, moved)


@router.post("/unhelpful")
async def mark_unhelpful(body: MarkIn, conversation: OwnConversation, gateway: GatewayOf) -> Snapshot:
    """👎 on one of the bot's replies: a person is asked for (shop-rules.md, "Handing over"). Marking again, or a
    conversation that has a person already, changes nothing."""
    await gateway.limits.spend("message", conversation.id)
    found = await in_thread(gateway.desk.conversations.messages, conversation.id, body.seq - 1, 1)
    if not found or found[0].sender is not Speaker.BOT:
        raise Problem("not-found", 404)
    moved = await gateway.turns.ask_person(conversation.id, Reason.REPEATED_FAILURE)
    return await _since(gateway, conversation, moved)


@router.post("/leave-queue")
async def leave_queue(conversation: OwnConversation, gateway: GatewayOf) -> Snapshot:
    """Back to the bot, which answers what was asked while waiting."""
    await gateway.limits.spend("message", conversation.id)
    moved = await gateway.turns.leave_queue(conversation.id)
    return await _since(gateway, conversation, moved)


@router.post("/rating", status_code=204)
async def rate(body: RatingIn, conversation: OwnConversation, gateway: GatewayOf) -> Response:
    """One to five; a second rating replaces the first."""
    await gateway.limits.spend("message", conversation.id)
    await in_thread(gateway.desk.records.rate, conversation.id, body.score, body.comment, conversation.agent)
    return Response(status_code=204)


def _draft(conversation: Conversation, text: str, client_id: str, **more: Any) -> Draft:
    return Draft(Speaker.CUSTOMER, conversation.customer.name, text, client_id=client_id, **more)


async def _answered(gateway: Gateway, conversation: Conversation, draft: Draft) -> Snapshot:
    answer = await gateway.turns.say(conversation.id, draft)
    return Snapshot(**await snapshot(gateway, answer.conversation, answer.messages, answer.marks))


async def _since(gateway: Gateway, before: Conversation, now: Conversation) -> Snapshot:
    fresh = await in_thread(gateway.desk.conversations.messages, now.id, before.last_seq)
    return Snapshot(**await snapshot(gateway, now, fresh))
