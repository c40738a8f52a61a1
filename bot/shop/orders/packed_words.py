"""What is asked while the warehouse tries to stop a packed order ("那来得及吗", "万一发到老地址去了咋办").

Source: docs/transcript-review.md, third round, F 9.
"""

from __future__ import annotations

import re

from bot.shop.orders import order_wish
from bot.shop.talk import consent
from bot.text.normalise import normalise

_OUTCOME = re.compile(
    r"来[得不]来?得?及|赶[得不]赶?得?上|拦(?:得|不|没|住|到|下)|(?:老|旧|原来?的?|以前的|之前的|错的?)地址"
    r"|(?:发|寄|送)(?:出去|出|走|掉)(?:了)?|(?:已经|都)(?:发|寄)了?|成没成|成功(?:了)?[吗没]|改(?:好|成|上)?了?[没吗]|怎么样了"
)
_ASKS = re.compile(r"[吗么嘛呢没?？]|咋|怎么|万一|要是|如果|会不会|不就|不会|还能|吧$")


def asks_outcome(text: str) -> bool:
    """Whether she asks what becomes of a change that comes late."""
    words = normalise(text).strip()
    return _OUTCOME.search(words) is not None and _ASKS.search(words) is not None


_STOPPING_OFF = re.compile(
    r"拦截?[^,，。]{0,4}(?:撤|取消|停)|撤[^,，。]{0,4}拦|(?:别|甭|不)(?:用|要|再|给我|帮我)*拦(?!住|到|下)"
)
_CHANGE_OFF = re.compile(
    r"(?<![还怎么能])(?:不|别|甭)(?:用|想|给我|帮我)*(?:换|改)了|(?:照|按)(?:原来|原样|老地址|原地址)[^,，。]{0,3}(?:发|寄)"
)


def calls_off(text: str) -> bool:
    """Whether what the warehouse was asked to stop is to leave as it was packed after all ("那就不换了", "别拦了"), or
    she asks if that is settled ("拦截撤了没"); goods given up are another matter."""
    words = normalise(text)
    if order_wish.gives_up(words) or order_wish.read(words):
        return bool(_STOPPING_OFF.search(words)) and "拦截" in words
    is_plain = _CHANGE_OFF.search(words) is not None and not consent.asks_back(words)
    return is_plain or _STOPPING_OFF.search(words) is not None
