"""What is said of the waiting itself by who waits for a person: how long still, is anybody there, never mind.

Source: docs/transcript-review.md, fifth round, I 2: "还要等多久啊" was not understood, "有没有人啊" was greeted
anew, and "算了不用人工了" asked for a person once more.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class Waiting(Enum):
    HOW_LONG = "how_long"
    """When it is her turn, or whether anybody is there at all."""
    NO_MORE = "no_more"
    """No person is needed any more."""


_PERSON = "人工|客服|真人|同事|专员"
_NO_MORE = re.compile(
    rf"(?:不|别|甭|先不|没必要)(?:用|要|想|再|必|需要)*(?:转|找|叫|请|等|换)?(?:个|你们)?(?:{_PERSON})"
    rf"|(?:不|别|先不)(?:用|要|想)?转了|(?:不|别)(?:用|想|要)?等(?:人|你们)|取消(?:排队|转接|转?人工)|"
    rf"(?:{_PERSON})(?:就)?(?:不用|不要|不找|算)了"
)
_HOW_LONG = re.compile(
    rf"(?:还|得|要)+等?多久|等(?:到)?(?:多久|多长时间|几时|什么时候|啥时候|猴年)|(?:多久|多长时间|什么时候|"
    rf"啥时候|几点|几时)(?:才|能|会|可以)*(?:有|来个?人|接|轮到?|回|上班|上线|在)(?:个|到|我|复|答|话|线|得)*(?:人|"
    rf"{_PERSON}|我|[啊呀呢吧?？]|$)"
    rf"|有(?:没有?)?(?:{_PERSON}|人)(?:在)?(?:吗|么|没|不|啊|呀|嘛|[?？]|$)|(?:{_PERSON}|人)(?:呢|在吗|"
    rf"在不在|在哪|来了[没吗]|去哪了)"
    rf"|(?:怎么|咋|为啥|为什么|一直|还)(?:还|都|是)*没(?:有)?人|没人(?:理|回|管|来|接|吗|么|啊)|(?:还)?在(?:吗|"
    rf"不在|么)[?？!！]*$|前面(?:还)?有?(?:几|多少)|排(?:到|在)?(?:第几|哪|几位|多少)|轮到我"
)
_ASKS_WHY = re.compile("怎么|咋|为什么|为啥|干嘛|凭什么|是不是|能不能|可以|吗|么")
"""不给转人工 complains behind these, and 不用人工吗 asks."""
_OF_GOODS = re.compile("退|换|补|修|钱|款|货|到货|码|色|券|送人|人穿|人用|发票|快递|包裹|物流")
_SHORT = 16
"""Characters of a message that is about the waiting and nothing else."""


def of_waiting(text: str) -> Waiting | None:
    """None for whatever is about something else; who is not waiting for a person may mean anything by these words."""
    words = normalise(text).strip()
    if not words or len(words) > _SHORT:
        return None
    if _NO_MORE.search(words) and not _ASKS_WHY.search(words):
        return Waiting.NO_MORE
    return Waiting.HOW_LONG if _HOW_LONG.search(words) and not _OF_GOODS.search(words) else None


_RESULT = re.compile(
    "(?:多久|多长时间|什么时候|啥时候|几时|几点|哪天|几号|今天|明天|等多久)[^,，。]{0,6}(?:答复|回复|回话|"
    "回信|结果|消息|准信|处理[好完]|解决)"
    "|(?:答复|回复|结果|消息)[^,，。]{0,3}(?:多久|什么时候|啥时候|几时|几点|哪天|呢)"
)


def asks_result(text: str) -> bool:
    """Whether she asks by when she is told what came of a matter the shop looks into."""
    return _RESULT.search(normalise(text)) is not None
