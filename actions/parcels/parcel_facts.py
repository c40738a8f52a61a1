"""What is told of a parcel, and the one promise somebody makes about a scan that worries."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.common import shop_floor
from actions.common.cards import day, moment
from actions.common.choosing import item_name
from actions.common.turn import Turn
from actions.orders.shared import due_at, promise
from actions.parcels.shipping import order_words
from bot.placeholders import yuan
from bot.shop.parcels import shipping
from bot.shop.parcels.parcel import Parcel
from bot.shop.records.orders import Order


def follow(turn: Turn, order: Order, found: Parcel) -> str:
    """Somebody asks the courier: promised once for each scan that worries, then the same time is named again."""
    followed: dict[str, str] = dict(turn.slot("followed") or {})
    key = f"{order.id} {found.text}"
    if key not in followed:
        hours = turn.shop.policy.on_the_way.urge_hours
        promise(turn, "parcel", hours, order=order.id, latest=found.text)
        followed = dict(turn.slot("followed") or {})
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
