"""What words say about an order where the model is unsure: whoever has orders is answered from them, not from a
script that asks for the number she need not give."""

from __future__ import annotations

from collections.abc import Collection

from actions import shop_floor
from actions.turn import Turn

PLACE_ASKED = ("action_shipping_time", "action_shipping_fee")
"""Whoever was just told days or postage and names a place wants the same for it ("寄到广东呢")."""
EVIDENCE = (
    (
        "parcel",
        ("track_order", "ask_courier", "urge_shipping", "report_wrong_item", "ask_return"),
        "action_track",
    ),
    ("change", ("modify_order",), "action_modify_order"),
    ("urge", ("urge_shipping",), "action_urge"),
    ("payment", ("ask_payment", "cancel_order", "ask_stock"), "action_payment"),
    ("which_order", ("track_order", "urge_shipping"), "action_track"),
)
"""(what is heard, readings that are near, who answers): words and model must point the same way."""


def speaks_for(turn: Turn, names: Collection[str]) -> str | None:
    """The action that words and nearest readings agree on; None where they do not, or there is no order."""
    if turn.entity("region") and turn.before("pending") in PLACE_ASKED:
        return turn.before("pending")
    if not turn.orders or not turn.words:
        return None
    hear = shop_floor.dialogue().hear
    return next(
        (action for heard, near, action in EVIDENCE if hear(heard, turn.words) and set(near) & set(names)),
        None,
    )
