"""Giving coupons and gifts for good: counted in the ledger first, told afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions.common import shop_floor
from actions.common.cards import day
from actions.common.turn import Turn
from bot.placeholders import yuan
from bot.shop.prices import coupons, pricing
from bot.shop.prices.grants import GrantKind, Recipient
from bot.shop.records.model import HeldCoupon
from bot.shop.records.policy import Compensation, CompensationKind, CouponOffer

WELCOME = "welcome"
"""What the first-question coupon is given for."""
FIRST_QUESTIONS = (
    *("action_size", "action_product_info", "action_recommend", "action_stock"),
    *("action_price", "action_promotion", "action_shipping_time", "action_shipping_fee"),
)
"""Answers behind which the coupon of the first question is told."""


def reserved(turn: Turn) -> pricing.Reserved:
    """Gifts promised that may still be waiting for their order."""
    hold = timedelta(days=turn.shop.policy.bargaining.gift_hold_days)
    return shop_floor.ledger().reserved(turn.now - hold)


def coupon_offer(turn: Turn, coupon_id: str | None) -> CouponOffer | None:
    return next((offer for offer in turn.shop.policy.coupons if offer.id == coupon_id), None)


def give_coupon(turn: Turn, offer: CouponOffer, reason: str) -> HeldCoupon | None:
    """The coupon, now in the customer's pocket and tagged for the desk; None when the pool is used up."""
    held = shop_floor.ledger().give_coupon(_to(turn, reason), offer, turn.now)
    if held:
        turn.effect("tag", text=shop_floor.dialogue().phrase("given", "coupon", **coupon_values(held)))
    return held


def coupon_values(held: HeldCoupon) -> dict[str, Any]:
    """A coupon in the variables of responses."""
    return {
        "amount": yuan(held.amount),
        "condition": coupon_condition(held),
        "day": day(held.expires),
    }


def coupon_condition(held: HeldCoupon | CouponOffer) -> str:
    key = "from" if held.min_spend else "any"
    return shop_floor.dialogue().phrase("coupon_condition", key, min_spend=yuan(held.min_spend))


def had(turn: Turn, reason: str) -> frozenset[str]:
    """Compensations of the policy that this customer already got for this reason."""
    kinds = {CompensationKind.GIFT: GrantKind.GIFT, CompensationKind.COUPON: GrantKind.COUPON}
    what = [
        (kinds[c.kind], c.sku or c.coupon or "")
        for c in turn.shop.policy.bargaining.compensations
        if c.kind in kinds
    ]
    return frozenset(
        name for kind, name in what if reason in shop_floor.ledger().reasons(turn.buyer, kind, name)
    )


def give_extra(turn: Turn, compensation: Compensation, reason: str) -> str | None:
    """What the customer gets on top, in words for her and the desk; None when there is none left after all."""
    words = shop_floor.dialogue()
    if compensation.kind is CompensationKind.GIFT:
        stock = pricing.gift_stock(turn.shop, compensation.sku)
        since = turn.now - timedelta(days=turn.shop.policy.bargaining.gift_hold_days)
        taken = shop_floor.ledger().give_gift(
            _to(turn, reason), compensation.sku or "", stock, since, turn.now
        )
        return words.phrase("extra", "gift", gift=gift_name(turn, compensation.sku)) if taken else None
    if compensation.kind is CompensationKind.COUPON:
        offer = coupon_offer(turn, compensation.coupon)
        held = give_coupon(turn, offer, reason) if offer else None
        return words.phrase("extra", "coupon", **coupon_values(held)) if held else None
    return words.phrase("extra", "free_shipping")


def gift_name(turn: Turn, sku: str | None) -> str:
    gift = turn.shop.product_of_sku(sku or "")
    return gift.name if gift else ""


def is_first_question(turn: Turn) -> bool:
    """A question before the sale was answered for good: nothing is open, no other action or person takes over."""
    is_open = turn.slot("pending") == turn.action or turn.open_form is not None
    return (
        turn.action in FIRST_QUESTIONS
        and not is_open
        and turn.next_action is None
        and not turn.is_handed_over
    )


def welcome(turn: Turn) -> HeldCoupon | None:
    """The coupon of a new customer's first question (000), if one is due and the pool has one left. Prices computed
    after it use it."""
    customer = turn.customer
    if customer is None or not customer.new:
        return None
    offer = coupons.welcome(turn.shop.policy, customer, shop_floor.ledger().given())
    held = give_coupon(turn, offer, WELCOME) if offer else None
    turn.__dict__.pop("customer", None)
    return held


def say_welcome(turn: Turn, held: HeldCoupon | None = None) -> None:
    """Tell her of it behind the answer to her question; given now, if it was not before."""
    if held := held or welcome(turn):
        turn.say("utter_welcome_coupon", **coupon_values(held))


def _to(turn: Turn, reason: str) -> Recipient:
    return Recipient(turn.buyer, turn.tracker.sender_id, reason)
