"""Prices and discounts."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures import money_words as words
from bot.text.measures.found import Found, Reading, Rule, any_of, first_of, not_after, within
from bot.text.measures.whose import is_about_people
from bot.text.numerals import NUMBER, number

_NINE = "[一二三四五六七八九]"
_SUM = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|" + NUMBER + ")"
_LEAST_WITHOUT_WORD = 171
"""From here on a number is no size and no height, so that 299 左右 can only be money."""


def _amount(match: re.Match[str]) -> float | None:
    """The number with its small change: 9块9 is 9.9."""
    whole = number(match["n"].replace(",", ""))
    if whole is None:
        return None
    tail = match.groupdict().get("tail")
    part = 0.0
    if tail == "半":
        part = 0.5
    elif tail:
        part = (number(tail) or 0.0) / (10 if len(tail) == 1 else 100)
    return within(round(whole + part, 2), 0.01, 1_000_000)


def _yuan(match: re.Match[str]) -> float | None:
    """The sum, unless it is what the price shall fall by ("便宜20块")."""
    return None if words.REDUCTION.search(match.string[: match.start("n")]) else _amount(match)


def _with_unit(match: re.Match[str]) -> float | None:
    """块 is also a lump (换一块电池) and 一块 together: a lone 一块 needs 钱 or small change."""
    if match["n"] == "一" and not match["tail"] and match["unit"] == "块":
        return None
    return _yuan(match)


def _from(least: float) -> Callable[[re.Match[str]], float | None]:
    """Sums of at least `least` yuan: smaller numbers there are rather something else."""

    def value(match: re.Match[str]) -> float | None:
        amount = _yuan(match)
        return amount if amount is not None and amount >= least else None

    return value


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


def _letter(match: re.Match[str]) -> float | None:
    amount = float(match["n"]) * {"k": 1000, "w": 10_000}[match["unit"]]
    return amount if re.search("价|钱|贵|便宜|预算|以内|左右|块", match.string) else None


_WITH_UNIT = (
    Rule("discount", re.compile(rf"(?P<n>{NUMBER}) ?折(?![叠伞页屏扇])"), _share),
    Rule("discount", re.compile("(?<!一)半价|对折"), lambda match: 0.5),
    Rule("price", re.compile(rf"[¥￥$] ?(?P<n>{_SUM})"), _yuan),
    Rule(
        "price",
        re.compile(
            rf"(?<!几)(?P<n>{_SUM}) ?(?P<unit>块钱?|元|圆|rmb|软妹币|大洋)"
            rf"(?:(?P<tail>\d{{1,2}}|{_NINE}|[两半])(?![个件条双套折年月天块\d]))?(?!{words.LUMP}|[大小布砖宵旦])"
        ),
        _with_unit,
    ),
    Rule("price", re.compile(rf"(?<!几)(?P<n>{NUMBER}) ?毛钱?(?![球衣线呢巾毯绒病不])"), _small(0.1)),
    Rule("price", re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?) ?(?P<unit>[kw])(?![a-z\d])"), _letter),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>\d+(?:\.\d+)?[千万]\d?)(?!\d|[克米毫瓦转次人个件豆像粉步]|mah)"
        ),
        _from(1000),
    ),
)
_WITHOUT_UNIT = (
    Rule("price", re.compile(r"(?<![\d.])(?P<n>\d{3,5}(?:\.\d+)?)(?=[降涨改变跌砍掉][到成]了?\d)"), _amount),
    Rule(
        "price",
        re.compile(r"从 ?(?P<span>(?P<n>\d{2,6}(?:\.\d+)?))(?= ?(?:直接|一下)?[涨降跌变掉砍少])"),
        _amount,
    ),
    Rule(
        "price",
        re.compile(rf"{words.BEFORE}{words.BETWEEN}(?P<span>(?P<n>{_SUM})){words.NOT_MONEY}"),
        _from(3),
    ),
    Rule(
        "price",
        re.compile(
            rf"(?:[件条双套个瓶箱盒包份台只] ?(?:给|算|一共|总共|才|只要|要|卖)|^给|就给)"
            rf"(?P<span>(?P<n>\d{{2,6}}(?:\.\d+)?)){words.NOT_MONEY}"
        ),
        _from(3),
    ),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}{not_after('码 穿')}(?P<span>(?P<n>{NUMBER})) ?{words.AFTER}"),
        _from(3),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}{not_after('号 位 四 单')}(?P<span>(?P<n>\d{{3,5}}(?:\.\d+)?)) ?{words.ABOUT}"
        ),
        _from(_LEAST_WITHOUT_WORD),
    ),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?P<span>(?P<n>[1-9]\d{{1,4}})) ?{words.WITHIN}"),
        _from(10),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九][百千]{_NINE}(?:十{_NINE}?)?){words.NOT_MONEY}"
        ),
        _yuan,
    ),
)


_IN_TALK = Rule(
    "price",
    re.compile(
        rf"{words.IN_TALK}(?:了| |才|都|是|上){{0,2}}(?P<span>(?P<n>\d{{2,5}}(?:\.\d+)?)){words.NOT_MONEY}"
        r"(?![a-z]|的?(?:码|脚)|寸|还是)"
    ),
    _from(10),
)


def find(reading: Reading) -> list[Found]:
    rules = (*_WITH_UNIT, *_WITHOUT_UNIT)
    worn = is_about_people(reading) or reading.names("footwear", "size_word")
    if words.TALK.search(reading.text) and not worn:
        rules = (*rules, _IN_TALK)
    return first_of(rules, reading.text)
