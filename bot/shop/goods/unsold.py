"""Goods asked for that the shop does not have: said so, instead of answering for what was looked at last.

Source: docs/transcript-review.md; shop-rules.md, "honest". Known goods are whatever the catalogue writes about.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bot.shop.goods.catalogue import find_products, of_category
from bot.shop.records.model import Product, Shop
from bot.text.normalise import bare, normalise
from bot.text.numerals import NUMBER
from bot.text.segment import words

_WHAT = r"(?P<what>[\u4e00-\u9fffa-z0-9]{2,10}?)"
_ASKED = (
    re.compile(
        r"(?:有没有卖|有卖|卖不卖|有没有|你们?家?店?里?卖|店里卖|想买个?|要买个?|想要个?|买个)(?:一个|一台|一件|个|的)?"
        rf"{_WHAT}(?:吗|么|不|呢|的|啊|卖|嘛|$|[,。!?\s])"
    ),
    re.compile(
        rf"^(?:你们?|你们?家|你们?店|店里|请问|那|还)?{_WHAT}"
        r"(?:有没有卖|有卖|卖不卖|有没有|有吗|有不|卖吗|有的卖|有货|还有吗|多少钱|怎么卖|什么价|啥价)"
    ),
    re.compile(rf"^(?:那|还)?有{_WHAT}(?:卖)?(?:吗|么|不|嘛)"),
)


_COUNTED = re.compile(rf"{NUMBER}[件双条个套床把只盒袋包样份]")
"""三双多少钱 asks for what is in view."""
_FOREIGN = re.compile(r"[a-z]{3,}")


def asked_for(shop: Shop, text: str, common: Collection[str]) -> str | None:
    """What the text asks for, where nothing in the shop has to do with it; None otherwise.

    `common` are words that are no goods (优惠券, 发票, 现货); one of them in the phrase is enough to leave it alone.
    """
    said = normalise(text)
    if find_products(shop, said) or of_category(shop, said):
        return None
    for pattern in _ASKED:
        found = pattern.search(said)
        if found and _is_strange(shop, found["what"], common):
            return found["what"]
    return None


def _is_strange(shop: Shop, what: str, common: Collection[str]) -> bool:
    """No word of it, nor any two characters in a row, stands anywhere in the catalogue.

    Of a foreign name (iphone手机壳) the last two characters alone decide.
    """
    if any(word in what for word in common) or _COUNTED.fullmatch(what):
        return False
    known = _written(shop)
    pairs = {what[i : i + 2] for i in range(len(what) - 1) if not what[i : i + 2].isascii()}
    told = {word for word in words(what) if len(word) >= 2} | pairs
    if any(name not in known for name in _FOREIGN.findall(what)):
        return what[-2:] not in known
    return bool(told) and not any(word in known for word in told)


def _written(shop: Shop) -> str:
    """All that the catalogue writes, as one text."""
    return "|".join(_texts(product) for product in shop.products.values())


@lru_cache(maxsize=16384)
def _spelled(text: str) -> str:
    return bare(text)


def _texts(product: Product) -> str:
    told = (
        *(product.name, product.category, *product.nicknames, *product.tags, *product.sizes, *product.colors),
        *(*product.attributes, *product.attributes.values()),
        *(*product.care, *product.talking_points, *product.not_for),
    )
    return "|".join(map(_spelled, told))
