"""A return being asked about: a question is answered and registers nothing, her word does it, "先别退" ends it."""

from __future__ import annotations

from decimal import Decimal

from actions.after_sale.return_open import RECEIVED, RETURN, being_asked, earlier, may_go_back, registered
from actions.common import shop_floor
from actions.common.choosing import item_name, order_or_ask
from actions.common.turn import Turn
from actions.orders.shared import promise
from bot.placeholders import yuan
from bot.shop.after_sale import return_word
from bot.shop.after_sale.remedies import paid_for
from bot.shop.after_sale.rights import seven_days_until
from bot.shop.orders import order_choice
from bot.shop.records.orders import Order, OrderLine


def answer(turn: Turn) -> bool:
    """End it or tell the amount where the words ask for that; False for any other message."""
    order = being_asked(turn)
    if _is_left(turn, order):
        leave(turn)
        return True
    if not turn.words:
        return False
    has_asked = bool((turn.slot("draft") or {}).get("amount"))
    if return_word.asks_discount(turn.words) and (found := order or registered(turn) or _only(turn)):
        say_discount(turn, found)
    elif return_word.asks_amount(turn.words) or (has_asked and _only(turn)):
        _tell_amount(turn, order)
    else:
        return False
    return True


def _only(turn: Turn) -> Order | None:
    found = may_go_back(turn)
    return found[0] if len(found) == 1 else None


def _tell_amount(turn: Turn, order: Order | None) -> None:
    """Of the return that is open, else of the only order that may go back; of several she says which."""
    found = order or _only(turn) or order_or_ask(turn, RECEIVED)
    settled = turn.slot("settled") or {}
    if found is None:
        turn.set(draft={"amount": True})
    elif settled.get("order") == found.id:
        _tell_settled(turn, found, settled)
    elif found.state in RECEIVED and seven_days_until(turn.shop.policy, found, turn.now) is None:
        turn.set(draft=None)
        turn.say("utter_return_over", order=found.id, days=turn.shop.policy.returns.days)
    elif found.state not in RECEIVED or found not in may_go_back(turn):
        turn.set(draft=None)
        turn.go_on_with("action_refund")
    else:
        turn.talk_about(found)
        read_back(turn, found)


def _tell_settled(turn: Turn, order: Order, settled: dict) -> None:
    """What was agreed upon in this chat: the sum as it was said, of a return what was paid for the goods."""
    amount = settled.get("amount") or yuan(max(paid_for(order, None) - order.compensated, 0))
    kind = settled["kind"] if settled["kind"] == "return" else "money" if Decimal(amount) else "none"
    first, last = turn.shop.policy.returns.refund_days
    values = {"item": item_name(turn, order), "amount": amount, "first": first, "last": last}
    turn.say_words(shop_floor.dialogue().phrase("settled_sum", kind, **values))


def say_discount(turn: Turn, order: Order) -> None:
    """What was taken off was never paid: nothing of it is owed back, and of one piece its share counts."""
    turn.talk_about(order)
    key = "utter_return_discount" if order.discount else "utter_return_no_discount"
    kinds = "more" if len(order.lines) > 1 else "one"
    share = shop_floor.dialogue().phrase("share", kinds)
    values = {"item": item_name(turn, order), "share": share, "discount": yuan(order.discount)}
    turn.say(key, amount=yuan(max(paid_for(order, None) - order.compensated, 0)), **values)
    if being_asked(turn):
        turn.set(pending=RETURN)


def _is_left(turn: Turn, order: Order | None) -> bool:
    """By the button, by a plain no to what was read back, or in so many words, also once it is registered."""
    if not turn.words:
        return order is not None and turn.intent == "deny"
    if order and return_word.leaves(turn.words):
        return True
    if order is None and return_word.calls_off(turn.words) and (registered(turn) or earlier(turn)):
        return True
    is_read = bool((turn.slot("draft") or {}).get("read"))
    is_no = turn.intent == "deny" and order is not None and is_read
    has_reason = shop_floor.dialogue().hear("return_reason", turn.words) is not None
    return (
        is_no
        and not has_reason
        and not (return_word.asks(turn.words) or return_word.agrees(turn.words, True))
    )


def leave(turn: Turn) -> None:
    """Nothing goes back; who has a registered return on the desk hears that it is off."""
    if being_asked(turn) is None and (order := registered(turn)):
        promise(turn, "withdraw", turn.shop.policy.on_the_way.urge_again_hours, order=order.id)
        turn.set(settled=None)
    elif being_asked(turn) is None and (order := earlier(turn)):
        hours = turn.shop.policy.on_the_way.urge_again_hours
        due = promise(turn, "withdraw_return", hours, order=order.id)
        turn.set(draft=None)
        turn.say("utter_return_called_off", item=item_name(turn, order), due=due)
        return
    turn.set(draft=None)
    turn.say("utter_order_unchanged")


def read_back(turn: Turn, order: Order) -> None:
    """What would be done and what comes back: postage she paid to get it does not, the price of the goods does."""
    draft = turn.slot("draft") or {}
    kept = draft if draft.get("return") == order.id else {}
    turn.set(pending=RETURN, draft={**kept, "return": order.id, "asked": True, "read": True})
    line = piece(turn, order)
    turn.set(draft={**turn.slot("draft"), "product": line.product_id if line else None})
    amount = max(paid_for(order, line) - order.compensated, 0)
    item = turn.shop.products[line.product_id].name if line else item_name(turn, order)
    values = {"item": item, "amount": yuan(amount)}
    if not draft.get("return"):
        turn.say("utter_return_amount", **values)
        return
    turn.say("utter_back_to_it", what=shop_floor.dialogue().phrase("back_to", "return", **values))


def piece(turn: Turn, order: Order) -> OrderLine | None:
    """The one of several that goes back, named now or before; None for all of it."""
    if len(order.lines) < 2:
        return None
    kept = (turn.slot("draft") or {}).get("product")
    products = turn.shop.products
    named = [
        e for e in order.lines if turn.words and order_choice.is_named(products[e.product_id], turn.words)
    ]
    if len(named) == 1:
        return named[0]
    return None if named else next((line for line in order.lines if line.product_id == kept), None)


def is_told(turn: Turn, was_read_back: bool) -> bool:
    """Whether it may be registered: by a button of hers, or in so many words."""
    if not turn.words:
        return turn.entity("reason") is not None or (was_read_back and turn.intent == "affirm")
    return return_word.agrees(turn.words, was_read_back, turn.intent == "affirm")
