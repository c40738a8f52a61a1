"""When a parcel leaves and arrives. What it costs: `postage`; its functions can be reached from here as well.

Source: shop-rules.md, "The order on its way" (003, 001). "Ships today" is said only when the cut-off makes it true.
Times are the shop's clock, without zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.shop.parcels.postage import Fee, basket_fee, fee, surplus_for, thresholds
from bot.shop.parcels.regions import Unserved, provinces, zones_of
from bot.shop.records.model import Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.shipping_table import Delay, Holiday, ShippingTable, Warehouse

__all__ = [
    "Fee",
    "ShippingDates",
    "Unserved",
    "basket_fee",
    "dates",
    "days_late",
    "fee",
    "holiday_on",
    "is_late",
    "next_working_day",
    "promised",
    "provinces",
    "surplus_for",
    "thresholds",
    "warehouse_for",
]


@dataclass(frozen=True)
class ShippingDates:
    """`before_cutoff`: paid now, it leaves today. Arrival is None where the region is not known.

    What explains the dates is no part of their equality: where it `ships_from`, a `holiday` that moves the day it
    leaves, a `rest` during which couriers do not run, a `delay` on the way.
    """

    ships_on: date
    arrives_from: date | None
    arrives_to: date | None
    before_cutoff: bool
    ships_from: str = field(default="", compare=False)
    cutoff: time | None = field(default=None, compare=False)
    holiday: Holiday | None = field(default=None, compare=False)
    rest: Holiday | None = field(default=None, compare=False)
    delay: Delay | None = field(default=None, compare=False)


def dates(
    shop: Shop, now: datetime, region: str | None = None, product: Product | None = None
) -> ShippingDates | Unserved:
    """When something paid at `now` leaves and arrives."""
    handling = product.handling_days if product else 0
    presale = product.presale_ships_on if product else None
    categories = (product.category,) if product else ()
    return _dates(shop.shipping, now, region, _Goods(categories, handling, presale))


def promised(shop: Shop, order: Order) -> ShippingDates | Unserved:
    """When the order should leave (or left) and arrive, from the moment it was paid (unpaid: placed)."""
    products = [shop.products[line.product_id] for line in order.lines if line.product_id in shop.products]
    handling = max((product.handling_days for product in products), default=0)
    presale = max((p.presale_ships_on for p in products if p.presale_ships_on), default=None)
    goods = _Goods(tuple(product.category for product in products), handling, presale)
    found = _dates(shop.shipping, order.paid_at or order.placed_at, order.region, goods)
    if isinstance(found, Unserved) or order.shipped_at is None:
        return found
    legs = _legs(shop.shipping, order.region, goods.categories)
    if isinstance(legs, Unserved):
        return legs
    return _arrival(shop.shipping, replace(found, ships_on=order.shipped_at.date()), legs)


def days_late(shop: Shop, order: Order, now: datetime) -> int:
    """By how many days the order should have left, or arrived, before today; 0 when it is in time."""
    found = promised(shop, order)
    if isinstance(found, Unserved):
        return 0
    if order.state in (OrderState.PAID, OrderState.PACKED):
        return max(0, (now.date() - found.ships_on).days)
    if order.state is OrderState.SHIPPED and found.arrives_to is not None:
        return max(0, (now.date() - found.arrives_to).days)
    return 0


def is_late(shop: Shop, order: Order, now: datetime) -> bool:
    """Whether the order should have left, or arrived, before today."""
    return days_late(shop, order, now) > 0


def next_working_day(table: ShippingTable, day: date) -> date:
    """`day` itself if the warehouse works on it, else the next day it does."""
    return day if _closed(table, day) is None else _next_open(table, day)


def holiday_on(table: ShippingTable, day: date) -> Holiday | None:
    """The named holiday this day belongs to."""
    return next((holiday for holiday in table.holidays if holiday.includes(day)), None)


def warehouse_for(table: ShippingTable, region: str | None, category: str = "") -> str:
    """Where goods of this category for this region leave from."""
    named = provinces(table, region) if region else ()
    found = _warehouse(table, named[0], (category,) if category else ()) if named else None
    return found.place if found else table.warehouse


@dataclass(frozen=True)
class _Goods:
    """What of the goods decides when they leave."""

    categories: tuple[str, ...] = ()
    handling: int = 0
    presale: date | None = None


@dataclass(frozen=True)
class _Leg:
    """From one warehouse to one province."""

    province: str
    place: str
    cutoff: time
    days_min: int
    days_max: int


def _warehouse(table: ShippingTable, province: str, categories: tuple[str, ...]) -> Warehouse | None:
    """One order leaves in one parcel: a further warehouse is taken only if it holds all of it."""
    return next(
        (
            each
            for each in table.warehouses
            if province in each.regions
            and (not each.categories or (categories and set(categories) <= set(each.categories)))
        ),
        None,
    )


def _legs(table: ShippingTable, region: str, categories: tuple[str, ...]) -> tuple[_Leg, ...] | Unserved:
    zones = zones_of(table, region)
    if isinstance(zones, Unserved):
        return zones
    legs = []
    for province in provinces(table, region):
        zone = next(each for each in zones if province in each.regions)
        near = _warehouse(table, province, categories)
        source = near or zone
        place, cutoff = (near.place, near.cutoff) if near else (table.warehouse, None)
        legs.append(_Leg(province, place, cutoff or table.cutoff, source.days_min, source.days_max))
    return tuple(legs)


def _dates(
    table: ShippingTable, start: datetime, region: str | None, goods: _Goods
) -> ShippingDates | Unserved:
    legs = _legs(table, region, goods.categories) if region else ()
    if isinstance(legs, Unserved):
        return legs
    # Of several warehouses the strictest hour: what is said must hold for all of them.
    cutoff = min((leg.cutoff for leg in legs), default=table.cutoff)
    in_time = _closed(table, start.date()) is None and start.time() < cutoff
    ships_on = start.date() if in_time else _next_open(table, start.date())
    for _ in range(goods.handling):
        ships_on = _next_open(table, ships_on)
    if goods.presale and goods.presale > ships_on:
        ships_on = next_working_day(table, goods.presale)
    skipped = (start.date() + timedelta(days=days) for days in range((ships_on - start.date()).days))
    found = ShippingDates(
        ships_on,
        None,
        None,
        in_time and ships_on == start.date(),
        ships_from="、".join(dict.fromkeys(leg.place for leg in legs)) or table.warehouse,
        cutoff=cutoff,
        holiday=next(filter(None, (holiday_on(table, day) for day in skipped)), None),
    )
    return _arrival(table, found, legs) if legs else found


def _arrival(table: ShippingTable, found: ShippingDates, legs: Sequence[_Leg]) -> ShippingDates:
    """Days on the way, without those on which couriers rest and with those that weather or a rush adds."""
    soonest = min(_after(table, found.ships_on, leg.days_min) for leg in legs)
    spans = []
    for leg in legs:
        planned = _after(table, found.ships_on, leg.days_max)
        delay = _delay(table, leg.province, found.ships_on, planned)
        spans.append((_after(table, planned, delay.extra_days) if delay else planned, delay))
    latest = max(day for day, _ in spans)
    delay = next((each for _, each in spans if each), None)
    on_the_way = (found.ships_on + timedelta(days=n) for n in range(1, (latest - found.ships_on).days + 1))
    rest = next((h for day in on_the_way if (h := holiday_on(table, day)) and h.couriers_rest), None)
    return replace(found, arrives_from=soonest, arrives_to=latest, delay=delay, rest=rest)


def _after(table: ShippingTable, day: date, count: int) -> date:
    """`count` days after `day` on which couriers run."""
    while count > 0:
        day += timedelta(days=1)
        holiday = holiday_on(table, day)
        count -= 0 if holiday and holiday.couriers_rest else 1
    return day


def _delay(table: ShippingTable, province: str, first: date, last: date) -> Delay | None:
    return next(
        (
            each
            for each in table.delays
            if province in each.regions and each.starts <= last and first <= each.ends
        ),
        None,
    )


def _closed(table: ShippingTable, day: date) -> str | None:
    """Why the warehouse does not work on this day; None when it does."""
    holiday = holiday_on(table, day)
    if holiday:
        return holiday.name
    return "" if day.isoweekday() in table.closed_weekdays or day in table.closed_dates else None


def _next_open(table: ShippingTable, day: date) -> date:
    """The next day the warehouse works; the loader makes sure that one weekday is open."""
    day += timedelta(days=1)
    while _closed(table, day) is not None:
        day += timedelta(days=1)
    return day
