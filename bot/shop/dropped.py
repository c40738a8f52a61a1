"""Goods a customer takes out of what is being added up: 我不要冲锋衣了, 卫衣不要了.

Source: docs/transcript-review.md, A F9: what she has refused is neither recommended nor in the sum.
"""

from __future__ import annotations

import re

from bot.shop.catalogue import find_products, of_category
from bot.shop.model import Product, Shop
from bot.shop.together import Talk
from bot.text.normalise import normalise

_AHEAD = re.compile(
    r"(?:不想要|不要|别要|不买|不拿|去掉|拿掉|删掉|减掉)(?:那|这)?[件双条个套把]?(?P<what>[^,。!?;\s]{1,9}?)了?"
    r"(?=$|[,。!?;\s]|[只就光再加换另])"
)
_BEHIND = re.compile(
    r"(?:^|(?<=[,。!?;\s那但]))(?P<what>[^,。!?;\s不]{1,9}?)(?:就|都|先|我)?"
    r"(?:不想要|不要|不买|不拿|去掉|拿掉|算)了(?=$|[,。!?;\s]|[只就光再加换另])"
)


def dropped(shop: Shop, text: str) -> tuple[str, frozenset[str]]:
    """What is left of the words, and the ids of the goods refused; a sort refused is all of that sort."""
    said, ids = normalise(text), set()
    for pattern in (_AHEAD, _BEHIND):
        for match in pattern.finditer(said):
            named = {product.id for product in _named(shop, match["what"])}
            ids |= named
            if named:
                said = said.replace(match[0], " ", 1)
    return (said.strip(), frozenset(ids)) if ids else (text, frozenset())


def without(talk: Talk, ids: frozenset[str]) -> Talk:
    """The talk as if these goods had not come up; the first that is left is the one talked about."""
    before = tuple(item for item in talk.before if item.product.id not in ids)
    seen = tuple(product for product in talk.seen if product.id not in ids)
    is_gone = talk.current is not None and talk.current.id in ids
    current = (before[0].product if before else None) if is_gone else talk.current
    return Talk(current, before, seen)


def _named(shop: Shop, what: str) -> list[Product]:
    return [*find_products(shop, what), *of_category(shop, what)]
