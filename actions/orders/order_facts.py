"""What is written in an order, told when it is asked: where it goes, what is noted. Nothing is changed by asking."""

from __future__ import annotations

from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import NOT_SHIPPED
from bot.shop.orders import address, order_question
from bot.shop.orders.order_question import Asked
from bot.shop.records.orders import Order


def is_asked(turn: Turn) -> bool:
    return bool(turn.words and turn.orders) and order_question.asked(turn.words) is not None


def answer(turn: Turn) -> bool:
    """Tell what this message asks of the order, or which order is meant; False where it asks nothing of the kind."""
    if not is_asked(turn):
        return False
    order = order_or_ask(turn, NOT_SHIPPED)
    if order is not None:
        tell(turn, order, order_question.asked(turn.words))
    return True


def tell(turn: Turn, order: Order, asked: Asked | None) -> None:
    item = item_name(turn, order)
    if asked is Asked.RECEIVER:
        turn.say("utter_order_receiver", item=item, **receiver_values(order))
    elif order.note:
        turn.say("utter_order_note", item=item, note=order.note)
    else:
        turn.say("utter_order_no_note", item=item)


def receiver_values(order: Order) -> dict[str, str]:
    """Read back to the customer: the phone never in full."""
    return {
        "recipient": order.recipient,
        "phone": address.masked_phone(order.phone),
        "address": order.address,
        "region": order.region,
    }
