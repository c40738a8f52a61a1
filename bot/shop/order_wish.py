"""Wishes about an order that are clear from the words alone, whatever the model reads and whatever was asked before.

A customer with a question open ("新地址是？") who says "算了不要了 退了吧" wants her money, not an unchanged address.
Source: docs/transcript-review.md, B 6; dialogue.md, "One decision a turn", 3.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class Wish(str, Enum):
    CANCEL = "cancel"
    REFUND = "refund"
    RETURN = "return"


_KEEPS = re.compile(
    r"(?:不|别|先不|没说|不用|不想|不要|不是要?|并不)(?:给我|帮我|想|要|用)?(?:取消|退)|退堂|退一步|退换(?!货吧)|退步|减退|退色"
)
"""The goods are to stay, or the word is not about them."""
_ASKS = re.compile(
    r"[吗嘛么？?]|怎么|多久|什么时候|啥时候|几天|到账|谁出|谁付|如何|能不能|可不可以|是不是|哪里|哪儿|多少|进度|到了没|退了没"
)
"""About a return and none itself: a rule or a script answers, which the model chooses."""
_CANCEL = re.compile(
    r"取消(?:这个|这|那|我的?|掉)?(?:一)?(?:单|订单|吧|算了|掉|了|$)|订单取消|(?:单|订单)[^，。]{0,4}取消|给我取消|帮我取消"
)
_REFUND = re.compile(r"退(?:我|给我)?(?:的)?(?:钱|款)|把钱退|钱退|全额退|仅退款")
_RETURN = re.compile(
    r"退了吧|退掉|退了算了|(?:我要|我想|想|要|给我|帮我|直接|干脆|还是|不如|就)退(?!一部分|部分|点|差)|退货|退吧"
)
_UNWANTED = re.compile(r"不买了|不要了|不想要了?|不需要了|不用了")
_THE_GOODS = re.compile(
    r"(?:东西|衣服|货|整单|这单|那单|这个单|订单|全都?|都)[^，,。 ]{0,4}(?:不要了|不想要)"
)


def read(text: str, names_goods: bool = False) -> Wish | None:
    """What she wants done with the order; None where that is not clear.

    `names_goods`: the message names something she has ordered, so that "四件套不要了" is about the goods; alone
    "不要了" may as well be about what was asked just now.
    """
    words = normalise(text)
    if _KEEPS.search(words) or _ASKS.search(words):
        return None
    if _CANCEL.search(words):
        return Wish.CANCEL
    if _REFUND.search(words):
        return Wish.REFUND
    if _RETURN.search(words):
        return Wish.RETURN
    is_unwanted = _UNWANTED.search(words) and names_goods
    return Wish.CANCEL if is_unwanted or _THE_GOODS.search(words) else None
