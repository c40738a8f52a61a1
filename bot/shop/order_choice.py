"""Which of her own orders a customer means by "昨天买的那双鞋", "最早那单", "还没发的那个".

Only ever narrows the orders it is given: another customer's can never come out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.shop.model import Kind, Product, Shop
from bot.shop.orders import Order, OrderState
from bot.text.dates import find_dates, resolve_date
from bot.text.normalise import bare, normalise

_FIRST = re.compile("最早|最先|第一[单个次笔]|最老|最久")
_LAST = re.compile("最近|最新|最后|刚才|刚刚|刚[拍买下]|上一[单个笔]")
_BOUGHT = re.compile("[买拍订]|下单|下的|付款|那[单个件双条套笔]|的单|订单")
"""Words that make a date the day of the order; "昨天就说发" and "明天能到吗" name other days."""
_KINDS = (
    (re.compile("鞋(?!柜|架|盒)|靴"), Kind.SHOES),
    (re.compile("童装|孩子|宝宝|小孩"), Kind.CHILD_CLOTHING),
)
_STATES = (
    (re.compile("没付款|没付钱|未付款|待付款"), (OrderState.UNPAID,)),
    (re.compile("没发货?的|未发货|没有发的"), (OrderState.PAID, OrderState.PACKED)),
    (re.compile("在路上的|没到的|没收到的"), (OrderState.SHIPPED,)),
)


def narrowed(shop: Shop, orders: Sequence[Order], text: str, now: datetime) -> list[Order]:
    """The orders the words can mean, newest first; all of them where the words tell nothing about which."""
    found = sorted(orders, key=lambda order: order.placed_at, reverse=True)
    words = normalise(text)
    for fitting in (_by_product(shop, found, words), _by_day(found, words, now), _by_state(found, words)):
        found = [order for order in found if order in fitting] or found
    if len(found) > 1 and _FIRST.search(words):
        return found[-1:]
    if len(found) > 1 and _LAST.search(words):
        return found[:1]
    return found


def _by_product(shop: Shop, orders: Sequence[Order], words: str) -> list[Order]:
    return [order for order in orders if any(_names(product, words) for product in _products(shop, order))]


def _products(shop: Shop, order: Order) -> list[Product]:
    return [shop.products[line.product_id] for line in order.lines if line.product_id in shop.products]


def _names(product: Product, words: str) -> bool:
    """By name, nickname or category; among one's own orders "那双鞋" is enough."""
    names = (product.name, product.category, *product.nicknames)
    said = bare(words)
    if any(bare(name) in said for name in names):
        return True
    return any(pattern.search(words) and product.kind is kind for pattern, kind in _KINDS)


def _by_day(orders: Sequence[Order], words: str, now: datetime) -> list[Order]:
    if not _BOUGHT.search(words):
        return []
    days = [resolve_date(said, now) for said, _, _ in find_dates(words)]
    return [order for order in orders if order.placed_at.date() in days]


def _by_state(orders: Sequence[Order], words: str) -> list[Order]:
    states = {state for pattern, listed in _STATES if pattern.search(words) for state in listed}
    return [order for order in orders if order.state in states]


_ASKS_FOR_NOTE = re.compile(
    r"^(?:(?:麻烦|请|帮我?|你?们?|可以|能不能|能|给我|我要|我想|就|再)[，, ]*)*"
    r"(?:(?:加|写|留|改)?(?:一?[下个条句])?(?:备注|留言)(?:一?下|[上个]|一句|写)?)?[:：，, ]*(?:说|写)?"
)
_POLITE = re.compile(r"(?:[吗嘛呀吧啊哈呢]|谢谢|可以[吗不]|行[吗不])+[?？!！。]*$")


def note_in(text: str) -> str:
    """What the warehouse or courier is to read: the wish without "帮我备注一下"; "" where nothing else is said."""
    return _POLITE.sub("", _ASKS_FOR_NOTE.sub("", text.strip())).strip("，,。 ")[:100]
