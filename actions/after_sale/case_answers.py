"""Questions beside an after-sale case, answered in a line before the bot goes on with its own."""

from __future__ import annotations

from actions.after_sale.trouble import issue_of, note, possible_orders, trouble, troubled_line
from actions.common import shop_floor
from actions.common.cards import day
from actions.common.choosing import item_name
from actions.common.turn import Turn
from bot.shop.after_sale import case_question, remedy_wish
from bot.shop.after_sale.case_question import CaseQuestion
from bot.shop.after_sale.remedies import return_deadline
from bot.shop.goods import facts, plain_words
from bot.shop.parcels import shipping
from bot.shop.records.model import Audience, Product
from bot.shop.records.remedy_policy import Issue, Severity
from bot.shop.talk import accident
from bot.shop.talk.accident import Hurt

OF_GOODS = ("ask_product_info", "ask_quality", "ask_usage", "ask_recommendation", "nlu_fallback", "inform")
"""Readings beside which words on a line of the page ask for it."""


def answer(turn: Turn) -> bool:
    """Say what answers it; False where nothing was asked beside the case."""
    found = case_question.asked(turn.words, turn.slot("fault") or "") if turn.words else None
    if found is None or (found is CaseQuestion.WORN and issue_of(turn) not in (None, Issue.DEFECT)):
        return False
    if found is CaseQuestion.COVERED:
        _say_covered(turn)
        return True
    if found is CaseQuestion.DOWN:
        if trouble(turn).get("down_told"):
            return False
        note(turn, down_told=True)
    if found is CaseQuestion.PHOTO_LATER:
        note(turn, no_photo=True)
    turn.say(f"utter_case_{found.value}")
    return True


def say_how_long(turn: Turn) -> bool:
    """Said while the remedies stand that it is urgent, or asked how long they take: the days on the road, so that she
    can choose; False where neither is said or the table has no days."""
    order = turn.order
    if order is None or not turn.words:
        return False
    if not (case_question.is_urgent(turn.words) or case_question.asks_how_long(turn.words)):
        return False
    found = shipping.dates(turn.shop, turn.now, order.region, None)
    if isinstance(found, shipping.Unserved) or not (found.arrives_from and found.arrives_to):
        return False
    near, far = ((each - found.ships_on).days for each in (found.arrives_from, found.arrives_to))
    first, last = turn.shop.policy.returns.refund_days
    values = {"region": order.region, "near": near, "far": far, "first": first, "last": last}
    turn.say_words(shop_floor.dialogue().phrase("remedy_takes", "told", **values))
    return True


def ask_after_her(turn: Turn) -> None:
    """A heel rubbed sore, dye on a skin: whoever wears it comes first, once, and not whether it is of use."""
    hurt = accident.sore(turn.words) if turn.words and not trouble(turn).get("sore") else None
    if hurt is None:
        return
    who = accident.who_is_hurt(turn.words)
    if who is Hurt.SELF and _is_for_a_child(turn):
        who = Hurt.CHILD
    severity = trouble(turn).get("severity") or Severity.MODERATE.value
    note(turn, sore=hurt.value, told=True, severity=severity)
    turn.say(f"utter_sore_{hurt.value}", concern=shop_floor.dialogue().phrase("concern", who.value))


def _is_for_a_child(turn: Turn) -> bool:
    found = [turn.order] if turn.order else possible_orders(turn)
    worn = [turn.shop.products[line.product_id] for order in found for line in order.lines]
    return bool(worn) and all(product.audience is Audience.CHILD for product in worn)


def _say_covered(turn: Turn) -> None:
    """By her order where it is known, else by the rule; an order past it is told so when the case is judged."""
    policy, order = turn.shop.policy, turn.order
    last = return_deadline(policy, order, quality=True) if order else None
    if order is None or last is None or turn.now > last:
        turn.say("utter_case_covered_rule", days=policy.returns.quality_days)
        return
    turn.say(
        "utter_case_covered",
        item=item_name(turn, order),
        days=policy.returns.quality_days,
        until=day(last),
    )


def take_back_count(turn: Turn, question: str) -> None:
    """What is asked once more because something else was answered first was not asked in vain."""
    asks = dict(trouble(turn).get("asks") or {})
    if asks.get(question):
        note(turn, asks={**asks, question: asks[question] - 1})


def taker(turn: Turn) -> str | None:
    """action_product_info for a question about the goods of the case; they are in view then."""
    product = goods_asked_of(turn)
    if product is None:
        return None
    turn.set(product_id=product.id)
    return "action_product_info"


def goods_asked_of(turn: Turn) -> Product | None:
    """The troubled product, where the message asks for something written on its page ("是A类吗")."""
    line = troubled_line(turn)
    product = turn.shop.products.get(line.product_id) if line else turn.product
    if product is None or not turn.words or turn.intent not in OF_GOODS or not plain_words.asks(turn.words):
        return None
    if turn.entity("fault") or remedy_wish.named(turn.words) or case_question.asked(turn.words):
        return None
    topics = shop_floor.dialogue().topics
    is_known = facts.facts(product, turn.words, topics) or facts.of_concerns(product, turn.words, topics)
    return product if is_known else None
