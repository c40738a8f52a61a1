"""Calling an order off before it ships: why decides what is said first (shop-rules.md, "The order on its way")."""

from __future__ import annotations

from actions import shop_floor
from actions.base import BotAction
from actions.choosing import order_or_ask
from actions.orders import NOT_SHIPPED, change_note, too_late
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import orders as rules
from bot.shop.orders import CancelReason, Change, NotAllowed, Order


class CancelOrder(BotAction):
    """A recoverable reason gets one apology and one better offer; any other is done at once (003)."""

    action = "action_cancel_order"

    def act(self, turn: Turn) -> None:
        order = order_or_ask(turn, NOT_SHIPPED)
        if order is None:
            return
        answer = rules.may_change(order, Change.CANCEL)
        if isinstance(answer, NotAllowed):
            too_late(turn, order, answer)
            return
        told = turn.entity("reason") or shop_floor.dialogue().hear("cancel_reason", turn.words)
        if told is None:
            turn.set(pending=self.action)
            turn.say("utter_cancel_reason", order=order.id)
            return
        reason = CancelReason(told)
        if rules.may_win_back(reason, already_offered=turn.slot("won_back") == order.id):
            turn.set(won_back=order.id, pending=self.action)
            turn.say(f"utter_win_back_{reason.value}", order=order.id)
            return
        self._cancel(turn, order)

    def _cancel(self, turn: Turn, order: Order) -> None:
        done = rules.cancelled(order)
        shop_floor.orders().update(done, change_note("cancel", order.id))
        first, last = turn.shop.policy.returns.refund_days
        values = {"order": order.id, "amount": yuan(order.amount), "first": first, "last": last}
        turn.say(f"utter_cancelled_{order.state.value}", **values)
