"""The return that is being asked about or was registered, and whether a message can only be about it."""

from __future__ import annotations

from actions import shop_floor
from actions.turn import Turn
from bot.shop import return_word
from bot.shop.orders import Order

RETURN = "action_return"


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
    if return_word.calls_off(words) and registered(turn):
        return True
    if being_asked(turn) is None:
        return False
    if return_word.asks_amount(words):
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


def was_read(turn: Turn) -> bool:
    return bool((turn.slot("draft") or {}).get("read")) and turn.before("pending") == RETURN


def _unless_elsewhere(turn: Turn, order: Order | None) -> Order | None:
    if order is None or not turn.words or turn.is_about(order):
        return order
    return None if any(map(turn.is_about, turn.orders)) else order


def _own(turn: Turn, order_id: str | None) -> Order | None:
    return next((order for order in turn.orders if order.id == order_id), None)
