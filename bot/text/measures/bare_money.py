"""Sums without a unit: the words around them make them money."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures import money_words as words
from bot.text.measures.found import Reading, Rule, not_after, within
from bot.text.measures.whose import is_about_people
from bot.text.numerals import NUMBER, number

SUM = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|" + NUMBER + ")"
LEAST_WITHOUT_WORD = 171
"""From here on a number is no size and no height, so that 299 左右 can only be money."""
_NINE = "[一二三四五六七八九]"


def amount_of(match: re.Match[str]) -> float | None:
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


def yuan(match: re.Match[str]) -> float | None:
    """The sum, unless it is what the price shall fall by ("便宜20块")."""
    return None if words.REDUCTION.search(match.string[: match.start("n")]) else amount_of(match)


def at_least(least: float) -> Callable[[re.Match[str]], float | None]:
    """Sums of at least `least` yuan: smaller numbers there are rather something else."""

    def value(match: re.Match[str]) -> float | None:
        amount = yuan(match)
        return amount if amount is not None and amount >= least else None

    return value


_OTHER_NUMBERS = (256, 512, 1024, 12306)
"""Sizes of memory, and the railway."""


def _likely(match: re.Match[str]) -> float | None:
    """What looks like a price by itself: beyond all sizes, or ending as prices do (89, 29.9)."""
    amount = yuan(match)
    if amount is None or amount < 9 or amount in _OTHER_NUMBERS:
        return None
    tenth = round(amount * 10) % 10
    ends_like_one = tenth not in (0, 5) or (int(amount) % 10 in (8, 9) and 50 < amount < 140 and not tenth)
    size_of_bedding = amount <= 240 and amount % 5 == 0
    return amount if (amount >= LEAST_WITHOUT_WORD and not size_of_bedding) or ends_like_one else None


_BARE = r"(?P<span>(?P<n>[1-9]\d{1,4}(?:\.\d{1,2})?))"
_ALONE = rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE}{words.NOT_MONEY}(?![a-z]|还是)"
RULES = (
    Rule(
        "price", re.compile(r"(?<![\d.])(?P<n>\d{3,5}(?:\.\d+)?)(?=[降涨改变跌砍掉][到成]了?\d)"), amount_of
    ),
    Rule(
        "price",
        re.compile(r"从 ?(?P<span>(?P<n>\d{2,6}(?:\.\d+)?))(?= ?(?:直接|一下)?[涨降跌变掉砍少])"),
        amount_of,
    ),
    Rule(
        "price",
        re.compile(rf"{words.BEFORE}{words.BETWEEN}(?P<span>(?P<n>{SUM})){words.NOT_MONEY}"),
        at_least(3),
    ),
    Rule(
        "price",
        re.compile(
            rf"(?:[件条双套个瓶箱盒包份台只] ?(?:给|算|一共|总共|才|只要|要|卖)|^给|就给)"
            rf"(?P<span>(?P<n>\d{{2,6}}(?:\.\d+)?)){words.NOT_MONEY}"
        ),
        at_least(3),
    ),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}{not_after('码 穿')}(?P<span>(?P<n>{NUMBER})) ?{words.AFTER}"),
        at_least(3),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}{not_after('号 位 四 单')}(?P<span>(?P<n>\d{{3,5}}(?:\.\d+)?)) ?{words.ABOUT}"
        ),
        at_least(LEAST_WITHOUT_WORD),
    ),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?P<span>(?P<n>[1-9]\d{{1,4}})) ?{words.WITHIN}"),
        at_least(10),
    ),
    Rule(
        "price",
        re.compile(rf"{words.BEFORE}{words.BETWEEN}{SUM} ?[到至~-] ?(?P<span>(?P<n>{SUM})){words.NOT_MONEY}"),
        at_least(10),
    ),
    Rule("price", re.compile(rf"{_ALONE}(?= ?[到至~-] ?\d{{2,5}} ?[块元])"), at_least(10)),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?P<n>\d{{2,5}})(?= ?[到至~-] ?\d{{3,5}}(?:之间|的|左右|$))"),
        _likely,
    ),
    Rule("price", re.compile(r"(?<=\d\d[到至~-])(?P<n>\d{3,5})(?=之间|的|左右|$)"), _likely),
    Rule("price", re.compile(rf"{words.WEAK_BEFORE} ?{_ALONE}"), _likely),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE} ?{words.WEAK_AFTER}"),
        _likely,
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?<![a-zv.])(?P<n>\d{{1,4}}\.(?:[5-9]0|99?|00)){words.NOT_MONEY}(?![a-z])"
        ),
        at_least(4),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九](?:[百千万]{_NINE}(?:[百十]{_NINE}?)?|千零{_NINE}十{_NINE}?)){words.NOT_MONEY}"
        ),
        yuan,
    ),
)
IN_TALK = (
    Rule(
        "price",
        re.compile(
            rf"{words.IN_TALK}(?:了| |才|都|是|上){{0,2}}(?P<span>(?P<n>\d{{2,5}}(?:\.\d+)?)){words.NOT_MONEY}"
            r"(?![a-z]|的?(?:码|脚)|寸|还是)"
        ),
        at_least(10),
    ),
    Rule("price", re.compile(rf"{words.GOODS}的? ?{_ALONE}"), at_least(50)),
    Rule("price", re.compile(rf"{words.NOT_AFTER_TALK}{_ALONE}"), _likely),
)
"""Only where the message is about money."""


def is_about_money(reading: Reading) -> bool:
    """A word of money, or a price then and now, and nothing of wearing."""
    if is_about_people(reading) or reading.names("size_word"):
        return False
    return words.TALK.search(reading.text) is not None or words.THEN_AND_NOW.search(reading.text) is not None
