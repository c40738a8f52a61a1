"""What is running today, the customer's own coupons, and what a new customer gets."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import MOST, item_name
from actions.common.turn import Turn
from actions.deciding import own_first
from actions.deciding.asked_of_goods import doubts_price, offer_asked
from actions.orders.shared import promise
from actions.prices import giving, own_coupon, waiting
from actions.prices.giving import coupon_condition
from actions.prices.goods import are_together
from actions.talk import faq
from bot.placeholders import yuan
from bot.shop.after_sale import rights
from bot.shop.prices import coupons, price_words, pricing
from bot.shop.prices.bill import fits
from bot.shop.records.model import HeldCoupon, Product
from bot.shop.records.offers import Promotion, PromotionKind
from bot.shop.records.orders import Order
from bot.shop.records.policy import CouponPurpose

ABOUT_THE_PRICE = ("how", "short", "deposit")
"""Questions that only adding up can answer."""


class Promotions(BotAction):
    """What is running today; a question about one thing (points, gifts, a date) is answered by its script."""

    action = "action_promotion"

    def act(self, turn: Turn) -> None:
        if order := own_first.gift_order(turn):
            say_gift_due(turn, order)
            return
        if doubts_price(turn):
            turn.say("utter_price_true")
            return
        if turn.words and turn.product and (offer := offer_asked(turn)):
            say_true(turn, turn.product, offer)
            return
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
        if (first := _first_order(turn)) and price_words.takes_off(turn.words):
            is_old = customer is not None and not customer.new
            told = {"threshold": yuan(first.threshold), "amount": yuan(first.amount)}
            response = "utter_first_order_not_new" if is_old else "utter_first_order"
            turn.say(response, offer=first.title, **told)
            return
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


def _first_order(turn: Turn) -> Promotion | None:
    """What comes off a first order by itself, as it runs today."""
    return next(
        (
            each
            for each in turn.shop.promotions
            if each.new_customers
            and each.kind is PromotionKind.REDUCTION
            and each.starts <= turn.today <= each.ends
        ),
        None,
    )


def say_true(turn: Turn, product: Product, offer: Promotion) -> None:
    """The offer is real, until when it is, and what as many as it takes cost her."""
    pieces = offer.nth if offer.kind is PromotionKind.NTH_PIECE else 1
    quote = pricing.quote(turn.shop, product, pieces, turn.customer, turn.today, giving.reserved(turn))
    words = shop_floor.dialogue()
    counter = words.phrase("counter", product.kind.value)
    told = {
        "pieces": pieces,
        "counter": counter,
        "total": yuan(quote.final_price),
        "listed": yuan(quote.list_price),
    }
    sum_ = words.phrase("offer_sum", "many" if pieces > 1 else "one", product=product.name, **told)
    turn.say("utter_offer_true", offer=offer.title, day=day(offer.ends), sum=sum_)


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


def say_gift_due(turn: Turn, order: Order) -> None:
    """What her order brings with it is told, and whether it is in the parcel is looked at by a person."""
    offer = rights.gift_due(turn.shop, order)
    if offer is None:
        return
    turn.talk_about(order)
    gift = giving.gift_name(turn, offer.gift_sku)
    due = promise(turn, "gift_due", turn.shop.policy.on_the_way.urge_hours, order=order.id, gift=gift)
    turn.say("utter_gift_due", item=item_name(turn, order), offer=offer.title, gift=gift, due=due)
