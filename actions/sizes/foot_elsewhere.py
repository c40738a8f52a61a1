"""A foot told while clothes are looked at ("鞋呢 脚长17.2"): the shoes of the same wearer, each with its size."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.choosing import MOST, product_option
from actions.common.turn import Turn
from actions.sizes import wearer
from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Audience, Kind, Product
from bot.shop.sizes import sizing


def say(turn: Turn, product: Product) -> bool:
    """False where no foot is told in this message, the product is a shoe, or no shoe is made for that foot."""
    foot = turn.entity("foot_length_mm")
    if foot is None or product.kind not in (Kind.CLOTHING, Kind.CHILD_CLOTHING):
        return False
    found = _fitting(turn, product, float(foot))
    if not found:
        return False
    wearer.remember(turn, product)
    words = shop_floor.dialogue()
    sizes = words.phrase("list", "and").join(
        words.phrase("foot_elsewhere", "one", product=each.name, size=size) for each, size in found
    )
    shoes = [each for each, _ in found]
    turn.has_shown(shoes)
    card = {"type": "choices", "title": "", "options": [product_option(each) for each in shoes]}
    turn.say("utter_foot_elsewhere", card=card, sizes=sizes)
    return True


def _fitting(turn: Turn, product: Product, foot: float) -> list[tuple[Product, str]]:
    audiences = {product.audience}
    if product.audience is not Audience.CHILD:
        audiences.add(Audience.UNISEX)
    found = []
    for each in turn.shop.products.values():
        if each.kind is not Kind.SHOES or each.audience not in audiences or not in_stock(each):
            continue
        told = sizing.recommend(each, turn.shop.chart_of(each), sizing.Measures(foot_length_mm=foot))
        if isinstance(told, sizing.Fits):
            found.append((each, told.size))
    return found[:MOST]
