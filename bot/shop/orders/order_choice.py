"""Which of her own orders a customer means by "昨天买的那双鞋", "最早那单", "还没发的那个", "199那个", "两单都".

Only ever narrows the orders it is given: another customer's can never come out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from bot.shop.orders.order_parts import called_by, has_part
from bot.shop.records.model import Kind, Product, Shop
from bot.shop.records.orders import Order, OrderState
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


BEGINNING = 3
"""Characters of a name's beginning that name the goods among one's own orders."""

_SUM = re.compile(
    r"(?<![\d.])(\d{1,6}(?:\.\d{1,2})?)(?![\d.])(?!\s*(?:码|斤|公斤|厘米|cm|CM|kg|号|[件双条套个只张天点楼幢栋室]))"
)
"""A number that may be what an order cost; measures, counts and days name something else."""
_ALL = re.compile(
    r"(?:两|2|二|三|3|几|所有|全部|每|这些)(?:个|笔)?(?:单|订单|包裹)|(?:[单个]都|都)(?:一起)?(?:改|"
    r"换|取消|退|开|合|发)|一起(?:改|换|取消|开)|全部?(?:改|换|取消)"
)
"""She means more than one of them."""
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")


def narrowed(shop: Shop, orders: Sequence[Order], text: str, now: datetime) -> list[Order]:
    """The orders the words can mean, newest first; all of them where the words tell nothing about which."""
    found = sorted(orders, key=lambda order: order.placed_at, reverse=True)
    words = normalise(text)
    named = by_product(shop, found, words) or _by_part(shop, found, words)
    ways = (named, _by_day(found, words, now), _by_state(found, words))
    for fitting in (*ways, _by_amount(found, words)):
        found = [order for order in found if order in fitting] or found
    if len(found) > 1 and _FIRST.search(words):
        return found[-1:]
    if len(found) > 1 and _LAST.search(words):
        return found[:1]
    return found


def all_meant(shop: Shop, orders: Sequence[Order], text: str) -> list[Order]:
    """The orders of a wish about several ("围巾跟袜子合并发", "两单都改"), newest first; [] for a wish about one."""
    words = normalise(text)
    newest = sorted(orders, key=lambda order: order.placed_at, reverse=True)
    named = by_product(shop, newest, words)
    if len(named) > 1 and len({line.product_id for order in named for line in order.lines}) > 1:
        return named
    return newest if len(newest) > 1 and not named and _ALL.search(words) else []


_REFERENCE = re.compile(
    r"^(?:是|就是|我说的?是?|我问的?是?|不是|那个|这个|不对|，|,| |应该是)*"
    r"[^，。?？吗么怎多几什啥退换改取]{1,10}?(?:的那|"
    r"那|的|这)(?:一)?[个单件双条套笔床]?(?:呢|啊|吧|的|订单)*$"
)


_ALSO = re.compile(
    r"^(?:那|还有)?[^，。?？吗么怎多几什啥退换改取]{1,8}也(?:帮我|给我)?(?:看看|看一?下|查查|查一?下|比比|"
    r"问问)(?:吧|呢|呗)?$"
)


_JUST_TALKED_OF = re.compile(r"刚才?(?:说|问|聊|讲|提)?的?(?:到的)?那?个?(?:单|订单)(?!.{0,4}(?:买|拍|下))")


def is_just_talked_of(text: str) -> bool:
    """Whether the order of this chat is meant ("刚才那个单"), not the one bought last ("刚拍的那单")."""
    return _JUST_TALKED_OF.search(normalise(text)) is not None


def is_reference(text: str) -> bool:
    """Whether the message does nothing but say which order ("199的那个", "是被子那单")."""
    words = normalise(text).strip()
    return _REFERENCE.match(words) is not None or _ALSO.match(words) is not None


def by_product(shop: Shop, orders: Sequence[Order], words: str) -> list[Order]:
    """Those with something in them that these normalised words name: by its own name first, then by the end of it
    ("羽绒服" for 儿童羽绒服), by its beginning ("美利奴那件"), else by its sort ("那双鞋", "孩子的")."""
    ways = (is_named, lambda product, said: bool(called_by(product, said)), _begins, _is_of_sort)
    for way in ways:
        found = [order for order in orders if any(way(product, words) for product in _products(shop, order))]
        if found:
            return found
    return []


def called(shop: Shop, orders: Sequence[Order], words: str) -> list[Order]:
    """Those that these normalised words name, by the goods or by a part of them ("床单" for 四件套)."""
    return by_product(shop, orders, words) or _by_part(shop, orders, words)


def _by_part(shop: Shop, orders: Sequence[Order], words: str) -> list[Order]:
    return [order for order in orders if any(has_part(product, words) for product in _products(shop, order))]


def _products(shop: Shop, order: Order) -> list[Product]:
    return [shop.products[line.product_id] for line in order.lines if line.product_id in shop.products]


def names(product: Product, words: str) -> bool:
    """Whether these normalised words name it, whole or by the end of its name."""
    return is_named(product, words) or bool(called_by(product, words))


def _begins(product: Product, words: str) -> bool:
    said = bare(words)
    names = (bare(name) for name in (product.name, *product.nicknames))
    return any(len(name) > BEGINNING and name[:BEGINNING] in said for name in names)


def _is_of_sort(product: Product, words: str) -> bool:
    """Among one's own orders "那双鞋" is enough; "孩子的鞋" are shoes."""
    said = next((kind for pattern, kind in _KINDS if pattern.search(words)), None)
    return said is product.kind


def is_named(product: Product, text: str) -> bool:
    """Whether the text has its name, a nickname or its category; 4件套 is 四件套."""
    said = bare(text).translate(_DIGITS)
    names = (product.name, product.category, *product.nicknames)
    return any(bare(name).translate(_DIGITS) in said for name in names)


def _by_day(orders: Sequence[Order], words: str, now: datetime) -> list[Order]:
    if not _BOUGHT.search(words):
        return []
    days = [resolve_date(said, now) for said, _, _ in find_dates(words)]
    return [order for order in orders if order.placed_at.date() in days]


def _by_state(orders: Sequence[Order], words: str) -> list[Order]:
    states = {state for pattern, listed in _STATES if pattern.search(words) for state in listed}
    return [order for order in orders if order.state in states]


def _by_amount(orders: Sequence[Order], words: str) -> list[Order]:
    """By what was paid: for the order, or for one piece of it."""
    said = {Decimal(number) for number in _SUM.findall(words)}
    return [
        order for order in orders if order.amount in said or any(line.price in said for line in order.lines)
    ]
