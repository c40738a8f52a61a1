"""What she has paid for an order of hers, and a coupon left out of it: told from the order, not from today's price."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import day
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.cancelling import coupon_for, win_back
from actions.orders.paid_meant import is_of_coupon, meant
from actions.prices.giving import coupon_condition
from bot.placeholders import yuan
from bot.shop.orders import paid_words
from bot.shop.orders.cancelling import CancelReason
from bot.shop.records.orders import Order, OrderState

NOT_SHIPPED = (OrderState.PAID, OrderState.PACKED)


def answer(turn: Turn) -> bool:
    """Tell it; False where the words ask nothing of the kind, or there is no order they can be about."""
    orders = meant(turn)
    if not orders:
        return False
    if len(orders) == 1:
        turn.talk_about(orders[0])
        if is_of_coupon(turn):
            _of_coupon(turn, orders[0])
            return True
    turn.say_words("".join(_sum(turn, order) for order in orders))
    return True


def _sum(turn: Turn, order: Order) -> str:
    return _told(turn, order, "whole" if paid_words.asks_whole(turn.words) else "plain")


def _told(turn: Turn, order: Order, key: str) -> str:
    """What was paid, what was taken off before, and what was given back since."""
    words = shop_floor.dialogue()
    values = {"item": item_name(turn, order), "amount": yuan(order.amount), "discount": yuan(order.discount)}
    told = words.phrase("paid", "less" if order.discount and key != "whole" else key, **values)
    return (
        told + words.phrase("paid", "given_back", back=yuan(order.compensated)) if order.compensated else told
    )


def _of_coupon(turn: Turn, order: Order) -> None:
    """Left out of what has not shipped, it is made good as elsewhere; else it is said not to be in there."""
    told = _told(turn, order, "no_coupon")
    if order.state in NOT_SHIPPED and coupon_for(turn, order):
        if paid_words.asks_used(turn.words):
            turn.say_words(told)
        win_back(turn, order, CancelReason.FOUND_COUPON)
        return
    held = [each for each in (turn.customer.coupons if turn.customer else ()) if each.expires >= turn.today]
    if held and not order.discount and not order.compensated:
        best = coupon_for(turn, order) or held[0]
        values = {"coupon": yuan(best.amount), "condition": coupon_condition(best), "day": day(best.expires)}
        phrase = shop_floor.dialogue().phrase
        told += phrase("paid", "too_late") + phrase("paid", "coupon_left", **values)
    turn.say_words(told)
