"""买完就降价了: the difference from the customer's own order, within the bot's authority."""

from __future__ import annotations

from decimal import Decimal

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import order_or_ask
from actions.common.turn import Turn
from actions.prices.bargain_answers import promise_due
from actions.talk import faq
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.orders import order_choice
from bot.shop.orders.order_parts import has_part
from bot.shop.prices import pricing, protection
from bot.shop.prices.grants import Recipient
from bot.shop.records.orders import Order, OrderLine, OrderState

PAID = tuple(state for state in OrderState if state not in (OrderState.UNPAID, *protection.OVER))


class PriceProtection(BotAction):
    """A question about the rule is answered by its script; whose order it is, gets the sum."""

    action = "action_price_protection"

    def act(self, turn: Turn) -> None:
        about = shop_floor.dialogue().hear("protection", turn.words)
        days = turn.shop.policy.returns.price_protection_days
        if about == "days" or not days:
            turn.say("utter_protection_days" if days else "utter_protection_no_days", days=days)
            return
        if (about == "rule" or not turn.orders) and faq.answer(turn, ["ask_price_protection"]):
            return
        order = self._of_product(turn) or order_or_ask(turn, PAID)
        if order is None:
            return
        turn.set(pending=self.action)
        line = self._line(turn, order)
        given = shop_floor.ledger().differences(turn.buyer, order.id)
        answer = protection.difference(turn.shop, order, line, turn.now, given)
        self._say(turn, order, line, answer)

    @staticmethod
    def _of_product(turn: Turn) -> Order | None:
        """Her newest order with what she looks at, unless she names one."""
        product = turn.product
        if product is None or turn.entity("order_id"):
            return None
        paid = turn.orders_in(PAID)
        found = [o for o in paid if o.state in PAID and any(p.product_id == product.id for p in o.lines)]
        if found:
            turn.talk_about(found[0])
        return next(iter(found), None)

    @staticmethod
    def _line(turn: Turn, order: Order) -> OrderLine:
        """The product this message names or the page shows, else what cost most."""
        called = [e for e in order.lines if _is_called(turn, e)]
        if len(called) == 1:
            return called[0]
        meant = turn.product.id if turn.product else ""
        named = next((line for line in order.lines if line.product_id == meant), None)
        return named or max(order.lines, key=lambda line: line.amount)

    def _say(self, turn: Turn, order: Order, line: OrderLine, answer: protection.Protection) -> None:
        told = {"order": order.id, "product": turn.shop.products[line.product_id].name}
        match answer:
            case protection.Lower(paid=paid, now=now, amount=amount, within_authority=True):
                self._give_back(turn, order, line, answer)
                first, last = turn.shop.policy.returns.refund_days
                told |= {"first": str(first), "last": str(last), "amount": yuan(amount)}
                turn.say("utter_protection_given", paid=yuan(paid), now=yuan(now), **told)
            case protection.Lower(paid=paid, now=now, amount=amount):
                offered = shop_floor.dialogue().phrase("promise", "difference", amount=yuan(amount), **told)
                turn.set(offered=offered)
                sums = {"paid": yuan(paid), "now": yuan(now), "amount": yuan(amount)}
                hand_over(turn, "beyond_authority", "utter_protection_beyond", **sums, **told)
            case protection.NotLower(paid=paid, now=now):
                hers = self._her_price(turn, line)
                key = "own_offers" if hers < paid else "not_lower"
                sums = {"paid": yuan(paid), "now": yuan(now), "hers": yuan(hers)}
                turn.say(f"utter_protection_{key}", **sums, **told)
            case protection.Settled(amount=amount):
                turn.say("utter_protection_settled", amount=yuan(amount), **told)
            case protection.TooLate(ended=ended, days=days):
                turn.say("utter_protection_too_late", ended=day(ended), days=days, **told)
            case protection.NotPaid():
                turn.say("utter_protection_not_paid", **told)
            case protection.NoProtection():
                turn.say("utter_protection_none", **told)

    @staticmethod
    def _her_price(turn: Turn, line: OrderLine) -> Decimal:
        """What one piece costs this customer today with her level and coupons: lower, yet no fall of the price."""
        return pricing.unit_price(turn.shop, turn.shop.products[line.product_id], turn.customer, turn.today)

    @staticmethod
    def _give_back(turn: Turn, order: Order, line: OrderLine, lower: protection.Lower) -> None:
        to = Recipient(turn.buyer, turn.tracker.sender_id, f"{order.id}:{lower.now}")
        shop_floor.ledger().give_difference(to, line.sku, lower.amount, turn.now)
        name = turn.shop.products[line.product_id].name
        text = shop_floor.dialogue().phrase(
            "promise", "difference", order=order.id, product=name, amount=yuan(lower.amount)
        )
        turn.effect("promise", text=text, due=promise_due(turn))


def _is_called(turn: Turn, line: OrderLine) -> bool:
    product = turn.shop.products[line.product_id]
    return bool(turn.words) and (order_choice.is_named(product, turn.words) or has_part(product, turn.words))
