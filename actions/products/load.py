"""What a thing of the home bears, told as a number: within it, over it, or the bare limit."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import number
from actions.common.turn import Turn
from bot.shop.goods import load
from bot.shop.records.model import Product


def say(turn: Turn, product: Product) -> bool:
    """ "我85公斤 会不会坐坏": False where the weight it bears is not asked for, or nobody knows it."""
    found = load.asked(product, turn.words) if turn.words else None
    if found is None:
        return False
    key = "over" if found.is_over else "within" if found.is_within else "limit"
    told = shop_floor.dialogue().phrase("load", key, limit=found.limit, told=number(found.told_kg or 0))
    turn.say("utter_product_facts", product=product.name, facts=told)
    return True
