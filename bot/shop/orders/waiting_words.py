"""What is said while she waits: no hurry after all, when the money is there, how many days went by.

Source: docs/transcript-review.md, fifth round, review I.
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise

_NO_URGING = re.compile(
    "(?:不|别|甭|先不)(?:用|要|必|再|想)*催|(?:不|没那么)(?:着)?急了?(?:$|[,，。 ])|慢慢(?:发|来|送)"
)


def needs_no_urging(text: str) -> bool:
    """Whether she says that it need not be hurried ("算了 不催了")."""
    words = normalise(text).strip()
    return _NO_URGING.search(words) is not None and re.search("怎么|咋|为啥|为什么|能不|吗", words) is None


_MONEY_DAY = re.compile(
    r"^(?:那|这|个|笔|钱|款|补偿|退款|补的|赔的|大概|一般|到底|,|，| )*(?:什么时候|啥时候|几时|多久|几天|"
    r"多长时间|哪天)"
    r"(?:能|会|才|可以|就)*(?:到账|到帐|打给我|退给我|给我|到我账上)(?:啊|呀|呢|吧|了|[?？])*"
    r"(?:[,，。 ]*(?:那|这)?\d+(?:块|元)?钱?)?[?？]*$"
)


def asks_money_day(text: str) -> bool:
    """Whether she asks nothing but when the money spoken of is there ("什么时候到账")."""
    return _MONEY_DAY.search(normalise(text).strip()) is not None


_BARE_WAIT = re.compile(
    r"^(?:都|已经|这都|那都|已|过去|过了)*(?:好?几|[一二两三四五六七八九十\d]+)多?[天日]了(?:啊|呀|吧|[!！。])*$"
)


def counts_days(text: str) -> bool:
    """ "都三天了", of what was just answered."""
    return _BARE_WAIT.search(normalise(text).strip()) is not None
