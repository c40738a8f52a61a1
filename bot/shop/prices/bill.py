"""Adding up one way of paying: offers taken one after another, each held above the floor.

Source: shop-rules.md, "Price" (002 四). Rates come first, then reductions, then coupons, as shops settle them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from bot.shop.records.model import HeldCoupon, Product
from bot.shop.records.offers import Promotion, PromotionKind
from bot.shop.records.policy import Level

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    product: Product
    quantity: int = 1

    @property
    def listed(self) -> Decimal:
        return self.product.price * self.quantity


@dataclass(frozen=True)
class Offer:
    """One line of a quote. `kind`: level, rate, nth_piece, deposit, reduction, coupon or gift.

    `saving` is what it takes off, 0 for a gift; `asked` what it would take off were there no floor; `left` what is
    to pay after it. `title` is the owner's own wording from the data; "" for coupons.
    """

    kind: str
    id: str
    title: str
    saving: Decimal
    gift_sku: str | None = None
    asked: Decimal = Decimal(0)
    left: Decimal = Decimal(0)


def fits(promotion: Promotion, product: Product) -> bool:
    """Whether the promotion is for this product."""
    return (not promotion.products or product.id in promotion.products) and (
        not promotion.kinds or product.kind.value in promotion.kinds
    )


class Bill:
    """`price` is what is to pay so far; never under the floors of all pieces together."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self.listed = sum((item.listed for item in self.items), Decimal(0))
        self.floor = sum((item.product.floor_price * item.quantity for item in self.items), Decimal(0))
        self.price = self.listed
        self.lines: list[Offer] = []
        self._each = [item.listed for item in self.items]

    def goods(self, promotion: Promotion) -> Decimal:
        """List price of what the promotion is for: thresholds are reached with it."""
        return sum((item.listed for item in self.items if fits(promotion, item.product)), Decimal(0))

    def level(self, level: Level) -> None:
        self._at_rate("level", level.id, level.title, level.rate, [True] * len(self.items))

    def rate(self, promotion: Promotion) -> None:
        here = [fits(promotion, item.product) for item in self.items]
        self._at_rate("rate", promotion.id, promotion.title, promotion.rate, here)

    def _at_rate(self, kind: str, id_: str, title: str, rate: Decimal, here: list[bool]) -> None:
        each = [
            up(amount * rate) if is_here else amount for amount, is_here in zip(self._each, here, strict=True)
        ]
        saving = sum(self._each) - sum(each)
        self._each = each
        self._take(kind, id_, title, saving)

    def nth_piece(self, promotion: Promotion) -> None:
        """Of all fitting pieces every nth one is cheaper, and those are the cheapest."""
        pieces = sorted(
            amount / item.quantity
            for item, amount in zip(self.items, self._each, strict=True)
            if fits(promotion, item.product)
            for _ in range(item.quantity)
        )
        cheap = pieces[: len(pieces) // promotion.nth]
        saving = (sum(cheap, Decimal(0)) * (1 - promotion.rate)).quantize(CENT, rounding="ROUND_FLOOR")
        self._take("nth_piece", promotion.id, promotion.title, saving)

    def deposit(self, promotion: Promotion) -> None:
        pieces = sum(item.quantity for item in self.items if fits(promotion, item.product))
        saving = (promotion.counts_as - promotion.deposit) * pieces
        self._take("deposit", promotion.id, promotion.title, saving)

    def reduce(self, promotion: Promotion) -> None:
        self._take("reduction", promotion.id, promotion.title, promotion.off(self.goods(promotion)))

    def gift(self, promotion: Promotion) -> None:
        self.lines.append(
            Offer("gift", promotion.id, promotion.title, Decimal(0), promotion.gift_sku, left=self.price)
        )

    def coupons(self, held: Iterable[HeldCoupon], most: int, today: date) -> None:
        """The largest ones that still help, at most `most`; minimum spends count against what is to pay before."""
        spend = self.price
        usable = [c for c in held if c.expires >= today and spend >= c.min_spend]
        for coupon in sorted(usable, key=lambda c: (-c.amount, c.expires))[:most]:
            self._take("coupon", coupon.id, "", coupon.amount)

    def _take(self, kind: str, id_: str, title: str, asked: Decimal) -> None:
        saving = min(asked, self.price - self.floor)
        if saving > 0:
            self.price -= saving
            self.lines.append(Offer(kind, id_, title, saving, asked=asked, left=self.price))


STEPS = {
    PromotionKind.RATE: Bill.rate,
    PromotionKind.NTH_PIECE: Bill.nth_piece,
    PromotionKind.DEPOSIT: Bill.deposit,
    PromotionKind.REDUCTION: Bill.reduce,
    PromotionKind.GIFT: Bill.gift,
}
"""How each kind of promotion is added up, in the order in which they are taken."""


def up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_CEILING)
