"""Asking the customer to choose a product or an order: two to four options, never an open question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from actions import shop_floor
from actions.turn import Turn, inform
from bot.placeholders import yuan
from bot.shop.catalogue import in_stock, of_category
from bot.shop.model import Product
from bot.shop.orders import Order, OrderState

MOST = 4
"""Options at once (004 §3: two to four)."""


def ask_which_product(turn: Turn) -> None:
    """Offer what the words come near to, else the week's featured products; the answer goes back to this action."""
    near = of_category(turn.shop, turn.words) if turn.words else []
    featured = [product for product in turn.shop.products.values() if product.featured and in_stock(product)]
    offered = (near or featured)[:MOST]
    options = [product_option(product) for product in offered]
    turn.has_shown(offered)
    turn.set(pending=turn.action)
    turn.say("utter_which_product", card={"type": "choices", "title": "", "options": options})


def product_option(product: Product) -> dict[str, str]:
    return {"title": product.name, "detail": f"¥{yuan(product.price)}", "payload": inform(product=product.id)}


def order_or_ask(turn: Turn, states: Collection[OrderState] = tuple(OrderState)) -> Order | None:
    """The order this turn is about; of several in these states the customer chooses, and None is returned."""
    if turn.order:
        return turn.order
    if not turn.orders:
        turn.say("utter_no_orders")
        return None
    possible = turn.orders_in(states)
    if len(possible) == 1:
        turn.talk_about(possible[0])
        return possible[0]
    turn.set(pending=turn.action)
    turn.say("utter_which_order", card=orders_card(turn, possible))
    return None


def orders_card(turn: Turn, orders: Iterable[Order]) -> dict[str, Any]:
    """Orders to choose from, newest first."""
    return {
        "type": "choices",
        "title": "",
        "options": [order_option(turn, order) for order in list(orders)[:MOST]],
    }


def order_option(turn: Turn, order: Order) -> dict[str, str]:
    names = "、".join(turn.shop.products[line.product_id].name for line in order.lines)
    state = shop_floor.dialogue().order_states[order.state.value]
    return {"title": names, "detail": f"{order.id} · {state}", "payload": inform(order_id=order.id)}
