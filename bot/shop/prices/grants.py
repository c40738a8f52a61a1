"""What the shop gave away: coupons from their pools, gifts off the shelf, differences of price. The port to it.

Source: shop-rules.md, "Price" (no gift that is not in stock, no coupon outside its pool) and "Coupons for a first
question" (000: once per customer, from a budgeted pool, with an expiry date).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol

from bot.shop.records.model import HeldCoupon
from bot.shop.records.policy import CouponOffer


class GrantKind(str, Enum):
    COUPON = "coupon"
    GIFT = "gift"
    DIFFERENCE = "difference"
    SPENT = "spent"
    """No gift: a coupon she held that was made good on an order, and so is gone."""


@dataclass(frozen=True)
class Recipient:
    """Who gets something, in which conversation, and what for (`welcome`, a product, an order).

    `buyer` is the signed customer's id, for a guest the conversation (`guest:…`). The same thing is given to the
    same buyer for the same reason only once, so a turn that is repeated gives nothing twice.
    `by` is the agent who gives it, "" the bot.
    """

    buyer: str
    conversation_id: str
    reason: str
    by: str = ""


class Ledger(Protocol):
    """Keeps count. Every `give…` is one transaction: two customers never get the last one both. Times are the shop's
    clock, without zone."""

    def pocket(self, buyer: str) -> tuple[HeldCoupon, ...]:
        """Coupons given to this buyer, expired ones too."""

    def spend_coupon(self, to: Recipient, held: HeldCoupon, at: datetime) -> bool:
        """Note that this coupon is gone, for the order in `to.reason`; False when it was noted before."""

    def spent(self, buyer: str) -> frozenset[str]:
        """Marks (`HeldCoupon.mark`) of coupons that are gone."""

    def given(self) -> Mapping[str, int]:
        """Coupon id → how many were given so far."""

    def reserved(self, since: datetime) -> Mapping[str, int]:
        """Sku → how many pieces are promised as gifts since then."""

    def reasons(self, buyer: str, kind: GrantKind, what: str) -> frozenset[str]:
        """What this buyer already got it for."""

    def give_coupon(self, to: Recipient, offer: CouponOffer, at: datetime) -> HeldCoupon | None:
        """The coupon as it is held now; None when the pool is used up."""

    def give_gift(self, to: Recipient, sku: str, stock: int, since: datetime, at: datetime) -> bool:
        """Reserve a piece; False when all `stock` pieces are promised."""

    def give_difference(self, to: Recipient, sku: str, amount: Decimal, at: datetime) -> bool:
        """Note yuan given back for what was bought; False when it was noted before."""

    def differences(self, buyer: str, order_id: str) -> Mapping[str, Decimal]:
        """Sku → yuan already given back on this order."""
