"""Hurrying an order: an honest reason, a promise with its time, and never the same words twice."""

from __future__ import annotations

from actions.after_sale.trouble import paid_back
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import UNDER_WAY, promise
from actions.parcels.shipping import order_words, say_order_dates
from actions.parcels.tracking import date_would_mislead, say_where
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.after_sale.rights import late_compensation
from bot.shop.orders import waiting_words
from bot.shop.parcels import parcel, shipping
from bot.shop.records.orders import Order


class Urge(BotAction):
    """First: state, reason, promise. Again: nearer promise, or a person when it is late. A third time: a person."""

    action = "action_urge"

    def act(self, turn: Turn) -> None:
        if turn.words and waiting_words.needs_no_urging(turn.words):
            turn.say_words(shop_floor.dialogue().phrase("not_urged", "plain"))
            return
        order = order_or_ask(turn, UNDER_WAY)
        if order is None:
            return
        if order.state not in UNDER_WAY:
            turn.go_on_with("action_track")
            return
        urged: dict[str, int] = dict(turn.slot("urged") or {})
        said_again = shop_floor.dialogue().hear("urge", turn.words) == "again"
        times = max(urged.get(order.id, 0) + 1, 2 if said_again else 1)
        turn.set(urged={**urged, order.id: times})
        days = shipping.days_late(turn.shop, order, turn.now)
        if times == 1:
            self._first(turn, order, days)
        elif times == 2 and not days:
            self._again(turn, order)
        else:
            self._to_a_person(turn, order, days)

    @staticmethod
    def _first(turn: Turn, order: Order, days: int) -> None:
        if date_would_mislead(turn, order):
            stalled = turn.shop.policy.on_the_way.stalled_hours
            say_where(turn, order, parcel.of_order(order, turn.now, stalled))
        else:
            say_order_dates(turn, order)
        if days:
            make_good(turn, order)
        due = promise(turn, "urge", turn.shop.policy.on_the_way.urge_hours, order=order.id)
        turn.say("utter_urged_late" if days else "utter_urged", item=item_name(turn, order), due=due)

    @staticmethod
    def _again(turn: Turn, order: Order) -> None:
        """It is in time: the date stands, and somebody looks at it sooner."""
        due = promise(turn, "urge_again", turn.shop.policy.on_the_way.urge_again_hours, order=order.id)
        found = shipping.promised(turn.shop, order)
        if isinstance(found, shipping.Unserved) or date_would_mislead(turn, order):
            turn.say("utter_urged_late", item=item_name(turn, order), due=due)
            return
        state = "shipped" if order.shipped_at else "waiting"
        turn.say(f"utter_urge_again_{state}", due=due, **order_words(turn, order, found))

    @staticmethod
    def _to_a_person(turn: Turn, order: Order, days: int) -> None:
        promise(turn, "urge_again", turn.shop.policy.on_the_way.urge_again_hours, order=order.id)
        response = "utter_urge_person_late" if days else "utter_urge_person"
        hand_over(turn, "repeated_failure", response, item=item_name(turn, order), days=str(days))


def make_good(turn: Turn, order: Order) -> None:
    """What the policy gives for lateness, unasked, once an order."""
    money = late_compensation(turn.shop, order, turn.now)
    if not money:
        return
    amount = yuan(money)
    note = shop_floor.dialogue().phrase("change", "compensated", amount=amount)
    shop_floor.orders().update(paid_back(order, money), note)
    promise(turn, "late", order=order.id, amount=amount)
    first, last = turn.shop.policy.returns.refund_days
    turn.say("utter_late_gift", amount=amount, first=first, last=last)
