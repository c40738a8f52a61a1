"""What else fits when a product is not made in the customer's size.

Source: shop-rules.md, "Related items" (001) and "Out of the chart: say so" — with something that does fit, and honest
where nothing does (docs/transcript-review.md, G 8: a boy of 158).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.shop.goods import stock
from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Audience, Product, Shop
from bot.shop.sizes.sizing import Fits, OutOfChart, recommend
from bot.shop.sizes.wearer import Measures


def others(shop: Shop, product: Product, measures: Measures) -> tuple[Product, ...]:
    """Substitutes, then products of its category for the same wearer, whose fitting size is on the shelf."""
    named = [shop.products[other] for other in product.substitutes]
    same = [p for p in shop.products.values() if p.category == product.category and p not in named]
    wearers = {product.audience, Audience.UNISEX}
    # A size usually worn is no measure: only what the charts can be read with counts.
    body = replace(measures, usual_size=None)
    return tuple(
        each
        for each in (*named, *same)
        if each.id != product.id and each.kind is product.kind and each.audience in wearers
        and in_stock(each) and _fits(shop, each, body)
    )  # fmt: skip


def _fits(shop: Shop, product: Product, measures: Measures) -> bool:
    found = recommend(product, shop.chart_of(product), measures)
    return (
        isinstance(found, Fits)
        and found.sure
        and isinstance(stock.check(product, None, found.size), stock.InStock)
    )


@dataclass(frozen=True)
class Lack:
    """Why somebody cannot wear it now: made up to (or from) `size` only, else `size` fits and is sold out."""

    product: Product
    size: str
    reason: str
    back_on: date | None = None


def lack(shop: Shop, product: Product, measures: Measures) -> Lack | None:
    """What stands against the product for this body; None where it can be worn, or nobody knows."""
    found = recommend(product, shop.chart_of(product), replace(measures, usual_size=None))
    if isinstance(found, OutOfChart) and found.reason in ("too_large", "too_small") and found.size:
        return Lack(product, found.size, found.reason)
    if not isinstance(found, Fits):
        return None
    shelf = stock.check(product, None, found.size)
    return (
        Lack(product, found.size, "sold_out", shelf.restock_on)
        if isinstance(shelf, stock.OutOfStock)
        else None
    )
