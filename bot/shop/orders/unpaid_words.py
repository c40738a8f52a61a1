"""What a message plainly asks of an order that is placed and not paid: keep it, a coupon on it, or that it is one.

Source: docs/transcript-review.md, third round, F 6; shop-rules.md, "Unpaid order".
"""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.text.dates import find_dates, resolve_date
from bot.text.normalise import normalise

_UNPAID = re.compile(
    r"(?:没|未|待|没有|还没)(?:付款|付钱|付|支付|给钱)(?!成功|出去|上)(?:的|呢|那)?|忘了付|忘记付"
)
_LATER = "晚点|晚上|晚些|晚两天|晚几天|过两天|过几天|明天|后天|周末|周[一二三四五六日天]|下周|月底|发工资|改天|回头"
_KEEPS = re.compile(
    r"(?:留|保留|放|占)(?:到|住|着|多久|几天|几个小时|多长时间)|(?:给|帮|替)我留(?!言|个?好)|能留|可以留"
    rf"|(?:{_LATER})[^,，。]{{0,4}}(?:再)?付(?!的|了)"
    r"|(?:单子?|订单)[^,，。]{0,6}(?:会不会|不会|会|要|多久|什么时候|啥时候)?(?:自动)?(?:没了|没|关|关闭|失效|过期|作废|消失)(?:了)?(?:吧|吗|么|掉|不|$)"
    r"|(?:多久|几时|什么时候|啥时候|会不会|不会)(?:就|会|要|给我)?(?:自动)?(?:关闭|关掉|关单|失效|过期|作废)"
    r"|别(?:给我|把)?[^,，。]{0,4}(?:关|取消)(?:了|掉)?$"
)
_OF_ELSE = re.compile(
    r"价|驿站|包裹|快递|取件|门口|门卫|柜|发票|吊牌|标签|券[^,，。]{0,4}(?:过期|失效|作废|留)|留言|留货|电话|收到|退|换"
)
_COUPON = re.compile(r"券|优惠卷|抵扣|红包|(?:有|用)[^,，。]{0,3}张\d+|\d+(?:块|元)的(?!单|那)")
_ASKS_TO_USE = re.compile(r"用|抵|减|叠|加上|有张|有一张|有个|还能|能不能")
_TROUBLE = re.compile(
    r"付不了|付不上|支付失败|付款失败|怎么付|咋付|没付成|付不出|扣(?:了)?款|扣了(?:我)?钱|付了两|重复付"
)


def says_unpaid(text: str) -> bool:
    """Whether the words themselves say that it is not paid yet; paying that fails is another matter."""
    words = normalise(text)
    return _UNPAID.search(words) is not None and _TROUBLE.search(words) is None


def asks_to_keep(text: str) -> bool:
    """Whether she asks that it is kept, or whether it is still there ("给我留到周末行不", "单子不会没了吧")."""
    words = normalise(text).strip()
    return _KEEPS.search(words) is not None and _OF_ELSE.search(words) is None


def asks_for_coupon(text: str) -> bool:
    """Whether a coupon of hers is to go on it."""
    words = normalise(text)
    return _COUPON.search(words) is not None and _ASKS_TO_USE.search(words) is not None


def wished_until(text: str, now: datetime) -> tuple[str, date] | None:
    """The day it is to be kept until, in her words and as a date; None where she names none."""
    for words, _, _ in find_dates(normalise(text)):
        if found := resolve_date(words, now):
            return words, found
    return None
