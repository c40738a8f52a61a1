"""The customer's own coupons beside a price: whether they are in it, and why not where they are not."""

from __future__ import annotations

from decimal import Decimal

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.placeholders import yuan
from bot.shop.prices import coupons, pricing


def is_meant(turn: Turn) -> bool:
    """She speaks of a coupon she has, and asks for none."""
    words = shop_floor.dialogue()
    asks = words.hear("wish", turn.words) == "coupon"
    return not asks and words.hear("own_coupon", turn.words) is not None


def say(turn: Turn, quote: pricing.Quote, agreed: Decimal | None = None) -> None:
    """`agreed`: a price won by haggling for all of it; it was reckoned from what is left after the coupon."""
    if turn.customer is None:
        turn.say("utter_coupon_needs_login")
        return
    held = [coupon for coupon in turn.customer.coupons if coupon.expires >= turn.today]
    used = [line for line in quote.lines if line.kind == "coupon"]
    told = {"final_price": yuan(agreed or quote.final_price)}
    if not held:
        turn.say("utter_no_coupons_held")
    elif used:
        amount = yuan(sum((line.saving for line in used), Decimal(0)))
        turn.say("utter_coupon_in_deal" if agreed else "utter_coupon_in_price", amount=amount, **told)
    elif short := coupons.short_of(held, quote.final_price):
        nearest, missing = short
        turn.say(
            "utter_coupon_short",
            amount=yuan(nearest.amount),
            min_spend=yuan(nearest.min_spend),
            short_by=yuan(missing),
            **told,
        )
    else:
        turn.say("utter_coupon_no_use", **told)
