"""What an agent does with a customer's order or pocket, inside her authority: address, variant, price, coupon."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from bot.desk.back_office.ledger import SqlLedger
from bot.desk.back_office.order_actions import ActionKind, OrderAction
from bot.desk.conversations import Agent, Conversation, Draft, Message, StaleVersion
from bot.desk.lines import words
from bot.desk.ownership import Owner, Speaker
from bot.desk.people.approvals import ApprovalKind, ApprovalState
from bot.desk.shapes import message_for_desk
from bot.desk.threads import in_thread
from bot.placeholders import yuan
from bot.shop.orders.address import SHORTEST, read
from bot.shop.prices.coupons import has_left
from bot.shop.prices.desk_rules import PriceRuling, price_ruling, repriced
from bot.shop.prices.grants import Recipient
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.orders import (
    Change,
    NotAllowed,
    Order,
    OrderLine,
    OrderState,
    may_change,
    with_address,
    with_variant,
)
from bot.shop.records.ports import ChangeRefused, Unavailable
from bot.web.auth import AtTheDesk
from bot.web.desk_authority import check_price, limit_of, off_of
from bot.web.desk_remedies import own_order
from bot.web.desk_steps import Seen
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.shop_shapes import date_words, order_shape, state_title, variant_title

router = APIRouter(prefix="/api/desk/conversations/{conversation_id}", tags=["desk"])
Json = dict[str, Any]
Sku = Annotated[str, Field(min_length=1, max_length=80)]
Price = Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=2)]


class ActionIn(Seen):
    client_id: Annotated[str, Field(min_length=1, max_length=80)]


class AddressIn(ActionIn):
    text: Annotated[str, Field(min_length=1, max_length=300)]
    """In the customer's own words: 浙江省杭州市… 周宁 139…; what is not told stays."""


class VariantIn(ActionIn):
    sku: Sku
    to: Sku


class PriceIn(ActionIn):
    sku: Sku
    price: Price


class CouponIn(ActionIn):
    coupon_id: Annotated[str, Field(min_length=1, max_length=80)]


@router.post("/orders/{order_id}/address")
async def address(
    conversation_id: str, order_id: str, body: AddressIn, agent: AtTheDesk, gateway: GatewayOf
) -> Json:
    """Read as the bot reads it; refused with the next best step once the parcel is sealed."""
    conversation, order = await _held_order(gateway, conversation_id, order_id, agent)
    if before := await _before(gateway, conversation, body):
        return before
    _permit(order, Change.ADDRESS)
    told = read(body.text)
    if told.address and (len(told.address) < SHORTEST or not told.region) or told.is_empty:
        raise Problem("address-unclear", 422)
    changed = with_address(order, told.region, told.address, told.recipient, told.phone)
    receiver = " ".join(part for part in (changed.recipient, changed.phone, changed.address) if part)
    return await _change(gateway, agent, conversation, changed, body, ActionKind.ADDRESS, receiver=receiver)


@router.post("/orders/{order_id}/variant")
async def variant(
    conversation_id: str, order_id: str, body: VariantIn, agent: AtTheDesk, gateway: GatewayOf
) -> Json:
    """Another colour or size of the same goods at the same price, if it is in stock."""
    conversation, order = await _held_order(gateway, conversation_id, order_id, agent)
    if before := await _before(gateway, conversation, body):
        return before
    _permit(order, Change.VARIANT)
    line = _line(order, body.sku)
    product = gateway.shop.products.get(line.product_id)
    wished = next((each for each in product.variants if each.sku == body.to), None) if product else None
    if product is None or wished is None or wished.sku == line.sku:
        raise Problem("variant-unknown", 422)
    if wished.stock < line.quantity:
        raise Problem("variant-out", 409)
    changed = with_variant(order, order.lines.index(line), wished.sku)
    filled = {"product": product.name, "variant": variant_title(wished)}
    return await _change(gateway, agent, conversation, changed, body, ActionKind.VARIANT, **filled)


@router.post("/orders/{order_id}/price")
async def price(
    conversation_id: str, order_id: str, body: PriceIn, agent: AtTheDesk, gateway: GatewayOf
) -> Json:
    """Of an unpaid order, down to this person's share or what a supervisor has approved; never below the floor."""
    conversation, order = await _held_order(gateway, conversation_id, order_id, agent)
    if before := await _before(gateway, conversation, body):
        return before
    if order.state is not OrderState.UNPAID:
        raise Problem("too-late", 409, {"state": state_title(order.state), "next": ""})
    line = _line(order, body.sku)
    product = gateway.shop.products.get(line.product_id)
    if product is None:
        raise Problem("not-found", 404)
    granted = await in_thread(gateway.desk.approvals.granted, conversation_id, ApprovalKind.PRICE)
    fitting = [each for each in granted if each.what["product"] == product.id]
    approved = [Decimal(each.what["price"]) for each in fitting]
    check_price(price_ruling(product, line.price, body.price, off_of(gateway, agent), approved))
    changed = repriced(order, line.sku, body.price)
    cost = yuan((line.price - body.price) * line.quantity)
    filled = {"product": product.name, "price": yuan(body.price), "amount": yuan(changed.amount)}
    answer = await _change(gateway, agent, conversation, changed, body, ActionKind.PRICE, cost, **filled)
    own = price_ruling(product, line.price, body.price, off_of(gateway, agent))
    for each in fitting:
        if own is PriceRuling.ABOVE and Decimal(each.what["price"]) <= body.price:
            await in_thread(gateway.desk.approvals.settle, each.id, ApprovalState.USED, agent.username)
            break
    return answer


@router.post("/coupons")
async def coupon(conversation_id: str, body: CouponIn, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """Into the signed customer's pocket, from the coupon's pool, once for the same conversation."""
    conversation = await _held(gateway, conversation_id, agent)
    offer = next((each for each in gateway.shop.policy.coupons if each.id == body.coupon_id), None)
    if offer is None:
        raise Problem("not-found", 404)
    if offer.amount > limit_of(gateway, agent):
        raise Problem("coupon-beyond", 403)
    ledger = SqlLedger(gateway.desk.engine)
    if not has_left(offer, await in_thread(ledger.given)):
        raise Problem("coupon-out", 409)
    to = Recipient(conversation.customer.id, conversation_id, f"desk:{conversation_id}", agent.username)
    moment = datetime.now(SHOP_ZONE).replace(tzinfo=None)
    held = await in_thread(ledger.give_coupon, to, offer, moment)
    if held is None:
        raise Problem("coupon-out", 409)
    some, least = ("from_sum", yuan(held.min_spend)) if held.min_spend else ("any_sum", "")
    filled = {
        "amount": yuan(held.amount),
        "condition": words("order_actions", some, min_spend=least),
        "day": date_words(held.expires),
    }
    once = f"coupon:{offer.id}"  # as often as the ledger gives it, however often it is pressed
    await _booked(gateway, agent, conversation, "", once, ActionKind.COUPON, filled["amount"], filled)
    return await _told(gateway, agent, conversation, body, ActionKind.COUPON, None, filled)


async def _before(gateway: Gateway, conversation: Conversation, body: ActionIn) -> Json | None:
    """What the same press told already; by now the order may no longer allow it."""
    if not await in_thread(gateway.desk.order_actions.has, conversation.id, body.client_id):
        return None
    said = await in_thread(gateway.desk.conversations.messages, conversation.id)
    found = next((each for each in said if each.client_id == body.client_id), None)
    return _answer(conversation, found) if found else None


async def _held(gateway: Gateway, conversation_id: str, agent: Agent) -> Conversation:
    """Only who has the conversation acts for its customer, and only for one the shop has signed."""
    conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    if (conversation.owner, conversation.agent) != (Owner.HUMAN, agent.username):
        raise StaleVersion(conversation)
    if not conversation.customer.is_verified:
        raise Problem("guest", 403)
    return conversation


async def _held_order(
    gateway: Gateway, conversation_id: str, order_id: str, agent: Agent
) -> tuple[Conversation, Order]:
    conversation = await _held(gateway, conversation_id, agent)
    return conversation, await own_order(gateway, conversation, order_id)


def _line(order: Order, sku: str) -> OrderLine:
    line = next((each for each in order.lines if each.sku == sku), None)
    if line is None:
        raise Problem("not-found", 404)
    return line


def _permit(order: Order, change: Change) -> None:
    answer = may_change(order, change)
    if isinstance(answer, NotAllowed):
        following = words("next_best", answer.next_best.value)
        raise Problem("too-late", 409, {"state": state_title(order.state), "next": following})


async def _change(
    gateway: Gateway,
    agent: Agent,
    conversation: Conversation,
    order: Order,
    body: ActionIn,
    kind: ActionKind,
    cost: str = "",
    **filled: str,
) -> Json:
    """Book it, change the order, tell the customer. The same `client_id` again only tells what was told."""
    if await _booked(gateway, agent, conversation, order.id, body.client_id, kind, cost, filled):
        note = f"{agent.name}：{words('order_actions', kind.value, **filled)}"
        await _or_undone(gateway, conversation, body, lambda: in_thread(gateway.orders.update, order, note))
    card = order_shape(gateway.shop, order)
    return await _told(gateway, agent, conversation, body, kind, card, filled)


async def _or_undone(
    gateway: Gateway, conversation: Conversation, body: ActionIn, change: Callable[[], Awaitable[None]]
) -> None:
    """What the order's own system refuses has not been done."""
    try:
        await change()
    except (Unavailable, ChangeRefused, KeyError) as error:
        await in_thread(gateway.desk.order_actions.undo, conversation.id, body.client_id)
        refused = isinstance(error, ChangeRefused)
        raise Problem("order-refused" if refused else "no-orders", 409 if refused else 503) from None


async def _booked(
    gateway: Gateway,
    agent: Agent,
    conversation: Conversation,
    order_id: str,
    ref: str,
    kind: ActionKind,
    cost: str,
    filled: dict[str, str],
) -> bool:
    """Whether it is new."""
    text = words("order_actions", kind.value, **filled)
    action = OrderAction(conversation.id, order_id, kind, text, cost, agent.username, ref)
    return await in_thread(gateway.desk.order_actions.book, action) is not None


async def _told(
    gateway: Gateway,
    agent: Agent,
    conversation: Conversation,
    body: ActionIn,
    kind: ActionKind,
    card: Json | None,
    filled: dict[str, str],
) -> Json:
    """In the agent's name, with the order as it is now."""
    text = words("order_actions", f"told_{kind.value}", **filled)
    draft = Draft(Speaker.AGENT, agent.name, text, card=card, client_id=body.client_id)
    says = gateway.desk.conversations.agent_says
    message, now, is_new = await in_thread(says, conversation.id, agent.username, draft, None)
    if is_new:
        await gateway.notices.said([message])
    return _answer(now, message)


def _answer(conversation: Conversation, message: Message) -> Json:
    owned = {"owner": conversation.owner.value, "version": conversation.version}
    return {**owned, "message": message_for_desk(message)}
