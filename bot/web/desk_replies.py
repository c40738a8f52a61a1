"""What an agent says to the customer: words, with a picture of the shop, or a picture from her own disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import Field

from bot.desk.conversations import Agent, Draft
from bot.desk.images import UnreadableImage, cleaned
from bot.desk.ownership import Owner, Speaker
from bot.desk.shapes import message_for_desk
from bot.desk.threads import in_slow_thread, in_thread
from bot.web.auth import AtTheDesk
from bot.web.desk_steps import Seen, Words
from bot.web.gateway import Gateway, GatewayOf
from bot.web.marks import agent_saw
from bot.web.problems import Problem

Json = dict[str, Any]
router = APIRouter(prefix="/api/desk/conversations/{conversation_id}", tags=["desk"])
ClientId = Annotated[str, Field(min_length=1, max_length=80)]


class Reply(Seen):
    text: Words
    image: Annotated[str, Field(pattern=r"^/shop-images/[\w-]+\.(svg|png|jpg|jpeg|webp)$")] | None = None
    """One of the shop's own pictures, as a phrase brings it."""
    client_id: ClientId


@router.post("/messages")
async def reply(conversation_id: str, body: Reply, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """Only who has the conversation may answer. The same `client_id` again stores nothing."""
    if body.image and not (gateway.settings.shop_dir / "images" / Path(body.image).name).is_file():
        raise Problem("not-found", 404)
    draft = Draft(Speaker.AGENT, agent.name, body.text, image=body.image, client_id=body.client_id)
    return await _said(gateway, conversation_id, agent, draft, body.version)


@router.post("/attachments")
async def picture(
    conversation_id: str,
    agent: AtTheDesk,
    gateway: GatewayOf,
    file: Annotated[UploadFile, File()],
    client_id: Annotated[ClientId, Form()],
    version: Annotated[int | None, Form()] = None,
) -> Json:
    """A picture of her own, drawn anew like a customer's. Whoever does not have the conversation is refused before
    it is opened or kept."""
    await gateway.limits.spend("image", agent.username)
    conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    if (conversation.owner, conversation.agent) != (Owner.HUMAN, agent.username):
        raise Problem("not-yours", 409)
    try:
        media_type, body = await in_slow_thread(cleaned, await file.read())
    except UnreadableImage:
        raise Problem("bad-image", 422) from None
    kept = await in_thread(gateway.desk.records.add_attachment, conversation_id, media_type, body)
    draft = Draft(Speaker.AGENT, agent.name, image=f"/api/attachments/{kept}", client_id=client_id)
    return await _said(gateway, conversation_id, agent, draft, version)


async def _said(
    gateway: Gateway, conversation_id: str, agent: Agent, draft: Draft, version: int | None
) -> Json:
    says = gateway.desk.conversations.agent_says
    message, conversation, is_new = await in_thread(says, conversation_id, agent.username, draft, version)
    if is_new:
        await agent_saw(gateway, agent.username, conversation_id, message.seq)
        await gateway.notices.said([message])
    return {
        "owner": conversation.owner.value,
        "version": conversation.version,
        "message": message_for_desk(message),
    }
