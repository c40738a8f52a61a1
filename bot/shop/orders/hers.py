"""Which of the things she has ordered a customer means by a name that several goods share ("羽绒服", "毛衣").

Source: docs/transcript-review.md, D 8: a mother whose order holds a child's down jacket asked "能改120不" and got the
size chart of a woman's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from bot.shop.orders.order_parts import called_by
from bot.shop.records.model import Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.text.normalise import bare, normalise

_HERS = re.compile(
    r"我(?:那|这|的|买的|拍的|订的|下的|定的)|(?:买|拍|订|收)(?:小|大|错|到|的)|(?:单子|订单|这单|那单|一单)"
    r"|(?:能|可以|帮我|给我|想|要|也|都)?(?:改|换)(?:成|到|个|大|小|码|一|\d)|(?:退|取消)(?!色|货运费)|到哪|到了[没吗]|发了[没吗]|发货了|还没[发到收]|几号到|签收"
    r"|怎么还|还在"
)


class Whose(Enum):
    HERS = "hers"
    UNSAID = "unsaid"


_OPEN = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)


def speaks_of_hers(text: str) -> bool:
    """Whether the words are about something that was bought."""
    return _HERS.search(normalise(text)) is not None


_WHEREABOUTS = re.compile(
    r"^(?:请问|那|哎|诶|喂|你好|[，, ])*(?P<hers>我)?(?:那|的|买的|拍的|订的)*"
    r"[^，。,多少几钱退换什怎咋哪洗穿用盖戴买拍起掉坏破发改能会想到]{1,8}?"
    r"(?:(?<![么样哪])呢|(?:啥|什么)情况|(?:咋|怎么)(?:样了|回事)|(?:还|也|都|一直|到现在|咋|怎么)*(?:没有?|有没有|有)(?:一?点|个|啥)?(?:动静|消息|信儿?|影儿?|着落)[了没吗]*"
    r"|(?:咋|怎么|还|都|一直|到现在)+(?:没到|不到|不来|没来))[?？!！。~ ]*$"
)


def asks_whereabouts(text: str) -> Whose | None:
    """Whether the message does nothing but look for something by its name ("我的毛衣呢", "毛衣呢")."""
    found = _WHEREABOUTS.match(normalise(text).strip())
    if found is None:
        return None
    return Whose.HERS if found["hers"] or speaks_of_hers(text) else Whose.UNSAID


def product_meant(shop: Shop, orders: Sequence[Order], text: str) -> Product | None:
    """The ordered product that the words name, what is still to come first; None where none or several are named
    alike, where another product is named more exactly, or where the words are about buying."""
    if not speaks_of_hers(text):
        return None
    coming = [order for order in orders if order.state in _OPEN]
    for among in (coming, orders):
        ids = dict.fromkeys(
            line.product_id for order in among for line in order.lines if line.product_id in shop.products
        )
        called = {id_: called_by(shop.products[id_], text) for id_ in ids if id_ in shop.products}
        longest = max(map(len, called.values()), default=0)
        best = [id_ for id_, name in called.items() if longest and len(name) == longest]
        if best:
            is_exact = any(_is_wholly_named(product, text, longest) for product in shop.products.values())
            return shop.products[best[0]] if len(best) == 1 and not is_exact else None
    return None


def _is_wholly_named(product: Product, text: str, longer_than: int) -> bool:
    said = bare(text)
    return any(
        len(bare(name)) > longer_than and bare(name) in said for name in (product.name, *product.nicknames)
    )
