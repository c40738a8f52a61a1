"""An order that was placed and not paid: what is in it, how long it is kept (shop-rules.md, "Unpaid order")."""

from __future__ import annotations

from actions import own_coupon, shop_floor
from actions.base import BotAction
from actions.cards import moment, order_card
from actions.choosing import item_name, orders_card
from actions.price import quote_of
from actions.tracking import keep_until
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop.bill import Item
from bot.shop.orders import OrderState


class Payment(BotAction):
    """Ordering and paying is a script, unless it is about one's own unpaid order or the 定金 and 尾款 of what is looked
    at, which come from its offer."""

    action = "action_payment"

    def act(self, turn: Turn) -> None:
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
        turn.talk_about(chosen)
        until = keep_until(turn, chosen)
        turn.say(
            "utter_unpaid" if until > turn.now else "utter_unpaid_expired",
            card=order_card(turn, chosen),
            item=item_name(turn, chosen),
            amount=yuan(chosen.amount),
            keep_until=moment(until, turn.now),
        )
