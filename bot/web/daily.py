"""The desk's daily business: what the shop says on its own after a chat, and what it has promised (日清)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.desk.aftercare.follow_up_history import utc
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.aftercare.follow_ups import ListedFollowUp, State
from bot.desk.rows import now
from bot.desk.shapes import customer_shape, message_for_desk, moment, promise_shape
from bot.desk.threads import in_thread
from bot.shop.records.ports import Unavailable
from bot.web.auth import AtTheDesk, LoggedIn
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem

router = APIRouter(prefix="/api/desk", tags=["desk"])
Json = dict[str, Any]


class Move(BaseModel):
    """The new time, and what the buyer is told about it."""

    model_config = ConfigDict(str_strip_whitespace=True)
    due: AwareDatetime
    text: Annotated[str, Field(min_length=1, max_length=500)]


@router.get("/follow-ups")
async def follow_ups(agent: LoggedIn, gateway: GatewayOf) -> list[Json]:
    """Planned ones soonest first, with what they would say now; then sent and cancelled ones, newest first."""
    return await in_thread(_follow_ups, gateway)


def _follow_ups(gateway: Gateway) -> list[Json]:
    return [_follow_up_shape(gateway, listed) for listed in gateway.desk.follow_ups.listed()]


def _follow_up_shape(gateway: Gateway, listed: ListedFollowUp) -> Json:
    job, lines = listed.follow_up, follow_up_lines()
    text = listed.text
    if job.state is State.PLANNED:
        try:
            worded = gateway.after_chat.worded(job, gateway.after_chat.clock())
        except Unavailable:
            worded = None
        text = worded.draft.text if worded else ""
    return {
        "id": job.id,
        "conversation_id": job.conversation_id,
        "customer": customer_shape(listed.customer),
        "occasion": job.plan.occasion.value,
        "occasion_title": lines.occasions[job.plan.occasion.value],
        "tag": job.tag,
        "state": job.state.value,
        "state_title": lines.states[job.state.value],
        "why": job.why,
        "why_title": lines.whys.get(job.why, ""),
        "text": text,
        "due": moment(utc(job.plan.due)),
        "settled_at": moment(job.settled_at),
        "seen_at": moment(job.seen_at),
    }


@router.delete("/follow-ups/{follow_up_id}", status_code=204)
async def call_off(follow_up_id: str, agent: AtTheDesk, gateway: GatewayOf) -> Response:
    """Never to be said, and not planned again. Calling off twice is once; what was said is 409."""
    store = gateway.desk.follow_ups
    is_called_off = await in_thread(store.cancel, follow_up_id, "agent", gateway.after_chat.clock())
    if not is_called_off and (await in_thread(store.get, follow_up_id)).state is not State.CANCELLED:
        raise Problem("not-possible", 409)
    return Response(status_code=204)


@router.get("/promises")
async def promises(agent: LoggedIn, gateway: GatewayOf) -> Json:
    """All that is promised and not kept yet, the soonest due first; `closes` is when the shop's day ends."""
    found = await in_thread(gateway.desk.records.open_promises)
    return {
        "closes": f"{gateway.shop.policy.agent_hours.closes:%H:%M}",
        "promises": [
            {
                **promise_shape(promise),
                "conversation_id": conversation.id,
                "customer": customer_shape(conversation.customer),
            }
            for promise, conversation in found
        ],
    }


@router.post("/promises/{promise_id}/move")
async def move(promise_id: str, body: Move, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """To a later time, with a word to the buyer (004 制度 1)."""
    if body.due <= now():
        raise Problem("invalid-input", 422)
    promise, message = await in_thread(
        gateway.desk.records.move_promise,
        promise_id,
        body.due,
        agent.name,
        gateway.shop.persona.bot_name,
        body.text,
    )
    await gateway.notices.said([message])
    return {"promise": promise_shape(promise), "message": message_for_desk(message)}
