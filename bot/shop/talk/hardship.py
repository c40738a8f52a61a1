"""Customers who cannot do what a shop takes for granted: come down the stairs, type, find their way on a phone.

"我80岁了下不去楼" and "不会弄" are wishes for help, not riddles (docs/transcript-review.md, B 18).
"""

from __future__ import annotations

import re
from enum import Enum

from bot.text.normalise import normalise


class Hardship(Enum):
    STAIRS = "stairs"
    """The parcel has to come to the door."""
    SCREEN = "screen"
    """Typing and pressing are the trouble; a voice would do."""


_STAIRS = re.compile(
    r"下不[去来了动]楼|下不了[床地]|(?:没法|不能|不方便|难)下楼|爬不[动上了]|走不动|腿脚不|上不[去来了]楼|坐轮椅|拄拐|腿疼|腿断|骨折"
    r"|(?:搬|扛|抬|拎|提|拿)不(?:动|上[来去])|(?:搬|扛|抬)上楼"
)
_SCREEN = re.compile(
    r"(?:不会|不太会|不怎么会)(?:弄|操作|打字|用手机|点|搞|上网|整)|(?:弄|搞|整)不(?:来|了|明白|懂)|不识字|不认[识得]字|看不[懂清]字|老花|眼睛花|眼神不好|眼睛看不清"
)
_GOODS = re.compile(r"(?:这个|那个|锅|灯|椅|桌|杯|壶|箱|拉链|怎么)[^，,。]{0,4}(?:不会|弄不)|装|安装|洗")
"""Not knowing how a product works is a question about its use."""


_UPSTAIRS = re.compile(
    r"(?:送|搬|抬|扛|上)(?:货)?(?:到|上)?[一二三四五六七八九十\d]*楼|没(?:有)?电梯|无电梯|步梯|楼梯房"
)


def goes_upstairs(text: str) -> bool:
    """送上楼吗, 六楼没电梯: asked of what is to be bought."""
    return _UPSTAIRS.search(normalise(text)) is not None


def read(text: str) -> Hardship | None:
    words = normalise(text)
    if _STAIRS.search(words):
        return Hardship.STAIRS
    return Hardship.SCREEN if _SCREEN.search(words) and not _GOODS.search(words) else None
