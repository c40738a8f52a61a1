"""Whether words that could name another product only speak of the sort of the one in view.

Source: review C before the sale, F1: 这羽绒服 on the page of one of several down coats is that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.shop.records.model import Audience, Product, Shop
from bot.text.normalise import bare
from bot.text.segment import words

_CUTS = {"长": "长款", "短": "短款"}
_OTHER_CUT = re.compile(r"(?:^|[那要有来看换想买选吧服衣款\s,，])(?P<cut>[长短])(?:一?点|些)?[的款]")
_CUT_WANTED = re.compile(r"(?:换|要|来|看|找)一?[个件条双款]?(?P<cut>[长短])(?:一?点|些|款)?的")
_THIS = "这[件款个条双把张只床套]?"
_NOUN = 3
"""Characters at the end of a name that tell its sort (羽绒服)."""


def is_only_its_sort(text: str, named: Product, current: Product) -> bool:
    """Whether what names `named` in the text is a word for `current` too: 羽绒服 beside 云絮长款连帽羽绒服.

    A longer name that only `named` has (短款羽绒服) means that one. 这件大衣 is the one in view if both are of a shelf.
    """
    said = bare(text)
    told = [name for name in map(bare, (named.name, *named.nicknames)) if name in said]
    if not told:
        return False
    word = max(told, key=len)
    sort = word.removesuffix("子") if len(word) > 1 else word
    if any(bare(name).endswith(sort) for name in (current.name, *current.nicknames)):
        return True
    is_shelf_mate = (named.category, named.audience) == (current.category, current.audience)
    return is_shelf_mate and word != bare(named.name) and re.search(f"{_THIS}{word}", said) is not None


def mate_named(shop: Shop, text: str, current: Product) -> Product | None:
    """ "跟羽绒的比呢" on the page of a quilt: the only one that could stand in for it in whose name the word stands."""
    mates = [
        p
        for p in shop.products.values()
        if p is not current
        and (p.id in current.substitutes or current.id in p.substitutes or p.category == current.category)
    ]
    own = bare("".join((current.name, *current.nicknames)))
    told = [word for word in words(text) if len(word) > 1 and bare(word) not in own]
    named = [p for p in mates if any(bare(word) in bare(p.name) for word in told)]
    return named[0] if len(named) == 1 else None


def cut_wanted(text: str) -> str:
    """换个短一点的: how long it is to be; empty where nothing is said of it."""
    found = _CUT_WANTED.search(bare(text))
    return found["cut"] if found else ""


def of_cut(products: Iterable[Product], cut: str) -> list[Product]:
    """Those that are named after the cut; without one, those that are not named after the other."""
    there = list(products)
    other = "短" if cut == "长" else "长"
    return [p for p in there if cut in p.name] or [p for p in there if other not in p.name]


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


def of_children(shop: Shop, text: str, named: Product) -> Product | None:
    """ "那冲锋衣160有没", said of a child: the children's one of the sort, not the women's that bears the name."""
    said = bare(text)
    told = [name for name in map(bare, (named.name, *named.nicknames)) if name in said]
    if not told or named.audience is Audience.CHILD:
        return None
    word = max(told, key=len)
    theirs = [
        product
        for product in shop.products.values()
        if product.audience is Audience.CHILD
        and any(bare(name).endswith(word) for name in (product.name, *product.nicknames))
    ]
    return theirs[0] if len(theirs) == 1 else None
