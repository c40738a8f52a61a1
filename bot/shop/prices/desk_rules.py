"""What a person at the desk may do about a price, beyond what the bot may.

Source: shop-rules.md, "Price" (never below the floor), issue 5, "Agents" (actions inside the agent's authority, and
an approval above it). Limits: `desk.price_off` in policy.yml.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

from bot.shop.records.model import Product
from bot.shop.records.orders import Order, OrderState, TooLate


class PriceRuling(str, Enum):
    WITHIN = "within"
    ABOVE = "above"
    """More than this person may give away: somebody above her must say yes."""
    BELOW_FLOOR = "below_floor"
    """Nobody may."""
    NOT_LOWER = "not_lower"


def price_ruling(
    product: Product, current: Decimal, price: Decimal, off: Decimal, approved: Iterable[Decimal] = ()
) -> PriceRuling:
    """Whether one piece of `product`, now at `current`, may go for `price`.

    `off`: the share below the listed price this person may go to. `approved`: prices somebody above has agreed to.
    """
    if price >= current:
        return PriceRuling.NOT_LOWER
    if price < product.floor_price:
        return PriceRuling.BELOW_FLOOR
    lowest = min((product.price * (1 - off), *approved))
    return PriceRuling.WITHIN if price >= lowest else PriceRuling.ABOVE


def repriced(order: Order, sku: str, price: Decimal) -> Order:
    """The unpaid order with this piece at another price. Raises TooLate once it is paid, KeyError without the piece."""
    if order.state is not OrderState.UNPAID:
        raise TooLate(f"order {order.id} is {order.state.value}: no change of price")
    line = next((each for each in order.lines if each.sku == sku), None)
    if line is None:
        raise KeyError(sku)
    less = (line.price - price) * line.quantity
    lines = tuple(each.model_copy(update={"price": price}) if each is line else each for each in order.lines)
    return order.model_copy(update={"lines": lines, "amount": max(order.amount - less, Decimal(0))})
