"""Asking the customer to choose a product or an order: two to four options, never an open question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from actions.common import shop_floor
from actions.common.cards import day, image_of
from actions.common.turn import Turn, inform
from bot.placeholders import yuan
from bot.shop.goods.catalogue import in_stock, of_category
from bot.shop.orders import order_choice
from bot.shop.records.model import Kind, Product
from bot.shop.records.orders import Order, OrderState

MOST = 4
"""Options at once (004 §3: two to four)."""


def ask_which_product(turn: Turn) -> None:
    """Offer what the words come near to, else the week's featured products, in a shop that features none the first
    that can be bought; the answer goes back to this action."""
    near = of_category(turn.shop, turn.words) if turn.words else []
    available = _for_body(turn, [p for p in turn.shop.products.values() if in_stock(p)])
    offered = (near or [product for product in available if product.featured] or available)[:MOST]
    options = [product_option(product) for product in offered]
    turn.has_shown(offered)
    turn.set(pending=turn.action)
    turn.say("utter_which_product", card={"type": "choices", "title": "", "options": options})


def _for_body(turn: Turn, products: list[Product]) -> list[Product]:
    """Who has told a body is shown what she can wear: no box, no chair, nothing of a child's."""
    if not any(turn.slot(name) for name in ("height_cm", "weight_kg", "usual_size")):
        return products
    is_child = turn.slot("wearer") == shop_floor.dialogue().phrase("wearer", "child")
    kind = Kind.CHILD_CLOTHING if is_child else Kind.CLOTHING
    return [product for product in products if product.kind is kind and product.size_chart] or products


def product_option(product: Product) -> dict[str, str]:
    return {"title": product.name, "detail": f"¥{yuan(product.price)}", "payload": inform(product=product.id)}


def order_or_ask(turn: Turn, states: Collection[OrderState] = tuple(OrderState)) -> Order | None:
    """The order this turn is about; of several in these states the customer chooses, and None is returned.

    Only the signed customer's own: a guest is told how to sign in, a number that is not hers opens nothing.
    """
    if not has_orders(turn):
        return None
    if order := meant(turn, states):
        return order
    possible = fitting(turn, states)
    if _wants_another(turn):
        possible = [order for order in possible if order.id != turn.slot("order_id")] or possible
    page = turn.metadata.get("product_id")
    shown = [order for order in possible if any(line.product_id == page for line in order.lines)]
    if len(possible) == 1 or len(shown) == 1:
        found = possible[0] if len(possible) == 1 else shown[0]
        turn.talk_about(found)
        return found
    turn.set(pending=turn.action)
    turn.say("utter_which_order", card=orders_card(turn, possible))
    return None


def has_orders(turn: Turn) -> bool:
    """Whether there is anything to talk about; says why where there is not."""
    typed = set(map(str, turn.entities("order_id")))
    if not turn.customer_id:
        turn.say("utter_guest_orders")
    elif typed and not typed & {order.id for order in turn.orders}:
        turn.say("utter_order_not_yours")
    elif not turn.orders:
        turn.say("utter_no_orders")
    else:
        return True
    return False


def fitting(turn: Turn, states: Collection[OrderState]) -> list[Order]:
    """The orders a wish can be about: of those in these states the ones named, else whatever is named, so that what
    cannot be meant is never put up for choice."""
    inside = [order for order in turn.orders if order.state in states]
    named = order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now)
    is_elsewhere = len(named) < len(turn.orders) and not any(order in inside for order in named)
    if is_elsewhere or not inside:
        return named
    return order_choice.narrowed(turn.shop, inside, turn.words, turn.now)


def meant(turn: Turn, states: Collection[OrderState] = tuple(OrderState)) -> Order | None:
    """The order named by number, product, day or place in line; else the one talked about."""
    if turn.entity("order_id"):
        return turn.order
    if turn.words and turn.order and order_choice.is_just_talked_of(turn.words):
        return turn.order
    found = fitting(turn, states) if turn.words else []
    allowed = [order for order in turn.orders if order.state in states]
    if len(found) == 1 and len(turn.orders) > 1 and found != allowed:
        turn.talk_about(found[0])
        return found[0]
    return None if _wants_another(turn) else turn.order


def _wants_another(turn: Turn) -> bool:
    return shop_floor.dialogue().hear("order", turn.words) == "another" and len(turn.orders) > 1


def orders_card(turn: Turn, orders: Iterable[Order]) -> dict[str, Any]:
    """Orders to choose from, newest first."""
    return {
        "type": "choices",
        "title": "",
        "options": [order_option(turn, order) for order in list(orders)[:MOST]],
    }


def order_option(turn: Turn, order: Order) -> dict[str, Any]:
    products = [turn.shop.products[line.product_id] for line in order.lines]
    state = shop_floor.dialogue().order_states[order.state.value]
    placed = shop_floor.dialogue().phrase("order", "placed", day=day(order.placed_at))
    return {
        "title": "、".join(product.name for product in products),
        "detail": f"{placed} · {state}",
        "image": image_of(products[0]),
        "payload": inform(order_id=order.id),
    }


def item_name(turn: Turn, order: Order) -> str:
    """The order as its customer would call it: by what is in it."""
    first = turn.shop.products[order.lines[0].product_id].name
    kinds = len(order.lines)
    key = "one" if kinds == 1 else "more"
    return shop_floor.dialogue().phrase("order", key, product=first, count=kinds)


def items_name(turn: Turn, orders: Iterable[Order]) -> str:
    """Several orders in one breath."""
    return shop_floor.dialogue().phrase("list", "and").join(item_name(turn, order) for order in orders)
