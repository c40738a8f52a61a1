"""Which of her paid orders a question about the money already paid can be about (light: asked before any reading)."""

from __future__ import annotations

from actions.common.turn import Turn
from actions.prices.price_talk import ABOUT_PRICES, last_action
from bot.shop.orders import order_choice, paid_words
from bot.shop.records.orders import Order
from bot.text.normalise import normalise

MOST = 3
"""Orders whose sums are told in one answer."""


def is_of_coupon(turn: Turn) -> bool:
    return paid_words.asks_unused(turn.words) or paid_words.asks_used(turn.words)


def meant(turn: Turn) -> list[Order]:
    """Named, else the one talked about, else the only one; of several the newest, where only the sum is asked."""
    if not turn.words or not turn.orders:
        return []
    asks = paid_words.asks_paid(turn.words)
    is_of_a_price = last_action(turn) in ABOUT_PRICES
    has_forgotten = paid_words.has_forgotten_sum(turn.words) and not is_of_a_price
    if not asks and not has_forgotten and not is_of_coupon(turn):
        return []
    paid = [order for order in turn.orders if order.paid_at is not None]
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    if named:
        return [order for order in named if order in paid][:MOST]
    if _is_elsewhere(turn):
        return []
    talked = [order for order in paid if order.id == turn.slot("order_id")]
    told = order_choice.narrowed(turn.shop, paid, turn.words, turn.now) if paid else []
    found = told if len(told) == 1 or not talked else talked
    if len(found) == 1:
        return found
    return found[:MOST] if asks else []


def _is_elsewhere(turn: Turn) -> bool:
    """The words, the page or the talk are about goods she has not bought."""
    own = {line.product_id for order in turn.orders for line in order.lines}
    page, seen = turn.metadata.get("product_id"), turn.slot("product_id")
    said = turn.entity("product")
    is_seen = seen not in (None, *own) and not turn.slot("order_id")
    return page is not None or is_seen or said not in (None, *own)
