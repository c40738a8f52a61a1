"""Where the shop ships, with whom, for how much: the content of `shipping.yml`."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.shop.records.record import Day, Money, Record, Text

_NAMES = (
    "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)
PROVINCES: tuple[str, ...] = tuple(_NAMES.split())
"""The 34 provincial regions by their short names; each is in one zone or unserved."""

Days = Annotated[int, Field(ge=0, le=60)]


class Courier(Record):
    name: Text
    phone: str = ""
    default: bool = False
    to_door: bool = False
    """Delivers to the door rather than to a pick-up point."""
    surcharge: Money = Decimal(0)
    """Extra yuan when the customer asks for this courier."""


class Zone(Record):
    """Fee = first_fee up to first_kg, then extra_fee a started kilogram."""

    name: Text
    regions: Annotated[tuple[Text, ...], Field(min_length=1)]
    first_kg: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    first_fee: Money
    extra_fee: Money
    free_from: Money | None
    """Goods amount from which the fee is waived: 0 is always free, null is never."""
    surcharge: Money = Decimal(0)
    """Remote surcharge, charged on top, also when the fee is waived."""
    remote: bool = False
    days_min: Days
    days_max: Days

    @model_validator(mode="after")
    def _days_rise(self) -> Zone:
        return _rising(self)


class UnservedRegion(Record):
    region: Text
    reason: str = ""
    """A short phrase for the customer."""


class Warehouse(Record):
    """A further warehouse: goods for these regions leave from here instead of the main one."""

    place: Text
    regions: Annotated[tuple[Text, ...], Field(min_length=1)]
    categories: tuple[Text, ...] = ()
    """Product categories it holds; empty is all of them."""
    cutoff: time | None = None
    """None: as in the main warehouse."""
    days_min: Days
    days_max: Days

    @model_validator(mode="after")
    def _days_rise(self) -> Warehouse:
        return _rising(self)


class Holiday(Record):
    """Days in a row, both included, on which no warehouse works."""

    name: Text
    starts: Day
    ends: Day
    couriers_rest: bool = False
    """Parcels do not move either: these days do not count as days on the way."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Holiday:
        return _lasting(self)

    def includes(self, day: date) -> bool:
        return self.starts <= day <= self.ends


class Delay(Record):
    """Snow, floods, a big sale: parcels to these regions take longer for a while."""

    reason: Text
    """A short phrase for the customer."""
    regions: Annotated[tuple[Text, ...], Field(min_length=1)]
    starts: Day
    ends: Day
    extra_days: Annotated[int, Field(ge=1, le=30)]

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Delay:
        return _lasting(self)


def _rising(span: Any) -> Any:
    if span.days_min > span.days_max:
        raise ValueError(f"days_min {span.days_min} is more than days_max {span.days_max}: swap them")
    return span


def _lasting(span: Any) -> Any:
    if span.starts > span.ends:
        raise ValueError(f"starts {span.starts} is after ends {span.ends}: swap them")
    return span


class ShippingTable(Record):
    warehouse: Text
    cutoff: time
    """Paid before this on a working day: leaves the same day."""
    warehouses: tuple[Warehouse, ...] = ()
    """Further ones; the first that serves region and category is taken, else the main one."""
    holidays: tuple[Holiday, ...] = ()
    delays: tuple[Delay, ...] = ()
    closed_weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    """1 is Monday. Nothing leaves the warehouse on these days."""
    closed_dates: tuple[Day, ...] = ()
    couriers: Annotated[tuple[Courier, ...], Field(min_length=1)]
    zones: Annotated[tuple[Zone, ...], Field(min_length=1)]
    region_groups: dict[str, tuple[Text, ...]] = {}
    """Names customers use for several provinces, such as 江浙沪."""
    unserved: tuple[UnservedRegion, ...] = ()

    @model_validator(mode="after")
    def _every_province_once(self) -> ShippingTable:
        named = [region for zone in self.zones for region in zone.regions]
        named += [gap.region for gap in self.unserved]
        grouped = [region for members in self.region_groups.values() for region in members]
        problems = []
        if lost := [region for region in PROVINCES if region not in named]:
            problems.append(f"{'、'.join(lost)}: in no zone; add each to one, or to unserved")
        if twice := [region for region in dict.fromkeys(named) if named.count(region) > 1]:
            problems.append(f"{'、'.join(twice)}: named twice; keep one")
        further = [region for each in (*self.warehouses, *self.delays) for region in each.regions]
        if strange := [region for region in named + grouped + further if region not in PROVINCES]:
            problems.append(f"{'、'.join(strange)}: not the short name of a province")
        if set(self.closed_weekdays) >= set(range(1, 8)):
            problems.append("closed_weekdays closes all seven: leave one open")
        if sum(courier.default for courier in self.couriers) != 1:
            problems.append("exactly one courier needs `default: true`")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def default_courier(self) -> Courier:
        return next(courier for courier in self.couriers if courier.default)

    def courier(self, named: str | None) -> Courier | None:
        """The courier a customer means by 顺丰 or 顺丰速运; None if the shop does not work with it."""
        if not named:
            return None
        return next((each for each in self.couriers if named in each.name or each.name in named), None)
