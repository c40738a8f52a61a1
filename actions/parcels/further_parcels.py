"""An order sent in several parcels: what travels on its own, where it is and when it comes."""

from __future__ import annotations

from actions.common.cards import day, variant_name
from actions.common.choosing import item_name
from actions.common.turn import Turn
from bot.shop.orders.order_choice import names
from bot.shop.parcels import parcel, shipping
from bot.shop.records.orders import FurtherParcel, Order, OrderLine
from bot.text.normalise import normalise


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


def say_parcels(turn: Turn, order: Order) -> None:
    """Nothing was left out: what travels on its own, and where each of it is."""
    turn.say("utter_sent_in_parcels", item=item_name(turn, order), count=1 + len(order.parcels))
    for further in order.parcels:
        say_further(turn, order, further)


def pieces_of(turn: Turn, order: Order, further: FurtherParcel) -> str:
    return _names(turn, [line for line in order.lines if line.sku in further.skus])


def further_named(turn: Turn, order: Order) -> list[FurtherParcel]:
    """The parcels on their own way that hold what the words name, where they name nothing of the order's own."""
    words = normalise(turn.words)
    held = [line for further in order.parcels for line in order.lines if line.sku in further.skus]
    if not words or any(names(turn.shop.products[line.product_id], words) for line in lines_here(order)):
        return []
    named = {line.sku for line in held if names(turn.shop.products[line.product_id], words)}
    return [further for further in order.parcels if named & set(further.skus)]


def lines_here(order: Order) -> list[OrderLine]:
    """What is in the order's own parcel."""
    apart = {sku for further in order.parcels for sku in further.skus}
    return [line for line in order.lines if line.sku not in apart]


def pieces_here(turn: Turn, order: Order) -> str:
    return _names(turn, lines_here(order))


def _names(turn: Turn, lines: list[OrderLine]) -> str:
    products = [(turn.shop.products[line.product_id], line.sku) for line in lines]
    return "、".join(
        " ".join((product.name, variant_name(product, sku))).strip() for product, sku in products
    )
