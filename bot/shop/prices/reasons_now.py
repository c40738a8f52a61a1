"""A reason to decide today, said only when it is true.

Source: shop-rules.md, "Hesitation" (002 三·三): scarcity or "ships today" may be said only when stock or the courier's
cut-off makes it true. Without a true reason nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.shop.goods import stock
from bot.shop.parcels import shipping
from bot.shop.records.model import Product, Shop
from bot.shop.records.offers import Promotion, PromotionKind
from bot.shop.records.orders import Order


@dataclass(frozen=True)
class FewLeft:
    """`color` and `size` say what of; "" for all of the product."""

    left: int
    color: str = ""
    size: str = ""


@dataclass(frozen=True)
class OfferEnds:
    """`title` is the owner's own wording; the offer runs through `day`."""

    title: str
    day: date


@dataclass(frozen=True)
class ShipsToday:
    """Paid before `cutoff`, it leaves today."""

    cutoff: time


ReasonNow = FewLeft | OfferEnds | ShipsToday


def reason_now(
    shop: Shop, product: Product, now: datetime, color: str | None = None, size: str | None = None
) -> ReasonNow | None:
    """The strongest of few pieces left, an offer that ends, leaving today. The product is in stock."""
    found = stock.check(product, color, size, shop.policy.low_stock)
    if isinstance(found, stock.InStock) and found.low:
        return FewLeft(found.left, color or "", size or "")
    if ending := next((p for p in shop.promotions if _ends_soon(p, product, now.date())), None):
        return OfferEnds(ending.title, ending.ends)
    dates = shipping.dates(shop, now, product=product)
    if isinstance(dates, shipping.ShippingDates) and dates.before_cutoff:
        return ShipsToday(shop.shipping.cutoff)
    return None


def reason_to_pay(shop: Shop, order: Order, now: datetime) -> ReasonNow | None:
    """For an order that is not paid yet: few left of one of its variants (nothing is kept back for it), else today."""
    few = []
    for line in order.lines:
        product = shop.products.get(line.product_id)
        variant = next((v for v in product.variants if v.sku == line.sku), None) if product else None
        if variant and 0 < variant.stock <= shop.policy.low_stock:
            few.append(FewLeft(variant.stock, variant.color, variant.size))
    if few:
        return min(few, key=lambda reason: reason.left)
    unsent = order.model_copy(update={"paid_at": now, "shipped_at": None})
    dates = shipping.promised(shop, unsent)
    if isinstance(dates, shipping.ShippingDates) and dates.before_cutoff:
        return ShipsToday(shop.shipping.cutoff)
    return None


def _ends_soon(promotion: Promotion, product: Product, today: date) -> bool:
    """Ends today or tomorrow and is open to everybody for one piece of this product."""
    if promotion.levels or promotion.new_customers or promotion.kind is PromotionKind.GIFT:
        return False
    fits = (not promotion.products or product.id in promotion.products) and (
        not promotion.kinds or product.kind.value in promotion.kinds
    )
    runs = promotion.starts <= today <= promotion.ends <= today + timedelta(days=1)
    return fits and runs and product.price >= promotion.threshold


def can_be_had(product: Product, color: str | None = None, size: str | None = None) -> bool:
    """Whether what was asked about can be bought now; nothing sold out is ever recommended again."""
    return isinstance(stock.check(product, color, size), stock.InStock)


def can_all_be_had(shop: Shop, order: Order) -> bool:
    """Whether every line of an unpaid order is still on the shelf."""
    sold = [product for product in shop.products.values() if not product.taken_down]
    on_shelf = {v.sku: v.stock for product in sold for v in product.variants}
    return all(on_shelf.get(line.sku, 0) >= line.quantity for line in order.lines)
