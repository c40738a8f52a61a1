"""What the catalogue knows about what was asked of the product in view: it answers before a general script does."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.turn import Turn
from bot.shop.goods import facts, load, warmth
from bot.shop.goods.plain_words import asks_how
from bot.shop.records.model import Product

ABOUT_GOODS = ("ask_quality", "ask_usage", "ask_product_info")
"""Readings whose scripts speak of goods in general."""


def is_asked_of(turn: Turn, product: Product) -> bool:
    """Whether the catalogue holds what is asked about this product."""
    topics = shop_floor.dialogue().topics
    return (
        warmth.verdict(product, turn.words) is not None
        or load.asked(product, turn.words) is not None
        or bool(facts.facts(product, turn.words, topics))
        or (not asks_how(turn.words) and bool(facts.of_concerns(product, turn.words, topics)))
        or any(facts.parts(product, turn.words, topics).values())
    )


def is_mentioned(turn: Turn) -> bool:
    """Whether the shop wrote a sentence on what was said about the product in view."""
    product = turn.product if turn.words else None
    common = shop_floor.dialogue().common
    return product is not None and bool(facts.sentences(product, turn.words, common))


def knows(turn: Turn) -> bool:
    """Whether the product's own data answer a question that was read as one about goods in general. Who has trouble
    with it asks for help, not for data."""
    product = turn.product if turn.words and turn.intent in ABOUT_GOODS else None
    if product is None or turn.entity("fault") or shop_floor.dialogue().hear("in_trouble", turn.words):
        return False
    return is_asked_of(turn, product) or is_mentioned(turn)
