"""Which piece of an order she wants sent ahead of the rest ("大衣能先发吗")."""

from __future__ import annotations

from actions.common.turn import Turn
from bot.shop.orders import order_choice, order_wish
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

NOT_OFF_YET = (OrderState.PAID, OrderState.PACKED)


def first_wished(turn: Turn, order: Order) -> str:
    """The one piece of several that the words name; "" where they name none or all."""
    if not turn.words:
        return ""
    words = normalise(turn.words)
    products = [turn.shop.products[line.product_id] for line in order.lines]
    named = [product.name for product in products if order_choice.names(product, words)]
    return named[0] if len(named) == 1 < len(products) else ""


def takes(turn: Turn) -> bool:
    """Whether a piece of an order that has not left is to go first, however the words are read."""
    if not turn.words or not order_wish.sends_first(turn.words):
        return False
    return any(order.state in NOT_OFF_YET and first_wished(turn, order) for order in turn.orders)
