"""A return being asked about: a question is answered and registers nothing, her word does it, "先别退" ends it."""

from __future__ import annotations

from actions import shop_floor
from actions.choosing import item_name
from actions.orders import promise
from actions.return_open import RETURN, being_asked, registered
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import return_word
from bot.shop.orders import Order
from bot.shop.remedies import paid_for


def answer(turn: Turn) -> bool:
    """End it or tell the amount where the words ask for that; False for any other message."""
    order = being_asked(turn)
    if _is_left(turn, order):
        leave(turn)
    elif order and turn.words and return_word.asks_amount(turn.words):
        read_back(turn, order)
    else:
        return False
    return True


def _is_left(turn: Turn, order: Order | None) -> bool:
    """By the button, by a plain no to what was read back, or in so many words, also once it is registered."""
    if not turn.words:
        return order is not None and turn.intent == "deny"
    if order and return_word.leaves(turn.words):
        return True
    if registered(turn) and return_word.calls_off(turn.words):
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
    turn.set(draft=None)
    turn.say("utter_order_unchanged")


def read_back(turn: Turn, order: Order) -> None:
    """What would be done and what comes back: postage she paid to get it does not, the price of the goods does."""
    draft = turn.slot("draft") or {}
    kept = draft if draft.get("return") == order.id else {}
    turn.set(pending=RETURN, draft={**kept, "return": order.id, "asked": True, "read": True})
    amount = max(paid_for(order, None) - order.compensated, 0)
    values = {"item": item_name(turn, order), "amount": yuan(amount)}
    turn.say("utter_back_to_it", what=shop_floor.dialogue().phrase("back_to", "return", **values))


def is_told(turn: Turn, was_read_back: bool) -> bool:
    """Whether it may be registered: by a button of hers, or in so many words."""
    if not turn.words:
        return turn.entity("reason") is not None or (was_read_back and turn.intent == "affirm")
    return return_word.agrees(turn.words, was_read_back, turn.intent == "affirm")
