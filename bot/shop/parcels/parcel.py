"""Where a parcel stands, read from the couriers' own words in its trace.

Source: shop-rules.md, "The order on its way": parcel status from the order, not from prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.shop.records.orders import Order, OrderState, TraceEntry


class ParcelStatus(str, Enum):
    NO_TRACE = "no_trace"
    WAITING = "waiting"
    """Packed and labelled; the courier has not fetched it."""
    MOVING = "moving"
    STALLED = "stalled"
    CUSTOMS = "customs"
    WEATHER = "weather"
    FAILED = "failed"
    """An attempt to deliver did not succeed, or was put off."""
    OUT_FOR_DELIVERY = "out_for_delivery"
    AT_STATION = "at_station"
    SIGNED = "signed"
    RETURNING = "returning"


@dataclass(frozen=True)
class Parcel:
    """`since` is the newest scan's time, None without any; `place` a station, `code` its pick-up code, `signer` who
    signed; each is "" where the trace does not say."""

    status: ParcelStatus
    text: str = ""
    since: datetime | None = None
    place: str = ""
    code: str = ""
    signer: str = ""


_S = ParcelStatus
_WORDS: tuple[tuple[ParcelStatus, re.Pattern[str]], ...] = (
    (_S.RETURNING, re.compile("退回|退件|拒收|返回寄件|退货")),
    (_S.AT_STATION, re.compile("驿站|代收点|快递柜|丰巢|自提点|自提柜|取件码|菜鸟站")),
    (_S.SIGNED, re.compile("签收(?!失败)|妥投|已送达|送货上门")),
    (
        _S.FAILED,
        re.compile(
            "派送失败|投递失败|联系不上|无人接听|电话.{0,3}不通|改天送|改约|问题件|疑难件|地址不详|暂存"
        ),
    ),
    (_S.CUSTOMS, re.compile("清关|海关|报关|查验")),
    (_S.WEATHER, re.compile("暴雪|大雪|降雪|暴雨|台风|结冰|道路封闭|洪水|恶劣天气|封路")),
    (_S.OUT_FOR_DELIVERY, re.compile("派送|派件|配送中|投递中")),
    (_S.WAITING, re.compile("等待揽收|待揽收|待揽件|已打包|已下单|电子面单|等待取件")),
)
"""The first that fits the newest scan decides; anything else is on the move."""
_CODE = re.compile(r"取(?:件|货)码[:： ]*([A-Za-z0-9][A-Za-z0-9-]{1,15})")
_PLACE = re.compile(
    r"(?:.*(?:放在|存放[在至]|放至|送至|投递[到至]|到达|暂存于?|已到))?"
    r"([^，。；、【】\s]{0,18}?(?:驿站|代收点|快递柜|丰巢柜?|自提点|自提柜|网点))"
)
_SIGNER = re.compile(r"签收人[:： ]*([^，。；\s]{1,12})")
_STANDS_STILL = (_S.MOVING, _S.WAITING, _S.OUT_FOR_DELIVERY)
"""Only these are doubtful when nothing new is scanned; customs and snow say why themselves."""

SAYS_MORE_THAN_A_DATE = (_S.CUSTOMS, _S.RETURNING, _S.FAILED, _S.AT_STATION, _S.OUT_FOR_DELIVERY)
"""In customs, on its way back, at a station or at her door: the table's days are no answer there."""


def read(trace: Sequence[TraceEntry], now: datetime, stalled_hours: int) -> Parcel:
    """Where the parcel stands by its newest scan (the trace is oldest first)."""
    if not trace:
        return Parcel(_S.NO_TRACE)
    last = trace[-1]
    status = next((status for status, pattern in _WORDS if pattern.search(last.text)), _S.MOVING)
    if status in _STANDS_STILL and now - last.time > timedelta(hours=stalled_hours):
        status = _S.STALLED
    place, code, signer = (pattern.search(last.text) for pattern in (_PLACE, _CODE, _SIGNER))
    return Parcel(
        status,
        last.text,
        last.time,
        place[1] if place else "",
        code[1] if code else "",
        signer[1] if signer else "",
    )


def of_order(order: Order, now: datetime, stalled_hours: int) -> Parcel:
    """The order's parcel; goods sent back by the customer are no parcel on its way to her."""
    found = read(order.trace, now, stalled_hours)
    if found.status is _S.STALLED and order.state in (OrderState.DELIVERED, OrderState.COMPLETED):
        return Parcel(_S.SIGNED, found.text, found.since, found.place, found.code, found.signer)
    return found
