"""How long an order that is not paid is kept, said to who asks for it or takes back that it be called off."""

from __future__ import annotations

from actions.common.cards import moment
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.parcels.parcel_facts import keep_until
from bot.placeholders import yuan
from bot.shop.orders import unpaid_words
from bot.shop.records.orders import Order, OrderLine


def values_of(turn: Turn, order: Order) -> dict[str, str]:
    return {
        "item": item_name(turn, order),
        "amount": yuan(order.amount),
        "keep_until": moment(keep_until(turn, order), turn.now),
    }


def say_kept(turn: Turn, order: Order) -> None:
    """Never longer than the shop keeps it, whatever day she names; what is on the shelf now is told beside."""
    wished = unpaid_words.wished_until(turn.words, turn.now)
    is_too_long = wished is not None and wished[1] > keep_until(turn, order).date()
    left = min(_left(turn, line) for line in order.lines)
    values = {**values_of(turn, order), "wished": wished[0] if wished else "", "left": left}
    turn.say("utter_unpaid_not_kept" if is_too_long else "utter_unpaid_kept", **values)


def _left(turn: Turn, line: OrderLine) -> int:
    variants = turn.shop.products[line.product_id].variants
    return next((variant.stock for variant in variants if variant.sku == line.sku), 0)
