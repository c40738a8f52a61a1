"""Phone, order and tracking numbers."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Reading, Rule, first_of
from bot.text.numerals import digits

_CHINESE = "零〇一二三四五六七八九幺"

MOBILE = re.compile(r"(?<![\da-z])(?:\+?86[ -]?)?(?P<span>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)")
SPOKEN_MOBILE = re.compile(rf"(?<![{_CHINESE}])[一幺][三四五六七八九][{_CHINESE}]{{9}}(?![{_CHINESE}])")
LANDLINE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[ -]\d{7,8}|400[ -]?\d{3,4}[ -]?\d{3,4}|0(?:10|2\d|[3-9]\d{2})\d{7,8})(?!\d)"
)

_PREFIXED = r"(?:sf|jt|yt|jd[a-z]{0,2}|zto|sto|yd|db|dpk|ky|ems)\d{8,16}|e[a-z]\d{9}cn"


def _plain(match: re.Match[str]) -> str:
    text = match["span"] if "span" in match.re.groupindex else match[0]
    return digits(text)


def _upper(match: re.Match[str]) -> str:
    return (match["span"] if "span" in match.re.groupindex else match[0]).upper()


_RULES = (
    Rule("tracking_no", re.compile(rf"(?<![a-z\d])(?:{_PREFIXED})(?![a-z\d])"), _upper),
    Rule(
        "tracking_no",
        re.compile(
            r"(?:快递单号?|运单号?|物流单号?|面单号?|快递号"
            r"|(?:顺丰|[中圆申]通|韵达|极兔|德邦|邮政|京东|ems|菜鸟)的?(?:快递|速递|物流)?单号)"
            r"(?:是|为|:| |码)*(?P<span>[a-z]{0,4}\d{10,20})(?!\d)"
        ),
        _upper,
    ),
    Rule("phone", MOBILE, _plain),
    Rule("phone", SPOKEN_MOBILE, _plain),
    Rule("phone", LANDLINE, _plain),
    Rule(
        "order_id",
        re.compile(r"(?:订单号?|单号|编号)(?:是|为|:| |码)*(?P<span>[a-z]{0,4}-?\d{6,24}(?:-\d+)*)(?!\d)"),
        _upper,
    ),
    Rule(
        "order_id",
        re.compile(r"(?:订单号?|单号|编号)(?:是|为|:| |码)*(?P<span>\d{4}(?:[ -]\d{2,6}){2,5})(?!\d)"),
        lambda match: digits(match["span"]),
    ),
    Rule("order_id", re.compile(r"(?<![a-z\d.])[a-z]{1,4}-?\d{8,20}(?![a-z\d])"), _upper),
    Rule("order_id", re.compile(r"(?<![\d.a-z])\d{12,24}(?!\d)"), _upper),
)


def find(reading: Reading) -> list[Found]:
    return first_of(_RULES, reading.text)
