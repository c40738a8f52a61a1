"""When a reading is unsure, what was said may speak for itself: measures, a colour, an attribute."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from actions.products import sought
from actions.products.known import is_asked_of, is_mentioned
from actions.sizes import home_size, wearer
from bot.shop.goods import needs
from bot.shop.goods.catalogue import of_category
from bot.text.normalise import bare

__all__ = ["KNOWING", "is_asked_of", "is_mentioned", "speaks_for"]

SHORT = 6
"""Characters of a message that does nothing but name a variant."""
KNOWING = {
    "ask_size": "action_size",
    "ask_stock": "action_stock",
    "ask_product_info": "action_product_info",
    "ask_recommendation": "action_recommend",
}
"""Intents whose rules know products, and consult the scripts themselves where they do not know the answer."""
SWAPS = {"ask_exchange": "action_exchange", "modify_order": "action_modify_order"}
"""With a size or colour told, the likelier of the two is meant: what may still be changed each of them knows."""
ABOUT_A_BODY = {"inform", "affirm", "deny", *KNOWING, "chitchat", "out_of_scope"}
"""Unsure readings beside which told measures speak for themselves."""
ABOUT_A_PRODUCT = {*KNOWING, "ask_quality", "ask_usage", "out_of_scope", "inform"}
"""Unsure readings beside which a fact of the catalogue does."""


def speaks_for(turn: Turn, near: list[str]) -> str | None:
    """The action whose facts are in the message; `near` are the likeliest readings, the best first."""
    if not turn.words or not near:
        return None
    if wearer.corrects(turn):
        return "action_size"
    if sought.goes_on(turn):
        return "action_recommend"
    asks_size = shop_floor.dialogue().hear("size_question", turn.words) is not None
    if (asks_size and "ask_size" in near) or (near[0] in ABOUT_A_BODY and wearer.is_told(turn)):
        return "action_size"
    if near[0] in SWAPS and (turn.entity("size") or turn.entity("color")):
        return SWAPS[near[0]]
    product = turn.product
    if product is None:
        is_of_a_sort = near[0] == "ask_recommendation" and bool(of_category(turn.shop, turn.words))
        return "action_recommend" if is_of_a_sort else None
    if home_size.is_asked(turn, product) and ABOUT_A_PRODUCT & set(near):
        return "action_size"
    if is_of_the_weather(turn):
        return "action_product_info"
    if _is_choice(turn, near[0]):
        return "action_stock"
    if is_asked_of(turn, product) and ABOUT_A_PRODUCT & set(near):
        return "action_product_info"
    if near[0] == "ask_recommendation" and (
        needs.heard(turn.shop, turn.words) or of_category(turn.shop, turn.words)
    ):
        return "action_recommend"
    return "action_product_info" if _is_introduction(turn) else None


def _is_choice(turn: Turn, nearest: str) -> bool:
    """ "绿色30", "L呢": a colour or size and little else is looked up on the shelf, whatever it was read as."""
    has_named = turn.entity("color") or turn.entity("size")
    return bool(has_named) and (nearest == "ask_stock" or len(bare(turn.words)) <= SHORT)


def is_of_the_weather(turn: Turn) -> bool:
    """ "成都冬天穿": a place told for its climate, not for the postage."""
    is_asked = shop_floor.dialogue().hear("climate", turn.words) is not None
    return is_asked and turn.entity("region") is not None and turn.product is not None


def _is_introduction(turn: Turn) -> bool:
    return turn.is_product_named and shop_floor.dialogue().hear("general", turn.words) is not None
