"""A wish for another size of what she has ordered, clear from the words alone ("110买小了好像 能改120不").

The last size after 换 or 改 is the one wished for. Source: docs/transcript-review.md, D 8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.shop import stock
from bot.shop.model import Shop
from bot.shop.order_parts import called_by
from bot.shop.orders import Order, OrderLine, OrderState
from bot.text.normalise import normalise

_SIZE = re.compile(
    r"(?:改|换)(?:成|到|个|为|一件|一双|一条|成了)?\s*(?P<size>\d{2,3}(?:\.5)?|\d?x{0,4}[sml]|"
    r"均码)(?![\d元块])(?:码|号|的)?"
)
_CHANGEABLE = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
_RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)


def read(
    shop: Shop, orders: Sequence[Order], text: str, talked_about: str | None = None
) -> tuple[Order, OrderLine, str] | None:
    """The order, the piece of it and the size wished for; None where the words name no size of it, or where several
    pieces could be meant. What has not left yet is meant before what was received."""
    sizes = [found["size"] for found in _SIZE.finditer(normalise(text).lower())]
    if not sizes:
        return None
    for states in (_CHANGEABLE, _RECEIVED):
        fitting = [
            (order, line)
            for order in orders
            if order.state in states
            for line in order.lines
            if _comes_in(shop, line, sizes[-1])
        ]
        if meant := _called(shop, fitting, text):
            return (*meant, sizes[-1])
    talked = [
        (order, line)
        for order in orders
        if order.id == talked_about and order.state in (*_CHANGEABLE, *_RECEIVED)
        for line in order.lines
        if _comes_in(shop, line, sizes[-1])
    ]
    return (*talked[0], sizes[-1]) if len(talked) == 1 and not _names_any(shop, orders, text) else None


def _comes_in(shop: Shop, line: OrderLine, size: str) -> bool:
    product = shop.products.get(line.product_id)
    owned = next((v for v in product.variants if v.sku == line.sku), None) if product else None
    return (
        product is not None
        and owned is not None
        and not stock.same_size(owned.size, size)
        and any(stock.same_size(each, size) for each in product.sizes)
    )


def _called(
    shop: Shop, pieces: Sequence[tuple[Order, OrderLine]], text: str
) -> tuple[Order, OrderLine] | None:
    """The one piece the words call by the longest name."""
    named = [(len(called_by(shop.products[line.product_id], text)), order, line) for order, line in pieces]
    longest = max((length for length, _, _ in named), default=0)
    best = [(order, line) for length, order, line in named if length == longest]
    return best[0] if longest and len(best) == 1 else None


def _names_any(shop: Shop, orders: Sequence[Order], text: str) -> bool:
    lines = (line for order in orders for line in order.lines if line.product_id in shop.products)
    return any(called_by(shop.products[line.product_id], text) for line in lines)
