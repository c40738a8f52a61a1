"""Asked for something in return: for a fault it is a case, for a late parcel what the policy gives, else a script."""

from __future__ import annotations

from actions.after_sale.trouble import paid_back
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import UNDER_WAY, promise
from actions.parcels import to_come
from actions.parcels.to_come import MAY_BE_LATE
from actions.prices.price_talk import last_action
from actions.talk import faq
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.after_sale import fault_words
from bot.shop.after_sale.rights import days_late, late_compensation
from bot.shop.orders.own_words import Matter, read
from bot.shop.records.orders import Order


class Compensation(BotAction):
    """A question about a promised compensation is looked up; a delay is checked against what was promised."""

    action = "action_compensation"

    def act(self, turn: Turn) -> None:
        words = shop_floor.dialogue()
        if turn.before("pending") == "action_price_protection" and words.hear("difference", turn.words):
            turn.go_on_with("action_price_protection")
            return
        if words.hear("compensation_question", turn.words) and faq.answer(turn, ["ask_compensation"]):
            return
        if self._is_of_the_price(turn):
            turn.say_words(words.phrase("no_compensation", "price"))
            return
        draft = turn.slot("draft") or {}
        is_told = bool(turn.words) and Matter.LATE_MONEY in read(turn.words)
        is_late = (
            is_told or words.hear("late", turn.words) is not None or "late" in draft or is_waiting_late(turn)
        )
        if not is_late:
            turn.go_on_with("after_sale_form")
            return
        turn.set(draft={"late": draft.get("late") or ""})
        order = to_come.plainly_meant(turn) or order_or_ask(turn, MAY_BE_LATE)
        if order is not None:
            self._late(turn, order, refused=draft.get("late") == order.id)

    @staticmethod
    def _is_of_the_price(turn: Turn) -> bool:
        """ "那给点补偿呗" to a price that has not fallen: nothing went wrong that could be made good."""
        is_fault = turn.entity("fault") is not None or fault_words.said_issue(turn.words) is not None
        return bool(turn.words) and last_action(turn) == "action_price_protection" and not is_fault

    @staticmethod
    def _late(turn: Turn, order: Order, refused: bool) -> None:
        days, money = days_late(turn.shop, order, turn.now), late_compensation(turn.shop, order, turn.now)
        if refused:
            turn.set(draft=None)
            hand_over(turn, "beyond_authority", "utter_handoff_authority")
        elif days == 0:
            turn.set(draft=None)
            rule = turn.shop.policy.remedies.late
            key = "utter_not_late_rule" if rule.share else "utter_not_late"
            turn.say(key, item=item_name(turn, order), share=yuan(rule.share * 100), most=yuan(rule.most))
            turn.go_on_with("action_shipping_time" if order.state in UNDER_WAY else "action_track")
        elif money == 0 and order.compensated and not shop_floor.dialogue().hear("more_money", turn.words):
            turn.set(draft={"late": order.id})
            turn.say("utter_late_already", order=order.id, money=yuan(order.compensated))
        elif money == 0:
            turn.set(draft=None)
            hand_over(turn, "beyond_authority", "utter_late_for_person", order=order.id, days=str(days))
        else:
            turn.set(pending="action_settle_late", draft={"late": order.id})
            under_way = "on_the_way" if order.state in UNDER_WAY else "arrived"
            turn.say(f"utter_late_{under_way}", order=order.id, days=days, money=yuan(money))


def is_waiting_late(turn: Turn) -> bool:
    """The order talked about is still to come and behind its time: what she wants made good is the delay."""
    order = next((o for o in turn.orders if o.id == turn.slot("order_id")), None)
    is_coming = order is not None and order.state in UNDER_WAY
    return is_coming and (order.compensated > 0 or days_late(turn.shop, order, turn.now) > 0)  # type: ignore[union-attr]


class SettleLate(BotAction):
    """ "好": the money for the delay goes back, once for an order."""

    action = "action_settle_late"

    def act(self, turn: Turn) -> None:
        order = turn.order
        money = late_compensation(turn.shop, order, turn.now) if order else 0
        turn.set(draft=None)
        if order is None or money == 0:
            turn.say("utter_affirm")
            return
        first, last = turn.shop.policy.returns.refund_days
        promise(turn, "late", order=order.id, amount=yuan(money))
        kept = shop_floor.dialogue().phrase("change", "compensated", amount=yuan(money))
        shop_floor.orders().update(paid_back(order, money), kept)
        turn.set(settled={"order": order.id, "kind": "partial_refund", "amount": yuan(money)})
        turn.say("utter_late_settled", order=order.id, money=yuan(money), first=first, last=last)
