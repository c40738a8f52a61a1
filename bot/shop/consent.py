"""Whether a message that sounds like a yes is one: "地址对的吧" asks, "好的吧" agrees.

Nothing is booked on a question (docs/transcript-review.md, B 7).
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_ASKS = re.compile(
    r"[?？]|[吗么嘛]|什么|怎么|多少|多久|几[天点号时]|哪|谁|能不能|是不是|对不对|有没有|行不行|可不可以|为啥|为什么|咋"
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
