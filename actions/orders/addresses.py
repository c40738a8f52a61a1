"""Where an order goes: asking is address_form (address_question.py), here it begins and is done."""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders import order_facts, stopping
from actions.orders.order_facts import receiver_values
from actions.orders.shared import NOT_SHIPPED, change_note, changeable, own_order, too_late
from bot.shop.orders import order_choice, order_question
from bot.shop.records import orders as rules
from bot.shop.records.orders import Change, Order


class ModifyAddress(BotAction):
    """Where the state allows it, ask for the new address (address_form); else say what can still be done."""

    action = "action_modify_address"

    def act(self, turn: Turn) -> None:
        asked = order_question.asked(turn.words) if turn.words and turn.orders else None
        if turn.words and not turn.orders and order_question.asks_rule(turn.words):
            turn.go_on_with("action_faq")
            return
        if is_of_the_coming(turn):
            turn.say_words(shop_floor.dialogue().phrase("coming_order", "another_receiver"))
            return
        several = self._several(turn) if not asked else []
        if asked:
            order_facts.answer(turn)
            return
        if not several and stopping.answer(turn):
            return
        meant = several[0] if several else order_or_ask(turn, NOT_SHIPPED)
        if meant is None or stopping.begin(turn, meant):
            return
        order = changeable(turn, Change.ADDRESS, meant)
        if order is None:
            return
        also = [other.id for other in several[1:]]
        turn.set(draft={"kind": "address", "order": order.id, "also": also})
        turn.go_on_with("address_form")

    @staticmethod
    def _several(turn: Turn) -> list[Order]:
        """The orders of "两单地址都改", those that still can go elsewhere; [] where one is meant."""
        if not turn.words:
            return []
        meant = order_choice.all_meant(turn.shop, turn.orders, turn.words)
        open_ones = [order for order in meant if rules.may_change(order, Change.ADDRESS) == rules.Allowed()]
        return open_ones if len(open_ones) > 1 else []


def is_of_the_coming(turn: Turn) -> bool:
    """ "直接寄给我妈 地址不一样行不", said of what she looks at and has not ordered."""
    if turn.product is None or not turn.words or turn.has_bought(turn.product) or turn.before("draft"):
        return False
    return order_question.asks_another_receiver(turn.words)


class ChangeAddress(BotAction):
    """The new receiver was confirmed: keep it, unless the order has moved on meanwhile."""

    action = "action_change_address"

    def act(self, turn: Turn) -> None:
        draft: dict[str, Any] = turn.slot("draft") or {}
        order = own_order(turn, draft.get("order"))
        turn.set(draft=None, gave_up=None)
        if not order or not draft.get("confirmed"):
            turn.say("utter_address_unchanged")
            return
        for each in (order, *(own_order(turn, other) for other in draft.get("also") or ())):
            if each is not None:
                self._change(turn, each, draft)

    @staticmethod
    def _change(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
        try:
            changed = rules.with_address(
                order,
                draft.get("region") or order.region,
                draft.get("address") or order.address,
                recipient=draft.get("recipient") or "",
                phone=draft.get("phone") or "",
            )
        except rules.TooLate:
            too_late(turn, order, rules.may_change(order, Change.ADDRESS))
            return
        if changed == order:
            turn.say("utter_change_already", item=item_name(turn, order))
            return
        shop_floor.orders().update(changed, change_note("address", receiver_words(changed)))
        turn.say("utter_address_changed", item=item_name(turn, order), **receiver_values(changed))


def receiver_words(order: Order) -> str:
    """For the desk's change log, which needs the number as it is."""
    return " ".join(part for part in (order.recipient, order.phone, order.address) if part)
