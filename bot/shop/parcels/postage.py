"""What postage costs: by region, weight and threshold, for one product or several sent together.

Source: shop-rules.md, "The order on its way" (003, 001). Amounts are yuan, weights kilograms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from bot.shop.parcels.regions import Unserved, zones_of
from bot.shop.records.model import Product, Shop
from bot.shop.records.orders import Order
from bot.shop.records.shipping_table import ShippingTable, Zone
from bot.text.normalise import normalise

_POSTAGE_ALONE = re.compile(
    r"(?:一共|总共)?(?:得|要)?多少钱?的?(?:运费|邮费|快递费|邮)|(?<![连含带加上])(?:运费|邮费|快递费|邮)(?:一共|总共)?(?:是|要|得)?(?:多少钱?|几块钱?)"
    r"|满?多少钱?(?:起|才|就|能|可以)*(?:包|免)邮"
)
_PRICE = re.compile(r"多少钱|什么价|啥价|价格|一共|总共|合计|到手|怎么卖|几块")
_OUTWARD = re.compile(
    r"^(?:那|请问|这个?|它|你们?|还有|的话|呢|,|，|。| )*(?:邮费|运费|快递费|邮资)"
    r"(?:是|要|得|怎么算|咋算|多少|几块|钱|呢|啊|呀|吗|么|嘛|收|另算|[?？,，。 ])*"
    r"(?:我[^,，。退换回赔谁显]{1,5}的)?$"
    r"|(?:邮|寄|发|送)(?:到|去|往)[^,，。退换回]{2,6}(?:要|得)?(?:多少钱?|几块钱?)"
)
_SURCHARGE = re.compile(r"(?:加|补|贵|多|另收|多收|差)(?:多少|几块|钱|价)|(?:要|用)(?:加|补|另)(?:钱|价)")


def asks_outward(text: str) -> bool:
    """ "邮费呢": what sending it to her costs; nothing of sending back is in it."""
    return _OUTWARD.search(normalise(text).strip()) is not None


def asks_surcharge(text: str) -> bool:
    """ "发顺丰加多少钱"."""
    return _SURCHARGE.search(normalise(text)) is not None


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

    def short_by(self, amount: Decimal) -> Decimal | None:
        """Yuan of goods still missing until postage is waived; 0 when it is, None where it never is."""
        return None if self.free_from is None else max(self.free_from - amount, Decimal(0))


def fee(
    shop: Shop, region: str, amount: Decimal, weight_kg: Decimal, courier: str | None = None
) -> Fee | Unserved:
    """Postage for goods worth `amount` yuan weighing `weight_kg`; for several provinces the dearest.

    `courier`: a carrier asked for by any of its names adds its surcharge, also when postage is free.
    """
    zones = zones_of(shop.shipping, region)
    if isinstance(zones, Unserved):
        return zones
    carrier = shop.shipping.courier(courier)
    extra = carrier.surcharge if carrier else Decimal(0)
    return max((_fee(zone, amount, weight_kg, extra) for zone in zones), key=lambda found: found.yuan)


def basket_fee(
    shop: Shop, region: str, basket: Sequence[tuple[Product, int]], courier: str | None = None
) -> Fee | Unserved:
    """Postage for these products and quantities sent together."""
    return fee(shop, region, goods_amount(basket), goods_weight(basket), courier)


def goods_amount(basket: Iterable[tuple[Product, int]]) -> Decimal:
    """List prices, yuan: the threshold counts goods, not what offers leave to pay."""
    return sum((product.price * count for product, count in basket), Decimal(0))


def goods_weight(basket: Iterable[tuple[Product, int]]) -> Decimal:
    return sum((product.weight_kg * count for product, count in basket), Decimal(0))


def asks_price_too(text: str) -> bool:
    """Whether a question about postage asks for the price of the goods as well (多少钱 运费多少)."""
    return _PRICE.search(_POSTAGE_ALONE.sub(" ", normalise(text))) is not None


def thresholds(table: ShippingTable) -> tuple[tuple[Decimal | None, bool, tuple[str, ...]], ...]:
    """(free from, remote, provinces) for each different threshold, the cheapest first, never-free last."""
    found: dict[tuple[Decimal | None, bool], tuple[str, ...]] = {}
    for zone in table.zones:
        key = (zone.free_from, zone.remote)
        found[key] = found.get(key, ()) + zone.regions
    ordered = sorted(found, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    return tuple((free, remote, found[free, remote]) for free, remote in ordered)


def _fee(zone: Zone, amount: Decimal, weight_kg: Decimal, extra: Decimal) -> Fee:
    surcharge = zone.surcharge + extra
    if zone.free_from is not None and amount >= zone.free_from:
        return Fee(surcharge, zone.free_from, zone.remote, surcharge)
    above = max(weight_kg - zone.first_kg, Decimal(0)).to_integral_value(rounding=ROUND_CEILING)
    yuan = zone.first_fee + zone.extra_fee * above + surcharge
    return Fee(yuan, zone.free_from, zone.remote, surcharge)


def saved_together(shop: Shop, order: Order, other: Order) -> Decimal:
    """Yuan of postage paid twice for what goes in one parcel now: by the table, and never more than was paid."""

    def by_table(*orders: Order) -> Decimal:
        lines = [line for each in orders for line in each.lines]
        weight = goods_weight((shop.products[line.product_id], line.quantity) for line in lines)
        found = fee(shop, order.region, sum((line.amount for line in lines), Decimal(0)), weight)
        return Decimal(0) if isinstance(found, Unserved) else found.yuan

    twice = by_table(order) + by_table(other) - by_table(order, other)
    return max(min(twice, order.shipping_fee + other.shipping_fee), Decimal(0))


def surplus_for(shop: Shop, order: Order, region: str) -> Decimal | Unserved:
    """Yuan more that this order's postage costs to another region than was paid for it; 0 when it is no more."""
    basket = [(shop.products[line.product_id], line.quantity) for line in order.lines]
    goods = sum((line.amount for line in order.lines), Decimal(0))
    found = fee(shop, region, goods, goods_weight(basket))
    return found if isinstance(found, Unserved) else max(found.yuan - order.shipping_fee, Decimal(0))
