"""Money back: where it is, or the way to it, whatever state the order is in."""

from __future__ import annotations

from actions import faq, shop_floor
from actions.base import BotAction
from actions.choosing import order_or_ask
from actions.orders import NOT_SHIPPED
from actions.returns import MONEY_BACK, wants
from actions.trouble import find_order
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop.orders import Order, OrderState

OPEN = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED, OrderState.DELIVERED)
"""States of an order whose money may be wished back; nothing was paid for the others, or it was long ago."""


class Refund(BotAction):
    """ "钱退了吗" is answered from the order; "我要退款" goes the way its state allows."""

    action = "action_refund"

    def act(self, turn: Turn) -> None:
        if shop_floor.dialogue().hear("refund_status", turn.words) and self._has_status(turn):
            turn.go_on_with("action_refund_status")
            return
        if turn.intent == "ask_refund":
            find_order(turn, must_be_there=False)
            if not turn.orders or not wants(turn, "refund_wish"):
                self._by_script(turn)
                return
        order = order_or_ask(turn, OPEN)
        if order is None:
            return
        if order.state in MONEY_BACK:
            turn.go_on_with("action_refund_status")
        elif order.state in NOT_SHIPPED or order.state is OrderState.SHIPPED:
            turn.go_on_with("action_cancel_order")
        else:
            turn.go_on_with("action_return")

    @staticmethod
    def _has_status(turn: Turn) -> bool:
        return bool(turn.slot("settled")) or any(is_money_back(order) for order in turn.orders)

    @staticmethod
    def _by_script(turn: Turn) -> None:
        if not faq.answer(turn, ["ask_refund"]):
            faq.miss(turn, "utter_no_script")


def is_money_back(order: Order) -> bool:
    """Money of this order went or goes back: called off after paying, on its way back, or returned."""
    return order.state in MONEY_BACK and order.paid_at is not None


class RefundStatus(BotAction):
    """How far the money is: the order asked about, else the one that is being refunded."""

    action = "action_refund_status"

    def act(self, turn: Turn) -> None:
        first, last = turn.shop.policy.returns.refund_days
        settled = turn.slot("settled") or {}
        order = self._order(turn)
        if order is None and settled:
            kind = "return" if settled["kind"] == "return" else "other"
            turn.say(f"utter_refund_settled_{kind}", order=settled["order"], first=first, last=last)
            return
        if order is None:
            turn.say("utter_no_refund")
            return
        turn.talk_about(order)
        state = "unpaid" if order.paid_at is None else order.state.value
        if order.state is OrderState.REFUNDING and order.delivered_at:
            state = "coming_back"
        turn.say(
            f"utter_refund_{state}",
            order=order.id,
            amount=yuan(order.amount),
            first=first,
            last=last,
            latest=order.trace[-1].text if order.trace else "",
        )

    @staticmethod
    def _order(turn: Turn) -> Order | None:
        """The one talked about if money of it goes back, else the newest such, those under way first."""
        if turn.order and turn.order.state in MONEY_BACK:
            return turn.order
        settled = turn.slot("settled")
        found = [order for order in turn.orders if is_money_back(order)]
        found.sort(key=lambda order: order.state is not OrderState.REFUNDING)
        return None if settled or not found else found[0]
