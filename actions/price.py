"""What it costs, which offers are running, and haggling. Amounts come from bot.shop only."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from actions import faq, shop_floor
from actions.base import BotAction
from actions.cards import day, product_card
from actions.choosing import MOST, ask_which_product, product_option
from actions.handoff import hand_over
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import bargaining, pricing, shipping
from bot.shop.bargaining import BargainState
from bot.shop.model import Product, Shop
from bot.shop.policy import Compensation, CompensationKind
from bot.text import measures


class Price(BotAction):
    """The price with every offer this customer qualifies for, also for those who do not haggle."""

    action = "action_price"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            ask_which_product(turn)
            return
        quantity = max(1, int(turn.entity("quantity") or 1))
        quote = pricing.quote(turn.shop, product, quantity, turn.customer, turn.today)
        counted = "many" if quantity > 1 else "one"
        item = shop_floor.dialogue().phrase("counted", counted, product=product.name, quantity=quantity)
        values = {"item": item, "list_price": yuan(quote.list_price)}
        if quote.lines:
            offers = "，".join(offer_in_words(turn.shop, line) for line in quote.lines)
            turn.say("utter_price_with_offers", final_price=yuan(quote.final_price), offers=offers, **values)
        else:
            turn.say("utter_price", **values)
        if quote.nearby:
            short, title = yuan(quote.nearby.short_by), quote.nearby.promotion.title
            turn.say("utter_price_nearby", short_by=short, offer=title)


def offer_in_words(shop: Shop, offer: pricing.Offer) -> str:
    words = shop_floor.dialogue()
    if offer.kind == "gift":
        gift = shop.product_of_sku(offer.gift_sku or "")
        return words.phrase("offer", "gift", title=offer.title, gift=gift.name if gift else "")
    return words.phrase("offer", offer.kind, title=offer.title, saving=yuan(offer.saving))


class Promotions(BotAction):
    """What is running today; a question about one thing (points, gifts, a date) is answered by its script."""

    action = "action_promotion"

    def act(self, turn: Turn) -> None:
        running = [
            p for p in turn.shop.promotions if p.starts <= turn.today <= p.ends and self._fits(turn, p)
        ]
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
    def _fits(turn: Turn, promotion: pricing.Promotion) -> bool:
        product = turn.product
        return not product or (
            (not promotion.products or product.id in promotion.products)
            and (not promotion.kinds or product.kind.value in promotion.kinds)
        )


class Bargain(BotAction):
    """Concede in shrinking steps, never below the floor; then soften, name cheaper goods, hold, hand over."""

    action = "action_bargain"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            ask_which_product(turn)
            return
        state = BargainState.from_slot(turn.slot("bargain"))
        threat = shop_floor.dialogue().hear("threat", turn.words) is not None
        situation = bargaining.situation(
            turn.shop,
            product,
            turn.customer,
            turn.today,
            used_up_coupons(turn.shop),
            postage_is_free(turn, product),
        )
        answer, state = bargaining.respond(
            turn.shop.policy, product, state, wanted_price(turn, product), threat, situation
        )
        turn.set(bargain=state.as_slot())
        self._say(turn, product, answer)

    def _say(self, turn: Turn, product: Product, answer: bargaining.Answer) -> None:
        values = {"product": product.name, "price": yuan(answer.price)}
        turn.set(draft=None)
        match answer:
            case bargaining.Concession(agreed=True):
                agree(turn, product, answer.price)
            case bargaining.Concession(last=last):
                turn.set(pending="action_accept_price")
                named = turn.entity("price") is not None
                turn.say(f"utter_bargain_{'last' if last else 'counter' if named else 'step'}", **values)
            case bargaining.Final(compensation=None):
                turn.set(pending="action_accept_price")
                turn.say("utter_bargain_final", **values)
            case bargaining.Final(compensation=compensation):
                gift = gift_name(turn.shop, compensation)
                extra = shop_floor.dialogue().phrase("extra", compensation.kind.value, gift=gift)
                turn.set(pending="action_accept_price", draft={"extra": extra})
                turn.say(f"utter_bargain_final_{compensation.kind.value}", gift=gift, **values)
            case bargaining.Alternative(products=products):
                options = [product_option(each) for each in products[:MOST]]
                card = {"type": "choices", "title": "", "options": options}
                turn.say("utter_bargain_alternative", card=card, **values)
            case bargaining.Refusal(hand_over=True):
                hand_over(turn, "complaint", "utter_handoff_complaint")
            case bargaining.Refusal():
                turn.say("utter_bargain_principle", **values)


def wanted_price(turn: Turn, product: Product) -> Decimal | None:
    """The price for one piece that the customer named: an amount, a discount, or while haggling a bare number."""
    if (price := turn.entity("price")) is not None:
        return Decimal(str(price)).quantize(Decimal("0.01"))
    if (discount := turn.entity("discount")) is not None:
        return (product.price * Decimal(str(discount))).quantize(Decimal("0.01"))
    bare = measures.read(turn.words, "price") if turn.slot("bargain") else None
    return None if bare is None else Decimal(str(bare.value)).quantize(Decimal("0.01"))


def used_up_coupons(shop: Shop) -> dict[str, int]:
    """Every pool counted as empty: as long as nobody counts what was given, no coupon is promised."""
    return {coupon.id: coupon.pool for coupon in shop.policy.coupons}


def postage_is_free(turn: Turn, product: Product) -> bool:
    """Free postage is no gift where it is free anyway. Unknown regions count as the customer's own, else nearest."""
    region = (
        turn.known("region")
        or (turn.customer.region if turn.customer else "")
        or turn.shop.shipping.warehouse
    )
    fee = shipping.fee(turn.shop, region, product.price, product.weight_kg)
    return isinstance(fee, shipping.Fee) and fee.yuan == 0


def gift_name(shop: Shop, compensation: Compensation) -> str:
    if compensation.kind is not CompensationKind.GIFT:
        return ""
    gift = shop.product_of_sku(compensation.sku or "")
    return gift.name if gift else ""


def agree(turn: Turn, product: Product, price: Decimal, extra: str = "") -> None:
    """The customer's price is the shop's: an agent changes the order's price, so it is a promise."""
    values = {"product": product.name, "price": yuan(price), "extra": extra}
    text = shop_floor.dialogue().phrase("promise", "price_extra" if extra else "price", **values)
    turn.effect("promise", text=text, due=promise_due(turn))
    turn.say(
        "utter_bargain_agreed_extra" if extra else "utter_bargain_agreed",
        card=product_card(product),
        **values,
    )


def promise_due(turn: Turn) -> str:
    return (turn.now + timedelta(hours=turn.shop.policy.promise_hours)).isoformat(timespec="minutes")


class AcceptPrice(BotAction):
    """ "好" after an offered price."""

    action = "action_accept_price"

    def act(self, turn: Turn) -> None:
        state = BargainState.from_slot(turn.slot("bargain"))
        product = turn.shop.products.get(state.product_id)
        if product is None or state.price is None:
            turn.say("utter_affirm")
            return
        # The stored price is data that came back from a tracker: the floor holds all the same.
        extra = (turn.slot("draft") or {}).get("extra", "")
        turn.set(draft=None)
        agree(turn, product, max(state.price, product.floor_price), extra)
