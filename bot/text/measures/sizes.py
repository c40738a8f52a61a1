"""Sizes: letters S–5XL, 均码, shoe and trouser sizes, children's 80–170, size labels."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.text.measures.found import Found, Rule, any_of, first_of, within
from bot.text.numerals import number

_LETTERS = r"(?:[2-6]xl|x{1,5}l|x{0,2}s|[sml])"
_USUAL = re.compile(
    any_of("平时 平常 一般 以前 之前 一直 通常 习惯 正常 日常 往常 从来 都是 常")
    + "[^,。;!?]{0,8}?[穿买是码][^,。;!?]{0,6}$"
)
_TAKE = any_of("穿 拍 换 买 改成 换成 选 留 试") + any_of("了 个 过 成 的 双") + "?"
_OR = " ?" + any_of("还是 和 跟 或者?")
_FIT = any_of(
    "会不会 能不能穿 大不大 小不小 还有 有没有 有货 会大 会小 太大 太小 大了 小了 够不够 合适 偏大 偏小 挤"
)
_NOT_SIZE = r"(?![\d.件条双块元斤个天岁/厘公%分]|cm|kg)"
_SHOE = r"3[4-9](?:\.5)?|4[0-8](?:\.5)?"
_NINE = "[一二三四五六七八九]"
_SPOKEN = rf"[二三四]十{_NINE}?"


def _letters(match: re.Match[str]) -> str:
    size = match["s"].upper()
    if size.startswith("XX") and size.endswith("L"):
        return f"{len(size) - 1}XL"
    return size


def _label(match: re.Match[str]) -> str:
    return match["s"].upper().replace(" ", "")


def _numeric(low: float, high: float) -> Callable[[re.Match[str]], str | None]:
    def value(match: re.Match[str]) -> str | None:
        size = within(number(match["s"]), low, high)
        return f"{size:g}" if size is not None else None

    return value


def _child(match: re.Match[str]) -> str | None:
    size = int(match["s"])
    return str(size) if 50 <= size <= 170 and size % 5 == 0 else None


_LABELS = (
    Rule("size", re.compile(r"(?<!\d)(?P<s>1[3-9]\d ?/ ?\d{2,3} ?[abcy])(?![\da-z])"), _label),
    Rule("size", re.compile(r"(?<!\d)(?P<s>1[3-9][05] ?/ ?\d{2,3})(?= ?[码号的])"), _label),
)

_RULES = (
    Rule("size", re.compile(rf"(?<![a-z0-9.'])(?P<s>{_LETTERS})(?![a-z0-9.'])"), _letters),
    Rule("size", re.compile("均码|均号|f码|free ?size|通码"), lambda match: "均码"),
    Rule("size", re.compile("特大号|加大号|大号|中号|特小号|小号"), lambda match: match[0]),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>\d{2}(?:\.5)?) ?码"), _numeric(10, 60)),
    Rule("size", re.compile(r"(?<![\d.月])(?P<s>3[2-9](?:\.5)?|4\d(?:\.5)?) ?号"), _numeric(32, 49)),
    Rule("size", re.compile(rf"(?P<s>{_SPOKEN}) ?码"), _numeric(16, 49)),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>\d{3}) ?(?:码|号码)"), _child),
    Rule("size", re.compile(rf"{_TAKE}(?P<span>(?P<s>{_SHOE})){_NOT_SIZE}"), _numeric(34, 48)),
    Rule("size", re.compile(rf"(?:{_TAKE}|要)(?P<span>(?P<s>[5-9][05]|1[0-7][05])){_NOT_SIZE}"), _child),
    Rule("size", re.compile(rf"(?<![\d.减满到])(?P<s>[89][05]|1[0-5][05])的?(?={_FIT})"), _child),
    Rule(
        "size",
        re.compile(rf"(?<![\d.])(?P<s>[5-9]0|1[0-6]0)(?={_OR} ?(?:[5-9]0|1[0-7]0){_NOT_SIZE})"),
        _child,
    ),
    Rule("size", re.compile(rf"(?<=还是)(?P<s>[6-9]0|1[0-7]0){_NOT_SIZE}"), _child),
    Rule("size", re.compile(rf"(?<![\d.])(?P<s>{_SHOE})(?={_OR} ?(?:{_SHOE}))"), _numeric(34, 48)),
    Rule("size", re.compile(rf"(?<![\d.减满到])(?P<s>{_SHOE})(?:(?=的)|(?={_FIT}))"), _numeric(34, 48)),
    Rule("size", re.compile(rf"(?<=还是)(?P<s>{_SHOE}){_NOT_SIZE}"), _numeric(34, 48)),
)


def find_labels(text: str) -> list[Found]:
    """Labels such as 170/88a, which are no heights."""
    return first_of(_LABELS, text)


def find(text: str) -> list[Found]:
    """`usual_size` after words such as 平时穿, else `size`."""
    return [
        Found("usual_size", found.value, found.start, found.end)
        if _USUAL.search(text[: found.start])
        else found
        for found in first_of(_RULES, text)
    ]
