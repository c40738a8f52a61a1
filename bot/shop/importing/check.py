"""What in a shop's files is allowed but probably not meant: told by `xiaoer shop check`, never at start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import BASIS_MEASURES, ChartBasis, Kind, Product, Shop, SizeChart
from bot.shop.records.policy import CompensationKind
from bot.shop.records.references import Finding

SAMPLE = "sample-"
"""Ids of the goods that `xiaoer shop new` writes begin with this."""
WORN = frozenset({Kind.CLOTHING, Kind.CHILD_CLOTHING, Kind.SHOES})
"""Kinds of which customers ask the size."""
_SHORT_NAME = 6
"""Characters of a name that customers still say in full."""


@dataclass(frozen=True)
class Hint:
    """A warning; those of one `topic` are told together."""

    topic: str
    finding: Finding


def hints(shop: Shop, today: date) -> Iterator[Hint]:
    """Everything worth a second look."""
    for product in shop.products.values():
        yield from _product(shop, product)
    for chart in shop.charts.values():
        yield from _chart(shop, chart)
    yield from _offers(shop, today)


def _product(shop: Shop, product: Product) -> Iterator[Hint]:
    def hint(topic: str, field: str, message: str) -> Hint:
        return Hint(topic, Finding(("products", product.id), (field,), f"{product.name}: {message}"))

    if product.id.startswith(SAMPLE):
        yield hint("sample", "id", "is a sample of `xiaoer shop new`: replace it by a product of yours")
        return
    if not product.image:
        yield hint("image", "name", "no `image`: its card shows no picture")
    if not product.tags:
        yield hint("tags", "name", "no `tags`: it is never found by a need (送礼, 怕冷 …)")
    if not product.nicknames and len(product.name) > _SHORT_NAME:
        yield hint("nicknames", "name", "no `nicknames`: customers do not say so long a name in full")
    if not (product.attributes or product.talking_points):
        yield hint(
            "facts", "name", "neither `attributes` nor `talking_points`: the bot can say nothing of it"
        )
    if product.floor_price == product.price:
        yield hint("floor", "floor_price", f"{product.floor_price} is the price: the bot never gives way")
    if product.kind in WORN and len(product.sizes) > 1 and not product.size_chart:
        sizes = ", ".join(product.sizes)
        yield hint("chart", "variants", f"sizes {sizes} without `size_chart`: no size can be recommended")
    if not in_stock(product):
        yield hint("sold out", "variants", "every variant is sold out")


def _chart(shop: Shop, chart: SizeChart) -> Iterator[Hint]:
    def hint(topic: str, message: str, *place: str | int) -> Hint:
        return Hint(topic, Finding(("size_charts", chart.id), place or ("id",), message))

    users = [product for product in shop.products.values() if product.size_chart == chart.id]
    if not users:
        yield hint("chart unused", f"{chart.id}: no product uses this chart")
        return
    sold = {size for product in users for size in product.sizes}
    if unsold := [row.size for row in chart.rows if row.size not in sold]:
        yield hint("chart sizes", f"{chart.id}: no product is sold in {', '.join(unsold)}")
    if chart.basis is ChartBasis.WIDTH:
        return  # between two widths the larger is recommended: a gap is no fault
    for name in BASIS_MEASURES[chart.basis]:
        for index, (row, following) in enumerate(pairwise(chart.rows), start=1):
            end, begin = getattr(row, name)[1], getattr(following, name)[0]
            if begin - end > 1:
                gap = f"{chart.id}: {name} from {end:g} to {begin:g} is in no size"
                yield hint("chart gap", gap, "rows", index)


def _offers(shop: Shop, today: date) -> Iterator[Hint]:
    for promotion in shop.promotions:
        if promotion.ends < today:
            message = f"{promotion.title}: ended on {promotion.ends}"
            yield Hint("promotion", Finding(("promotions", promotion.id), ("ends",), message))
    for index, given in enumerate(shop.policy.bargaining.compensations):
        gift = shop.product_of_sku(given.sku or "") if given.kind is CompensationKind.GIFT else None
        if gift and not any(v.sku == given.sku and v.stock for v in gift.variants):
            place = ("bargaining", "compensations", index)
            yield Hint("gift", Finding(("policy.yml", ""), place, f"{gift.name} is sold out: never given"))
