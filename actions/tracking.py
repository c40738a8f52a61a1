"""Where the parcel is, in words read from its trace, and what to do when something about it is not right."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from actions import own_matters, shop_floor
from actions.base import BotAction
from actions.cards import day, moment, order_card, variant_name
from actions.choosing import item_name, order_or_ask
from actions.orders import due_at, promise
from actions.shipping import order_words
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import parcel, shipping
from bot.shop.orders import FurtherParcel, Order, OrderState
from bot.shop.own_words import Matter, read
from bot.shop.parcel import Parcel, ParcelStatus

RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)
TO_BE_FOLLOWED = (ParcelStatus.STALLED, ParcelStatus.RETURNING, ParcelStatus.FAILED)
"""Somebody asks the courier without being told to."""


class Track(BotAction):
    action = "action_track"

    def act(self, turn: Turn) -> None:
        matters = read(turn.words) if turn.words else frozenset()
        is_missed = "not_received" in shop_floor.dialogue().hear_all("parcel", turn.words)
        if Matter.OTHER_PARCEL in matters and not is_missed and (apart := own_matters.other_parcel(turn)):
            turn.talk_about(apart)
            for further in apart.parcels:
                say_when_further(turn, apart, further)
            return
        if Matter.AT_STATION in matters and (waiting := own_matters.at_station(turn)):
            keep_at_station(turn, waiting)
            return
        before = shop_floor.dialogue().hear("parcel", turn.words)
        order = (at_station(turn) if before == "pickup_code" else None) or order_or_ask(turn, _states(turn))
        if order is None:
            # The trouble told now is remembered for when the order is chosen.
            turn.set(parcel_trouble=before)
            return
        trouble = before or turn.slot("parcel_trouble")
        turn.set(parcel_trouble=None)
        if turn.entity("reason") == "parcel_missing" or (trouble is None and self._has_looked(turn, order)):
            trouble = "not_received"
        found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
        answer = TROUBLES.get(trouble or "")
        if answer is None or not answer(turn, order, found):
            say_where(turn, order, found)

    @staticmethod
    def _has_looked(turn: Turn, order: Order) -> bool:
        """Asked to look first, she answers: whatever it is, it is not found, or she would say so."""
        return turn.slot("missing_asked") == order.id and turn.intent in ("inform", "deny", "nlu_fallback")


def at_station(turn: Turn) -> Order | None:
    """The only parcel that has a pick-up code, unless another order is named or talked about."""
    if turn.entity("order_id") or any(map(turn.is_about, turn.orders)):
        return None
    stalled = turn.shop.policy.on_the_way.stalled_hours
    there = [
        order
        for order in turn.orders
        if parcel.of_order(order, turn.now, stalled).status is ParcelStatus.AT_STATION
    ]
    if len(there) == 1:
        turn.talk_about(there[0])
        return there[0]
    return None


def _states(turn: Turn) -> Collection[OrderState]:
    """A parcel that does not move is one under way; what was never paid or called off has none."""
    is_stuck = bool(turn.words) and Matter.STUCK in read(turn.words)
    is_on_its_way = is_stuck or shop_floor.dialogue().hear("moving", turn.words) is not None
    if is_on_its_way and any(order.state is OrderState.SHIPPED for order in turn.orders):
        return (OrderState.SHIPPED,)
    return tuple(OrderState)


def date_would_mislead(turn: Turn, order: Order) -> bool:
    """The table's days are no answer for a parcel in customs, on its way back, at a station or at her door."""
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    return order.state is OrderState.SHIPPED and found.status in parcel.SAYS_MORE_THAN_A_DATE


def say_where(turn: Turn, order: Order, found: Parcel) -> None:
    """The state of the order in words; what is shown as delivered leaves "我没收到" open."""
    values = values_of(turn, order, found)
    if found.status in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION):
        turn.set(pending="action_track")
    if order.state is OrderState.UNPAID:
        turn.say("utter_track_unpaid", card=order_card(turn, order), **values)
    elif order.state is OrderState.SHIPPED and found.status is not ParcelStatus.NO_TRACE:
        if found.status in TO_BE_FOLLOWED:
            values["due"] = follow(turn, order, found)
        turn.say(f"utter_parcel_{found.status.value}", card=order_card(turn, order), **values)
    elif order.state is OrderState.DELIVERED and found.status is ParcelStatus.AT_STATION:
        turn.say("utter_parcel_at_station", card=order_card(turn, order), **values)
    else:
        turn.say(f"utter_track_{order.state.value}", card=order_card(turn, order), **values)
    for further in order.parcels:
        say_further(turn, order, further)


def follow(turn: Turn, order: Order, found: Parcel) -> str:
    """Somebody asks the courier: promised once for each scan that worries, then the same time is named again."""
    followed: dict[str, str] = dict(turn.slot("followed") or {})
    key = f"{order.id} {found.text}"
    if key not in followed:
        hours = turn.shop.policy.on_the_way.urge_hours
        promise(turn, "parcel", hours, order=order.id, latest=found.text)
        followed[key] = due_at(turn, hours).isoformat(timespec="minutes")
        turn.set(followed=followed)
    return moment(datetime.fromisoformat(followed[key]), turn.now)


def values_of(turn: Turn, order: Order, found: Parcel) -> dict[str, str]:
    phrase = shop_floor.dialogue().phrase
    dates = shipping.promised(turn.shop, order)
    values = {
        "item": item_name(turn, order),
        "order": order.id,
        "courier": order.courier,
        "phone": courier_phone(turn, order.courier),
        "tracking_no": order.tracking_no,
        "latest": found.text,
        "since": moment(found.since, turn.now) if found.since else "",
        "place": found.place or phrase("parcel", "station"),
        "code": phrase("parcel", "code", code=found.code) if found.code else phrase("parcel", "no_code"),
        "signer": phrase("parcel", "signer", signer=found.signer)
        if found.signer
        else phrase("parcel", "signed"),
        "arrives": "",
        "amount": yuan(order.amount),
        "keep_until": moment(keep_until(turn, order), turn.now),
    }
    if isinstance(dates, shipping.ShippingDates):
        values = {**order_words(turn, order, dates), **values}
        if dates.arrives_to and dates.arrives_to >= turn.today:
            values["arrives"] = phrase("parcel", "arrives", last=day(dates.arrives_to), slow=values["slow"])
    return values


def keep_until(turn: Turn, order: Order) -> datetime:
    """Until when an unpaid order is kept."""
    return order.placed_at + timedelta(hours=turn.shop.policy.on_the_way.unpaid_keep_hours)


def courier_phone(turn: Turn, name: str) -> str:
    courier = turn.shop.shipping.courier(name)
    return courier.phone if courier else ""


def say_further(turn: Turn, order: Order, further: FurtherParcel) -> None:
    """The part that travels on its own."""
    found = parcel.read(further.trace, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    key = "utter_further_parcel" if further.tracking_no else "utter_further_parcel_waiting"
    turn.say(
        key,
        pieces=pieces_of(turn, order, further),
        courier=further.courier,
        tracking_no=further.tracking_no,
        latest=found.text,
    )


def say_when_further(turn: Turn, order: Order, further: FurtherParcel) -> None:
    """Where the rest is, and by when it comes at the latest: the region's days from when it left."""
    product = turn.shop.product_of_sku(further.skus[0]) if further.skus else None
    days = shipping.dates(turn.shop, turn.now, order.region, product)
    is_known = isinstance(days, shipping.ShippingDates) and days.arrives_to and further.shipped_at
    if not is_known:
        say_further(turn, order, further)
        return
    last = further.shipped_at.date() + (days.arrives_to - days.ships_on)
    found = parcel.read(further.trace, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    turn.say(
        "utter_further_parcel_when" if last >= turn.today else "utter_further_parcel",
        pieces=pieces_of(turn, order, further),
        courier=further.courier,
        tracking_no=further.tracking_no,
        latest=found.text,
        last=day(last),
    )


def keep_at_station(turn: Turn, order: Order) -> None:
    """How long a station keeps a parcel is the station's rule, which the shop does not know: somebody asks it to."""
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    turn.talk_about(order)
    turn.say("utter_station_keep", **values_of(turn, order, found))


def say_parcels(turn: Turn, order: Order) -> None:
    """Nothing was left out: what travels on its own, and where each of it is."""
    turn.say("utter_sent_in_parcels", item=item_name(turn, order), count=1 + len(order.parcels))
    for further in order.parcels:
        say_further(turn, order, further)


def pieces_of(turn: Turn, order: Order, further: FurtherParcel) -> str:
    lines = [line for line in order.lines if line.sku in further.skus]
    products = [(turn.shop.products[line.product_id], line.sku) for line in lines]
    return "、".join(
        " ".join((product.name, variant_name(product, sku))).strip() for product, sku in products
    )


def not_received(turn: Turn, order: Order, found: Parcel) -> bool:
    """Shown as delivered and not there: who signed and where to look; then a case somebody answers by a time."""
    if order.state not in RECEIVED and found.status not in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION):
        return False
    values = values_of(turn, order, found)
    if order.parcels and order.state in RECEIVED:
        return partly(turn, order, found)
    if turn.slot("missing_asked") == order.id:
        turn.set(missing_asked=None)
        hours = turn.shop.policy.on_the_way.missing_hours
        values["due"] = promise(turn, "missing", hours, order=order.id, latest=found.text)
        turn.say("utter_missing_case", **values)
        return True
    turn.set(missing_asked=order.id, pending="action_track")
    at_station = found.status is ParcelStatus.AT_STATION
    turn.say("utter_missing_at_station" if at_station else "utter_missing_signed", **values)
    return True


def partly(turn: Turn, order: Order, found: Parcel) -> bool:
    """Only a part has come: sent in several parcels, else something was left out."""
    if order.parcels:
        say_parcels(turn, order)
        return True
    if order.state in RECEIVED:
        turn.set(trouble={**(turn.slot("trouble") or {}), "issue": "missing"})
        turn.go_on_with("after_sale_form")
        return True
    return False


def wrong_place(turn: Turn, order: Order, found: Parcel) -> bool:
    if order.state not in (OrderState.SHIPPED, *RECEIVED):
        return False
    hours = turn.shop.policy.on_the_way.urge_hours
    due = promise(turn, "wrong_place", hours, order=order.id, latest=found.text)
    turn.say("utter_wrong_place", **{**values_of(turn, order, found), "due": due})
    return True


def damaged(turn: Turn, order: Order, found: Parcel) -> bool:
    """The box is broken: before signing it can be refused, afterwards a photo begins the case."""
    if order.state in RECEIVED:
        turn.go_on_with("after_sale_form")
    elif order.state is OrderState.SHIPPED:
        turn.say("utter_damaged_on_arrival", **values_of(turn, order, found))
    else:
        return False
    return True


def pickup_code(turn: Turn, order: Order, found: Parcel) -> bool:
    if not found.code and order.state not in (OrderState.SHIPPED, *RECEIVED):
        return False
    key = "utter_pickup_code" if found.code else "utter_no_pickup_code"
    turn.say(key, **{**values_of(turn, order, found), "code": found.code})
    return True


def number_asked(turn: Turn, order: Order, found: Parcel) -> bool:
    if not order.tracking_no:
        return False
    turn.say("utter_tracking_no", **values_of(turn, order, found))
    return True


def who_signed(turn: Turn, order: Order, found: Parcel) -> bool:
    if found.status not in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION):
        return False
    turn.set(pending="action_track")
    turn.say("utter_who_signed", **values_of(turn, order, found))
    return True


TROUBLES: dict[str, Callable[[Turn, Order, Parcel], bool]] = {
    "not_received": not_received,
    "partly": partly,
    "wrong_place": wrong_place,
    "damaged": damaged,
    "pickup_code": pickup_code,
    "number": number_asked,
    "who_signed": who_signed,
}
"""What is heard (dialogue.yml, `heard.parcel`) → who answers it; False where the order's state gives no reason to."""
