"""What customers call a region, and the zones of the shipping table it lies in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.records.shipping_table import PROVINCES, ShippingTable, Zone


@dataclass(frozen=True)
class Unserved:
    """`reason` is the owner's short phrase, "" for a place the tables do not know."""

    region: str
    reason: str = ""


def provinces(table: ShippingTable, region: str) -> tuple[str, ...]:
    """The provinces behind what a customer calls a region: 新疆, 浙江杭州, 江浙沪; () if unknown."""
    if region in table.region_groups:
        return table.region_groups[region]
    return next(((province,) for province in PROVINCES if region.startswith(province)), ())


def zones_of(table: ShippingTable, region: str) -> tuple[Zone, ...] | Unserved:
    """The zones a region lies in; Unserved if nothing is sent to any part of it."""
    named = provinces(table, region)
    for gap in table.unserved:
        if gap.region in named:
            return Unserved(gap.region, gap.reason)
    zones = tuple(zone for zone in table.zones if any(province in zone.regions for province in named))
    return zones or Unserved(region)
