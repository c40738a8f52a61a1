"""An order that was placed and not paid: what is in it, how long it is kept (shop-rules.md, "Unpaid order")."""

from __future__ import annotations

from decimal import Decimal

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import order_card
from actions.common.choosing import orders_card
from actions.common.turn import Turn
from actions.orders import own_paid, own_unpaid
from actions.orders.kept_unpaid import say_kept, values_of
from actions.parcels.parcel_facts import keep_until
from actions.prices import own_coupon, price_beside
from actions.prices.price import quote_of
from bot.placeholders import yuan
from bot.shop.orders import unpaid_words
from bot.shop.prices.bill import Item
from bot.shop.records.orders import Order, OrderState


class Payment(BotAction):
    """Ordering and paying is a script, unless it is about one's own unpaid order or the 定金 and 尾款 of what is looked
    at, which come from its offer."""

    action = "action_payment"

    def act(self, turn: Turn) -> None:
        if own_paid.answer(turn) or (turn.words and price_beside.say_paying(turn)):
            return
        if turn.words and (order := own_unpaid.meant(turn)) and self._is_told(turn, order):
            return
        about = shop_floor.dialogue().hear("price_question", turn.words)
        if about == "deposit" and turn.product and quote_of(turn, [Item(turn.product)]).deposit:
            turn.go_on_with("action_price")
            return
        if turn.product and own_coupon.is_meant(turn) and turn.customer:
            turn.go_on_with("action_price")
            return
        open_ones = [order for order in turn.orders if order.state is OrderState.UNPAID]
        if not open_ones or shop_floor.dialogue().hear("payment", turn.words) != "unpaid":
            turn.go_on_with("action_faq")
            return
        chosen = turn.order if turn.order in open_ones else open_ones[0]
        if len(open_ones) > 1 and turn.order not in open_ones:
            turn.set(pending="action_track")
            turn.say("utter_which_order", card=orders_card(turn, open_ones))
            return
        self._remind(turn, chosen)

    @staticmethod
    def _remind(turn: Turn, order: Order) -> None:
        turn.talk_about(order)
        key = "utter_unpaid" if keep_until(turn, order) > turn.now else "utter_unpaid_expired"
        turn.say(key, card=order_card(turn, order), **values_of(turn, order))

    def _is_told(self, turn: Turn, order: Order) -> bool:
        """Its coupon, how long it is kept, or that it waits; False where the words ask nothing of it."""
        if own_unpaid.is_for_coupon(turn, order):
            turn.talk_about(order)
            say_coupon(turn, order)
        elif own_unpaid.is_kept(turn) and keep_until(turn, order) > turn.now:
            turn.talk_about(order)
            say_kept(turn, order)
        elif own_unpaid.is_kept(turn) or unpaid_words.says_unpaid(turn.words):
            self._remind(turn, order)
        else:
            return False
        return True


def say_coupon(turn: Turn, order: Order) -> None:
    """A coupon is chosen when ordering: what the same would come to, ordered anew with it."""
    held = [each for each in (turn.customer.coupons if turn.customer else ()) if each.expires >= turn.today]
    values = values_of(turn, order)
    if not held:
        turn.say("utter_unpaid_no_coupon", **values)
        return
    quote = quote_of(turn, [Item(turn.shop.products[each.product_id], each.quantity) for each in order.lines])
    used = sum((line.saving for line in quote.lines if line.kind == "coupon"), Decimal(0))
    saved = order.amount - order.shipping_fee - quote.final_price
    if used <= 0 or saved <= 0:
        turn.say("utter_unpaid_coupon_no_use", **values)
        return
    turn.say(
        "utter_unpaid_coupon", **values, coupon=yuan(used), final=yuan(quote.final_price), saving=yuan(saved)
    )
