"""Saying what the rules of bargaining answered, and keeping the promises it makes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from actions.common import shop_floor
from actions.common.cards import product_card
from actions.common.choosing import MOST
from actions.common.turn import Turn, inform
from actions.prices import giving
from actions.prices.bargain_memory import situation
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.goods.catalogue import find_products, names_sort
from bot.shop.prices import bargaining, bundle
from bot.shop.prices.bargain_state import BargainState
from bot.shop.prices.counter_offers import wished_gift
from bot.shop.records.model import Product
from bot.shop.records.policy import Compensation, CompensationKind


def preface(turn: Turn, wish: CompensationKind | None, here: bargaining.Situation) -> None:
    """Something asked for on top that cannot be given, or need not: said first, then the price goes on."""
    if wish is CompensationKind.FREE_SHIPPING and here.postage_free:
        turn.say("utter_bargain_ships_free")
    elif wish is not None and all(c.kind is not wish for c in here.compensations):
        turn.say(f"utter_bargain_no_{wish.value}")


def say_answer(
    turn: Turn,
    product: Product,
    answer: bargaining.Answer,
    state: BargainState,
    here: bargaining.Situation,
    wanted: Decimal | None,
    threat: bool,
) -> None:
    told = values(turn, product, state)
    turn.set(draft=None)
    match answer:
        case bargaining.Concession(agreed=True, price=price, extra=extra):
            is_plain = extra is None and price >= here.price
            if is_plain:
                turn.say("utter_bargain_already", card=card_of(product), **told)
            else:
                agree(turn, product, state, extra, is_less=wanted is not None and wanted > price)
        case bargaining.Concession(last=last):
            turn.set(pending="action_accept_price")
            turn.say(f"utter_bargain_{'last' if last else 'step' if wanted is None else 'counter'}", **told)
        case bargaining.Final(compensation=None):
            turn.set(pending="action_accept_price")
            if state.agreed:
                turn.say("utter_bargain_settled", **told)
            else:
                say_worth(turn, product, told)
        case bargaining.Final(compensation=compensation):
            offer_extra(turn, "final", compensation, told)
        case bargaining.Extra(compensation=compensation):
            _say_not_that(turn, giving.gift_name(turn, compensation.sku))
            offer_extra(turn, "extra", compensation, told)
        case bargaining.Alternative(products=products):
            turn.set(pending="action_accept_price")
            options = [priced_option(each) for each in products[:MOST]]
            turn.say(
                "utter_bargain_alternative", card={"type": "choices", "title": "", "options": options}, **told
            )
        case bargaining.Refusal(hand_over=True) if threat:
            hand_over(turn, "complaint", "utter_handoff_complaint")
        case bargaining.Refusal(hand_over=True):
            hand_over(turn, "beyond_authority", "utter_handoff_authority")
        case bargaining.Refusal():
            turn.set(pending="action_accept_price")
            turn.say("utter_bargain_principle", **told)


def say_worth(turn: Turn, product: Product, told: dict[str, str]) -> None:
    """No reduction and nothing else to give: what the price buys (a change of focus)."""
    if product.talking_points:
        turn.say("utter_bargain_worth", points="，".join(product.talking_points), **told)
    else:
        turn.say("utter_bargain_final", **told)


def offer_extra(turn: Turn, manner: str, compensation: Compensation, told: dict[str, str]) -> None:
    turn.set(pending="action_accept_price", draft={"extra": compensation.kind.value})
    offer = giving.coupon_offer(turn, compensation.coupon)
    turn.say(
        f"utter_bargain_{manner}_{compensation.kind.value}",
        gift=giving.gift_name(turn, compensation.sku),
        amount=yuan(offer.amount) if offer else "",
        condition=giving.coupon_condition(offer) if offer else "",
        **told,
    )


def _say_not_that(turn: Turn, gift: str) -> None:
    """ "送我个台灯呢": what she names is not what can be given; that is said before the gift is."""
    goods = wished_gift(turn.words)
    named = find_products(turn.shop, goods) or (goods and names_sort(turn.shop, goods))
    if goods and named and goods not in gift:
        turn.say_words(shop_floor.dialogue().phrase("wished", "not_given", goods=goods))


def priced_option(each: bargaining.Priced) -> dict[str, str]:
    detail = f"¥{yuan(each.price)}"
    return {"title": each.product.name, "detail": detail, "payload": inform(product=each.product.id)}


def values(turn: Turn, product: Product, state: BargainState) -> dict[str, str]:
    """What is offered, in the variables of responses: for several pieces each one's price and the sum."""
    price = max(state.price or product.price, product.floor_price)
    key = "one" if state.pieces == 1 else "many"
    told = shop_floor.dialogue().phrase(
        "sum",
        key,
        price=yuan(price),
        pieces=state.pieces,
        total=yuan(price * state.pieces),
        counter=counter(product),
    )
    return {"product": product.name, "offer": told}


def card_of(product: Product) -> dict[str, Any] | None:
    """A bundle has no page of its own to show."""
    return None if bundle.is_bundle(product.id) else product_card(product)


def counter(product: Product) -> str:
    """The measure word: 双 for shoes, 件 for most."""
    return shop_floor.dialogue().phrase("counter", product.kind.value)


def agree(
    turn: Turn,
    product: Product,
    state: BargainState,
    extra: Compensation | None = None,
    is_less: bool = False,
) -> None:
    """The customer's price is the shop's: an agent changes the order's price, so it is a promise."""
    told = values(turn, product, state)
    given, is_other = give_first(turn, product, extra)
    text = shop_floor.dialogue().phrase("promise", "price_extra" if given else "price", extra=given, **told)
    turn.effect("promise", text=text, due=promise_due(turn))
    manner = "_gone" if extra and not given else "_instead" if is_other else "_extra" if given else ""
    response = "utter_bargain_agreed_lower" if is_less and not extra else f"utter_bargain_agreed{manner}"
    turn.say(response, card=card_of(product), extra=given, **told)


def give_first(turn: Turn, product: Product, extra: Compensation | None) -> tuple[str, bool]:
    """What was promised, given now; the last one may have gone meanwhile, then the next cheapest in its place."""
    if extra is None:
        return "", False
    others = [c for c in situation(turn, product).compensations if c.kind is not extra.kind]
    for compensation in (extra, *others):
        if given := giving.give_extra(turn, compensation, product.id):
            return given, compensation is not extra
    return "", False


def promise_due(turn: Turn) -> str:
    return (turn.now + timedelta(hours=turn.shop.policy.promise_hours)).isoformat(timespec="minutes")
