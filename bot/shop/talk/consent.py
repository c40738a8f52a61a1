"""Whether a message that sounds like a yes is one: "地址对的吧" asks, "好的吧" agrees, "那就换吧" says what to do.

Nothing is booked on a question (docs/transcript-review.md, B 7), and nothing is called off without a plain yes.
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_ASKS = re.compile(
    r"[?？]|[吗嘛]|(?<![这那])么|什么|怎么|多少|多久|几[天点号时]|哪|谁|能不能|是不是|对不对|有没有|行不行|可不可以|为啥|为什么|咋"
)
_TOPIC = re.compile(
    r"地址|电话|号码|手机|名字|收件|收货|备注|抬头|税号|邮箱|尺码|颜色|价|钱|码数?|订单|寄|送|发"
)
_UNSURE = re.compile(r"(?:对|没错|没问题|正确|一样|是这个|没变|写了|有)的?吧[!！。~～]*$")
_POLITE = re.compile(r"(?:可以|好|行|对|要|嗯)(?:的|啊|呀)?[吗嘛]?$|好嘛|好么|行嘛|对嘛|是嘛")
"""好嘛, 行嘛 agree."""


def asks_back(text: str) -> bool:
    """Whether the words ask something instead of (or besides) agreeing."""
    words = normalise(text).strip()
    if _POLITE.fullmatch(words) and not words.endswith("吗"):
        return False
    return bool(_ASKS.search(words)) or bool(_UNSURE.search(words) and _TOPIC.search(words))


_ASKS_LEAVE = re.compile(r"(?:可不可以|能不能|可以不可以|行不行)(?!吗$)[^,，。]{1,8}$")


def asks_leave(text: str) -> bool:
    """ "可不可以改": read as a yes for its 可以, and a question."""
    return _ASKS_LEAVE.search(normalise(text).strip()) is not None


_YES = re.compile("[好行对是嗯恩可确哦噢喔中得成]|没错|没问题|同意|ok")
_AROUND = (
    "嗯|恩|哦|噢|喔|好|行|对|是|得|成|中|可以|可|确认|确定|没错|没问题|同意|ok|那|就|这样|这么|吧|的|啊|呀|了|呢|嘛|哈|啦|嘞|咧|滴"
    "|直接|还是|帮我|给我|麻烦|谢谢|都|还没发货?|没发货?|全部|整单|订单|这单|这个|它|我|你|您|要|想|办|快|点|一下|赶紧|马上|现在"
)
_HOLDS_BACK = re.compile("[不别没留还先等换改]|再想|再看|只|但|[加补]钱")
_NO_TO_THE_OFFER = re.compile(r"^(?:不用了?|不换了?|不要|不了|算了)[,，。 ]+")
"""不用了，还是取消: what was offered instead is declined."""
_SHORT = 6
"""Characters of a yes in words of her own, where the model reads one."""
CANCELS = "取消|退款|退钱|退了?|不要了|不想要了"
"""What a yes to calling an order off may name."""
EXCHANGES = "换货|换"
CHANGES = "换|改|写|加|备注|合并|一起发|先发|分开发"


def is_yes(text: str, deed: str, read_as_yes: bool = False) -> bool:
    """Whether the words agree to what was read back, or name its deed ("那就换吧", "取消吧") and nothing besides.

    `deed`: the words for it, as a pattern. `read_as_yes`: the model reads a yes, which is enough for a short one
    that holds nothing back.
    """
    words = re.sub(r"[\s,，。.!！~～、…]+", "", _NO_TO_THE_OFFER.sub("", normalise(text))).lower()
    if not words or asks_back(text):
        return False
    if re.fullmatch(f"(?:{deed}|{_AROUND})+", words):
        return bool(_YES.search(words) or re.search(deed, words))
    return read_as_yes and len(words) <= _SHORT and _HOLDS_BACK.search(words) is None


def names_deed(text: str, deed: str) -> bool:
    """Whether the words themselves say what is to be done ("还是取消吧"), so that no read-back is needed to know it."""
    return is_yes(text, deed) and re.search(deed, normalise(text)) is not None
