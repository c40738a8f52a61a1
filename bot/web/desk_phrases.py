"""The "/" palette's phrases, and suggestions that agents reject for the trainers to see."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.desk.agent_tools.rejections import RejectedScript, Rejection, Why
from bot.desk.lines import words
from bot.desk.rows import now
from bot.desk.shapes import moment
from bot.desk.threads import in_slow_thread, in_thread
from bot.shop.records.images import picture
from bot.shop.records.loader import SHOP_ZONE
from bot.web.auth import AtTheDesk, LoggedIn, Trainer
from bot.web.gateway import GatewayOf

router = APIRouter(tags=["desk"])
Json = dict[str, Any]


@router.get("/api/desk/phrases")
async def phrases(agent: LoggedIn, gateway: GatewayOf) -> list[Json]:
    """Everything the palette offers today: the agents' own phrases, campaign ones first, then the bot's scripts."""
    found = await in_slow_thread(gateway.palette.phrases, datetime.now(SHOP_ZONE).date())
    shop_dir = gateway.settings.shop_dir
    return [{**asdict(phrase), "image": picture(shop_dir, phrase.image)} for phrase in found]


class RejectionIn(BaseModel):
    """Which suggestion would not do, for which question, and why."""

    model_config = ConfigDict(str_strip_whitespace=True)
    question: Annotated[str, Field(max_length=2000)]
    faq_id: Annotated[str, Field(min_length=1, max_length=120)]
    script_id: Annotated[str, Field(min_length=1, max_length=40)]
    score: Annotated[float, Field(ge=0, le=1)]
    reason: Why


@router.post("/api/desk/conversations/{conversation_id}/rejections", status_code=204)
async def reject(conversation_id: str, body: RejectionIn, agent: AtTheDesk, gateway: GatewayOf) -> Response:
    """For the trainers; rejecting the same again only changes the reason."""
    await in_thread(gateway.desk.conversations.get, conversation_id)
    told = body.model_dump() | {"question": body.question[:500]}
    rejection = Rejection(conversation_id=conversation_id, author=agent.username, **told)
    await in_thread(gateway.desk.rejections.add, rejection)
    return Response(status_code=204)


@router.get("/api/workbench/rejections", tags=["workbench"])
async def rejections(
    trainer: Trainer, gateway: GatewayOf, days: Annotated[int, Query(ge=1, le=365)] = 30
) -> list[Json]:
    """Scripts that agents would not send, the most often rejected first, with the questions they were offered for."""
    since = now() - timedelta(days=days)
    found = await in_thread(gateway.desk.rejections.for_trainers, since)
    titles = await in_slow_thread(gateway.suggestions.titles)
    return [_rejected_shape(script, titles.get(script.faq_id, script.faq_id)) for script in found]


def _rejected_shape(script: RejectedScript, title: str) -> Json:
    return {
        "faq_id": script.faq_id,
        "title": title,
        "script_id": script.script_id,
        "count": len(script.times),
        "rejections": [
            {
                "conversation_id": rejection.conversation_id,
                "question": rejection.question,
                "score": rejection.score,
                "reason": rejection.reason.value,
                "reason_title": words("rejections", rejection.reason.value),
                "author": rejection.author,
                "created_at": moment(at),
            }
            for rejection, at in script.times
        ],
    }
