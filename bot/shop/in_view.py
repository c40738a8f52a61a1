"""Whether words that could name another product only speak of the sort of the one in view.

Source: review C before the sale, F1: 这羽绒服 on the page of one of several down coats is that one.
"""

from __future__ import annotations

import re

from bot.shop.model import Product, Shop
from bot.text.normalise import bare

_CUTS = {"长": "长款", "短": "短款"}
_OTHER_CUT = re.compile(r"(?:^|[那要有来看换想买选吧服衣款\s,，])(?P<cut>[长短])(?:一?点|些)?[的款]")
_THIS = "这[件款个条双把张只床套]?"
_NOUN = 3
"""Characters at the end of a name that tell its sort (羽绒服)."""


def is_only_its_sort(text: str, named: Product, current: Product) -> bool:
    """Whether what names `named` in the text is a word for `current` too: 羽绒服 beside 云絮长款连帽羽绒服.

    A longer name that only `named` has (短款羽绒服) means that one. 这件大衣 is the one in view if both are of a shelf.
    """
    said = bare(text)
    words = [name for name in map(bare, (named.name, *named.nicknames)) if name in said]
    if not words:
        return False
    word = max(words, key=len)
    sort = word.removesuffix("子") if len(word) > 1 else word
    if any(bare(name).endswith(sort) for name in (current.name, *current.nicknames)):
        return True
    is_shelf_mate = (named.category, named.audience) == (current.category, current.audience)
    return is_shelf_mate and word != bare(named.name) and re.search(f"{_THIS}{word}", said) is not None


def of_other_cut(shop: Shop, text: str, current: Product) -> Product | None:
    """ "长的那个呢", asked of the short one: the only product of its sort and for the same people that is cut so."""
    found = _OTHER_CUT.search(text)
    cut = _CUTS[found["cut"]] if found else ""
    other = _CUTS["短" if cut == "长款" else "长"]
    if not cut or other not in current.name:
        return None
    alike = [
        product
        for product in shop.products.values()
        if cut in product.name
        and product.audience is current.audience
        and product.name[-_NOUN:] == current.name[-_NOUN:]
    ]
    return alike[0] if len(alike) == 1 else None
