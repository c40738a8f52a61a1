"""Sending goods back: why decides what is said; the seven days are never hidden (shop-rules.md, "After the sale")."""

from __future__ import annotations

from actions.after_sale import return_talk, sending_back
from actions.after_sale.return_open import being_asked
from actions.after_sale.trouble import RECEIVED, find_order, trouble
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import NOT_SHIPPED, promise
from actions.talk import faq
from bot.shop.after_sale import return_word
from bot.shop.after_sale.exchange import others
from bot.shop.after_sale.remedies import exchange_deadline
from bot.shop.after_sale.rights import near_auto_confirm, seven_days_until
from bot.shop.orders.own_words import Matter, read
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import bare

MONEY_BACK = (OrderState.REFUNDING, OrderState.RETURNED, OrderState.CANCELLED)
BARE_WISH = 4
"""Characters of a message that can only be a wish ("退货", "换个码")."""
EXCHANGING = ("action_exchange", "action_settle_exchange")
FAULTY = ("defect", "mismatch")
"""Reasons that are the shop's: they are a case and not a return without a reason."""


def wants(turn: Turn, wish: str) -> bool:
    """She wants it done now (or pressed the button), and does not only ask how it is in general."""
    if turn.words and shop_floor.dialogue().hear("question", turn.words):
        return shop_floor.dialogue().hear("own_order", turn.words) is not None
    is_bare = len(bare(turn.words)) <= BARE_WISH
    return is_bare or any(shop_floor.dialogue().hear(each, turn.words) for each in (wish, "return_reason"))


def answer_in_general(turn: Turn, intent: str) -> None:
    """The script, and for a received order the day until which it may go back."""
    if not faq.answer(turn, [intent]):
        faq.miss(turn, "utter_no_script")
        return
    order = turn.order
    until = seven_days_until(turn.shop.policy, order, turn.now) if order else None
    if until and intent == "ask_return":
        turn.say("utter_return_until", order=order.id, until=day(until))


class Return(BotAction):
    """Which order, why; then the way back, or first the exchange that may spare it (003)."""

    action = "action_return"

    def act(self, turn: Turn) -> None:
        if sending_back.answer(turn) or return_talk.answer(turn):
            return
        if turn.words and being_asked(turn) and return_word.asks(turn.words):
            self._aside(turn)
            return
        matters = read(turn.words) if turn.words else frozenset()
        if Matter.PICKED_UP in matters:
            self._aside(turn)
            return
        is_told = turn.before("pending") == self.action and Matter.UNWORN in matters
        if turn.intent == "ask_return" and not is_told:
            find_order(turn, must_be_there=False)
            if not turn.orders or not wants(turn, "return_wish"):
                answer_in_general(turn, "ask_return")
                return
        order = order_or_ask(turn, RECEIVED)
        if order is None:
            return
        if order.state in NOT_SHIPPED or order.state is OrderState.SHIPPED:
            turn.go_on_with("action_cancel_order")
        elif order.state in MONEY_BACK:
            turn.go_on_with("action_refund_status")
        else:
            self._received(turn, order)

    def _aside(self, turn: Turn) -> None:
        """A question beside the return: answered, and a return that stands open stays so."""
        answer_in_general(turn, "ask_return")
        if being_asked(turn) and turn.slot("pending") is None and not turn.is_handed_over:
            turn.set(pending=self.action)

    def _received(self, turn: Turn, order: Order) -> None:
        before = draft_of(turn, order)
        reason = turn.entity("reason") or shop_floor.dialogue().hear("return_reason", turn.words)
        if reason is None and (turn.entity("fault") or trouble(turn).get("issue")):
            reason = "defect"
        if reason in FAULTY:
            turn.set(draft=None, trouble={"issue": reason, **trouble(turn)})
            turn.go_on_with("after_sale_form")
        elif reason is None and not before.get("asked"):
            turn.set(pending=self.action, draft={"return": order.id, "asked": True})
            turn.say("utter_return_reason", order=order.id)
        elif reason == "wrong_size" and not before.get("spared") and can_exchange(turn, order):
            turn.set(pending=self.action, draft={"return": order.id, "asked": True, "spared": True})
            turn.say("utter_return_or_exchange", order=order.id)
        elif return_talk.is_told(turn, bool(before.get("read"))) or not may_go_back(turn, order):
            grant(turn, order)
        else:
            return_talk.read_back(turn, order)


def may_go_back(turn: Turn, order: Order) -> bool:
    return seven_days_until(turn.shop.policy, order, turn.now) is not None


def draft_of(turn: Turn, order: Order) -> dict:
    """What this return has gone through so far; another order's counts for nothing."""
    draft = turn.slot("draft") or {}
    return draft if draft.get("return") == order.id else {}


def can_exchange(turn: Turn, order: Order) -> bool:
    """Whether something of it may still be exchanged for another that is there."""
    last = exchange_deadline(turn.shop.policy, order)
    if last is None or turn.now > last:
        return False
    for line in order.lines:
        product = turn.shop.products[line.product_id]
        owned = next(v for v in product.variants if v.sku == line.sku)
        if others(product, owned):
            return True
    return False


def grant(turn: Turn, order: Order) -> None:
    """Within the seven days it is done at once and politely; after them the truth, and what is still possible."""
    policy, line = turn.shop.policy, return_talk.piece(turn, order)
    until = seven_days_until(policy, order, turn.now)
    turn.set(draft=None)
    if until is None:
        turn.say("utter_return_over", order=order.id, days=policy.returns.days)
        return
    what = order.id
    if line:
        product = turn.shop.products[line.product_id].name
        what = shop_floor.dialogue().phrase("order", "piece", order=order.id, product=product)
    promise(turn, "return", order=what)
    first, last = policy.returns.refund_days
    settled = {"order": order.id, "kind": "return", "amount": ""}
    turn.set(settled=settled)
    turn.say(
        "utter_return_granted",
        order=what,
        until=day(until),
        address=policy.returns.address,
        first=first,
        last=last,
    )
    say_postage(turn)
    say_deadline(turn, order)


def say_postage(turn: Turn) -> None:
    """Who pays for a return without a reason, and until when the insurance pays."""
    returns = turn.shop.policy.returns
    if not returns.freight_insurance:
        turn.say("utter_postage_own")
    elif returns.insurance_hours:
        turn.say("utter_postage_insured", hours=returns.insurance_hours)
    else:
        turn.say("utter_postage_insured_plain")


def say_deadline(turn: Turn, order: Order) -> None:
    """The platform's own deadline, while there is time to act on it."""
    if near := near_auto_confirm(turn.shop.policy, order, turn.now):
        turn.say("utter_auto_confirm", order=order.id, day=day(near))


class ReturnFee(BotAction):
    """Who pays the postage: in an open case the shop says so at once, else by the scripts."""

    action = "action_return_fee"

    def act(self, turn: Turn) -> None:
        settled = turn.slot("settled") or {}
        is_exchange = settled.get("kind") == "exchange" or turn.before("pending") in EXCHANGING
        if trouble(turn).get("issue") or settled.get("issue"):
            turn.say("utter_postage_ours")
            return
        if is_exchange:
            turn.say(f"utter_postage_exchange_{turn.shop.policy.returns.exchange_postage.value}")
            return
        is_own_return = settled.get("kind") == "return" and not settled.get("amount")
        if is_own_return or not faq.answer(turn, ["ask_return_fee"]):
            say_postage(turn)
