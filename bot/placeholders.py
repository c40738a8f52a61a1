"""The shop's own numbers for the placeholders that FAQ scripts may carry (docs/architecture.md, bot.faq)."""

from __future__ import annotations

from bot.shop.records.model import Shop
from bot.shop.records.policy import CouponPurpose


def script_values(shop: Shop) -> dict[str, str]:
    """A value for every name in `bot.faq.schema.PLACEHOLDERS`, as a customer reads it."""
    hours, shipping = shop.policy.agent_hours, shop.shipping
    near = next(zone for zone in shipping.zones if not zone.remote)
    coupon = next((each for each in shop.policy.coupons if each.purpose is CouponPurpose.NEW_CUSTOMER), None)
    return {
        "shop": shop.name,
        "bot_name": shop.persona.bot_name,
        "cutoff": f"{shipping.cutoff:%H:%M}",
        "free_shipping_from": yuan(near.free_from or 0),
        "courier": shipping.default_courier.name,
        "return_days": str(shop.policy.returns.days),
        "agent_hours": f"{hours.opens:%H:%M}–{hours.closes:%H:%M}",
        "coupon_new": yuan(coupon.amount if coupon else 0),
    }


def yuan(amount: object) -> str:
    """An amount without needless zeros: 80, 9.9, 12.5."""
    text = f"{amount:.2f}"
    return text.rstrip("0").rstrip(".")
