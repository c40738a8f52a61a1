"""Beside an order's days: what is known of one that is late, and the way out for who cannot wait."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.orders import answer_due
from bot.shop.orders import order_wish
from bot.shop.records.orders import Order, OrderState


def say_when_known(turn: Turn) -> None:
    """A late order has no day that could be promised: by when somebody says one, else it is urged now."""
    if due := answer_due.told(turn):
        turn.say_words(shop_floor.dialogue().phrase("answer_due", "ships", due=due))
    else:
        turn.go_on_with("action_urge")


def say_way_out(turn: Turn, order: Order) -> None:
    """Who gives it up only if it is late hears how she can, once she wants to; nothing is called off."""
    if turn.words and order_wish.hangs_on_a_day(turn.words) and turn.next_action is None:
        key = "shipped" if order.state is OrderState.SHIPPED else "waiting"
        turn.say_words(shop_floor.dialogue().phrase("if_late", key))
