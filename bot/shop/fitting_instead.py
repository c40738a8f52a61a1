"""What else fits when a product is not made in the customer's size.

Source: shop-rules.md, "Related items" (001) and "Out of the chart: say so" — with something that does fit.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop import stock
from bot.shop.catalogue import in_stock
from bot.shop.model import Audience, Product, Shop
from bot.shop.sizing import Fits, recommend
from bot.shop.wearer import Measures


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
