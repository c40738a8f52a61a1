"""Money back: where it is, or the way to it, whatever state the order is in."""

from __future__ import annotations

from actions.after_sale import return_open, return_talk
from actions.after_sale.returns import MONEY_BACK, wants
from actions.after_sale.trouble import find_order
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import NOT_SHIPPED, own_order, promise
from actions.parcels.own_parcels import MONEY
from actions.talk import faq
from bot.placeholders import yuan
from bot.shop.orders import order_choice, waiting_words
from bot.shop.orders.own_words import Matter, paid_with, read
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

MOST_TOLD = 2
"""Refunds told in one answer."""
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


IF_GIVEN_BACK = {
    OrderState.PAID: "order",
    OrderState.PACKED: "order",
    OrderState.SHIPPED: "road",
    OrderState.DELIVERED: "hand",
}


def say_if_given_back(turn: Turn, order: Order) -> None:
    """How much would go back and how long it takes, of an order nobody has called off or sent back."""
    first, last = turn.shop.policy.returns.refund_days
    values = {"item": item_name(turn, order), "amount": yuan(order.amount), "first": first, "last": last}
    key = IF_GIVEN_BACK.get(order.state, "kept")
    turn.say_words(shop_floor.dialogue().phrase("refund_when", key, **values))


def says_money_day(turn: Turn) -> str:
    """What she waits for who asks only when the money is there: the late order's compensation, or "" where it is a
    refund."""
    is_asked = bool(turn.words) and waiting_words.asks_money_day(turn.words) and not turn.slot("settled")
    order = turn.order
    is_late = (
        order is not None and order.compensated > 0 and order.state in (*NOT_SHIPPED, OrderState.SHIPPED)
    )
    if is_asked and MONEY in (turn.slot("followed") or {}).values():
        return "returning"
    return "late" if is_asked and is_late else ""


def say_money_day(turn: Turn) -> bool:
    key, order = says_money_day(turn), turn.order
    if not key or order is None:
        return False
    first, last = turn.shop.policy.returns.refund_days
    values = {"amount": yuan(order.compensated or order.amount), "first": first, "last": last}
    turn.say_words(shop_floor.dialogue().phrase("money_day", key, **values))
    return True


class RefundStatus(BotAction):
    """How far the money is: the order asked about, else the one that is being refunded."""

    action = "action_refund_status"

    def act(self, turn: Turn) -> None:
        if say_money_day(turn):
            return
        if Matter.WITHDRAWN in (read(turn.words) if turn.words else ()) and self._withdrawn(turn):
            return
        if order := self._not_asked_back(turn):
            turn.talk_about(order)
            say_if_given_back(turn, order)
            if turn.words and return_open.being_asked(turn):
                return_talk.read_back(turn, order)
            return
        settled = turn.slot("settled") or {}
        found = self._orders(turn)
        if not found and settled:
            first, last = turn.shop.policy.returns.refund_days
            kind = settled["kind"] if settled["kind"] in ("return", "coupon") else "other"
            turn.say(f"utter_refund_settled_{kind}", order=settled["order"], first=first, last=last)
            return
        if not found:
            turn.say("utter_no_refund")
            return
        turn.talk_about(found[0])
        way = paid_with(turn.words) if turn.words else None
        if way and len(found) == 1 and is_money_back(found[0]):
            turn.say(f"utter_refund_paid_{way.value}", amount=yuan(found[0].amount))
            return
        for order in found:
            self._tell(turn, order)

    @staticmethod
    def _tell(turn: Turn, order: Order) -> None:
        first, last = turn.shop.policy.returns.refund_days
        state = "unpaid" if order.paid_at is None else order.state.value
        if order.state is OrderState.REFUNDING and order.delivered_at:
            state = "coming_back"
        turn.say(
            f"utter_refund_{state}",
            item=item_name(turn, order),
            order=order.id,
            amount=yuan(order.amount),
            first=first,
            last=last,
            latest=order.trace[-1].text if order.trace else "",
            since=day(order.trace[-1].time.date()) if order.trace else "",
        )

    @staticmethod
    def _withdrawn(turn: Turn) -> bool:
        """The refund is to be stopped: a person tries before the money leaves, and says by when."""
        open_ = [order for order in turn.orders if order.state is OrderState.REFUNDING]
        found = order_choice.narrowed(turn.shop, open_, turn.words, turn.now) if open_ else []
        if not found:
            return False
        turn.talk_about(found[0])
        item = item_name(turn, found[0])
        due = promise(turn, "withdraw", turn.shop.policy.on_the_way.urge_again_hours, order=found[0].id)
        turn.say("utter_refund_withdrawn", item=item, due=due)
        return True

    @staticmethod
    def _not_asked_back(turn: Turn) -> Order | None:
        """The order whose goods she names, where no money of it goes back yet: no other is told instead."""
        if turn.words and (asked := return_open.being_asked(turn)):
            return asked
        named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words)) if turn.words else []
        is_settled = any(order.id == (turn.slot("settled") or {}).get("order") for order in named)
        if is_settled or any(order.state in MONEY_BACK for order in named):
            return None
        paid = [order for order in named if order.paid_at is not None]
        return paid[0] if len(paid) == 1 else None

    @staticmethod
    def _orders(turn: Turn) -> list[Order]:
        """Those whose money the words ask after: what they name; else the one talked about if money of it goes back;
        else every such, those under way first."""
        back = [order for order in turn.orders if order.state in MONEY_BACK]
        named = order_choice.narrowed(turn.shop, back, turn.words, turn.now) if turn.words and back else back
        if len(named) == 1 and len(back) > 1:
            return named
        talked = own_order(turn, turn.slot("order_id"))
        if talked and talked.state in MONEY_BACK:
            return [talked]
        if turn.slot("settled"):
            return []
        paid = [order for order in back if is_money_back(order)] or back
        is_asked_of_all = bool(turn.words) and Matter.REFUND in read(turn.words)  # 退钱了没
        most = MOST_TOLD if is_asked_of_all else 1
        return sorted(paid, key=lambda order: order.state is not OrderState.REFUNDING)[:most]
