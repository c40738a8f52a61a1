"""What a customer asks of an order of hers that is written in it: where it goes, to whom, what is noted.

"地址对的吧", "地址发我核对下" want to be told and nothing changed (docs/transcript-review.md, B 7 and 9).
"""

from __future__ import annotations

import re
from enum import Enum

from bot.shop.orders import order_note
from bot.shop.orders.order_note import About
from bot.text.normalise import normalise


class Asked(Enum):
    RECEIVER = "receiver"
    NOTE = "note"


_RECEIVER = r"(?:地址|电话|手机号?|号码|收件人|收货人)"
_ASKS_RECEIVER = re.compile(
    rf"{_RECEIVER}[^，,。]{{0,6}}(?:对(?:的|着)?(?:吧|吗|么|不|嘛)|没错(?:吧|吗)|对不对|是不是|有没有错|没(?:填|写)错(?:吧|吗))"
    rf"|(?:我(?:的|填的?|写的?|留的?)|这单的?|订单的?|填的|写的|留的|现在的?|原来的?|收货|寄的?)(?:是?哪个|是|收货)?{_RECEIVER}(?:是|写的|填的|留的)*(?:什么|啥|哪|多少|谁)"
    rf"|{_RECEIVER}(?:是|写的|填的|留的)+(?:什么|啥|哪|多少|谁)|(?:核对|确认|看|查)(?:一?下)?(?:我的?|收货|订单)?{_RECEIVER}"
    rf"|{_RECEIVER}(?:发|给)?我?(?:核对|确认|看)(?:一?下|看)?|(?:寄|发|送)(?:到|去|往)的?是?哪个地址"
)
_CHANGES = re.compile(r"改|换|填错|写错了|不对[，, ]")
_OTHERS = re.compile(r"你们|你家|店|退货|退换|快递|网点|驿站|客服|派件|仓库|对方|发货")
"""Whose address or number is asked, where it is not hers."""


def asked(text: str) -> Asked | None:
    """What the message wants told of the order; None where it wants something else, a change for one."""
    words = normalise(text)
    if _ASKS_RECEIVER.search(words) and not _CHANGES.search(words) and not _OTHERS.search(words):
        return Asked.RECEIVER
    return Asked.NOTE if order_note.read(text) in (About.ASKED, About.SAID) else None


_RULE = re.compile(
    r"(?:下单|拍下?|买|付款|付)(?:完|好|了)?(?:之|以)?后|(?:下|拍|买|付)完(?:单|款)?|以后[^，。]{0,4}(?:改|换)"
)


def asks_rule(text: str) -> bool:
    """Whether she asks what may be done with an order once there is one ("下单以后还能改地址吗")."""
    return _RULE.search(normalise(text)) is not None


_ANOTHER = re.compile(
    r"(?:直接|能|可以)?(?:寄|送|发|邮)(?:给|到|去)(?!我(?:[^\u4e00-\u9fff]|$|家|这))[^,，。\s]{1,8}|地址(?:和|跟)?[^,，。]{0,6}不(?:一样|同)"
)
_MAY_IT = re.compile(r"行[不吗么]|可以[吗不么]|能不能|可不可以|能[吗么]|[吗么][?？]?$|没(?:事|关系)吧")


def asks_another_receiver(text: str) -> bool:
    """Whether something may be sent straight to somebody else; a change of what is ordered is told as one."""
    words = normalise(text)
    return bool(_ANOTHER.search(words) and _MAY_IT.search(words)) and not _CHANGES.search(words)


_GIFT = re.compile(
    r"(?:(?:送|赠)的(?!人|货|快|时)[^，。]{0,4}|赠品|满\d+送[^，。]{0,5})[^，。]{0,3}(?:发|寄|给|装|放|有没有|漏|呢|没|在)"
)


def asks_gift(text: str) -> bool:
    """Whether she asks after the gift that comes with what she ordered ("满199送的袜子发了吗")."""
    return _GIFT.search(normalise(text)) is not None
