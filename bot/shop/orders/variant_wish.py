"""A wish for another size or colour of what she has ordered, clear from the words alone ("110买小了好像 能改120不",
"毛衣不要橙色了 换米白", "四件套拍成1.8的了 我家床1.5").

What stands after the last 换 or 改 is wished for; the piece's own sizes and colours say what it is, so that nothing is
filled in from another product's talk. Source: docs/transcript-review.md, D 8; third round, F 6 to 8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shop.goods import stock
from bot.shop.orders.order_parts import called_by, has_part
from bot.shop.records.model import Product, Shop, Variant
from bot.shop.records.orders import Order, OrderLine, OrderState
from bot.text.normalise import bare, normalise


@dataclass(frozen=True)
class Swap:
    """`size` and `color` are None where that stays as it was ordered; one of them is told."""

    order: Order
    line: OrderLine
    size: str | None = None
    color: str | None = None


_SIZE = re.compile(
    r"(?:改|换)(?:成|到|个|为|一件|一双|一条|成了)?\s*(?P<size>\d{2,3}(?:\.5)?|\d?x{0,4}[sml]|"
    r"均码)(?![\d元块])(?:码|号|的)?"
)
_WISHED = re.compile(r".*(?:换|改)(?!天|日|时间|地址|电话|快递|人|备注|不了)(?P<rest>.+)$")
_LETTERED = re.compile(r"(?<![a-z\d])(\d?x{0,4}[sml])(?![a-z])")
_MISTAKEN = re.compile(r"[拍买选下订](?:成|错|大|小)了?|应该是|其实是|我家(?:的)?(?:床|是)")
"""Of two sizes told, the one she does not have is meant."""
_OTHER = re.compile(
    r"(?:换|改)(?:成|到|个|一个|为)*(?:别的|其他|另外|个)?(?:颜?色|尺码|码|号|尺寸|规格|款)|(?:颜色|尺码|码数?|尺寸|规格)[^,，。]{0,6}(?:换|改)(?!不了)"
)
_KIND = "(?:颜?色|尺码|码|号|尺寸|规格)"
_ONLY_ASKED = re.compile(
    rf"(?:请问|那|我|这个|这[件双条套])*(?:能不能|可不可以|可以|能|想|要)(?:给我|帮我)?[换改](?:成|到|为|一?个|别的|其他|其它|另外的?)*{_KIND}"
    "(?:可以|行|好)?(?:[吗么嘛不吧呢啊呀了])*"
)
_CHANGEABLE = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED)
_RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)


def read(
    shop: Shop,
    orders: Sequence[Order],
    text: str,
    talked_about: str | None = None,
    may_be_unnamed: bool = False,
) -> Swap | None:
    """The piece and what it is to be instead; None where the words name nothing it comes in, or where several pieces
    could be meant. What has not left yet is meant before what was received.

    `may_be_unnamed`: nothing else is in view, so that "换31" is the only piece that comes in 31.
    """
    words = normalise(text).lower()
    for states in (_CHANGEABLE, _RECEIVED):
        if meant := _called(shop, _fitting(shop, orders, states, words), text):
            return meant
    if _names_any(shop, orders, text):
        return None
    every = _fitting(shop, orders, (*_CHANGEABLE, *_RECEIVED), words)
    talked = [swap for swap in every if swap.order.id == talked_about]
    if len(talked) == 1:
        return talked[0]
    sized = [swap for swap in every if swap.size and swap.order.state is not OrderState.COMPLETED]
    is_plain = may_be_unnamed and re.search(r"\d", words) is not None
    return sized[0] if is_plain and len(sized) == 1 and not talked else None


def _fitting(shop: Shop, orders: Sequence[Order], states: Sequence[OrderState], words: str) -> list[Swap]:
    pieces = [(order, line) for order in orders if order.state in states for line in order.lines]
    found = [_swap(shop, order, line, words) for order, line in pieces]
    return [each for each in found if each is not None]


def _swap(shop: Shop, order: Order, line: OrderLine, words: str) -> Swap | None:
    product = shop.products.get(line.product_id)
    owned = next((v for v in product.variants if v.sku == line.sku), None) if product else None
    if product is None or owned is None:
        return None
    size, color = size_wished(product, owned, words), color_wished(product, owned, words)
    return Swap(order, line, size, color) if size or color else None


def wishes_change(text: str) -> bool:
    """Whether another variant is wished for, also where it is not said which ("颜色能换成别的不")."""
    return _OTHER.search(normalise(text)) is not None


def only_asks_change(text: str) -> bool:
    """ "能换个颜色吗": the whole message asks for another one, not who pays or how it is done."""
    return _ONLY_ASKED.fullmatch(bare(text)) is not None


def size_wished(product: Product, owned: Variant, words: str) -> str | None:
    """The size after the last 换 or 改, or the other one of a mistake, where the product comes in it."""
    wished = _WISHED.match(words)
    rest = wished["rest"] if wished else ""
    said = [found["size"] for found in _SIZE.finditer(words)][-1:] or _LETTERED.findall(rest)[-1:]
    if not said and (numbered := stock.size_in(product, rest)):
        said = [numbered]
    if not said and _MISTAKEN.search(words):
        told = [size for size in product.sizes if _number_of(size) and _number_of(size) in _numbers(words)]
        said = [size for size in told if not stock.same_size(size, owned.size)]
        said = said if len(said) == 1 else []
    fits = [size for size in said if any(stock.same_size(each, size) for each in product.sizes)]
    return fits[-1] if fits and not stock.same_size(owned.size, fits[-1]) else None


def color_wished(product: Product, owned: Variant, words: str) -> str | None:
    """The product's colour after the last 换 or 改; what she will not have any more stands before it."""
    wished = _WISHED.match(words)
    if wished is None:
        return None
    rest = re.sub(r"^(?:成|到|个|为|一[件双条套个])+", "", wished["rest"])
    color = stock.color_in(product, rest) or next(
        (
            each
            for each in product.colors
            if re.match(rf"{bare(each).removesuffix('色')}(?:色|的|吧|$|[ ,，。])", rest)
        ),
        None,
    )
    return color if color and not stock.same_color(color, owned.color) else None


def _number_of(size: str) -> str:
    found = re.search(r"\d+(?:\.\d+)?", size)
    return found[0] if found else ""


def _numbers(words: str) -> list[str]:
    return re.findall(r"(?<![\d.])\d+(?:\.\d+)?", words)


def _called(shop: Shop, swaps: Sequence[Swap], text: str) -> Swap | None:
    """The one piece the words call by the longest name, else by a part of it ("床单" of a bedding set)."""
    products = [shop.products[each.line.product_id] for each in swaps]
    named = [(len(called_by(product, text)), swap) for product, swap in zip(products, swaps, strict=True)]
    longest = max((length for length, _ in named), default=0)
    best = [swap for length, swap in named if length == longest and longest]
    best = best or [swap for product, swap in zip(products, swaps, strict=True) if has_part(product, text)]
    return best[0] if len(best) == 1 else None


def _names_any(shop: Shop, orders: Sequence[Order], text: str) -> bool:
    lines = (line for order in orders for line in order.lines if line.product_id in shop.products)
    return any(called_by(shop.products[line.product_id], text) for line in lines)


_ILL_FITTING = re.compile(
    r"(?:太|偏|有点|有些|都|还是|买|穿着?)?(?:大|小|紧|松|肥|瘦)了(?:点|些|一点|一码|一号)?|太[大小紧松肥瘦]|挤脚|不合脚"
)
_OF_ELSE = re.compile(r"退|赔|洗|缩|质量|坏|声音|怎么办|推荐|[吗么吧?？]|会不会|是不是|多少|怕")


def does_not_fit(shop: Shop, orders: Sequence[Order], text: str) -> Order | None:
    """The received order a piece of which she says does not fit ("运动鞋小了"), and nothing besides."""
    words = normalise(text)
    if not _ILL_FITTING.search(words) or _OF_ELSE.search(words):
        return None
    lately = [order for order in orders if order.state is OrderState.DELIVERED]
    called = [order for order in lately if _names_any(shop, [order], text)]
    return called[0] if len(called) == 1 else None


_STAYS = re.compile(
    r"不动|别动|不用[换改动]|(?<![换改])不(?:想|要)?[换改](?!不|成|得)|不变|照旧|原样|保持|还是原来|先不[换改]"
)


def left_alone(shop: Shop, orders: Sequence[Order], text: str) -> tuple[Order, OrderLine] | None:
    """The piece of an order that has not left which is to stay as it is ("打底裤不动哈"); None where none is named."""
    said = normalise(text)
    if not _STAYS.search(said) or re.search(r"[吗么?？]|怎么|为什么|咋|票|抬头|税号|地址|电话", said):
        return None
    pieces = [(order, line) for order in orders if order.state in _CHANGEABLE for line in order.lines]
    named = [(len(called_by(shop.products[line.product_id], text)), order, line) for order, line in pieces]
    longest = max((length for length, _, _ in named), default=0)
    best = [(order, line) for length, order, line in named if longest and length == longest]
    return best[0] if len(best) == 1 else None
