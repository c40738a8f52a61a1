"""Another size or colour for what was received. Source: shop-rules.md, "After the sale" (003)."""

from __future__ import annotations

from enum import Enum

from bot.shop.goods import stock
from bot.shop.records.model import Product, Variant


class Step(str, Enum):
    """A size told against the one she has."""

    LARGER = "larger"
    SMALLER = "smaller"


def next_size(product: Product, worn: str, step: Step) -> str | None:
    """The size beside `worn` in the shop's order; None at the end of the row or for an unknown size."""
    sizes = product.sizes
    place = next((i for i, size in enumerate(sizes) if stock.same_size(size, worn)), None)
    if place is None:
        return None
    place += 1 if step is Step.LARGER else -1
    return sizes[place] if 0 <= place < len(sizes) else None


def check(
    product: Product, owned: Variant, color: str | None, size: str | None
) -> stock.InStock | stock.OutOfStock:
    """Whether the wished one is there; what is not named stays as it is."""
    return stock.check(product, color or owned.color or None, size or owned.size or None)


def others(product: Product, owned: Variant) -> tuple[Variant, ...]:
    """In stock and not the one she has: the same colour first, then the same size."""
    found = [v for v in product.variants if v.stock > 0 and v.sku != owned.sku]
    return tuple(sorted(found, key=lambda v: (v.color != owned.color, v.size != owned.size)))
