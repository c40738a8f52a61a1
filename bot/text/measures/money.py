"""Prices and discounts."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures import bare_money
from bot.text.measures import money_words as words
from bot.text.measures.bare_money import SUM, at_least, yuan
from bot.text.measures.found import Found, Reading, Rule, first_of, within
from bot.text.numerals import NUMBER, number

_NINE = "[一二三四五六七八九]"


def _small(factor: float) -> Callable[[re.Match[str]], float | None]:
    def value(match: re.Match[str]) -> float | None:
        amount = number(match["n"])
        return round(amount * factor, 2) if amount is not None else None

    return value


def _dimes(match: re.Match[str]) -> float | None:
    """三毛五 is 0.35."""
    amount, tail = number(match["n"]), number(match["tail"] or "零")
    return round(amount / 10 + (tail or 0.0) / 100, 2) if amount is not None else None


def _share(match: re.Match[str]) -> float | None:
    """7 折 is 0.7 of the price, 85 折 and 八五折 0.85."""
    value = number(match["n"])
    if value is None or value <= 0:
        return None
    return within(round(value / (10 if value < 10 else 100), 4), 0.05, 0.99)


def _with_unit(match: re.Match[str]) -> float | None:
    """块 is also a lump (换一块电池) and 一块 together: a lone 一块 needs 钱 or small change."""
    if match["n"] == "一" and not match["tail"] and match["unit"] == "块":
        return None
    if re.fullmatch(f"{_NINE}{{2}}", match["n"]):
        return None  # 三五块 is three to five
    return yuan(match)


def _letter(match: re.Match[str]) -> float | None:
    amount = float(match["n"]) * {"k": 1000, "w": 10_000}[match["unit"]]
    return amount if re.search("价|钱|贵|便宜|预算|以内|左右|块", match.string) else None


_WITH_UNIT = (
    Rule("discount", re.compile(rf"(?P<n>{NUMBER}) ?折(?![叠伞页屏扇])"), _share),
    Rule("discount", re.compile("(?<!一)半价|对折"), lambda match: 0.5),
    Rule("price", re.compile(rf"[¥￥$] ?(?P<n>{SUM})"), yuan),
    Rule(
        "price",
        re.compile(
            rf"(?<!几)(?P<n>{SUM}) ?(?P<unit>块钱?|元|圆|rmb|人民币|￥|软妹币|大洋)"
            rf"(?:(?P<tail>\d{{1,2}}|{_NINE}|[两半])(?![个件条双套折年月天块斤袋盒瓶箱\d]|包(?!邮)))?(?!{words.LUMP}|[大小布砖宵旦])"
        ),
        _with_unit,
    ),
    Rule(
        "price",
        re.compile(rf"(?<!几)(?P<n>{NUMBER}) ?毛钱?(?P<tail>{_NINE}(?![\d件个]))?(?![球衣线呢巾毯绒病不])"),
        _dimes,
    ),
    Rule("price", re.compile(r"(?P<n>\d) ?角(?=钱|$|[ ,。吗吧])"), _small(0.1)),
    Rule("price", re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?) ?(?P<unit>[kw])(?![a-z\d])"), _letter),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>\d+(?:\.\d+)?[百千万]\d?)(?!\d|[克米毫瓦转次人个件豆像粉步]|mah)"
        ),
        at_least(100),
    ),
)


def find(reading: Reading) -> list[Found]:
    rules = (*_WITH_UNIT, *bare_money.RULES)
    if not bare_money.is_about_wearing(reading):
        rules = (*rules, *bare_money.UNLESS_WORN)
    if bare_money.is_about_money(reading):
        rules = (*rules, *bare_money.IN_TALK)
    found = first_of(rules, reading.text)
    beside = [
        item for item in bare_money.beside_goods(reading) if not any(item.overlaps(each) for each in found)
    ]
    return [*found, *beside]
