"""A parcel that comes back unasked: sent again or paid back, as she plainly says; a question is told and settles
nothing."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import variant_name
from actions.common.choosing import item_name
from actions.common.turn import Turn, button, inform
from actions.orders.shared import promise
from actions.parcels import own_parcels
from actions.parcels.own_parcels import AGAIN, MONEY
from actions.parcels.parcel_facts import values_of
from bot.placeholders import yuan
from bot.shop.parcels import parcel
from bot.shop.parcels.parcel_words import OfReturning
from bot.shop.records.orders import Order


def answer(turn: Turn) -> bool:
    """Note what she wants of it, or tell what can be had; False where no such parcel is meant."""
    found = own_parcels.returning(turn)
    if found is None:
        return False
    order, said = found
    turn.talk_about(order)
    chosen = (turn.slot("followed") or {}).get(_key(order))
    if said is OfReturning.AGAIN:
        _settle(turn, order, AGAIN)
    elif said is OfReturning.MONEY:
        _settle(turn, order, MONEY)
    elif chosen:
        turn.say(f"utter_returning_{chosen}_stands", **_values(turn, order))
    else:
        choose = [
            button(shop_floor.dialogue().phrase("button", each), inform(reason=each))
            for each in (AGAIN, MONEY)
        ]
        turn.set(pending=turn.action)
        turn.say("utter_returning_choice", choose, **_values(turn, order))
    return True


def _settle(turn: Turn, order: Order, wish: str) -> None:
    """Somebody is told once; said again, it stands."""
    followed = dict(turn.slot("followed") or {})
    if followed.get(_key(order)) == wish:
        turn.say(f"utter_returning_{wish}_stands", **_values(turn, order))
        return
    turn.set(followed={**followed, _key(order): wish})
    values = _values(turn, order)
    hours = turn.shop.policy.on_the_way.urge_hours
    due = promise(turn, wish, hours, order=order.id, item=values["item"], amount=values["amount"])
    turn.say(f"utter_returning_{wish}", **{**values, "due": due})


def _values(turn: Turn, order: Order) -> dict[str, object]:
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    first, last = turn.shop.policy.returns.refund_days
    line = order.lines[0]
    variant = variant_name(turn.shop.products[line.product_id], line.sku) if len(order.lines) == 1 else ""
    item = " ".join(part for part in (item_name(turn, order), variant) if part)
    return {
        **values_of(turn, order, found),
        "item": item,
        "amount": yuan(order.amount),
        "first": first,
        "last": last,
    }


def _key(order: Order) -> str:
    return f"{order.id} wish"
