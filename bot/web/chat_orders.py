"""GET /api/chat/orders: what the customer of this conversation has bought, for the picker in the chat."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from bot.desk.threads import in_thread
from bot.shop.records.ports import Unavailable
from bot.web.auth import OwnConversation
from bot.web.gateway import GatewayOf
from bot.web.problems import Problem
from bot.web.shop_shapes import order_shape

router = APIRouter(prefix="/api/chat", tags=["customer"])
MOST_ORDERS = 20
_SHOWN = ("id", "state", "state_text", "amount", "placed_at", "lines")


class OwnOrders(BaseModel):
    is_known: bool
    """False for a guest: only a customer whom the shop has signed has orders here."""
    orders: list[dict[str, Any]]
    """Newest first: id, state, state_text, amount, placed_at, lines."""


@router.get("/orders")
async def own_orders(conversation: OwnConversation, gateway: GatewayOf) -> OwnOrders:
    """The newest orders of the signed customer; a guest has none."""
    await gateway.limits.spend("read", conversation.id)
    if not conversation.customer.is_verified:
        return OwnOrders(is_known=False, orders=[])
    try:
        orders = await in_thread(gateway.orders.list_for, conversation.customer.id)
    except Unavailable:
        raise Problem("orders-unreachable", 503) from None
    shapes = (order_shape(gateway.shop, order) for order in orders[:MOST_ORDERS])
    return OwnOrders(is_known=True, orders=[{name: shape[name] for name in _SHOWN} for shape in shapes])
