"""Whether a question about days is about an order of hers that is still to come, or about what she may buy.

Source: docs/transcript-review.md, B 5: "今天能送到不" from a customer whose parcel is out for delivery was
answered with "现在付款". Only ever chooses among the orders it is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.shop.orders import order_choice
from bot.shop.records.model import Shop
from bot.shop.records.orders import Order, OrderState
from bot.text.dates import find_dates
from bot.text.normalise import normalise

ON_ITS_WAY = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
_WOULD_BUY = re.compile(
    r"(?:现在|今天|明天|后天|马上|要是|如果|假如|打算|准备|想|再|还没|没有?|先不)(?:我|要|去|就)*(?:买|拍|下单|付款|付)(?!了|的)"
    r"|(?:拍下|下单|付款|买)(?:的话|以?后|之后)|(?:买|拍)(?:之?前|一件|一双|一条)"
    r"|(?:^|[,，\s])(?:我|就|想|那)*要(?:[0-9a-z]{1,4}码?|[\u4e00-\u9fff]{1,3}色)[^,，。\s]{0,6}的?(?=[,，\s])"
)
_HAS_BOUGHT = re.compile(
    r"我(?:的(?!地址|城市)|买的|那|拍的|订的|下的)|(?:买|拍|订|付|下单|付款|付钱)了(?!的话|会|能|大概|几|多久)|下过单|付过款|已经(?:买|拍|付|下单)"
    r"|[这那]一?单|订单|包裹|快递(?!费|公司)|我的?货|物流|(?:还|都)没?(?:没到|没发|没收到|不发|不到|没动)|怎么还|咋还|好几天了|几天了|催"
)
_BUYS_THEN = re.compile(r"(?:再|就|我)*(?:买|拍|下单|付款)(?!的|了)")
_THIS = re.compile(r"这[件款双条套个顶张把台只]")
_TODAY = re.compile(r"今[天晚日儿].{0,4}(?:送|到|收)|(?:送|到|收).{0,3}今[天晚日儿]")


def about_orders(
    shop: Shop,
    orders: Sequence[Order],
    text: str,
    now: datetime,
    in_view: str | None = None,
    talked_about: str | None = None,
    elsewhere: bool = False,
) -> tuple[Order, ...]:
    """Her orders still to come that the question can be about, newest first; none where she asks before buying.

    `in_view`: the product she looks at; `talked_about`: the order the chat was just about; `elsewhere`: a place is
    named that her order does not go to.
    """
    words = normalise(text)
    coming = sorted((o for o in orders if o.state in ON_ITS_WAY), key=lambda o: o.placed_at, reverse=True)
    if not coming or is_before_buying(text):
        return ()
    seen = [o for o in coming if any(line.product_id == in_view for line in o.lines)]
    is_another = in_view is not None and not seen and _THIS.search(words)
    named = [] if is_another else order_choice.by_product(shop, coming, words)
    talked = [] if is_another else [o for o in coming if o.id == talked_about]
    if named or talked:
        return tuple(named or talked)
    if _HAS_BOUGHT.search(words):
        return tuple(seen or order_choice.narrowed(shop, coming, words, now))
    if elsewhere:
        return ()
    moving = [o for o in coming if o.state is OrderState.SHIPPED]
    return tuple(seen or (moving if _TODAY.search(words) else ()))


def is_before_buying(text: str) -> bool:
    """Whether the words say that nothing was bought yet (要是今天拍, 双十二买什么时候到)."""
    words = normalise(text)
    behind = (words[end:] for _, _, end in find_dates(words))
    return _WOULD_BUY.search(words) is not None or any(_BUYS_THEN.match(rest) for rest in behind)
