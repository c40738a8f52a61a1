"""Sums without a unit: the words around them make them money."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.text.measures import money_words as words
from bot.text.measures.found import Found, Reading, Rule, not_after, within
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


def _about(match: re.Match[str]) -> float | None:
    """百来块 is about 100, 两百来块 about 200."""
    spoken = match["n"]
    return number(spoken if len(spoken) > 1 else f"一{spoken}")


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


def _per_piece(match: re.Match[str]) -> float | None:
    """98一件, but no size: 120一件, 38一双."""
    amount = yuan(match)
    if amount is None or amount < 5 or (80 <= amount <= 170 and amount % 10 == 0) or 34 <= amount <= 48:
        return None
    return amount


_PER_PIECE = "(?:一|每|/)[件条双套瓶盒箱斤本张台](?![半两])"
_BARE = r"(?P<span>(?P<n>[1-9]\d{1,4}(?:\.\d{1,2})?))"
_ALONE = rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE}{words.NOT_MONEY}(?![a-z]|还是)"
RULES = (
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九]?[百千])(?=[来把]块)"),
        _about,
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九][百千万][零一二三四五六七八九十百千]*?)(?<!十)"
            r"(?=[一两二三][件条双套瓶盒箱包斤台])"
        ),
        yuan,
    ),
    Rule(
        "price",
        re.compile(rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE}(?={_PER_PIECE})"),
        _per_piece,
    ),
    Rule(
        "price",
        re.compile(r"(?<![\d.])(?P<n>\d{2,5}(?:\.\d+)?)(?=(?:[降涨变跌砍掉][到成]?了?|改[到成])\d{2})"),
        amount_of,
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
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<span>(?P<n>[1-9]\d{{1,4}}|{_NINE}?十{_NINE}?)) ?{words.WITHIN}"
        ),
        at_least(10),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<span>(?P<n>[一两二三四五六七八九](?:[百千万])))(?=块|以内|之内|左右|上下|以下)"
        ),
        at_least(100),
    ),
    Rule(
        "price",
        re.compile(
            rf"[两二三四五六七八九\d][件条双套] ?(?:一共|总共)?(?P<span>(?P<n>\d{{3,4}})){words.NOT_MONEY}(?![a-z])"
        ),
        at_least(LEAST_WITHOUT_WORD),
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
            rf"{words.NO_NUMERAL_BEFORE}(?<![a-zv.])(?P<n>\d{{1,4}}\.(?:\d\d|9)){words.NOT_MONEY}(?![a-z])"
        ),
        at_least(4),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?P<n>[一两二三四五六七八九][百千万][零一二三四五六七八九十百千]+(?:点{_NINE})?){words.NOT_MONEY}"
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


UNLESS_WORN = (
    Rule(
        "price",
        re.compile(rf"(?:能不能|可不可以|行不行|能|按|算)(?:算|给)? ?{_ALONE}(?=$|[ ,吗行不吧算呗])"),
        at_least(10),
    ),
    Rule(
        "price",
        re.compile(
            rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE}(?=(?:能不能|算|给你|我给|就按) ?\d{{2}})"
        ),
        at_least(10),
    ),
)
"""Bargaining by bare numbers, which in a talk about wearing would be sizes."""


_GOODS = (
    "garment",
    "footwear",
    "home_goods",
    "appliance",
    "food_baby",
    "beauty",
    "jewellery_bag",
    "toy_book",
)
_AFTER_GOODS = re.compile(rf"(?:的|是|才|要)? ?{_ALONE}")
_BEFORE_GOODS = re.compile(rf"{words.NO_NUMERAL_BEFORE}(?<![a-z位号四*×]){_BARE}(?:块|元)?的$")


def beside_goods(reading: Reading) -> Iterator[Found]:
    """冰箱3299, 5999的手机: a number beside goods that can be no size."""
    for word in reading.words:
        if word.concept in _GOODS:
            after = _AFTER_GOODS.match(reading.text, word.end)
            for match in (after, _BEFORE_GOODS.search(reading.text, 0, word.start)):
                if match and (amount := _likely(match)):
                    yield Found("price", amount, *match.span("span"))


def is_about_wearing(reading: Reading) -> bool:
    return is_about_people(reading) or reading.names("size_word", "footwear")


def is_about_money(reading: Reading) -> bool:
    """A word of money, or a price then and now, and nothing of wearing."""
    if is_about_people(reading) or reading.names("size_word"):
        return False
    return words.TALK.search(reading.text) is not None or words.THEN_AND_NOW.search(reading.text) is not None
