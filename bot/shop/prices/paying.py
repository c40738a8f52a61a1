"""Ways of paying a buyer speaks of in passing: cash to the courier, and not knowing how to pay on a phone.

Source: docs/transcript-review.md, G 12.
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_ON_DELIVERY = re.compile(
    r"货到付款|见货付款|(?:收到|到)(?:货|了)?(?:以?后)?再(?:给|付)钱|(?:现金|钱)[^,。]{0,4}给快递|给快递[^,。]{0,3}(?:现金|钱)"
)
_CANNOT = re.compile(
    r"(?:不会|不太会|弄不来|不晓得怎么|不知道怎么)(?:用|在)?(?:手机|网上|微信|支付宝)*(?:上)?(?:付|支付|转账|给)(?:钱|款)?"
    r"|(?:手机|网上|微信|支付宝)[^,。]{0,3}(?:不会|付不[来了])|没(?:有)?(?:微信|支付宝)|(?:微信|支付宝)都?没(?:有)"
)
_NOT_HERS = re.compile(r"付不了?款|付款失败|付不出|扣了|已经付|付过|多付|重复")


def asks_on_delivery(text: str) -> bool:
    """能不能货到付款."""
    return _ON_DELIVERY.search(normalise(text)) is not None


def cannot_pay(text: str) -> bool:
    """ "我不会手机付": she needs somebody to pay for her; a payment that failed is another matter."""
    said = normalise(text)
    return _CANNOT.search(said) is not None and _NOT_HERS.search(said) is None
