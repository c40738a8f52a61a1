"""What an agent's desk reads: lists, one conversation with its card, colleagues."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from bot.desk.agent_tools.live_values import live_values
from bot.desk.agent_tools.rejections import Why
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.brief import last_question
from bot.desk.conversations import Agent, Conversation
from bot.desk.lines import reason_title, reason_titles
from bot.desk.lines import words as said
from bot.desk.shapes import (
    customer_shape,
    listed_shape,
    message_for_desk,
    moment,
    note_shape,
    promise_shape,
    waited_seconds,
)
from bot.desk.threads import in_slow_thread, in_thread
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.model import Product
from bot.shop.records.ports import Unavailable
from bot.web.auth import LoggedIn
from bot.web.desk_approvals import approval_shape
from bot.web.desk_authority import coupons_shape
from bot.web.desk_order_shapes import desk_orders
from bot.web.gateway import Gateway, GatewayOf
from bot.web.shop_shapes import intent_titles, product_shape

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/desk", tags=["desk"])
State = Literal["queued", "mine", "human", "bot", "closed"]


@router.get("/conversations")
async def conversations(agent: LoggedIn, gateway: GatewayOf, state: State = "queued") -> list[dict[str, Any]]:
    """`queued` in the order in which they are to be taken, the other lists newest first."""
    found = await in_thread(gateway.desk.queue.listed, state, agent.username)
    return [listed_shape(listed) for listed in found]


@router.get("/conversations/{conversation_id}")
async def conversation(
    conversation_id: str,
    agent: LoggedIn,
    gateway: GatewayOf,
    suggest: Annotated[bool, Query(description="Whether to look for suggested scripts")] = True,
) -> dict[str, Any]:
    """Everything an agent needs before answering: brief, transcript with each turn's reading, three scripts."""
    found = await in_thread(gateway.desk.conversations.get, conversation_id)
    transcript = await in_thread(gateway.desk.conversations.messages, conversation_id)
    question = last_question(transcript) if suggest else ""
    suggestions = await in_slow_thread(gateway.suggestions.find, question)
    return {
        **_facts(found),
        "agent_name": await gateway.notices.agent_name(found),
        "seen_by_customer": (await in_thread(gateway.desk.marks.of, conversation_id)).seen,
        **await _goods(gateway, found, agent),
        "transcript": [message_for_desk(message) for message in transcript],
        "question": question,
        "suggestions": [asdict(suggestion) for suggestion in suggestions],
        **await _records(gateway, found),
    }


@router.get("/words")
async def words(agent: LoggedIn, gateway: GatewayOf) -> dict[str, Any]:
    """What ids are called on the screens, and the seconds by which a reply is golden or just in time."""
    policy = gateway.shop.policy
    return {
        "shop": gateway.shop.name,
        "intents": intent_titles(),
        "reasons": reason_titles(),
        "rejections": {why.value: said("rejections", why.value) for why in Why},
        "low_stock": policy.low_stock,
        "levels": {level.id: level.title for level in policy.levels},
        "first_reply": {"golden_seconds": policy.golden_seconds, "keep_seconds": policy.keep_seconds},
    }


def _facts(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "owner": conversation.owner.value,
        "version": conversation.version,
        "agent": conversation.agent,
        "customer": customer_shape(conversation.customer),
        "context": asdict(conversation.context),
        "handoff": _handoff(conversation),
        "waiting_since": moment(conversation.waiting_since),
        "waited_seconds": waited_seconds(conversation),
        "tag": conversation.tag,
        "created_at": moment(conversation.created_at),
        "updated_at": moment(conversation.updated_at),
        "closed_at": moment(conversation.closed_at),
    }


def _handoff(conversation: Conversation) -> dict[str, Any] | None:
    if conversation.reason is None:
        return None
    return {
        "reason": conversation.reason,
        "reason_title": reason_title(conversation.reason),
        "priority": conversation.priority,
        "summary": list(conversation.summary),
        "slots": conversation.slots,
        "created_at": moment(conversation.handed_over_at),
    }


async def _goods(gateway: Gateway, conversation: Conversation, agent: Agent) -> dict[str, Any]:
    """The product and order talked about, the customer's other orders, and what phrases may say of them.

    Orders only of a signed customer.
    """
    shop, slots = gateway.shop, conversation.slots
    product = product_of(gateway, conversation)
    orders = ()
    if conversation.customer.is_verified:
        try:
            orders = await in_thread(gateway.orders.list_for, conversation.customer.id)
        except Unavailable:
            log.warning("orders of %s cannot be looked up just now", conversation.id)
    wanted = conversation.context.order_id or slots.get("order_id")
    order = next((each for each in orders if each.id == wanted), None)
    clock = datetime.now(SHOP_ZONE).replace(tzinfo=None)
    name = conversation.customer.name
    shapes = await desk_orders(gateway, orders)
    given = await in_thread(SqlLedger(gateway.desk.engine).given)
    return {
        "product": product_shape(shop, product) if product else None,
        "order": shapes[order.id] if order else None,
        "orders": list(shapes.values()),
        "coupons": coupons_shape(gateway, agent, given) if conversation.customer.is_verified else [],
        "live": live_values(shop, slots, product, order, name, agent.name, clock),
    }


def product_of(gateway: Gateway, conversation: Conversation) -> Product | None:
    """What the page she came from shows, else what the chat came to."""
    told = conversation.context.product_id or conversation.slots.get("product_id") or ""
    return gateway.shop.products.get(told)


async def _records(gateway: Gateway, conversation: Conversation) -> dict[str, Any]:
    records = gateway.desk.records
    rating = await in_thread(records.rating, conversation.id)
    return {
        "promises": [
            promise_shape(promise) for promise in await in_thread(records.promises, conversation.id)
        ],
        "notes": [note_shape(note) for note in await in_thread(records.notes, conversation.id)],
        "approvals": [
            await approval_shape(gateway, each)
            for each in await in_thread(gateway.desk.approvals.of, conversation.id)
        ],
        "tags": list(await in_thread(records.tags, conversation.id)),
        "rating": {"score": rating[0], "comment": rating[1]} if rating else None,
    }
