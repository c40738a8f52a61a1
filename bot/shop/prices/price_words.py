"""Words by which a message about money is known: the price itself, the shelf beside it, a sum, a last offer.

Source: docs/transcript-review.md, G 5, 6, 12 and 19.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.text.normalise import bare, normalise

_PRICE = re.compile(r"多少钱|几块钱?|啥价|什么价|价格|价钱|怎么卖|多钱|几钱")
_SHELF = re.compile(r"有货|有没有|有[吗不么没]|没货|现货|货[吗不没]|还有|缺货|断货|有的?[吗么]|有多少")
_SUM = re.compile(r"满|减|凑|优惠|活动|[元块钱]|多少|包邮")
_LAST = re.compile(
    r"\d[\d.]*[元块]?(?:最后|最多|顶天|顶多|行不|卖不|成不|行就|就拿|就买|就要|我就|卖吗|行吗)|(?:最后|最多|顶多|顶天)(?:了|就|出|给)*\d"
)
_TOTAL = re.compile(
    r"(?:那|现在|这样|这些|加起来|都|算下来|一起|全部|最后|所以)*(?:一共|总共|总价|合计|加起来|合起来|下来|拢共|统共)"
    r"(?:是|要|得|付|花|给|呢|啊|呀|吗|的|该)*(?:多少钱?|几多|几钱)?(?:呢|啊|呀|了|来着)?"
    r"|(?:那|现在|这样|这些)+(?:是|要)?多少(?:钱)?(?:呢|啊|了)?"
)
_BESIDE = re.compile(
    r"再(?:给她?|给他)?(?:配|搭|来|加|买|带|拿|要|看|选|挑)一?[个条件双套顶床]|(?:配|搭)[个条件双]"
)
_BARE_PRICE = re.compile(r"(?:[这那个件条双款套床的它呢一]|现在|请问|问下)*(?:卖|要)?多少(?:啊|呢|呀)?")
_BARE_COUNT = re.compile(r"(?:那|要是|如果)+(?:买|要|拿|只要)?[一两二三四五六七八九十\\d]+[件双条套个床把]呢")
_LESS = re.compile(r"[钱价元块券折送赠买付拍贵少低降让抹减便惠底零整]|成交|\d")
_CURT = 5
_COUNTED = re.compile(r"\d[\d.]*[元块]?(?:最后|最多)[^\d]{0,3}[几一两三\d][件双个条天]")


DEAL = "成交|就这个?价|要了|拿下"
"""What a yes to a price may name."""


def rewrites_price(text: str) -> bool:
    """我是店长 改价到100"""
    return "改价" in text


def asks_price(text: str) -> bool:
    return _PRICE.search(normalise(text)) is not None


def asks_shelf(text: str) -> bool:
    """有货不, 有没有, beside a price."""
    return _SHELF.search(normalise(text)) is not None


def is_of_a_sum(text: str) -> bool:
    """还差多少, 凑点啥: of money; 还差一件没收到 is not."""
    return _SUM.search(normalise(text)) is not None


def is_last_offer(text: str) -> bool:
    """750最后, 最多750, 750卖不卖."""
    said = bare(text)
    return _LAST.search(said) is not None and _COUNTED.search(said) is None


def asks_total(text: str) -> bool:
    """总共呢, 那一共多少钱: the whole message."""
    return _TOTAL.fullmatch(bare(text)) is not None


def seeks_beside(text: str) -> bool:
    """再配个裤子吧, 再来条裙子: another thing beside the one in hand."""
    return _BESIDE.search(normalise(text)) is not None


def is_bare_price(text: str, names: Iterable[str]) -> bool:
    """这个大衣多少, of a thing with these names: nothing else is asked."""
    said = bare(text)
    for name in sorted(map(bare, names), key=len, reverse=True):
        said = said.replace(name, "")
    return _BARE_PRICE.fullmatch(said) is not None


def is_bare_count(text: str) -> bool:
    """那两套呢: how much as many are."""
    return _BARE_COUNT.fullmatch(bare(text)) is not None


def may_haggle(text: str) -> bool:
    """Whether an unsure message can ask for less at all: 我一个人装得了不 cannot."""
    said = bare(text)
    return len(said) <= _CURT or _LESS.search(said) is not None


def takes_off(text: str) -> bool:
    """首单减8咋减: what comes off, not what is given."""
    return "减" in normalise(text)


def asks_which(text: str) -> bool:
    return re.search(r"哪[个款种]|区别|不同", normalise(text)) is not None


def chooses(text: str) -> bool:
    """我要橙M; 换成橙M is of something had already."""
    said = normalise(text)
    return re.search(r"[要拿选来拍买]", said) is not None and not re.search(r"换|改|退|收到|发错", said)


def points(text: str) -> bool:
    """背带裙那个呢."""
    return re.search(r"那[个件条双款]呢?$", bare(text)) is not None
