"""Which order that waits for its payment the words are about, and who takes them.

The deciding half of actions/orders/unpaid.py, light enough to be asked before any reading.
"""

from __future__ import annotations

from actions.common.turn import Turn
from bot.shop.orders import order_choice, order_wish, unpaid_words, variant_wish
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise


def taker(turn: Turn) -> str | None:
    """Who answers a message that is plainly about her unpaid order; None for any other message."""
    order = meant(turn) if turn.words else None
    if order is None:
        return None
    if is_kept(turn) and order_wish.gives_up(turn.words):
        turn.talk_about(order)
        return "action_cancel_order"  # one piece of it, the rest stays
    if is_kept(turn) or is_for_coupon(turn, order):
        return "action_payment"
    if not unpaid_words.says_unpaid(turn.words):
        return None
    if variant_wish.read(turn.shop, [order], turn.words, order.id) or variant_wish.wishes_change(turn.words):
        turn.talk_about(order)
        return "action_modify_order"
    if order_wish.read(turn.words, names_goods=True):
        turn.talk_about(order)
        return "action_cancel_order"
    return "action_payment"


def meant(turn: Turn) -> Order | None:
    """Named, told as not paid, talked about, or the only one while no other order that can still change is."""
    open_ = [order for order in turn.orders if order.state is OrderState.UNPAID]
    if not open_ or _is_elsewhere(turn, open_):
        return None
    found = order_choice.narrowed(turn.shop, open_, turn.words, turn.now)
    talked = [order for order in found if order.id == turn.slot("order_id")]
    meant_ones = talked or found
    return meant_ones[0] if len(meant_ones) == 1 else None


def _is_elsewhere(turn: Turn, open_: list[Order]) -> bool:
    """The page, the words or the talk are about something that is not in one of these."""
    goods = {line.product_id for order in open_ for line in order.lines}
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    if named or unpaid_words.says_unpaid(turn.words):
        return bool(named) and not any(order in open_ for order in named)
    if turn.entity("product") not in (None, *goods):
        return True
    page, seen = turn.metadata.get("product_id"), turn.slot("product_id")
    own = {line.product_id for order in turn.orders for line in order.lines}
    is_looking = page not in (None, *goods) or seen not in (None, *own)
    waiting = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
    talked = next((order for order in turn.orders if order.id == turn.slot("order_id")), None)
    return is_looking or (talked is not None and talked.state in waiting)


def is_kept(turn: Turn) -> bool:
    return unpaid_words.asks_to_keep(turn.words)


def is_for_coupon(turn: Turn, order: Order) -> bool:
    """A coupon is asked for by who speaks of this order: in the words, or just before."""
    if not unpaid_words.asks_for_coupon(turn.words):
        return False
    named = order in order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    only = order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now) == [order]
    return named or only or unpaid_words.says_unpaid(turn.words) or turn.slot("order_id") == order.id
