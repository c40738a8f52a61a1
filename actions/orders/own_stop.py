"""Whether a message goes on about a packed order that the warehouse is asked to stop (actions/orders/stopping.py)."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.orders import address, packed_words
from bot.shop.orders.address import Receiver
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import simplified

BUSY = ("action_exchange", "action_settle_exchange", "action_return")
"""Open about what she has received: 不换了 answers that."""


def takes(turn: Turn) -> bool:
    """The new receiver, what becomes of it, or that it is to leave as it was after all."""
    if called_off(turn):
        return True
    draft = turn.slot("draft") or {}
    on_road = next((order for order in turn.orders if order.id == draft.get("road")), None)
    if on_road is not None and new_place(turn, on_road):
        return True
    is_open = bool(draft.get("stop"))
    return is_open and (not told(turn).is_empty or packed_words.asks_outcome(turn.words))


def told(turn: Turn) -> Receiver:
    """The new receiver in this message; a lone word that looks like a name is one only where it is called so."""
    found = address.read(turn.words) if turn.words else Receiver()
    is_called = shop_floor.dialogue().hear("receiver", turn.words) == "recipient"
    return found if found.address or found.phone or is_called else Receiver()


def new_place(turn: Turn, order: Order) -> str:
    """Where a parcel on the road is to go instead, as far as this message tells; "" where it tells nothing new."""
    words = simplified(turn.words)
    mended = address.corrected(order.address, words)
    new = told(turn)
    is_whole = bool(new.address) and not address.is_of_a_door(new.address)
    whole = new.address if is_whole or mended == order.address else mended
    return " ".join(part for part in (new.recipient, new.phone, whole) if part)


def key_of(order: Order) -> str:
    """Under which the slot `followed` remembers that the warehouse was asked."""
    return f"{order.id} stop"


def road_key(order: Order) -> str:
    """Under which it is remembered that the courier is asked to bring a parcel elsewhere."""
    return f"{order.id} road"


def called_off(turn: Turn) -> Order | None:
    """The packed order that was to be stopped and is to leave as it is; None where nothing was asked to be stopped."""
    followed = turn.slot("followed") or {}
    if not followed or turn.before("pending") in BUSY or not packed_words.calls_off(turn.words):
        return None
    stopped = [each for each in turn.orders if each.state is OrderState.PACKED and key_of(each) in followed]
    talked = [each for each in stopped if each.id == turn.slot("order_id")]
    return next(iter(talked or stopped), None)
