"""What postage costs and when a parcel leaves and arrives.

Source: shop-rules.md, "The order on its way" (003, 001). "Ships today" is said only when the cut-off makes it true.
Times are the shop's clock, without zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from bot.shop.model import Product, Shop
from bot.shop.orders import Order, OrderState
from bot.shop.shipping_table import PROVINCES, ShippingTable, Zone


@dataclass(frozen=True)
class Fee:
    """`yuan` is all there is to pay. `free_from`: goods amount that waives the postage, None for never.

    `surcharge` is the part of `yuan` that remains even then.
    """

    yuan: Decimal
    free_from: Decimal | None
    remote: bool
    surcharge: Decimal = Decimal(0)

    @property
    def is_free(self) -> bool:
        return self.yuan == 0


@dataclass(frozen=True)
class Unserved:
    """`reason` is the owner's short phrase, "" for a place the tables do not know."""

    region: str
    reason: str = ""


@dataclass(frozen=True)
class ShippingDates:
    """`before_cutoff`: paid now, it leaves today. Arrival is None where the region is not known."""

    ships_on: date
    arrives_from: date | None
    arrives_to: date | None
    before_cutoff: bool


def provinces(table: ShippingTable, region: str) -> tuple[str, ...]:
    """The provinces behind what a customer calls a region: 新疆, 浙江杭州, 江浙沪; () if unknown."""
    if region in table.region_groups:
        return table.region_groups[region]
    return next(((province,) for province in PROVINCES if region.startswith(province)), ())


def _zones(table: ShippingTable, region: str) -> tuple[Zone, ...] | Unserved:
    named = provinces(table, region)
    for gap in table.unserved:
        if gap.region in named:
            return Unserved(gap.region, gap.reason)
    zones = tuple(zone for zone in table.zones if any(province in zone.regions for province in named))
    return zones or Unserved(region)


def fee(
    shop: Shop, region: str, amount: Decimal, weight_kg: Decimal, courier: str | None = None
) -> Fee | Unserved:
    """Postage for goods worth `amount` yuan weighing `weight_kg`; for several provinces the dearest.

    `courier`: a carrier asked for by name adds its surcharge, also when postage is free.
    """
    zones = _zones(shop.shipping, region)
    if isinstance(zones, Unserved):
        return zones
    extra = next((c.surcharge for c in shop.shipping.couriers if c.name == courier), Decimal(0))
    return max((_fee(zone, amount, weight_kg, extra) for zone in zones), key=lambda found: found.yuan)


def _fee(zone: Zone, amount: Decimal, weight_kg: Decimal, extra: Decimal) -> Fee:
    surcharge = zone.surcharge + extra
    if zone.free_from is not None and amount >= zone.free_from:
        return Fee(surcharge, zone.free_from, zone.remote, surcharge)
    above = max(weight_kg - zone.first_kg, Decimal(0)).to_integral_value(rounding=ROUND_CEILING)
    yuan = zone.first_fee + zone.extra_fee * above + surcharge
    return Fee(yuan, zone.free_from, zone.remote, surcharge)


def dates(
    shop: Shop, now: datetime, region: str | None = None, product: Product | None = None
) -> ShippingDates | Unserved:
    """When something paid at `now` leaves and arrives."""
    handling = product.handling_days if product else 0
    presale = product.presale_ships_on if product else None
    return _dates(shop.shipping, now, region, handling, presale)


def promised(shop: Shop, order: Order) -> ShippingDates | Unserved:
    """When the order should leave (or left) and arrive, from the moment it was paid (unpaid: placed)."""
    products = [shop.products[line.product_id] for line in order.lines if line.product_id in shop.products]
    handling = max((product.handling_days for product in products), default=0)
    presale = max((p.presale_ships_on for p in products if p.presale_ships_on), default=None)
    start = order.paid_at or order.placed_at
    found = _dates(shop.shipping, start, order.region, handling, presale)
    if isinstance(found, Unserved) or order.shipped_at is None:
        return found
    return _arrival(shop.shipping, order.shipped_at.date(), order.region, found.before_cutoff)


def is_late(shop: Shop, order: Order, now: datetime) -> bool:
    """Whether the order should have left, or arrived, before today."""
    found = promised(shop, order)
    if isinstance(found, Unserved):
        return False
    if order.state in (OrderState.PAID, OrderState.PACKED):
        return now.date() > found.ships_on
    if order.state is OrderState.SHIPPED:
        return found.arrives_to is not None and now.date() > found.arrives_to
    return False


def _dates(
    table: ShippingTable, start: datetime, region: str | None, handling: int, presale: date | None
) -> ShippingDates | Unserved:
    in_time = _is_open(table, start.date()) and start.time() < table.cutoff
    ships_on = start.date() if in_time else _next_open(table, start.date())
    for _ in range(handling):
        ships_on = _next_open(table, ships_on)
    if presale and presale > ships_on:
        ships_on = presale
    return _arrival(table, ships_on, region, in_time and ships_on == start.date())


def _arrival(
    table: ShippingTable, ships_on: date, region: str | None, before_cutoff: bool
) -> ShippingDates | Unserved:
    if region is None:
        return ShippingDates(ships_on, None, None, before_cutoff)
    zones = _zones(table, region)
    if isinstance(zones, Unserved):
        return zones
    soonest, latest = _days(zones)
    return ShippingDates(ships_on, ships_on + soonest, ships_on + latest, before_cutoff)


def _days(zones: Iterable[Zone]) -> tuple[timedelta, timedelta]:
    known = tuple(zones)
    return timedelta(days=min(z.days_min for z in known)), timedelta(days=max(z.days_max for z in known))


def _is_open(table: ShippingTable, day: date) -> bool:
    return day.isoweekday() not in table.closed_weekdays and day not in table.closed_dates


def _next_open(table: ShippingTable, day: date) -> date:
    """The next day the warehouse works; the loader makes sure that one weekday is open."""
    day += timedelta(days=1)
    while not _is_open(table, day):
        day += timedelta(days=1)
    return day
