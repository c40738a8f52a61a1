"""Coupons the shop gives. Source: shop-rules.md, "Coupons for a first question" (000): once, from a pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from bot.shop.records.model import Customer, HeldCoupon
from bot.shop.records.policy import CouponOffer, CouponPurpose, Policy

Given = Mapping[str, int]
"""Coupon id → how many have been given so far; a missing id is 0."""


def available(policy: Policy, purpose: CouponPurpose, given: Given) -> Iterator[CouponOffer]:
    """Coupons for this purpose whose pool is not used up, smallest first."""
    offers = (offer for offer in policy.coupons if offer.purpose is purpose and has_left(offer, given))
    return iter(sorted(offers, key=lambda offer: offer.amount))


def has_left(offer: CouponOffer, given: Given) -> bool:
    return given.get(offer.id, 0) < offer.pool


def welcome(
    policy: Policy, customer: Customer | None, given: Given, had_one: bool = False
) -> CouponOffer | None:
    """The coupon a new customer may be given with the first question; once only."""
    if customer is None or not customer.new or had_one:
        return None
    offers = list(available(policy, CouponPurpose.NEW_CUSTOMER, given))
    held = {coupon.id for coupon in customer.coupons}
    return None if held & {offer.id for offer in policy.coupons} else next(iter(offers), None)


def issue(offer: CouponOffer, today: date) -> HeldCoupon:
    """The coupon as the customer then holds it; valid through its last day."""
    expires = today + timedelta(days=offer.valid_days)
    return HeldCoupon(id=offer.id, amount=offer.amount, min_spend=offer.min_spend, expires=expires)


def remind_on(offer: CouponOffer, today: date) -> date:
    """The day to remind a customer who got the coupon today."""
    return issue(offer, today).expires - timedelta(days=offer.remind_days)


def short_of(held: Iterable[HeldCoupon], spend: Decimal) -> tuple[HeldCoupon, Decimal] | None:
    """The coupon whose minimum is nearest and what is missing to it; None where any could be used."""
    missing = sorted(((coupon.min_spend - spend, coupon) for coupon in held), key=lambda each: each[0])
    return (missing[0][1], missing[0][0]) if missing and missing[0][0] > 0 else None
