"""Goods a customer takes out of what is being added up, or puts others in the place of: 我不要冲锋衣了, 枕头换成毯子.

Source: docs/transcript-review.md, A F9: what she has refused is neither recommended nor in the sum.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.shop.goods.catalogue import find_products, of_category
from bot.shop.goods.spoken_goods import MADE, of_noun
from bot.shop.prices.together import Goods, Talk, goods_meant
from bot.shop.records.model import Product, Shop
from bot.text.normalise import bare, normalise

_END = r"(?=$|[,。!?;\s]|[只就光再加换另一总共多])"
_OUT = "不想要|不需要|不用|不要|别要|不买|不拿|不加|不算|不拍|别加|去掉|拿掉|删掉|删了|减掉|去了"
_AHEAD = re.compile(
    rf"(?:{_OUT}|减(?![一二两三\d]))(?:那|这)?[件双条个套把]?(?P<what>[^,。!?;\s]{{1,9}}?)(?:了|吧|呢)*{_END}"
)
_BEHIND = re.compile(
    r"(?:^|(?<=[,。!?;\s那但]))(?:把|那|那个|这个)?(?P<what>[^,。!?;\s不]{1,9}?)(?:我|就|都|先|也|还是|给我)*"
    rf"(?:(?:{_OUT}|算|先放一放)了?(?:吧|呢)?){_END}"
)
_SWAPPED = re.compile(
    r"(?:^|(?<=[,。!?;\s那但]))(?:把|那)?(?P<what>[^,。!?;\s不]{1,9}?)(?:给我)?换(?:成|一?[个条双套床件张把])"
    r"(?P<into>[^,。!?;\s]{1,10})"
)
_CHEAPER = re.compile(
    r"(?:^|(?<=[,。!?;\s那但]))(?P<what>[^,。!?;\s不]{1,4}?)(?:给我)?(?:要|换|用|拿|算)(?:成)?(?:那[个款把])?便宜(?:点|些|一点)?的?(?:那?[个款把])?"
)
_PUT = re.compile(r"(?:^|(?<=[,。\s]))(?:那|就|还是|给我|帮我)*(?:换成?|要|用|拿)(?=[^,。\s])")
"""换成羽绒被 of what is added up: it comes for the one of its sort."""
_PUT_IN = "加"
_SEVERAL = 2
_MAKE_END = re.compile(r"(?:的|款|那[个套件条床双])*(?:吧|呢|吗)?(?:一?共.*)?$")


def dropped(shop: Shop, text: str) -> tuple[str, frozenset[str]]:
    """What is left of the words, and the ids of the goods refused; a sort refused is all of that sort."""
    said, gone = _swapped(shop, normalise(text))
    if not gone:
        said, gone = _cheaper(shop, said)
    ids = set(gone)
    for pattern in (_AHEAD, _BEHIND):
        for match in pattern.finditer(said):
            named = {product.id for product in _named(shop, match["what"])}
            ids |= named
            if named:
                said = said.replace(match[0], " ", 1)
    return (_PUT.sub(_PUT_IN, said.strip()), frozenset(ids)) if ids else (text, frozenset())


def _swapped(shop: Shop, said: str) -> tuple[str, frozenset[str]]:
    """枕头换成毯子: the blanket is added, the pillow is gone; 白的换成黑的 changes no goods."""
    for match in _SWAPPED.finditer(said):
        old = {product.id for product in _named(shop, match["what"])}
        new = {product.id for product in find_products(shop, match["into"])} or _of_make(
            shop, old, match["into"]
        )
        if old and new and not old & new:
            return f"{said[: match.start()]} {_PUT_IN}{said[match.start('into') :]}", frozenset(old)
        if old and len(new) == 1 and old - new:  # 被子换成羽绒被: the sort without the one taken
            put = next(iter(new))
            into = match["into"] if find_products(shop, match["into"]) else shop.products[put].name
            return f"{said[: match.start()]} {_PUT_IN}{into}{said[match.end('into') :]}", frozenset(old - new)
    return said, frozenset()


def _cheaper(shop: Shop, said: str) -> tuple[str, frozenset[str]]:
    """椅子要便宜那款: the cheapest of the sort, for the one that was added up."""
    match = _CHEAPER.search(said)
    alike = of_noun(shop, bare(match["what"])) if match else ()
    if match is None or len(alike) < _SEVERAL:
        return said, frozenset()
    cheapest = min(alike, key=lambda product: product.price)
    gone = frozenset(product.id for product in alike if product is not cheapest)
    return f"{said[: match.start()]} {_PUT_IN}{cheapest.name}{said[match.end() :]}", gone


def _of_make(shop: Shop, old: set[str], into: str) -> set[str]:
    """Of the sort, those named after how it is to be made: 四件套换成纯棉的."""
    word = _MAKE_END.sub("", into)
    if len(word) < _SEVERAL:
        return set()
    return {id_ for id_ in old if any(word in bare(name) for name in _names(shop.products[id_]))}


def without(talk: Talk, ids: frozenset[str]) -> Talk:
    """The talk as if these goods had not come up; the first that is left is the one talked about."""
    before = tuple(item for item in talk.before if item.product.id not in ids)
    seen = tuple(product for product in talk.seen if product.id not in ids)
    is_gone = talk.current is not None and talk.current.id in ids
    current = (before[0].product if before else None) if is_gone else talk.current
    return replace(talk, current=current, before=before, seen=seen)


def goods_left(
    shop: Shop, text: str, talk: Talk, keeps: bool = False, pieces: int | None = None
) -> tuple[Goods, frozenset[str]]:
    """The goods of this message without those it takes out, and the ids of these."""
    words, gone = dropped(shop, text)
    if not gone and (found := _PUT.match(normalise(text))):
        into = normalise(text)[found.end() :]
        gone = _of_one_sort(talk, find_products(shop, into))
        words = f"{_PUT_IN}{into}" if gone else text
    return goods_meant(shop, words, without(talk, gone), keeps or bool(gone), None if gone else pieces), gone


def _named(shop: Shop, what: str) -> list[Product]:
    is_short = len(what) <= _SEVERAL and what[-1] not in MADE
    short = of_noun(shop, what) if is_short else ()  # 灯不要了
    return [*find_products(shop, what), *of_category(shop, what), *short]


def _of_one_sort(talk: Talk, new: list[Product]) -> frozenset[str]:
    """What is added up already and is called by the same noun as the new thing (冬被, 羽绒被)."""
    if len(new) != 1 or len(talk.before) < _SEVERAL:
        return frozenset()
    return frozenset(
        item.product.id
        for item in talk.before
        if item.product.id != new[0].id and _nouns(item.product) & _nouns(new[0])
    )


def _nouns(product: Product) -> set[str]:
    return {bare(name)[-1] for name in _names(product)}


def _names(product: Product) -> tuple[str, ...]:
    return (product.name, *product.nicknames)
