"""The remedy board: the ladder of one order with what each step loses, and the card with the customer's choice."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from bot.desk.back_office.ledger import SqlLedger
from bot.desk.conversations import Agent, Conversation, Draft
from bot.desk.lines import words
from bot.desk.ownership import Speaker
from bot.desk.people.approvals import Approval, ApprovalKind
from bot.desk.remedy_choices import card_source
from bot.desk.shapes import message_for_desk
from bot.desk.threads import in_thread
from bot.placeholders import yuan
from bot.shop.after_sale.remedies import Case, RemedyOption
from bot.shop.after_sale.remedy_board import BoardRow, CannotOffer, Obstacle, board, offer
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.orders import Order, OrderLine
from bot.shop.records.ports import Unavailable
from bot.shop.records.remedy_policy import Issue, RemedyKind, Severity
from bot.web.auth import AtTheDesk
from bot.web.desk_authority import limit_of
from bot.web.desk_steps import Seen, Words
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.shop_shapes import remedy_row

router = APIRouter(prefix="/api/desk/conversations/{conversation_id}/remedies", tags=["desk"])
Json = dict[str, Any]
OrderId = Annotated[str, Field(min_length=1, max_length=40)]
Sum = Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=2)]


class Trouble(Seen):
    """What is wrong with which piece; `sku` None is the whole order. `money`: the agent's own partial refund, yuan."""

    order_id: OrderId
    sku: Annotated[str | None, Field(max_length=80)] = None
    issue: Issue
    severity: Severity
    money: Sum | None = None


class RemedyCard(Trouble):
    kinds: Annotated[list[RemedyKind], Field(max_length=4)]
    client_id: Annotated[str, Field(min_length=1, max_length=80)]
    text: Words | None = None


@router.get("")
async def remedies(
    conversation_id: str,
    agent: AtTheDesk,
    gateway: GatewayOf,
    order_id: Annotated[OrderId, Query()],
    issue: Issue,
    severity: Severity,
    sku: Annotated[str | None, Query(max_length=80)] = None,
    money: Annotated[Sum | None, Query()] = None,
) -> Json:
    """Every remedy with the yuan it loses and what stands against it, by what this person may hand out."""
    trouble = Trouble(order_id=order_id, sku=sku, issue=issue, severity=severity, money=money)
    conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    case, rows = await rows_of(gateway, agent, conversation, trouble)
    return {
        "paid": yuan(case.value),
        "given": yuan(case.order.compensated),
        "limit": yuan(limit_of(gateway, agent)),
        "rows": [_row_shape(row) for row in rows],
    }


@router.post("")
async def send(conversation_id: str, body: RemedyCard, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """Two remedies or more as one card; the amounts are worked out here, whatever the page showed."""
    conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    case, rows = await rows_of(gateway, agent, conversation, body)
    try:
        chosen = offer(rows, body.kinds)
    except CannotOffer as error:
        raise _refusal(error) from None
    shown = [remedy_row(each) for each in chosen]
    card = {"type": "remedies", "order_id": case.order.id, "options": shown}
    granted = await _granted(gateway, conversation_id, body)
    kept = {each.kind: _kept(each, row, granted) for each, row in zip(chosen, shown, strict=True)}
    text = body.text or words("desk", "remedies")
    source = {"action": "desk_remedies", **card_source(agent.username, case.order.id, kept)}
    draft = Draft(Speaker.AGENT, agent.name, text, card=card, source=source, client_id=body.client_id)
    message, conversation, is_new = await in_thread(
        gateway.desk.conversations.agent_says, conversation_id, agent.username, draft, body.version
    )
    if is_new:
        await gateway.notices.said([message])
    return {
        "owner": conversation.owner.value,
        "version": conversation.version,
        "message": message_for_desk(message),
    }


async def rows_of(
    gateway: Gateway, agent: Agent, conversation: Conversation, trouble: Trouble
) -> tuple[Case, tuple[BoardRow, ...]]:
    order = await own_order(gateway, conversation, trouble.order_id)
    line = next((each for each in order.lines if each.sku == trouble.sku), None)
    if trouble.sku and line is None:
        raise Problem("not-found", 404)
    given = await in_thread(SqlLedger(gateway.desk.engine).given)
    now = datetime.now(SHOP_ZONE).replace(tzinfo=None)
    in_stock = _is_in_stock(gateway, line, order)
    case = Case(gateway.shop.policy, order, line, trouble.issue, now, in_stock, given)
    granted = await _granted(gateway, conversation.id, trouble)
    sums = {kind: Decimal(approval.what["cost"]) for kind, approval in granted.items()}
    return case, board(case, trouble.severity, limit_of(gateway, agent), trouble.money, sums)


async def _granted(gateway: Gateway, conversation_id: str, trouble: Trouble) -> dict[RemedyKind, Approval]:
    """What a supervisor has agreed to for this piece of this order; the largest of a kind."""
    found = await in_thread(gateway.desk.approvals.granted, conversation_id, ApprovalKind.REMEDY)
    fitting = [
        each for each in found if (each.what["order"], each.what["sku"]) == (trouble.order_id, trouble.sku)
    ]
    fitting.sort(key=lambda each: Decimal(each.what["cost"]))
    return {RemedyKind(each.what["remedy"]): each for each in fitting}


def _kept(option: RemedyOption, row: Json, granted: dict[RemedyKind, Approval]) -> Json:
    """An option as it is booked when she takes it."""
    approval = granted.get(option.kind)
    return {
        "title": row["title"],
        "detail": row["detail"],
        "amount": row["amount"],
        "cost": yuan(option.cost),
        "coupon": option.coupon_id,
        "approval": approval.id if approval else None,
    }


async def own_order(gateway: Gateway, conversation: Conversation, order_id: str) -> Order:
    """Only of a customer whom the shop has signed, and only hers."""
    if not conversation.customer.is_verified:
        raise Problem("not-found", 404)
    try:
        order = await in_thread(gateway.orders.get, order_id, conversation.customer.id)
    except Unavailable:
        raise Problem("no-orders", 503) from None
    if order is None:
        raise Problem("not-found", 404)
    return order


def _is_in_stock(gateway: Gateway, line: OrderLine | None, order: Order) -> bool:
    """Whether every piece meant can be sent again."""
    levels = {v.sku: v.stock for product in gateway.shop.products.values() for v in product.variants}
    return all(levels.get(each.sku, 0) > 0 for each in ((line,) if line else order.lines))


def _row_shape(row: BoardRow) -> Json:
    return {
        **remedy_row(row.option),
        "cost": yuan(row.option.cost),
        "is_usual": row.is_usual,
        "obstacle": row.obstacle.value if row.obstacle else None,
        "obstacle_title": words("obstacles", row.obstacle.value) if row.obstacle else "",
    }


def _refusal(error: CannotOffer) -> Problem:
    if error.obstacle is Obstacle.BEYOND_AUTHORITY:
        return Problem("beyond-authority", 403)
    return Problem("not-possible", 409) if error.obstacle else Problem("few-remedies", 422)
