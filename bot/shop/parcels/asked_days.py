"""What the days in a question about shipping are: a day it shall be there by, a day to buy on, a day to ship on.

Source: docs/transcript-review.md, A F8: "能送到北京周五前吗" asks whether it arrives by Friday when bought
now, not whether the warehouse works on Friday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.text.dates import find_dates, resolve_date
from bot.text.normalise import normalise

_BUYS = re.compile(r"^(?:早上|上午|下午|晚上)?(?:再|就|我|才|要是|去|来)*(?:买|拍|下单|付款|付钱|下订)")
"""Behind a day: 周六拍, 双十二再买."""
_SHIPS = re.compile(
    r"发货|发出|发走|[能可还]以?发|发[吗么不嘛没]|发不发|寄出|出货|开工|开门|上班|放假|休息|营业"
)
_ARRIVES = re.compile(
    r"[能会可还]?(?:送|寄|收|拿|运|快递)?[得不]?到(?!货通知|手价|底|期)|收[得货]|拿[得货]|赶[得不]?[上及]|来[得不]及|送来|送达"
    r"|[要得想]穿|[要得想]用|穿上|用上|要的|之?前要|急[用要穿]"
)
_HURRIES = re.compile(r"赶(?:在|着|得上|个)?$")
"""Ahead of a day: 赶下周三 is when it must be there."""
_BREAK = re.compile(r"[\s,，。;；!！?？]+")
_BY = re.compile(r"^[之以]?[前内]|^就?[要得]|^(?:出发|走|结婚|办|过|考|出差|回)")


@dataclass(frozen=True)
class AskedDays:
    """Days a question names; None for what it does not."""

    arrives_by: date | None = None
    buys_on: date | None = None
    ships_on: date | None = None


def _clause(words: str, start: int, end: int) -> str:
    """The piece of the message in which the day stands: 今天能发货吗 of "今天能发货吗 到武汉几天"."""
    before = max((match.end() for match in _BREAK.finditer(words, 0, start)), default=0)
    found = _BREAK.search(words, end)
    return words[before : found.start() if found else len(words)]


def _ships(words: str) -> bool:
    return _SHIPS.search(words) is not None and _ARRIVES.search(words) is None


def asked_days(text: str, now: datetime) -> AskedDays:
    """The days of the question from today on; of two of a sort the first counts."""
    words = normalise(text)
    arrives_by = buys_on = ships_on = None
    for said, start, end in sorted(find_dates(words), key=lambda found: found[1]):
        day = resolve_date(said, now)
        if day is None or day < now.date():
            continue
        behind = words[end:]
        own = _clause(words, start, end)
        if _BUYS.search(behind):
            buys_on = buys_on or day
        elif _HURRIES.search(words[:start]):
            arrives_by = arrives_by or day
        elif _ships(own) or _ships(words):
            is_latest = re.match(r"[之以]?前", behind)
            ships_on = ships_on or (None if is_latest else day)
        elif _ARRIVES.search(words) or _BY.search(behind):
            arrives_by = arrives_by or day
        else:
            ships_on = ships_on or day
    return AskedDays(arrives_by, buys_on, ships_on)
