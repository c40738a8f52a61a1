"""Days the law, the platform or the shop's promise give the buyer, and what a late parcel is worth.

Source: shop-rules.md, "After the sale" (003: rights are never hidden; deadlines are told before they pass).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal

from bot.shop.after_sale.remedies import return_deadline
from bot.shop.parcels import shipping
from bot.shop.prices.bill import fits
from bot.shop.records.model import Customer, HeldCoupon, Shop
from bot.shop.records.offers import Promotion, PromotionKind
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.policy import Policy

WARN_DAYS = 3
"""A deadline is worth a word of its own when it is this near."""
UNCONFIRMED = (OrderState.SHIPPED, OrderState.DELIVERED)
WAITING = (OrderState.PAID, OrderState.PACKED)


def seven_days_until(policy: Policy, order: Order, now: datetime) -> datetime | None:
    """Until when the order may be returned without a reason; None before delivery and when it is over."""
    until = return_deadline(policy, order, quality=False)
    return until if until is not None and now <= until else None


def auto_confirm_at(policy: Policy, order: Order) -> datetime | None:
    """When the platform confirms receipt by itself; None where that is done, not due, or not told (0 days)."""
    days = policy.returns.auto_confirm_days
    if not days or order.shipped_at is None or order.state not in UNCONFIRMED:
        return None
    return datetime.combine(order.shipped_at.date() + timedelta(days=days), time(23, 59, 59))


def near_auto_confirm(policy: Policy, order: Order, now: datetime) -> date | None:
    """The day of the automatic confirmation if it comes within WARN_DAYS, None otherwise."""
    at = auto_confirm_at(policy, order)
    return at.date() if at and now <= at <= now + timedelta(days=WARN_DAYS) else None


def days_late(shop: Shop, order: Order, now: datetime) -> int:
    """Whole days the order is behind what was promised: leaving, arriving, or how late it was delivered. 0 is not."""
    found = shipping.promised(shop, order)
    if isinstance(found, shipping.Unserved):
        return 0
    if order.state in WAITING:
        return max(0, (now.date() - found.ships_on).days)
    arrived = order.delivered_at.date() if order.delivered_at else now.date()
    if order.state not in (*UNCONFIRMED, OrderState.COMPLETED) or found.arrives_to is None:
        return 0
    return max(0, (arrived - found.arrives_to).days)


def late_compensation(shop: Shop, order: Order, now: datetime) -> Decimal:
    """Yuan for a parcel later than promised, within the bot's authority; 0 where the policy gives none."""
    remedies = shop.policy.remedies
    if days_late(shop, order, now) < remedies.late.from_days:
        return Decimal(0)
    left = max(remedies.authority.amount - order.compensated, Decimal(0))
    goods = max(order.amount - order.shipping_fee, Decimal(0))
    given = (
        min(remedies.late.share * goods, remedies.late.most, left) if order.compensated == 0 else Decimal(0)
    )
    return given.quantize(Decimal(1), rounding=ROUND_DOWN)


def forgotten_coupon(
    policy: Policy, order: Order, customer: Customer | None, today: date
) -> HeldCoupon | None:
    """The best coupon she holds that this order would have met; None without one.

    Nothing where something was given back on the order already, or beyond what the bot may hand out.
    """
    if customer is None or order.compensated or order.discount:
        return None
    goods = order.amount - order.shipping_fee
    most = policy.remedies.authority.amount
    fitting = [
        coupon
        for coupon in customer.coupons
        if coupon.expires >= today and coupon.min_spend <= goods and coupon.amount <= min(most, goods)
    ]
    return max(fitting, key=lambda coupon: coupon.amount, default=None)


def gift_due(shop: Shop, order: Order) -> Promotion | None:
    """The gift that this order's goods brought with them on the day it was placed; None without one."""
    placed = order.placed_at.date()
    for offer in shop.promotions:
        if offer.kind is not PromotionKind.GIFT or not offer.starts <= placed <= offer.ends:
            continue
        lines = [line for line in order.lines if fits(offer, shop.products[line.product_id])]
        if lines and sum((line.amount for line in lines), Decimal(0)) >= (offer.threshold or 0):
            return offer
    return None
