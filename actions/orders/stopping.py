"""A packed order that is to go elsewhere: the warehouse is asked to stop it, with the new address in its hands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.own_stop import called_off, key_of, told
from actions.orders.shared import own_order, promise, stop_parcel
from actions.parcels.parcel_facts import values_of
from bot.shop.orders import address, packed_words
from bot.shop.orders.address import Receiver
from bot.shop.parcels import parcel
from bot.shop.records.orders import Change, NextBest, NotAllowed, Order, may_change

MODIFY = "action_modify_address"
LET_GO = "let go"
"""Remembered instead of the time by which the warehouse answers."""


def begin(turn: Turn, order: Order) -> bool:
    """Have it stopped and ask for the new address, or note the one told; False where it is not packed just now."""
    answer_ = may_change(order, Change.ADDRESS)
    if not isinstance(answer_, NotAllowed) or answer_.next_best is not NextBest.STOP_IN_WAREHOUSE:
        return False
    if not told(turn).is_empty:
        note(turn, order, {})
        return True
    due = stop_parcel(turn, order, turn.words)
    turn.set(pending=MODIFY, draft={"stop": order.id, "due": due})
    turn.say("utter_stop_which_address", item=item_name(turn, order), due=due)
    return True


def answer(turn: Turn) -> bool:
    """The address told now, what becomes of it, or that nothing is to be changed; False for any other message."""
    if turn.words and (stopped := called_off(turn)):
        let_go(turn, stopped)
        return True
    draft: dict[str, Any] = turn.slot("draft") or {}
    order = own_order(turn, draft.get("stop"))
    if order is None or not turn.words:
        return False
    if not told(turn).is_empty:
        note(turn, order, draft)
        return True
    if not packed_words.asks_outcome(turn.words):
        return False
    turn.set(pending=MODIFY)
    turn.say("utter_stop_outcome", **{**packed_values(turn, order), "due": draft["due"]})
    return True


def packed_values(turn: Turn, order: Order) -> dict[str, Any]:
    hours = turn.shop.policy.on_the_way.stalled_hours
    return values_of(turn, order, parcel.of_order(order, turn.now, hours))


def let_go(turn: Turn, order: Order) -> None:
    """It leaves as it was packed: the warehouse is told once, she is told each time she asks."""
    followed = dict(turn.slot("followed") or {})
    if followed[key_of(order)] != LET_GO:
        promise(turn, "let_go", turn.shop.policy.on_the_way.stop_hours, order=order.id)
    turn.set(draft=None, pending=None, followed={**followed, key_of(order): LET_GO})
    turn.say("utter_order_unchanged")
    turn.say("utter_track_packed", **packed_values(turn, order))


def note(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    """What is known of the new receiver is read back and handed on; what of the place is missing is asked for."""
    before = Receiver(**{name: draft.get(name) or "" for name in ("recipient", "phone", "region", "address")})
    new = told(turn)
    whole = address.completed(before.address, new.address)
    now = replace(before.joined(new), address=whole, region=new.region or before.region)
    values = {
        "item": item_name(turn, order),
        "recipient": now.recipient or order.recipient,
        "phone": address.masked_phone(now.phone or order.phone),
        "address": now.address,
    }
    wish = " ".join(
        part for part in (now.recipient or order.recipient, now.phone or order.phone, now.address) if part
    )
    due = stop_parcel(turn, order, wish)
    turn.set(pending=MODIFY, draft={"stop": order.id, "due": due, **vars(now)})
    if now.address:
        turn.say("utter_stop_address_noted", due=due, **values)
    else:
        turn.say("utter_stop_receiver_noted", due=due, **values)
    if now.address and not now.region:
        turn.say("utter_stop_address_partial")
