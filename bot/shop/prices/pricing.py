"""What a customer pays with every offer they qualify for.

Source: shop-rules.md, "Price" (002 四): tell also those who do not haggle; never below the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product as every

from bot.shop.goods import catalogue
from bot.shop.prices.bill import STEPS, Bill, Item, Offer, fits
from bot.shop.records.model import Customer, Product, Shop
from bot.shop.records.offers import Promotion, PromotionKind

__all__ = ["Deposit", "Item", "Nearby", "Offer", "Quote", "basket", "quote", "unit_price"]

_FILLS = 2

Reserved = Mapping[str, int]
"""Sku → pieces already promised as gifts; a missing one is 0."""


@dataclass(frozen=True)
class Nearby:
    """An offer just out of reach: `short_by` yuan more of goods would bring it."""

    promotion: Promotion
    short_by: Decimal


@dataclass(frozen=True)
class Deposit:
    """定金 and 尾款: `now` yuan at once, `balance` yuan from `starts` to `ends` (both days included)."""

    now: Decimal
    balance: Decimal
    starts: date
    ends: date


@dataclass(frozen=True)
class Quote:
    """All amounts for the whole basket; `final_price` is at least the floor of every piece."""

    items: tuple[Item, ...]
    list_price: Decimal
    lines: tuple[Offer, ...]
    final_price: Decimal
    ahead: tuple[Nearby, ...] = ()
    """Every offer that more goods would bring, the nearest first."""
    deposit: Deposit | None = None

    @property
    def saving(self) -> Decimal:
        return self.list_price - self.final_price

    @property
    def nearby(self) -> Nearby | None:
        """The next threshold, if it is at most a third of the present amount away: worth a word unasked."""
        nearest = next(iter(self.ahead), None)
        return nearest if nearest and nearest.short_by * 3 <= self.list_price else None


def quote(
    shop: Shop,
    product: Product,
    quantity: int = 1,
    customer: Customer | None = None,
    today: date | None = None,
    reserved: Reserved | None = None,
) -> Quote:
    """The best price for `quantity` pieces on `today`. Without `today` no dated offer applies."""
    return basket(shop, (Item(product, quantity),), customer, today, reserved)


def basket(
    shop: Shop,
    items: Iterable[Item],
    customer: Customer | None = None,
    today: date | None = None,
    reserved: Reserved | None = None,
) -> Quote:
    """The best price for several products bought together.

    Offers that stack are taken together; one that does not stands alone; some go without the member's price or
    without coupons. Of all these ways the cheapest wins, among equals the one with more gifts.
    """
    items = tuple(items)
    if not items or any(item.quantity < 1 for item in items):
        raise ValueError(f"{[item.quantity for item in items]} pieces: at least one piece")
    running = [p for p in shop.promotions if _applies(p, items, customer, today)]
    goods = Bill(items)
    reached = [p for p in running if _is_reached(p, goods) and _is_there(shop, p, reserved or {})]
    ways = [
        _pay(
            shop,
            items,
            [p for p in reached if _goes_with(p, level, coupons)],
            customer,
            today,
            level,
            coupons,
        )
        for level, coupons in every((True, False), repeat=2)
    ]
    ways += [_pay(shop, items, [p], customer, today, False, False) for p in reached if not p.stack]
    best = min(ways, key=lambda bill: (bill.price, -len(bill.lines)))
    lines = tuple(best.lines)
    return Quote(
        items, best.listed, lines, best.price, _ahead(running, best), _deposit(shop, lines, items, best.price)
    )


def unit_price(
    shop: Shop, product: Product, customer: Customer | None, today: date | None, pieces: int = 1
) -> Decimal:
    """What one of `pieces` costs this customer today, rounded up to the cent."""
    whole = quote(shop, product, pieces, customer, today).final_price
    return max((whole / pieces).quantize(Decimal("0.01"), rounding="ROUND_CEILING"), product.floor_price)


def nth_piece_offer(
    shop: Shop, product: Product, quantity: int, customer: Customer | None, today: date | None
) -> tuple[Promotion, Quote] | None:
    """A running 第二件半价 that one needs more pieces for, and what that many cost; None when it does not help."""
    running = [
        p
        for p in shop.promotions
        if p.kind is PromotionKind.NTH_PIECE
        and p.nth > quantity
        and _applies(p, (Item(product),), customer, today)
    ]
    for promotion in running:
        more = quote(shop, product, promotion.nth, customer, today)
        if any(line.id == promotion.id for line in more.lines):
            return promotion, more
    return None


def _applies(
    promotion: Promotion, items: tuple[Item, ...], customer: Customer | None, today: date | None
) -> bool:
    return (
        today is not None
        and promotion.starts <= today <= promotion.ends
        and any(fits(promotion, item.product) for item in items)
        and (not promotion.levels or (customer is not None and customer.level in promotion.levels))
        and (not promotion.new_customers or (customer is not None and customer.new))
    )


def _is_reached(promotion: Promotion, goods: Bill) -> bool:
    if promotion.kind is PromotionKind.REDUCTION:
        return promotion.off(goods.goods(promotion)) > 0
    return goods.goods(promotion) >= promotion.threshold


def _is_there(shop: Shop, promotion: Promotion, reserved: Reserved) -> bool:
    return promotion.kind is not PromotionKind.GIFT or has_stock(shop, promotion.gift_sku, reserved)


def _goes_with(promotion: Promotion, level: bool, coupons: bool) -> bool:
    return promotion.stack and (promotion.with_level or not level) and (promotion.with_coupons or not coupons)


def _pay(
    shop: Shop,
    items: tuple[Item, ...],
    promotions: Iterable[Promotion],
    customer: Customer | None,
    today: date | None,
    with_level: bool,
    with_coupons: bool,
) -> Bill:
    bill = Bill(items)
    level = next((level for level in shop.policy.levels if customer and level.id == customer.level), None)
    if level and with_level:
        bill.level(level)
    for promotion in sorted(promotions, key=lambda p: list(STEPS).index(p.kind)):
        STEPS[promotion.kind](bill, promotion)
    if customer and today and with_coupons:
        bill.coupons(customer.coupons, shop.policy.coupons_per_order, today)
    return bill


def _deposit(shop: Shop, lines: tuple[Offer, ...], items: tuple[Item, ...], price: Decimal) -> Deposit | None:
    found = next((line.id for line in lines if line.kind == "deposit"), None)
    promotion = next((p for p in shop.promotions if p.id == found), None)
    if promotion is None or promotion.balance_starts is None or promotion.balance_ends is None:
        return None
    now = promotion.deposit * sum(item.quantity for item in items if fits(promotion, item.product))
    return Deposit(now, price - now, promotion.balance_starts, promotion.balance_ends)


def has_stock(shop: Shop, sku: str | None, reserved: Reserved | None = None) -> bool:
    """A gift that is not there, or promised to others, is never promised."""
    return gift_stock(shop, sku) > (reserved or {}).get(sku or "", 0)


def gift_stock(shop: Shop, sku: str | None) -> int:
    """Pieces of this variant on the shelf."""
    product = shop.product_of_sku(sku) if sku else None
    return next((v.stock for v in product.variants if v.sku == sku), 0) if product else 0


def _ahead(running: Iterable[Promotion], bill: Bill) -> tuple[Nearby, ...]:
    """Thresholds still to reach, without those that would not lower what is paid now anyway."""
    found = []
    for promotion in running:
        goods = bill.goods(promotion)
        threshold = promotion.next_threshold(goods)
        if threshold is None:
            continue
        is_gift = promotion.kind is PromotionKind.GIFT
        helps = promotion.stack or promotion.off(threshold) > bill.listed - bill.price
        if is_gift or (helps and bill.price > bill.floor):
            found.append(Nearby(promotion, threshold - goods))
    return tuple(sorted(found, key=lambda nearby: nearby.short_by))


def fill_up(shop: Shop, products: Sequence[Product], nearby: Nearby) -> Product | None:
    """Something in stock that goes with them and brings the missing amount; the cheapest, and none that costs more
    than twice of what is missing: that would be selling, not filling up."""
    known = {product.id for product in products}
    beside = [match for product in products for match in catalogue.complements(shop, product)]
    fitting = [
        each
        for each in (*beside, *_cousins(shop, products))
        if each.id not in known
        and nearby.short_by <= each.price <= nearby.short_by * _FILLS
        and fits(nearby.promotion, each)
    ]
    return min(fitting, key=lambda each: each.price, default=None)


def _cousins(shop: Shop, products: Sequence[Product]) -> list[Product]:
    """Goods for the same people and of the same kind that can be bought now."""
    alike = {(product.kind, product.audience) for product in products}
    return [p for p in shop.products.values() if (p.kind, p.audience) in alike and catalogue.in_stock(p)]
