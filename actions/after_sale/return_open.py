"""The return that is being asked about or was registered, and whether a message can only be about it."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.after_sale import return_word
from bot.shop.after_sale.rights import seven_days_until
from bot.shop.orders import order_choice
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import normalise

RETURN = "action_return"
RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)


def being_asked(turn: Turn) -> Order | None:
    """The order whose return was spoken of and not registered, unless the message names another."""
    draft = turn.slot("draft") or {}
    return _unless_elsewhere(turn, _own(turn, draft.get("return")))


def registered(turn: Turn) -> Order | None:
    """The order whose return without a reason was registered in this chat, unless the message names another."""
    settled = turn.slot("settled") or {}
    is_return = settled.get("kind") == "return" and not settled.get("amount")
    return _unless_elsewhere(turn, _own(turn, settled.get("order")) if is_return else None)


def takes(turn: Turn) -> bool:
    """Whether these words can only be about the return, however they are read."""
    words, is_open = turn.words, turn.before("pending") == RETURN
    if return_word.calls_off(words) and (registered(turn) or _registered_earlier(turn)):
        return True
    if _names_the_one(turn) or _weighs(turn):
        return True
    if turn.slot("settled") and return_word.asks_amount(words):
        return True
    if being_asked(turn) is None:
        return _asks_of_money(words) and may_go_back(turn) != []
    if _asks_of_money(words):
        return True
    if not is_open:
        return False
    has_reason = shop_floor.dialogue().hear("return_reason", words) == "changed_mind"
    is_swap = turn.intent == "ask_exchange" or turn.entity("size") is not None
    is_said = (
        return_word.leaves(words)
        or return_word.agrees(words, was_read(turn))
        or (has_reason and not is_swap and not return_word.asks(words))
    )
    return is_said or return_word.asks_how(words)


def _weighs(turn: Turn) -> bool:
    """She asks what trying it on does, or weighs a return against an exchange."""
    if return_word.tried_at_home(turn.words) and not _is_looking(turn):
        return any(order.state in RECEIVED for order in turn.orders)
    return return_word.asks_which(turn.words) and weighed(turn) is not None


def weighed(turn: Turn) -> Order | None:
    """The received order whose return or exchange is being talked about, else the only one received lately."""
    draft, settled = turn.slot("draft") or {}, turn.slot("settled") or {}
    open_one = _own(turn, draft.get("return") or draft.get("exchange") or settled.get("order"))
    fresh = [order for order in turn.orders if order.state is OrderState.DELIVERED]
    named = [order for order in fresh if turn.is_about(order)]
    talked = [order for order in fresh if order.id == turn.slot("order_id")]
    found = [open_one] if open_one else named or talked or fresh
    return found[0] if len(found) == 1 and not _is_looking(turn) else None


def _is_looking(turn: Turn) -> bool:
    """She is on the page of something she has not ordered."""
    page = turn.metadata.get("product_id")
    return bool(page) and not any(line.product_id == page for order in turn.orders for line in order.lines)


def may_go_back(turn: Turn) -> list[Order]:
    """The orders in her hands that may go back without a reason, of those the message can mean; none while the money
    of another is what she asks after."""
    if turn.metadata.get("product_id") or (turn.slot("settled") and not being_asked(turn)):
        return []
    named = order_choice.by_product(turn.shop, turn.orders, normalise(turn.words)) if turn.words else []
    inside = [
        o for o in turn.orders if seven_days_until(turn.shop.policy, o, turn.now) and o.state in RECEIVED
    ]
    return [order for order in inside if order in named] if named else inside


def earlier(turn: Turn) -> Order | None:
    """The order whose return she calls off though none was registered in this chat: the only one it can be."""
    found = may_go_back(turn)
    return found[0] if len(found) == 1 else None


def _registered_earlier(turn: Turn) -> bool:
    """ "退货申请取消掉 我留着" in a chat of its own: what is being refunded already is stopped elsewhere."""
    is_refunding = any(order.state is OrderState.REFUNDING for order in turn.orders)
    is_plain = return_word.calls_off_plainly(turn.words) and not (is_refunding or being_asked(turn))
    return is_plain and earlier(turn) is not None


def _asks_of_money(words: str) -> bool:
    return return_word.asks_amount(words) or return_word.asks_discount(words)


def _names_the_one(turn: Turn) -> bool:
    """Asked of which order she wants to know the amount, she names it."""
    is_asked = bool((turn.slot("draft") or {}).get("amount")) and turn.before("pending") == RETURN
    return is_asked and len(may_go_back(turn)) == 1


def was_read(turn: Turn) -> bool:
    return bool((turn.slot("draft") or {}).get("read")) and turn.before("pending") == RETURN


def _unless_elsewhere(turn: Turn, order: Order | None) -> Order | None:
    if order is None or not turn.words or turn.is_about(order):
        return order
    return None if any(map(turn.is_about, turn.orders)) else order


def _own(turn: Turn, order_id: str | None) -> Order | None:
    return next((order for order in turn.orders if order.id == order_id), None)
