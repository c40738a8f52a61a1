"""POST /api/chat/sessions: a conversation for a customer whom the shop has signed, or for a guest."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from bot.desk.conversations import Context, Conversation, Customer, NotFound
from bot.desk.lines import greeting
from bot.desk.ownership import Owner
from bot.desk.people.identity import is_signed
from bot.desk.rows import new_id
from bot.desk.threads import in_thread
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.ports import Unavailable
from bot.web.auth import Bearer
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem
from bot.web.snapshots import Opened, snapshot

router = APIRouter(prefix="/api/chat", tags=["customer"])
Short = Annotated[str, Field(max_length=80)]


class CustomerIn(BaseModel):
    id: Short | None = None
    name: Short = ""
    level: Short = ""
    signature: Annotated[str, Field(max_length=128)] = ""


class ContextIn(BaseModel):
    """The page the customer is on."""

    product_id: Short | None = None
    order_id: Short | None = None
    page: Annotated[str, Field(max_length=500)] | None = None

    def value(self) -> Context:
        return Context(self.product_id or None, self.order_id or None, self.page or None)


class SessionIn(BaseModel):
    customer: CustomerIn | None = None
    context: ContextIn = ContextIn()


@router.post("/sessions", status_code=201)
async def open_session(body: SessionIn, request: Request, gateway: GatewayOf, bearer: Bearer) -> Opened:
    """A new conversation; with the token of an earlier one of the same customer, that one again."""
    await gateway.limits.spend("session", request.client.host if request.client else "")
    customer, context = await _customer(gateway, body.customer), body.context.value()
    kept = await _kept(gateway, bearer.credentials, customer) if bearer else None
    if kept and bearer:
        token, conversation = bearer.credentials, await see_context(gateway, kept, context)
    else:
        known = customer.name if customer.is_verified else ""
        hello = greeting(gateway.shop.name, gateway.shop.persona, datetime.now(SHOP_ZONE), known)
        conversation, token = await in_thread(gateway.desk.conversations.open, customer, context, [hello])
    messages = await in_thread(gateway.desk.conversations.messages, conversation.id)
    facts: dict[str, Any] = await snapshot(gateway, conversation, messages)
    return Opened(conversation_id=conversation.id, token=token, **facts)


async def see_context(gateway: Gateway, conversation: Conversation, context: Context) -> Conversation:
    """Keep the page the customer is on now; nothing is written while it stays the same."""
    if context in (conversation.context, Context()):
        return conversation
    return await in_thread(gateway.desk.conversations.see_context, conversation.id, context)


async def _customer(gateway: Gateway, given: CustomerIn | None) -> Customer:
    """The signed customer. An unsigned id that the shop knows is refused, any other is a guest's own idea."""
    given = given or CustomerIn()
    if not given.id:
        return Customer(f"guest-{new_id()}", given.name)
    if given.signature:
        key = gateway.settings.secrets["secret_key"]
        if not is_signed(key, given.signature, given.id, given.name, given.level):
            raise Problem("bad-signature", 403)
        return Customer(given.id, given.name, given.level, is_verified=True)
    if given.id in gateway.shop.customers or await _has_orders(gateway, given.id):
        raise Problem("bad-signature", 403)
    return Customer(f"guest-{new_id()}", given.name)


async def _has_orders(gateway: Gateway, customer_id: str) -> bool:
    """Whether it is the id of a buyer; not knowing it just now opens nothing, she is a guest either way."""
    try:
        return bool(await in_thread(gateway.orders.list_for, customer_id))
    except Unavailable:
        return False


async def _kept(gateway: Gateway, token: str, customer: Customer) -> Conversation | None:
    """The conversation of an earlier visit, unless it has ended or belonged to another customer."""
    try:
        conversation = await in_thread(gateway.desk.conversations.by_token, token)
    except NotFound:
        return None
    is_same = (
        conversation.customer.id == customer.id
        if customer.is_verified
        else not conversation.customer.is_verified
    )
    return conversation if is_same and conversation.owner is not Owner.CLOSED else None
