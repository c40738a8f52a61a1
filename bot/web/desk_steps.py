"""What an agent does with a conversation: take, hand back, pass on, close, and keep records of it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.desk.conversations import Agent, NotFound, Role
from bot.desk.dialogue import DialogueDown
from bot.desk.handoffs import Moved
from bot.desk.lines import system_line
from bot.desk.ownership import Step
from bot.desk.people.duty import HandsFull, Presence
from bot.desk.records import Department
from bot.desk.shapes import note_shape, promise_shape
from bot.desk.threads import in_thread
from bot.web.auth import AtTheDesk, LoggedIn
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/desk/conversations/{conversation_id}", tags=["desk"])
Words = Annotated[str, Field(min_length=1, max_length=2000)]


class _In(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)


class Seen(_In):
    """`version` is the one the agent was looking at; a stale one is 409 and says who owns it now."""

    version: int | None = None


class Return(Seen):
    note: Annotated[str, Field(max_length=500)] = ""
    """What was settled, for the bot."""


class Transfer(Seen):
    agent: Annotated[str, Field(min_length=1, max_length=40)]


class NoteIn(_In):
    text: Words


class TagIn(_In):
    text: Annotated[str, Field(min_length=1, max_length=80)]


class PromiseIn(_In):
    text: Annotated[str, Field(min_length=1, max_length=500)]
    due: AwareDatetime | None = None


class PromiseState(_In):
    is_done: bool


class FeedbackIn(_In):
    department: Department
    quote: Words
    message_id: Annotated[str, Field(max_length=40)] | None = None


class Owned(BaseModel):
    owner: str
    version: int
    agent: str | None


@router.post("/take")
async def take(conversation_id: str, agent: AtTheDesk, gateway: GatewayOf, body: Seen | None = None) -> Owned:
    """One of two agents gets it, the other 409 with the colleague's name. Taking one's own again changes nothing.

    Who has as many customers as she may is refused (409 `hands-full`), save where danger or the law is at stake.
    """
    line = system_line("claimed", agent=agent.name)
    claim = gateway.desk.handoffs.claim
    version = body.version if body else None
    mine = await in_thread(gateway.desk.duty.of, agent.username)
    moved = await in_thread(claim, conversation_id, agent.username, version, [line], mine.capacity)
    if mine.presence is Presence.AWAY:  # she is back
        await gateway.notices.on_duty(await in_thread(gateway.desk.duty.set, agent.username, Presence.ONLINE))
    return await _told(gateway, moved)


@router.post("/return")
async def give_back(
    conversation_id: str, agent: AtTheDesk, gateway: GatewayOf, body: Return | None = None
) -> Owned:
    """Back to the bot, which is told what was settled before its next turn."""
    body = body or Return()
    line = system_line("returned", agent=agent.name, bot_name=gateway.shop.persona.bot_name)
    moved = await in_thread(
        gateway.desk.handoffs.move,
        conversation_id,
        Step.RETURN,
        agent.username,
        version=body.version,
        lines=[line],
        holder=_holder(agent),
        handback={"slots": {}, "note": body.note},
    )
    owned = await _told(gateway, moved)
    try:
        await gateway.turns.deliver_handback(moved[0])
    except DialogueDown as error:
        log.warning("handback of %s waits for the next turn: %s", conversation_id, error)
    return owned


@router.post("/close")
async def close(
    conversation_id: str, agent: AtTheDesk, gateway: GatewayOf, body: Seen | None = None
) -> Owned:
    """The end, until the customer writes again."""
    moved = await in_thread(
        gateway.desk.handoffs.move,
        conversation_id,
        Step.CLOSE,
        agent.username,
        version=body.version if body else None,
        lines=[system_line("closed")],
        holder=_holder(agent),
    )
    return await _told(gateway, moved)


@router.post("/transfer")
async def transfer(conversation_id: str, body: Transfer, agent: AtTheDesk, gateway: GatewayOf) -> Owned:
    """To a colleague who talks to customers, is not away and can take one more; who steps in herself always can."""
    try:
        colleague = await in_thread(gateway.desk.duty.of, body.agent)
    except NotFound:
        raise Problem("not-found", 404) from None
    if colleague.role is Role.TRAINER:
        raise Problem("not-possible", 409)
    steps_in = colleague.username == agent.username
    if colleague.presence is Presence.AWAY and not steps_in:
        raise Problem("colleague-away", 409, {"agent": colleague.name})
    try:
        moved = await in_thread(
            gateway.desk.handoffs.move,
            conversation_id,
            Step.TRANSFER,
            agent.username,
            why=colleague.username,
            version=body.version,
            lines=[system_line("transferred", agent=colleague.name)],
            holder=_holder(agent),
            capacity=None if steps_in else colleague.capacity,
            agent=colleague.username,
        )
    except HandsFull as error:
        filled = {"agent": colleague.name, "capacity": error.capacity}
        raise Problem("colleague-full", 409, filled) from None
    return await _told(gateway, moved)


@router.post("/notes", status_code=201)
async def note(conversation_id: str, body: NoteIn, agent: AtTheDesk, gateway: GatewayOf) -> dict[str, Any]:
    """For colleagues; the customer never sees it."""
    await in_thread(gateway.desk.conversations.get, conversation_id)
    written = await in_thread(gateway.desk.records.add_note, conversation_id, agent.name, body.text)
    await gateway.notices.noted(conversation_id, written)
    return note_shape(written)


@router.post("/tags", status_code=201)
async def tag(conversation_id: str, body: TagIn, agent: LoggedIn, gateway: GatewayOf) -> list[str]:
    await in_thread(gateway.desk.conversations.get, conversation_id)
    await in_thread(gateway.desk.records.add_tag, conversation_id, body.text, agent.username)
    return list(await in_thread(gateway.desk.records.tags, conversation_id))


@router.delete("/tags/{text}", status_code=204)
async def untag(conversation_id: str, text: str, agent: LoggedIn, gateway: GatewayOf) -> Response:
    await in_thread(gateway.desk.records.remove_tag, conversation_id, text)
    return Response(status_code=204)


@router.post("/promises", status_code=201)
async def promise(
    conversation_id: str, body: PromiseIn, agent: AtTheDesk, gateway: GatewayOf
) -> dict[str, Any]:
    """Something special the buyer was promised (日清); `due` with its time zone."""
    await in_thread(gateway.desk.conversations.get, conversation_id)
    due: datetime | None = body.due
    add = gateway.desk.records.add_promise
    return promise_shape(await in_thread(add, conversation_id, body.text, due, agent.username))


@router.post("/promises/{promise_id}", status_code=204)
async def settle_promise(
    conversation_id: str, promise_id: str, body: PromiseState, agent: AtTheDesk, gateway: GatewayOf
) -> Response:
    """Kept, or open again."""
    await in_thread(gateway.desk.records.settle_promise, conversation_id, promise_id, body.is_done)
    return Response(status_code=204)


@router.post("/feedback", status_code=201)
async def feedback(
    conversation_id: str, body: FeedbackIn, agent: LoggedIn, gateway: GatewayOf
) -> dict[str, str]:
    """What the desk hears and cannot solve, to the department that can."""
    await in_thread(gateway.desk.conversations.get, conversation_id)
    add = gateway.desk.records.add_feedback
    identifier = await in_thread(
        add, conversation_id, body.message_id, body.department, body.quote, agent.username
    )
    return {"id": identifier}


def _holder(agent: Agent) -> str | None:
    """Agents move what they hold; a supervisor may move anybody's."""
    return None if agent.role is Role.SUPERVISOR else agent.username


async def _told(gateway: Gateway, moved: Moved) -> Owned:
    conversation, lines = moved
    if lines:  # nothing was written when one's own claim was repeated
        await gateway.notices.moved(conversation, lines)
    return Owned(owner=conversation.owner.value, version=conversation.version, agent=conversation.agent)
