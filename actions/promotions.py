"""What is running today, the customer's own coupons, and what a new customer gets."""

from __future__ import annotations

from actions import faq, giving, own_coupon, shop_floor, waiting
from actions.base import BotAction
from actions.cards import day
from actions.choosing import MOST
from actions.giving import coupon_condition
from actions.goods import are_together
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import coupons, pricing
from bot.shop.bill import fits
from bot.shop.model import HeldCoupon
from bot.shop.offers import Promotion
from bot.shop.policy import CouponPurpose

ABOUT_THE_PRICE = ("how", "short", "deposit")
"""Questions that only adding up can answer."""


class Promotions(BotAction):
    """What is running today; a question about one thing (points, gifts, a date) is answered by its script."""

    action = "action_promotion"

    def act(self, turn: Turn) -> None:
        words = shop_floor.dialogue()
        wish = words.hear("price_question", turn.words) or words.hear("coupon_question", turn.words)
        if wish in ABOUT_THE_PRICE:
            turn.go_on_with("action_price")
        elif wish == "gift" and turn.product:
            self._say_gift(turn)
        elif wish is None and is_about_a_price(turn):
            turn.go_on_with("action_price")
        elif wish == "mine" and turn.customer:
            self._say_pocket(turn)
        elif wish == "new":
            self._say_new(turn)
        else:
            self._say_running(turn)

    @staticmethod
    def _say_running(turn: Turn) -> None:
        running = [p for p in turn.shop.promotions if p.starts <= turn.today <= p.ends and is_for(turn, p)]
        near = faq.find(turn, ["ask_promotion"]) if turn.words else None
        if isinstance(near, faq.Confident):
            faq.say_hit(turn, near.hit)
        elif running:
            words = shop_floor.dialogue()
            told = [
                words.phrase("promotion", "until", title=p.title, day=day(p.ends)) for p in running[:MOST]
            ]
            turn.say("utter_promotions", offers="；".join(told))
        elif not faq.answer(turn, ["ask_promotion"]):
            turn.say("utter_no_promotions")

    @staticmethod
    def _say_gift(turn: Turn) -> None:
        """有赠品吗: what comes with this product today, only as long as it is there."""
        product = turn.product
        quote = pricing.quote(turn.shop, product, 1, turn.customer, turn.today, giving.reserved(turn))  # type: ignore[arg-type]
        gift = next((line for line in quote.lines if line.kind == "gift"), None)
        name = giving.gift_name(turn, gift.gift_sku) if gift else ""
        turn.say("utter_gift" if gift else "utter_no_gift", product=product.name, gift=name,
                 offer=gift.title if gift else "")  # fmt: skip

    @staticmethod
    def _say_pocket(turn: Turn) -> None:
        held = [coupon for coupon in turn.customer.coupons if coupon.expires >= turn.today]  # type: ignore[union-attr]
        if held:
            turn.say("utter_coupons_held", coupons="；".join(coupon_in_words(each) for each in held))
        elif not (given := giving.welcome(turn)):
            turn.say("utter_no_coupons_held")
        else:
            turn.say("utter_welcome_coupon", **giving.coupon_values(given))

    def _say_new(self, turn: Turn) -> None:
        """A new customer's coupon is given at once; a stranger is told of it only while the pool has some left."""
        customer = turn.customer
        if customer and customer.new:
            self._say_pocket(turn)
            return
        if customer:
            turn.say("utter_coupon_for_new_only")
            return
        left = list(
            coupons.available(turn.shop.policy, CouponPurpose.NEW_CUSTOMER, shop_floor.ledger().given())
        )
        if left:
            condition = coupon_condition(left[0])
            turn.say("utter_coupon_after_login", amount=yuan(left[0].amount), condition=condition)
        else:
            turn.say("utter_coupon_none_left")


def coupon_in_words(held: HeldCoupon) -> str:
    return shop_floor.dialogue().phrase("coupon", "held", **giving.coupon_values(held))


def is_about_a_price(turn: Turn) -> bool:
    """Goods added up, her own coupon beside a price, or the price of another day: only adding up answers it."""
    is_of_several = (turn.entity("quantity") or 1) > 1
    is_beside = own_coupon.is_meant(turn) or waiting.asked_about(turn) or is_of_several
    return turn.product is not None and (is_beside or are_together(turn))


def is_for(turn: Turn, promotion: Promotion) -> bool:
    """Whether the customer and what she looks at can have it; what is not known speaks for her."""
    customer = turn.customer
    return (
        (turn.product is None or fits(promotion, turn.product))
        and (not promotion.levels or customer is None or customer.level in promotion.levels)
        and (not promotion.new_customers or customer is None or customer.new)
    )
