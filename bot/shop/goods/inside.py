"""What is to go into a thing of the home: 泡中药, 能装几床被子. It is about the thing, not about other goods.

Source: docs/transcript-review.md, E 6 and 11: told from what the shop wrote, else that it is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.shop.records.model import Kind, Product
from bot.text.normalise import bare, normalise
from bot.text.numerals import NUMBER

_HOLDS = ("容量", "密封", "盖子", "开口", "抽气", "口径")
"""Attributes of what things are put into."""
_PUT = re.compile(
    r"(?P<verb>装|放|泡|灌|盛|塞|煮|炖|熬|压)(?:得下|得进|得了|进去?|下|点|多少|个|着)?"
    rf"(?:(?:几|多少|{NUMBER})[床件双个条只斤套杯])?(?:我|我的|大人|孩子)?(?:厚|大(?!衣|米)|热|烫|开|鲜)?(?:的)?"
    r"(?P<what>[\u4e00-\u9fff]{1,6}?)(?=[吗么嘛不没呢啊呀吧?,。! ]|能行|行|可以|会|够|怕|啥|的话|$)"
)
_NO_CONTENTS = re.compile(
    "^的|沫|^发|脚|澡|^泡|网|芯|椒|菜|会|能|不|可以|行|水|重|心|门|驿站|柜|卡|发票|小票|备注|微波|洗碗|烤箱|洗衣|烘|冰箱|车|床底|包里|哪|多久|几天|多长|一[天夜晚]|货|到|地址|起来|好|平|了|着|假|钱|款|藏|费|音乐|电脑|几|下"
)
_ALONE = re.compile(r"(?:那|是|就是)?(?P<what>[\u4e00-\u9fff]{1,4}?)(?:呢|啊|吗|行吗)?")
_STEEPED = "泡"
"""Whatever is steeped in it: that it is not written is then the answer."""
_MOST = 3


@dataclass(frozen=True)
class Contents:
    """`what` in her words (泡中药); `lines` on it; where none, `near` is written of other contents."""

    what: str
    lines: tuple[str, ...]
    near: tuple[str, ...] = ()


def asked(product: Product, text: str, common: Iterable[str]) -> Contents | None:
    """What is to go into the product; None where that is not asked, or it holds nothing.

    `common` are contents that customers name of such things (茶, 豆浆): others must stand in the product's own lines.
    """
    common = tuple(common)
    found = _found(product, text) or _bare(product, text, common)
    if found is None:
        return None
    verb, what = found
    lines = _on(product, _stems(what))
    if lines or verb == _STEEPED or any(word in what for word in common):
        near = () if lines else _on(product, [*common, verb])
        return Contents(verb + what, lines[:_MOST], near[:_MOST])
    return None


def without(product: Product, text: str) -> str:
    """The words without goods that are to go in: 能装几床被子 names no quilt to look at."""
    found = _found(product, text)
    return normalise(text).replace(found[1], " ") if found else text


def _holds(product: Product) -> bool:
    return product.kind is Kind.HOME and any(piece in name for name in product.attributes for piece in _HOLDS)


def _bare(product: Product, text: str, common: tuple[str, ...]) -> tuple[str, str] | None:
    """ "中药": what goes in, and nothing else."""
    match = _ALONE.fullmatch(bare(text)) if _holds(product) else None
    is_content = match is not None and any(match["what"].endswith(word) for word in common)
    return ("装", match["what"]) if match and is_content else None


def _found(product: Product, text: str) -> tuple[str, str] | None:
    if not _holds(product):
        return None
    for match in _PUT.finditer(normalise(text)):
        if not _NO_CONTENTS.search(match["what"]):
            return match["verb"], match["what"]
    return None


def _stems(what: str) -> list[str]:
    """羽绒服 is written of as 羽绒, 被子 as 被."""
    stem = what.removesuffix("子")
    return [what, stem, *([what[:2]] if len(what) > 2 else [])]


def _on(product: Product, words: Iterable[str]) -> tuple[str, ...]:
    told = tuple(f"{name}：{value}" for name, value in product.attributes.items())
    written = (*product.talking_points, *product.not_for, *product.care, *told)
    return tuple(dict.fromkeys(line for word in words for line in written if word and word in line))
