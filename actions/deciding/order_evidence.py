"""What words say about an order where the model is unsure: whoever has orders is answered from them, not from a
script that asks for the number she need not give."""

from __future__ import annotations

from collections.abc import Collection

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.orders import address, invoice, order_question, order_wish
from bot.shop.orders.order_question import Asked
from bot.shop.orders.order_wish import Wish
from bot.shop.records.orders import OrderState

PLACE_ASKED = ("action_shipping_time", "action_shipping_fee", "action_courier")
"""Whoever was just told days or postage and names a place wants the same for it ("寄到广东呢")."""
EVIDENCE = (
    (
        "parcel",
        ("track_order", "ask_courier", "urge_shipping", "report_wrong_item", "ask_return"),
        "action_track",
    ),
    ("change", ("modify_order",), "action_modify_order"),
    ("pieces_meant", ("modify_order",), "action_modify_order"),
    ("urge", ("urge_shipping",), "action_urge"),
    ("payment", ("ask_payment", "cancel_order", "ask_stock"), "action_payment"),
    ("which_order", ("track_order", "urge_shipping"), "action_track"),
)
"""(what is heard, readings that are near, who answers): words and model must point the same way."""

GIVES_UP = {
    Wish.CANCEL: "action_cancel_order",
    Wish.REFUND: "action_refund",
    Wish.RETURN: "action_return",
}


TELLS = {Asked.RECEIVER: "action_modify_address", Asked.NOTE: "action_modify_order"}
"""Who tells what is written in an order."""


def is_for_invoice(turn: Turn) -> bool:
    """Whether the words can only be meant for an invoice: a tax number, a title; "那单也开" after another's."""
    if not turn.words or invoice.is_data(turn.words):
        return bool(turn.words)
    again = shop_floor.dialogue().hear("invoice_again", turn.words) or invoice.read(turn.words).email
    return bool(turn.slot("billing") and again)


def tells_receiver(turn: Turn) -> bool:
    """Whether a new receiver is told without a word of wishing: a name or an address beside a phone."""
    told = address.read(turn.words)
    return bool(told.phone and (told.recipient or told.address))


def given_up(turn: Turn) -> str | None:
    """Who takes a message that plainly gives an order up; None for any other, and for who has no order."""
    if not turn.words or not turn.orders:
        return None
    wish = order_wish.read(turn.words, any(turn.is_about(order) for order in turn.orders))
    return GIVES_UP[wish] if wish else None


def is_taken_back(turn: Turn) -> bool:
    """Whether an order that was just called off is to be kept after all."""
    is_off = turn.order is not None and turn.order.state in (OrderState.CANCELLED, OrderState.REFUNDING)
    return is_off and bool(turn.words) and order_wish.keeps(turn.words)


def plainly(turn: Turn) -> str | None:
    """Who takes words that say by themselves what is wanted of an order, however they are read."""
    if not turn.words or not turn.orders:
        return None
    if gives_up := given_up(turn):
        return gives_up
    if is_taken_back(turn):
        return "action_cancel_order"
    if asked := order_question.asked(turn.words):
        return TELLS[asked]
    if is_for_invoice(turn):
        return "action_invoice"
    return "action_modify_address" if tells_receiver(turn) else None


def speaks_for(turn: Turn, names: Collection[str]) -> str | None:
    """The action that words and nearest readings agree on; None where they do not, or there is no order."""
    if turn.entity("region") and turn.before("pending") in PLACE_ASKED:
        return turn.before("pending")
    if not turn.orders or not turn.words:
        return None
    if plain := plainly(turn):
        return plain
    hear = shop_floor.dialogue().hear
    return next(
        (action for heard, near, action in EVIDENCE if hear(heard, turn.words) and set(near) & set(names)),
        None,
    )
