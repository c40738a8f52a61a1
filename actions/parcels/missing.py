"""A parcel that is not there: shown as delivered and not found, or feared lost."""

from __future__ import annotations

from datetime import datetime

from actions.common.cards import moment
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.shared import due_at, promise
from actions.parcels import own_parcels
from actions.parcels.further_parcels import lines_here, pieces_here, say_parcels
from actions.parcels.parcel_facts import values_of
from bot.shop.orders import order_choice
from bot.shop.orders.own_words import Matter, read
from bot.shop.parcels import parcel, parcel_words
from bot.shop.parcels.parcel import Parcel, ParcelStatus
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)


def answer(turn: Turn) -> bool:
    """Open the case of whoever has looked already; False where no parcel of hers is missed in these words."""
    order = own_parcels.missing(turn)
    if order is None:
        return False
    turn.talk_about(order)
    return not_received(turn, order, _parcel(turn, order))


def reassure(turn: Turn) -> Order | None:
    """What becomes of a lost parcel; the one she fears for, whose place is told next."""
    order = own_parcels.feared_for(turn)
    if order is None:
        turn.say("utter_lost_any")
        return None
    turn.talk_about(order)
    turn.say("utter_lost_of_order", **values_of(turn, order, _parcel(turn, order)))
    return order


def not_received(turn: Turn, order: Order, found: Parcel) -> bool:
    """Shown as delivered and not there: who signed and where to look, unless she has looked; then a case somebody
    answers by a time."""
    if order.state not in RECEIVED and found.status not in own_parcels.TO_BE_THERE:
        return False
    values = values_of(turn, order, found)
    if order.parcels and order.state in RECEIVED and not is_of_signed(turn, order):
        say_parcels(turn, order)
        return True
    has_looked = bool(turn.words) and parcel_words.nobody_has_it(turn.words)
    if turn.slot("missing_asked") == order.id or has_looked:
        open_case(turn, order, found)
        return True
    turn.set(missing_asked=order.id, pending="action_track")
    at_station = found.status is ParcelStatus.AT_STATION
    turn.say("utter_missing_at_station" if at_station else "utter_missing_signed", **values)
    return True


def is_of_signed(turn: Turn, order: Order) -> bool:
    """Of several parcels: the one marked as signed for is missed, and not what is still on its way."""
    if turn.slot("missing_asked") == order.id or turn.entity("reason") == "parcel_missing":
        return True
    if not turn.words or Matter.OTHER_PARCEL in read(turn.words):
        return False
    here = {line.product_id for line in lines_here(order)}
    products, words = turn.shop.products, normalise(turn.words)
    named = {line.product_id for line in order.lines if order_choice.names(products[line.product_id], words)}
    if named - here:
        return False
    return bool(named) or parcel_words.nobody_has_it(turn.words) or parcel_words.of_signed(turn.words)


def open_case(turn: Turn, order: Order, found: Parcel) -> None:
    """Somebody is asked once; told again, the time named stands."""
    turn.set(missing_asked=None)
    followed, key = dict(turn.slot("followed") or {}), f"{order.id} missing"
    is_open = key in followed
    if not is_open:
        hours = turn.shop.policy.on_the_way.missing_hours
        promise(turn, "missing", hours, order=order.id, latest=found.text)
        followed = dict(turn.slot("followed") or {})
        followed[key] = due_at(turn, hours).isoformat(timespec="minutes")
        turn.set(followed=followed)
    due = moment(datetime.fromisoformat(followed[key]), turn.now)
    item = pieces_here(turn, order) if order.parcels else item_name(turn, order)
    values = {**values_of(turn, order, found), "item": item, "due": due}
    turn.say("utter_missing_case_stands" if is_open else "utter_missing_case", **values)


def _parcel(turn: Turn, order: Order) -> Parcel:
    return parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
