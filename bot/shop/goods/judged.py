"""Which of several is the warmest, by the catalogue's own range and thickness; a comparison praises what was asked.

Source: docs/transcript-review.md, fifth round: "和毛衣比哪个更暖" recommended the thinner one for something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.shop.goods import warmth
from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Product
from bot.text.normalise import normalise

_WARMTH = re.compile("暖|保温性|抗冻|抗寒|御寒|厚实|更厚|哪个厚|不冷")
_RANKS = ("薄", "中等", "中厚", "厚")
"""As the catalogue writes 厚度, from thin to thick; a word more (厚，内里抓绒) changes nothing."""


def asks_warmth(text: str) -> bool:
    return _WARMTH.search(normalise(text)) is not None


def is_of_the_most(text: str) -> bool:
    """哪个最不粘毛: of all that was talked about."""
    return "最" in text


def warmest(products: Sequence[Product]) -> Product | None:
    """By the lowest degrees they are made for where all tell them, else by thickness; None where they are alike."""
    ranges = [warmth.made_for(product) for product in products]
    ranks: list[float] = [-found[1][0] for found in ranges if found]
    if len(ranks) < len(products):
        ranks = [_rank(product) for product in products]
        if min(ranks) < 0 and max(ranks) < len(_RANKS) - 1:
            return None  # of one nothing is written, and the other is not thick either
    best = max(ranks)
    if ranks.count(best) > 1:
        return None
    chosen = products[ranks.index(best)]
    return chosen if in_stock(chosen) else None


def warmth_told(product: Product) -> str:
    """What the catalogue writes of it: 厚度：厚；适宜温度：零下 20 度到 0 度."""
    told = [name for name in product.attributes if name == "厚度" or "温度" in name]
    return "；".join(f"{name}：{product.attributes[name]}" for name in told)


def _rank(product: Product) -> float:
    written = warmth.thickness(product).removeprefix("加")
    written = re.split("[，,、]", written)[0]
    return float(_RANKS.index(written)) if written in _RANKS else -1.0
