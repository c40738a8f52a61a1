"""What was read back and waits for her word is not lost over a second wish: that is answered, then the first comes back
with its button.

Source: docs/transcript-review.md, D 15; dialogue.md, "One decision a turn", 3. It comes back once, so that a yes is
never taken for something said long ago.
"""

from __future__ import annotations

from typing import Any

from actions.common import shop_floor
from actions.common.cards import variant_name
from actions.common.choosing import item_name
from actions.common.turn import Turn

SETTLING = (
    *("action_affirm", "action_deny", "action_apply_change", "action_cancel_order", "action_keep_order"),
    *("action_modify_order", "action_exchange", "action_settle_exchange", "action_modify_address"),
    *("action_change_address", "action_return", "action_refund", "action_handoff", "action_goodbye"),
    *("action_complaint", "action_bargain", "action_accept_price", "action_remedies"),
)
"""Actions that deal with it, or after which it has no place."""


ASKED_BACK = ("action_clarify", "action_faq")
"""Open where a message was not understood: what waits is neither dealt with nor forgotten."""


def keep(turn: Turn) -> None:
    """At the start of a turn: note what stands read back; what was noted before lasts while a form is asked."""
    pending, draft = turn.before("pending"), turn.before("draft") or {}
    if pending and not draft.get("back") and _told(turn, pending, draft):
        turn.set(aside={"pending": pending, "draft": draft})
    elif not (turn.tracker.active_loop or {}).get("name") and pending not in ASKED_BACK:
        turn.set(aside=None)


def remind(turn: Turn) -> None:
    """At the end of a turn: come back to it, unless this answer dealt with it or asks something itself."""
    aside = turn.slot("aside")
    if not aside or turn.open_form:
        return
    is_settled = turn.action in SETTLING or turn.slot("draft") not in (None, aside["draft"])
    if turn.slot("pending") in ASKED_BACK and not is_settled and not turn.is_handed_over:
        return  # what she meant is asked first
    if is_settled or turn.slot("pending") or turn.is_handed_over:
        turn.set(aside=None)
        return
    told = _told(turn, aside["pending"], aside["draft"])
    turn.set(aside=None)
    if told:
        turn.set(pending=aside["pending"], draft={**aside["draft"], "back": True})
        turn.say("utter_back_to_it", what=told)


def _told(turn: Turn, pending: str, draft: dict[str, Any]) -> str:
    """In a few words what waits; "" for what is not read back, or is no longer there."""
    phrase = shop_floor.dialogue().phrase
    if pending == "action_settle_exchange":
        product = turn.shop.products.get(draft.get("line") or "")
        sku = draft.get("sku")
        return (
            phrase("back_to", "variant", product=product.name, variant=variant_name(product, sku))
            if product and sku
            else ""
        )
    wanted = draft.get("order") or draft.get("cancel")
    order = next((each for each in turn.orders if each.id == wanted), None)
    if order is None:
        return ""
    if pending == "action_cancel_order":
        return phrase("back_to", "cancel", item=item_name(turn, order)) if draft.get("read") else ""
    if pending != "action_apply_change":
        return ""
    kind = draft.get("kind")
    if kind == "variant":
        product = turn.shop.products[order.lines[draft["line"]].product_id]
        return phrase("back_to", "variant", product=product.name, variant=variant_name(product, draft["sku"]))
    values = {"item": item_name(turn, order), "note": draft.get("note") or ""}
    return phrase("back_to", kind, **values) if kind in ("variants", "note", "address", "merge") else ""
