"""Returning, exchanging, money back: for goods that were received by script, before that by changing the order."""

from __future__ import annotations

from actions import faq
from actions.base import BotAction
from actions.cards import day
from actions.orders import NOT_SHIPPED
from actions.turn import Turn
from bot.shop.remedies import return_deadline

BEFORE_RECEIPT = {
    "ask_return": "action_cancel_order",
    "ask_refund": "action_cancel_order",
    "ask_exchange": "action_modify_order",
}


class AfterReceipt(BotAction):
    """What cannot be returned because it has not left yet is cancelled or changed instead."""

    action = "action_after_receipt"

    def act(self, turn: Turn) -> None:
        order = turn.order
        if order and order.state in NOT_SHIPPED and turn.intent in BEFORE_RECEIPT:
            turn.go_on_with(BEFORE_RECEIPT[turn.intent])
            return
        if not faq.answer(turn, [turn.intent]):
            faq.miss(turn, "utter_no_script")
            return
        until = return_deadline(turn.shop.policy, order, quality=False) if order else None
        if until and turn.now <= until and turn.intent == "ask_return":
            turn.say("utter_return_until", delivered=day(order.delivered_at), until=day(until))
