"""Prices, discounts and quantities."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Rule, any_of, first_of, within
from bot.text.numerals import NUMBER, number

_CLAIM_BEFORE = any_of(
    "算我 卖我 给我算 便宜到 少到 最多(?:出|给)? 只要 我出 一口价 凑个? 凑整 出价 预算(?:是|在|大概|就)? 砍到 降到 打包"
)
_CLAIM_AFTER = any_of(
    "卖不卖 卖吗 行不行 行不 行吗 行么 可以吗 可以不 能卖 能拿 拿走 成交 我就?(?:拍|买|下单|要了) 就拍 就买 "
    "包邮(?:吗|行|可以)? 两清 到手"
)
_REDUCTION = re.compile(r"(?:便宜|少|减|优惠|省|降|抹|让|返|补)(?:了|个|我|点|掉|去|到手)? ?$")


def _yuan(match: re.Match[str]) -> float | None:
    """The sum, unless it is what the price shall fall by ("便宜20块")."""
    if _REDUCTION.search(match.string[: match.start("n")]):
        return None
    whole = number(match["n"])
    if whole is None:
        return None
    tail = match.groupdict().get("tail")
    part = 0.0
    if tail == "半":
        part = 0.5
    elif tail:
        digits = number(tail)
        part = (digits or 0.0) / (10 if len(tail) == 1 else 100)
    return within(round(whole + part, 2), 0.01, 1_000_000)


def _small(factor: float) -> Callable[[re.Match[str]], float | None]:
    def value(match: re.Match[str]) -> float | None:
        amount = number(match["n"])
        return round(amount * factor, 2) if amount is not None else None

    return value


def _share(match: re.Match[str]) -> float | None:
    """7 折 is 0.7 of the price, 85 折 and 八五折 0.85."""
    value = number(match["n"])
    if value is None or value <= 0:
        return None
    return within(round(value / (10 if value < 10 else 100), 4), 0.05, 0.99)


def _count(match: re.Match[str]) -> int | None:
    value = number(match["n"])
    return int(value) if value and value == int(value) and value < 100_000 else None


_NUMERAL = "\\d零一二三四五六七八九十百千万"
_NINE = "[一二三四五六七八九]"
_NOT_MONEY = "(?![" + _NUMERAL + "斤码号公岁年月天折件个条双米厘c%])"

_PRICES = (
    Rule("discount", re.compile(rf"(?P<n>{NUMBER}) ?折"), _share),
    Rule("discount", re.compile("半价"), lambda match: 0.5),
    Rule("price", re.compile(r"[¥￥$] ?(?P<n>\d+(?:\.\d+)?)"), _yuan),
    Rule(
        "price",
        re.compile(
            rf"(?P<n>{NUMBER}) ?(?:块钱?|元|圆|rmb|软妹币|大洋)"
            rf"(?:(?P<tail>\d{{1,2}}|{_NINE}|[两半])(?![个件条折年月天块\d]))?(?![大小布砖])"
        ),
        _yuan,
    ),
    Rule("price", re.compile(rf"(?P<n>{NUMBER}) ?毛钱?(?![球衣线呢巾毯])"), _small(0.1)),
    Rule(
        "price", re.compile(r"(?P<n>\d+(?:\.\d+)?) ?[kw](?![a-z])(?=.*(?:价|钱|贵|便宜|预算))"), _small(1000)
    ),
    Rule("price", re.compile(rf"{_CLAIM_BEFORE} ?(?P<span>(?P<n>{NUMBER})){_NOT_MONEY}"), _yuan),
    Rule("price", re.compile(rf"(?<![\d.码穿])(?P<span>(?P<n>{NUMBER})) ?{_CLAIM_AFTER}"), _yuan),
    Rule(
        "price",
        re.compile(
            rf"(?<![{_NUMERAL}])(?P<n>[一两二三四五六七八九][百千]{_NINE}(?:十{_NINE}?)?){_NOT_MONEY}"
        ),
        _yuan,
    ),
)

_PIECES = any_of(
    "件 条 双 套 盒 箱 包 袋 瓶 罐 台 把 张 对 份 支 片 本 床 顶 块(?=毛巾|布|香皂|地毯) 只 "
    "个(?!月|星期|礼拜|小时|钟|人|工作|问题|字|电话|多|样|季|学)"
)
_QUANTITIES = (
    Rule(
        "quantity",
        re.compile(
            r"(?<![第.\d每哪这那同另一上下有])(?P<n>\d+|[一二两俩三四五六七八九十百千]+) ?"
            rf"{_PIECES}(?!装|起批|以上才)"
        ),
        _count,
    ),
)


def find(text: str) -> list[Found]:
    return first_of(_PRICES, text)


def find_quantities(text: str) -> list[Found]:
    return first_of(_QUANTITIES, text)
