"""Whether what she talks about was bought by somebody else: such an order is in another account and shown to nobody."""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_OTHER = "(?:我?(?:朋友|同事|闺蜜|邻居|别人|人家|亲戚|同学|室友|对象|老公|老婆|我妈|我爸|姐|妹|哥|弟))"
_BOUGHT = re.compile(
    f"是{_OTHER}的(?!意思|要求|生日|码|尺)|{_OTHER}(?:自己)?(?:[在]?你们?[家店])?[买拍下]的(?!礼物)|不是我[买拍下]的"
    f"|{_OTHER}的?(?:账号|号|淘宝)[买拍下]|帮{_OTHER}问"
)
_FOR_HER = re.compile(f"(?:给|送|替){_OTHER}[买拍]")


def is_someone_elses(text: str) -> bool:
    """ "是我朋友的", "我朋友买的", "帮朋友问"; not what she bought as a gift ("给我妈买的")."""
    plain = re.sub(r"\s", "", normalise(text))
    return bool(_BOUGHT.search(_FOR_HER.sub("", plain)))
