"""An answer to what was read back that the words alone make plain, however the model reads it: "那就换吧", "改吧",
"那件留着"."""

from __future__ import annotations

from actions.common.turn import Turn
from bot.shop.goods import stock
from bot.shop.orders import order_wish
from bot.shop.talk import consent

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
    if pending not in DEEDS:
        draft = turn.slot("draft") or {}
        is_read_back = bool(draft.get("exchange") and draft.get("sku"))
        named = is_read_back and bool(turn.words) and consent.names_deed(turn.words, consent.EXCHANGES)
        return "action_settle_exchange" if named else None  # 行 换: after a question beside it
    said = _without_variant(turn) or turn.words
    return pending if consent.is_yes(said, DEEDS[pending]) else None


def _without_variant(turn: Turn) -> str:
    """ "就换绿色31" to what was read back, without the variant's own name; "" where another one is named."""
    sku = (turn.slot("draft") or {}).get("sku")
    product = turn.shop.product_of_sku(sku) if sku else None
    if product is None:
        return ""
    variant = next(each for each in product.variants if each.sku == sku)
    color, size = turn.color_of(product) or variant.color, turn.size_of(product) or variant.size
    is_same = stock.same_color(color, variant.color) and stock.same_size(size, variant.size)
    return stock.without_name(turn.words, variant) if is_same else ""
