"""Goods in orders that the catalogue no longer has: they keep a name and can no longer be bought."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bot.shop.records.model import Audience, Kind, Product, Shop, Variant
from bot.shop.records.orders import Order, OrderLine


def with_delisted(shop: Shop, orders: Iterable[Order]) -> Shop:
    """`shop`, and in it a stand-in for every product and variant of `orders` that is not on sale any more."""
    found: dict[str, Product] = {}
    for line in (line for order in orders for line in order.lines):
        product = found.get(line.product_id) or shop.products.get(line.product_id)
        if product is None or all(variant.sku != line.sku for variant in product.variants):
            found[line.product_id] = _with_variant(product, line)
    return shop.model_copy(update={"products": {**shop.products, **found}}) if found else shop


def _with_variant(product: Product | None, line: OrderLine) -> Product:
    variant = Variant(sku=line.sku, size=line.variant, stock=0)
    if product:
        return product.model_copy(update={"variants": (*product.variants, variant)})
    price = line.price or Decimal("0.01")
    return Product(
        id=line.product_id,
        name=line.name or line.product_id,
        category="其他",
        audience=Audience.UNISEX,
        kind=Kind.GENERAL,
        price=price,
        floor_price=price,
        variants=(variant,),
        weight_kg=Decimal(1),
    )
