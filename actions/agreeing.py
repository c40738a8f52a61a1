"""An answer to what was read back that the words alone make plain, however the model reads it: "那就换吧", "改吧",
"那件留着"."""

from __future__ import annotations

from actions.turn import Turn
from bot.shop import consent, order_wish

DEEDS = {
    "action_settle_exchange": consent.EXCHANGES,
    "action_apply_change": consent.CHANGES,
    "action_cancel_order": consent.CANCELS,
}
"""What was read back → the words for doing it."""

CALLS_OFF = ("action_cancel_order", "action_keep_order")


def settled_by(turn: Turn) -> str | None:
    """Who takes the answer, where this message plainly says to do it or to keep the order; None for any other."""
    pending = turn.before("pending")
    if pending in CALLS_OFF and order_wish.keeps(turn.words):
        return "action_cancel_order"
    return pending if pending in DEEDS and consent.is_yes(turn.words, DEEDS[pending]) else None
