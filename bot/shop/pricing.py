"""What a customer pays with every offer they qualify for.

Source: shop-rules.md, "Price" (002 四): tell also those who do not haggle; never below the floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from bot.shop.model import Customer, Product, Shop
from bot.shop.offers import Promotion, PromotionKind

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Offer:
    """One line of a quote. `kind`: level, rate, reduction, coupon or gift; `saving` yuan, 0 for a gift.

    `title` is the owner's own wording from the data; "" for coupons.
    """

    kind: str
    id: str
    title: str
    saving: Decimal
    gift_sku: str | None = None


@dataclass(frozen=True)
class Nearby:
    """An offer just out of reach: `short_by` yuan more of goods would bring it."""

    promotion: Promotion
    short_by: Decimal


@dataclass(frozen=True)
class Quote:
    """All amounts for the whole quantity; `final_price` is at least the floor of every piece."""

    list_price: Decimal
    lines: tuple[Offer, ...]
    final_price: Decimal
    nearby: Nearby | None = None

    @property
    def saving(self) -> Decimal:
        return self.list_price - self.final_price


def quote(
    shop: Shop,
    product: Product,
    quantity: int = 1,
    customer: Customer | None = None,
    today: date | None = None,
) -> Quote:
    """The best price for `quantity` pieces on `today`. Without `today` no dated offer applies.

    Offers that stack are taken together; one that does not stands alone. The better of both wins.
    """
    if quantity < 1:
        raise ValueError(f"quantity {quantity}: at least one piece")
    total = product.price * quantity
    floor = product.floor_price * quantity
    running = [p for p in shop.promotions if _applies(p, product, customer, today)]
    reached = [p for p in running if total >= p.threshold]
    together = [p for p in reached if p.stack]
    ways = [_total(shop, total, floor, together, customer, today)]
    ways += [_total(shop, total, floor, [p], None, None) for p in reached if not p.stack]
    lines, final = min(ways, key=lambda way: way[1])
    return Quote(total, lines, final, _nearby(running, total))


def unit_price(shop: Shop, product: Product, customer: Customer | None, today: date | None) -> Decimal:
    """What one piece costs this customer today."""
    return quote(shop, product, 1, customer, today).final_price


def _applies(promotion: Promotion, product: Product, customer: Customer | None, today: date | None) -> bool:
    return (
        today is not None
        and promotion.starts <= today <= promotion.ends
        and (not promotion.products or product.id in promotion.products)
        and (not promotion.kinds or product.kind.value in promotion.kinds)
        and (not promotion.levels or (customer is not None and customer.level in promotion.levels))
        and (not promotion.new_customers or (customer is not None and customer.new))
    )


def _total(
    shop: Shop,
    total: Decimal,
    floor: Decimal,
    promotions: Iterable[Promotion],
    customer: Customer | None,
    today: date | None,
) -> tuple[tuple[Offer, ...], Decimal]:
    """Rates first, then reductions, then one coupon, as shops settle them; each held above the floor."""
    lines: list[Offer] = []
    price = total

    def take(kind: str, id_: str, title: str, saving: Decimal) -> None:
        nonlocal price
        saving = min(saving, price - floor)
        if saving > 0:
            lines.append(Offer(kind, id_, title, saving))
            price -= saving

    level = next((level for level in shop.policy.levels if customer and level.id == customer.level), None)
    if level:
        take("level", level.id, level.title, price - _up(price * level.rate))
    chosen = sorted(promotions, key=lambda p: p.kind is not PromotionKind.RATE)
    for promotion in chosen:
        if promotion.kind is PromotionKind.RATE:
            take("rate", promotion.id, promotion.title, price - _up(price * promotion.rate))
        elif promotion.kind is PromotionKind.REDUCTION:
            times = total // promotion.threshold if promotion.every else 1
            take("reduction", promotion.id, promotion.title, promotion.amount * times)
        elif has_stock(shop, promotion.gift_sku):
            lines.append(Offer("gift", promotion.id, promotion.title, Decimal(0), promotion.gift_sku))
    coupons = customer.coupons if customer and today else ()
    usable = [c for c in coupons if c.expires >= today and price >= c.min_spend]
    if usable:
        best = max(usable, key=lambda coupon: coupon.amount)
        take("coupon", best.id, "", best.amount)
    return tuple(lines), price


def has_stock(shop: Shop, sku: str | None) -> bool:
    """A gift that is not there is never promised."""
    product = shop.product_of_sku(sku) if sku else None
    return product is not None and any(v.sku == sku and v.stock > 0 for v in product.variants)


def _nearby(promotions: Iterable[Promotion], total: Decimal) -> Nearby | None:
    """The next threshold, if it is at most a third of the present amount away."""
    ahead = [Nearby(p, p.threshold - total) for p in promotions if p.threshold > total]
    nearest = min(ahead, key=lambda nearby: nearby.short_by, default=None)
    return nearest if nearest and nearest.short_by * 3 <= total else None


def _up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_CEILING)
