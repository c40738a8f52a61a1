"""Haggling: what is asked, what the rules answer, what is kept of it."""

from __future__ import annotations

from dataclasses import replace

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import ask_which_product
from actions.common.turn import Turn
from actions.prices import own_coupon
from actions.prices.asking import read_ask, said_pieces, said_price
from actions.prices.bargain_answers import agree, card_of, preface, say_answer, values
from actions.prices.bargain_memory import keep, remembered, situation, thing
from actions.prices.goods import all_taken, goods_of, item_names
from actions.prices.ordering import say_choice, say_how_to_order, say_order_all
from actions.prices.price_talk import last_action
from actions.talk.handoff import hand_over
from bot.shop.prices import bargaining, bundle
from bot.shop.prices.bargain_state import Bargains, BargainState
from bot.shop.prices.together import asks_for_all
from bot.shop.records.model import Product
from bot.shop.talk.handoff import Circumstances, is_high_value


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
        if coupon_alone(turn):
            turn.go_on_with("action_price")  # whether her coupon is in it is no haggling
            return
        threat = shop_floor.dialogue().hear("threat", turn.words)
        if threat == "complaint":
            hand_over(turn, "complaint", "utter_handoff_complaint")
            return
        self._haggle(turn, together(turn) or product, threat is not None)

    def _haggle(self, turn: Turn, product: Product, threat: bool) -> None:
        known = Bargains.from_slot(turn.slot("bargain"))
        memory = remembered(turn, known)
        items = bundle.items_of(turn.shop, product.id) if bundle.is_bundle(product.id) else ()
        state = bundle.beginning(memory, product.id, items) if items else memory.of(product.id)
        ask = read_ask(turn, state, product.price)
        ask = replace(ask, pieces=1) if items else ask
        here = situation(turn, product, ask.pieces)
        old = bargaining.standing(turn.shop.policy, product, state, here.price, ask.pieces)
        wanted = ask.wanted(old.price or here.price, product.price)
        is_new_chat = product.id not in known.states and old.price is not None and old.price < here.price
        if is_new_chat and not threat and (wanted is None or wanted < (old.price or wanted)):
            self._recall(turn, product, memory.with_state(old))
            return
        if (
            old.price is not None
            and old.price < here.price
            and shop_floor.dialogue().hear("still", turn.words)
        ):
            self._recall(turn, product, memory.with_state(old))
            return
        if is_leaving(turn, product, old, here):
            keep(turn, memory.with_state(old))
            turn.set(draft=None)
            turn.say("utter_bargain_leave", **values(turn, product, old))
            return
        preface(turn, ask.wish, here)
        answer, state = bargaining.respond(turn.shop.policy, product, state, ask, threat, here)
        keep(turn, memory.with_state(state))
        say_answer(turn, product, answer, state, here, wanted, threat)

    @staticmethod
    def _recall(turn: Turn, product: Product, bargains: Bargains) -> None:
        """The price said before still stands; nothing more is conceded for asking about it."""
        keep(turn, bargains)
        turn.set(pending="action_accept_price", draft=None)
        turn.say("utter_bargain_remembered", **values(turn, product, bargains.now))


def together(turn: Turn) -> Product | None:
    """The goods haggled over together: named together now, or added up just before; None for one product."""
    now = Bargains.from_slot(turn.slot("bargain")).current
    keeps = bundle.is_bundle(now) or last_action(turn) == "action_price" or asks_for_all(turn.words)
    items = goods_of(turn, keeps).items
    is_short_enough = len(bundle.id_of(items)) <= bundle.LONGEST
    return bundle.as_one(items, item_names(items)) if len(items) > 1 and is_short_enough else None


def is_leaving(turn: Turn, product: Product, state: BargainState, here: bargaining.Situation) -> bool:
    """She lets it be and there is no step left to hold her with: no word more than a friendly one."""
    rules = turn.shop.policy.bargaining
    ahead = [p for p in bargaining.prices(rules, product, here.price) if state.price and p < state.price]
    has_step = bool(ahead) and state.steps < len(rules.steps) and not state.agreed
    return not has_step and shop_floor.dialogue().hear("leaving", turn.words) is not None


def hand_over_bulk(turn: Turn) -> bool:
    """Many pieces are a person's matter (shop-rules.md, Price)."""
    pieces = said_pieces(turn) or 0
    is_bulk = is_high_value(turn.shop.policy, Circumstances(quantity=pieces))
    if is_bulk:
        turn.set(quantity=pieces)
        hand_over(turn, "high_value", "utter_handoff_bulk")
    return is_bulk


def coupon_alone(turn: Turn) -> bool:
    """Her coupon and no other sum than its worth (加上我那张10块的券)."""
    told, held = said_price(turn), turn.customer.coupons if turn.customer else ()
    return own_coupon.is_meant(turn) and (told is None or any(coupon.amount == told for coupon in held))


class AcceptPrice(BotAction):
    """ "好" after an offered price."""

    action = "action_accept_price"

    def act(self, turn: Turn) -> None:
        now = Bargains.from_slot(turn.slot("bargain")).now
        together = all_taken(turn)
        is_haggled = now.price is not None and now.product_id == bundle.id_of(together)
        if together and not is_haggled:
            say_order_all(turn, together)
            return
        bargains = Bargains.from_slot(turn.slot("bargain"))
        state = bargains.now
        product = thing(turn, state.product_id)
        takes = turn.product if turn.words else None
        is_other = takes is not None and turn.is_product_named and takes.id not in state.product_id
        if product is None or state.price is None or is_other:
            if takes:
                say_how_to_order(turn, takes)
            else:
                turn.say("utter_affirm")
            return
        if turn.words and shop_floor.dialogue().hear("leaving", turn.words):
            turn.go_on_with("action_bargain")  # "那就算了" is no yes, however it was read
            return
        if (named := said_price(turn) if turn.words else None) is not None and named != state.price:
            turn.go_on_with("action_bargain")  # "行，300吧" is another price
            return
        kind = (turn.slot("draft") or {}).get("extra")
        extra = next((c for c in turn.shop.policy.bargaining.compensations if c.kind.value == kind), None)
        # The stored price is data that came back from a tracker: the floor holds all the same.
        price = max(state.price, product.floor_price)
        today = situation(turn, product, state.pieces).price
        settled = replace(state, price=price, agreed=price < today or extra is not None)
        keep(turn, bargains.with_state(settled))
        turn.set(draft=None)
        if not settled.agreed:
            turn.say("utter_bargain_already", card=card_of(product), **values(turn, product, settled))
        else:
            agree(turn, product, settled, extra)
        if not bundle.is_bundle(product.id):
            say_choice(turn, product)
