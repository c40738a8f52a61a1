"""What a message plainly asks of money she has paid already: how much it was, all of it or a deposit, with a coupon.

Only the words are read; which order they can be about is decided where the orders are known (own_paid.py).
Today's price answers none of it. Source: review H, 5 and 6.
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_SUM = r"多少(?:钱|元|块钱?)?(?=$|[\s,，。!！?？啊呀呢吧来了的]|我)"
_TOLD = r"\d{2,6}(?:\.\d{1,2})?(?:元|块钱?)?(?:对|是)?(?:吧|吗|么|嘛|对不对|是不是)"
_PAID = re.compile(
    rf"(?:付|花|掏)(?:了|的|过)(?:是)?{_SUM}|多少(?:钱|元|块钱?)?买的|(?:当时|当初|买的时候|买时)(?:是)?{_SUM}"
    rf"|我[^,，。]{{0,8}}实(?:际)?付(?:款|了|的|是)*{_SUM}|(?:那|这)[单个件][^,，。]{{0,4}}实(?:际)?付(?:款|了|的|是)*{_SUM}"
    rf"|(?:付|花)(?:了|的)(?:是)?{_TOLD}"
)
_FORGOTTEN = re.compile(r"^(?:那个?|一共|总共|到底|我)*多少(?:钱|元|块)?来着")
"""About the order talked of, where there is one."""
_WHOLE = re.compile(
    r"(?:付|交)的(?:是|就是)?(?:定金|全款)|定金还是全款|全款还是定金|我[^,，。]{1,8}是(?:定金|全款)(?:吗|么|嘛|还是)"
)
_NOT_PAID = re.compile(
    r"退|赔|运费|邮费|快递费|如果|要是|想买|再买|打算|现在|今天|别人|人家|人付|尾款|满多少|券|税|天|定金(?:付|交)?了?多少"
)
"""Beside these the sum asked is another one, or one of a purchase to come."""


def asks_paid(text: str) -> bool:
    """Whether she asks what she paid ("我那羽绒服付了多少钱"), or whether it was the whole ("定金还是全款")."""
    words = normalise(text).strip()
    return (_PAID.search(words) or _WHOLE.search(words)) is not None and _NOT_PAID.search(words) is None


def asks_whole(text: str) -> bool:
    """Whether the question is one of a deposit."""
    return _WHOLE.search(normalise(text)) is not None


def has_forgotten_sum(text: str) -> bool:
    """ "多少钱来着": she was told once, or paid it."""
    words = normalise(text).strip()
    return _FORGOTTEN.search(words) is not None and _NOT_PAID.search(words) is None


_COUPON = r"(?:优惠)?[券卷劵]"
_UNUSED = re.compile(
    rf"(?:忘|忘记|忘了|没|没有|没记得|漏|未)(?:了|记)?(?:勾选?|选|用|使用|抵)(?:上|掉|了)?(?:那张|这张|我的|我那张)?\d*(?:元|块)?的?{_COUPON}"
    rf"|{_COUPON}(?:我|都|又|给)*(?:忘记?|忘了|没|没有|漏|未)(?:了|记|能)?(?:勾|选|用|使用|抵)"
)
_THEN = r"(?:当时|那[单个次]|这单|订单|下单时|买的时候|付的时候)"
_USED = re.compile(
    rf"{_THEN}[^,，。]{{0,6}}(?:有没有用|用没用|用上|用了|用过|抵了)[^,，。]{{0,3}}{_COUPON}"
    rf"|{_THEN}[^,，。]{{0,6}}(?:用|抵){_COUPON}[^,，。]{{0,2}}(?:了|没)|{_THEN}[^,，。]{{0,6}}{_COUPON}[^,，。]{{0,2}}(?:用|抵|减|算)[上掉]?(?:了|没)"
)
_TO_COME = re.compile(
    r"再[买拍]|还没(?:下单|付|拍)|没付|未付|想[买拍]|准备|打算|过期|失效|用不了|能用|可以用|不让用"
)
"""A purchase to come, or a coupon that cannot be used at all."""


def asks_unused(text: str) -> bool:
    """Whether a coupon was left out of what is paid already ("四件套忘用券了")."""
    words = normalise(text)
    return _UNUSED.search(words) is not None and _TO_COME.search(words) is None


def asks_used(text: str) -> bool:
    """Whether she asks if a coupon went into what she paid ("那单当时用券了吗")."""
    words = normalise(text)
    return _USED.search(words) is not None and _TO_COME.search(words) is None
