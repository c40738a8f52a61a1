"""What all actions about an order share: the states a wish fits, promises about it, and what is said when it is too
late."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.common import shop_floor
from actions.common.cards import moment
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders import answer_due, own_stop
from actions.talk.handoff import hand_over
from bot.shop.records.orders import Change, NextBest, NotAllowed, Order, OrderState, may_change

UNDER_WAY = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
NOT_SHIPPED = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)


def promise(turn: Turn, kind: str, hours: int | None = None, **values: object) -> str:
    """Something a person has to do by its due time (日清); returns that time as the customer reads it."""
    due = due_at(turn, hours)
    text = shop_floor.dialogue().phrase("promise", kind, **values)
    turn.effect("promise", text=text, due=due.isoformat(timespec="minutes"))
    answer_due.keep(turn, kind, due)
    return moment(due, turn.now)


def stop_parcel(turn: Turn, order: Order, wish: str) -> str:
    """The warehouse is asked to stop a packed order; remembered, so that it can be called off."""
    due = promise(turn, "stop", turn.shop.policy.on_the_way.stop_hours, order=order.id, wish=wish)
    turn.set(followed={**(turn.slot("followed") or {}), own_stop.key_of(order): due})
    return due


def due_at(turn: Turn, hours: int | None = None) -> datetime:
    """`hours` from now (default: the policy's). What falls while the desk is closed is due an hour after it opens:
    the last such hour by which the promise is kept, else the next one."""
    due = turn.now + timedelta(hours=hours or turn.shop.policy.promise_hours)
    desk = turn.shop.policy.agent_hours
    if desk.opens >= desk.closes or desk.opens <= due.time() <= desk.closes:
        return due
    morning = due.replace(hour=desk.opens.hour, minute=desk.opens.minute) + timedelta(hours=1)
    before = morning if morning <= due else morning - timedelta(days=1)
    return before if before > turn.now else before + timedelta(days=1)


def own_order(turn: Turn, order_id: str | None) -> Order | None:
    """The signed customer's order of this number, None for any other."""
    return next((order for order in turn.orders if order.id == order_id), None)


def changeable(turn: Turn, change: Change, order: Order | None = None) -> Order | None:
    """The order meant (or given), if its state still allows the change; else what can be said was said, and None."""
    order = order or order_or_ask(turn, NOT_SHIPPED)
    if order is None:
        return None
    answer = may_change(order, change)
    if isinstance(answer, NotAllowed):
        too_late(turn, order, answer)
        return None
    return order


def change_note(kind: str, value: str) -> str:
    return shop_floor.dialogue().phrase("change", kind, value=value)


def too_late(turn: Turn, order: Order, answer: NotAllowed) -> None:
    """The reason, and the next best thing there is."""
    state = shop_floor.dialogue().order_states[answer.reason_key]
    courier = turn.shop.shipping.courier(order.courier)
    values = {
        "order": order.id,
        "item": item_name(turn, order),
        "state": state,
        "courier": order.courier,
        "phone": courier.phone if courier else "",
        "tracking_no": order.tracking_no,
    }
    if answer.next_best is NextBest.AFTER_SALE:
        hand_over(turn, "beyond_authority", "utter_too_late_after_sale", **values)
        return
    if answer.next_best is NextBest.STOP_IN_WAREHOUSE:
        wish = turn.words or shop_floor.dialogue().reading(turn.intent)
        values["due"] = stop_parcel(turn, order, wish)
    if answer.next_best is NextBest.CALL_COURIER:
        turn.set(draft={"road": order.id})
        if wish := own_stop.new_place(turn, order):
            hours = turn.shop.policy.on_the_way.urge_again_hours
            due = promise(turn, "readdress", hours, order=order.id, wish=wish)
            turn.set(followed={**(turn.slot("followed") or {}), own_stop.road_key(order): due})
            turn.say("utter_address_on_road", **{**values, "wish": wish, "due": due})
            return
        if noted := (turn.slot("followed") or {}).get(own_stop.road_key(order)):
            turn.say("utter_address_on_road_asked", **{**values, "due": noted})
            return
    turn.say(f"utter_too_late_{answer.next_best.value}", **values)
