"""Haggling: what is asked, what the rules answer, what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from actions import giving, shop_floor
from actions.asking import read_ask, said_pieces, said_price
from actions.base import BotAction
from actions.cards import product_card
from actions.choosing import MOST, ask_which_product
from actions.handoff import hand_over
from actions.turn import Turn, inform
from bot.placeholders import yuan
from bot.shop import bargaining, pricing, shipping
from bot.shop.bargain_state import Bargains, BargainState
from bot.shop.handoff import Circumstances, is_high_value
from bot.shop.model import Product
from bot.shop.policy import Compensation, CompensationKind


class Bargain(BotAction):
    """Concede in shrinking steps, never below the floor; then soften, name cheaper goods, hold, hand over."""

    action = "action_bargain"

    def act(self, turn: Turn) -> None:
        if turn.is_payload and turn.entity("product"):
            turn.go_on_with("action_price")  # a cheaper product was picked from the card
            return
        product = turn.product
        if product is None:
            ask_which_product(turn)
            return
        if hand_over_bulk(turn):
            return
        threat = shop_floor.dialogue().hear("threat", turn.words)
        if threat == "complaint":
            hand_over(turn, "complaint", "utter_handoff_complaint")
            return
        self._haggle(turn, product, threat is not None)

    def _haggle(self, turn: Turn, product: Product, threat: bool) -> None:
        known = Bargains.from_slot(turn.slot("bargain"))
        memory = remembered(turn, known)
        state = memory.of(product.id)
        ask = read_ask(turn, state, product.price)
        here = situation(turn, product, ask.pieces)
        old = bargaining.standing(turn.shop.policy, product, state, here.price, ask.pieces)
        wanted = ask.wanted(old.price or here.price, product.price)
        is_new_chat = product.id not in known.states and old.price is not None and old.price < here.price
        if is_new_chat and not threat and (wanted is None or wanted < (old.price or wanted)):
            keep(turn, memory.with_state(old))
            turn.set(pending="action_accept_price", draft=None)
            turn.say("utter_bargain_remembered", **values(turn, product, old))
            return
        preface(turn, ask.wish, here)
        answer, state = bargaining.respond(turn.shop.policy, product, state, ask, threat, here)
        keep(turn, memory.with_state(state))
        say_answer(turn, product, answer, state, here, wanted)


def hand_over_bulk(turn: Turn) -> bool:
    """Many pieces are a person's matter (shop-rules.md, Price)."""
    pieces = said_pieces(turn) or 0
    is_bulk = is_high_value(turn.shop.policy, Circumstances(quantity=pieces))
    if is_bulk:
        turn.set(quantity=pieces)
        hand_over(turn, "high_value", "utter_handoff_bulk")
    return is_bulk


def remembered(turn: Turn, known: Bargains) -> Bargains:
    """This chat's hagglings and those of the customer's other chats within the policy's window."""
    window = timedelta(days=turn.shop.policy.bargaining.window_days)
    kept = shop_floor.bargains().kept(turn.buyer, turn.now - window) if window else {}
    return known.remembering(kept, turn.tracker.sender_id)


def keep(turn: Turn, bargains: Bargains) -> None:
    turn.set(bargain=bargains.as_slot())
    shop_floor.bargains().keep(turn.buyer, bargains.now, turn.tracker.sender_id, turn.now)


def situation(turn: Turn, product: Product, pieces: int = 1) -> bargaining.Situation:
    return bargaining.situation(
        turn.shop,
        product,
        turn.customer,
        turn.today,
        shop_floor.ledger().given(),
        postage_is_free(turn, product),
        pieces,
        giving.reserved(turn),
        giving.had(turn, product.id),
    )


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
) -> None:
    told = values(turn, product, state)
    turn.set(draft=None)
    match answer:
        case bargaining.Concession(agreed=True, price=price, extra=extra):
            is_plain = extra is None and price >= here.price
            if is_plain:
                turn.say("utter_bargain_already", card=product_card(product), **told)
            else:
                agree(turn, product, state, extra, is_less=wanted is not None and wanted > price)
        case bargaining.Concession(last=last):
            turn.set(pending="action_accept_price")
            turn.say(f"utter_bargain_{'last' if last else 'step' if wanted is None else 'counter'}", **told)
        case bargaining.Final(compensation=None):
            turn.set(pending="action_accept_price")
            say_worth(turn, product, told)
        case bargaining.Final(compensation=compensation):
            offer_extra(turn, "final", compensation, told)
        case bargaining.Extra(compensation=compensation):
            offer_extra(turn, "extra", compensation, told)
        case bargaining.Alternative(products=products):
            turn.set(pending="action_accept_price")
            options = [priced_option(each) for each in products[:MOST]]
            turn.say(
                "utter_bargain_alternative", card={"type": "choices", "title": "", "options": options}, **told
            )
        case bargaining.Refusal(hand_over=True):
            hand_over(turn, "complaint", "utter_handoff_complaint")
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


def priced_option(each: bargaining.Priced) -> dict[str, str]:
    detail = f"¥{yuan(each.price)}"
    return {"title": each.product.name, "detail": detail, "payload": inform(product=each.product.id)}


def values(turn: Turn, product: Product, state: BargainState) -> dict[str, str]:
    """What is offered, in the variables of responses: for several pieces each one's price and the sum."""
    price = max(state.price or product.price, product.floor_price)
    key = "one" if state.pieces == 1 else "many"
    told = shop_floor.dialogue().phrase(
        "sum", key, price=yuan(price), pieces=state.pieces, total=yuan(price * state.pieces)
    )
    return {"product": product.name, "offer": told}


def postage_is_free(turn: Turn, product: Product) -> bool:
    """Free postage is no gift where it is free anyway. Unknown regions count as the customer's own, else nearest."""
    region = (
        turn.known("region")
        or (turn.customer.region if turn.customer else "")
        or turn.shop.shipping.warehouse
    )
    fee = shipping.fee(turn.shop, region, product.price, product.weight_kg)
    return isinstance(fee, shipping.Fee) and fee.yuan == 0


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
    turn.say(response, card=product_card(product), extra=given, **told)


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


class AcceptPrice(BotAction):
    """ "好" after an offered price."""

    action = "action_accept_price"

    def act(self, turn: Turn) -> None:
        bargains = Bargains.from_slot(turn.slot("bargain"))
        state = bargains.now
        product = turn.shop.products.get(state.product_id)
        if product is None or state.price is None:
            turn.say("utter_affirm")
            return
        if (named := said_price(turn) if turn.words else None) is not None and named != state.price:
            turn.go_on_with("action_bargain")  # "行，300吧" is another price
            return
        kind = (turn.slot("draft") or {}).get("extra")
        extra = next((c for c in turn.shop.policy.bargaining.compensations if c.kind.value == kind), None)
        # The stored price is data that came back from a tracker: the floor holds all the same.
        settled = BargainState(
            **{**vars(state), "price": max(state.price, product.floor_price), "agreed": True}
        )
        keep(turn, bargains.with_state(settled))
        turn.set(draft=None)
        today = pricing.unit_price(turn.shop, product, turn.customer, turn.today, settled.pieces)
        if extra is None and settled.price is not None and settled.price >= today:
            turn.say("utter_bargain_already", card=product_card(product), **values(turn, product, settled))
        else:
            agree(turn, product, settled, extra)
