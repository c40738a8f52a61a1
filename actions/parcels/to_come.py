"""What is asked of an order that is still to come: which one is meant, and who answers.

Spoken of as late, what is really late goes before what might be.
"""

from __future__ import annotations

from actions.after_sale.replacing import replacement
from actions.common import shop_floor
from actions.common.turn import Turn
from actions.prices.price_talk import last_action
from bot.shop.after_sale.rights import days_late
from bot.shop.orders import hers, order_choice
from bot.shop.orders.awaited import ON_ITS_WAY, is_before_buying
from bot.shop.orders.hers import Whose
from bot.shop.orders.waiting_words import needs_no_urging
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

UNDER_WAY = ON_ITS_WAY
OF_ITS_WAY = ("track_order", "urge_shipping", "ask_shipping_time")
OF_GOODS = (
    *("action_price", "action_size", "action_stock", "action_product_info", "action_recommend"),
    *("action_shipping_fee", "action_bargain", "action_promotion"),
)
"""Answers after which a name alone asks the same of other goods."""
NOT_OFF = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
MAY_BE_LATE = (*UNDER_WAY, OrderState.DELIVERED)


def waits_too_long(turn: Turn) -> Order | None:
    """The order under way that is behind its promised time: the one she names, else the only one."""
    late = [
        order for order in turn.orders if order.state in ON_ITS_WAY and days_late(turn.shop, order, turn.now)
    ]
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    meant = [order for order in late if order in named] if named else late
    return meant[0] if len(meant) == 1 else None


def is_awaited(turn: Turn) -> bool:
    return not turn.metadata.get("product_id") and any(order.state in ON_ITS_WAY for order in turn.orders)


def plainly_meant(turn: Turn) -> Order | None:
    """None is named: the one on the page or talked about, else the only late one, else the only one to come."""
    talked = turn.order
    if turn.entity("order_id") or order_choice.by_product(turn.shop, turn.orders, normalise(turn.words)):
        return None
    if talked and talked.state in UNDER_WAY:
        return talked
    late = [
        o
        for o in turn.orders
        if o.state in MAY_BE_LATE and (o.compensated or days_late(turn.shop, o, turn.now))
    ]
    coming = [order for order in turn.orders if order.state in UNDER_WAY]
    found = late or coming
    if len(found) != 1:
        return None
    turn.talk_about(found[0])
    return found[0]


def late_money(turn: Turn) -> str | None:
    """What a delay is worth is asked of something that is still to come, or came too late."""
    return "action_compensation" if waits_too_long(turn) or is_awaited(turn) else None


def overdue(turn: Turn) -> str | None:
    order = waits_too_long(turn)
    return "action_urge" if order is not None and order.state is not OrderState.SHIPPED else None


def urged(turn: Turn) -> str | None:
    """ "那你催一下仓库", of what she has ordered; before buying and of a replacement it is told elsewhere."""
    if needs_no_urging(turn.words):
        return "action_urge" if last_action(turn) in ("action_urge", "action_shipping_time") else None
    if (
        turn.slot("requested_slot")
        or turn.slot("trouble")
        or replacement(turn)
        or is_before_buying(turn.words)
    ):
        return None
    return "action_urge" if is_awaited(turn) else None


def rerouted(turn: Turn) -> str | None:
    """Sent elsewhere is what is on its way, never something still to be bought; an open form reads its own answer."""
    if turn.slot("requested_slot"):
        return None
    coming = [order for order in turn.orders if order.state in ON_ITS_WAY]
    if len(coming) == 1:
        turn.talk_about(coming[0])
    return "action_modify_address" if is_awaited(turn) else None


def by_the_courier(turn: Turn) -> str | None:
    """When to come, or whom nobody answers: of the only parcel on the road, unless an order that has not left is
    named or talked about."""
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    if named and not any(order.state is OrderState.SHIPPED for order in named):
        return None
    if not named and turn.order and turn.order.state in NOT_OFF:
        is_wish = shop_floor.dialogue().hear("courier", turn.words) == "delivery"
        return (
            "action_courier" if is_wish and turn.order.state in UNDER_WAY else None
        )  # a note before it leaves
    on_road = [order for order in turn.orders if order.state is OrderState.SHIPPED]
    is_talked = any(order.id == turn.slot("order_id") for order in on_road)
    return "action_courier" if len(on_road) == 1 or is_talked else None


def who_signed(turn: Turn) -> str | None:
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words))
    is_case = turn.slot("trouble") or turn.slot("draft")
    return "action_track" if len(named) == 1 and named[0].delivered_at and not is_case else None


def whereabouts(turn: Turn) -> str | None:
    """ "我的毛衣呢": what she ordered, looked for by its name. "毛衣呢" alone asks the same of it as was asked of
    another order, and is left to the goods while goods are chosen."""
    said = hers.asks_whereabouts(turn.words) if turn.intent not in OF_ITS_WAY else None
    named = order_choice.called(turn.shop, turn.orders, normalise(turn.words)) if said else []
    if not any(order.state in (*ON_ITS_WAY, OrderState.DELIVERED) for order in named):
        return None
    is_elsewhere = turn.metadata.get("product_id") or turn.shown_products or last_action(turn) in OF_GOODS
    if said is Whose.UNSAID and is_elsewhere:
        return None
    before = last_action(turn)
    is_another = all(order.id != turn.slot("order_id") for order in named)
    return before if is_another and before in ("action_shipping_time", "action_urge") else "action_track"
