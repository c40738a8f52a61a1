"""Sizes: letters S–5XL, 均码, shoe and trouser sizes, children's 80–170, size labels."""

from __future__ import annotations

import re

from bot.text.measures.found import Found, Rule, first_of
from bot.text.numerals import number

_LETTERS = r"(?:[2-6]xl|x{1,5}l|x{0,2}s|[sml])"
_USUAL = re.compile(r"(?:平时|平常|一般|以前|之前|一直|通常|习惯|正常|日常|往常|从来|都是|常)[^,。;!?]{0,8}?(?:穿|买|是|码)[^,。;!?]{0,6}$")


def _letters(match: re.Match[str]) -> str:
    size = match["s"].upper()
    if size.startswith("XX") and size.endswith("L"):
        return f"{len(size) - 1}XL"
    return size


def _free_size(match: re.Match[str]) -> str:
    return "均码"


def _word_size(match: re.Match[str]) -> str:
    return match["s"]


def _numeric(low: float, high: float, halves: bool = True):
    def value(match: re.Match[str]) -> str | None:
        size = number(match["s"])
        if size is None or not low <= size <= high or size % (0.5 if halves else 1):
            return None
        return f"{size:g}"

    return value


def _child(match: re.Match[str]) -> str | None:
    size = int(match["s"])
    return str(size) if 50 <= size <= 170 and size % 5 == 0 else None


_LABELS = (
    Rule("size", re.compile(r"(?<!\d)1[3-9]\d ?/ ?\d{2,3} ?[abcy](?![\da-z])"), lambda m: m[0].upper().replace(" ", "")),
    Rule("size", re.compile(r"(?<!\d)(?P<span>1[3-9][05] ?/ ?\d{2,3})(?= ?(?:码|号|的))"), lambda m: m["span"].replace(" ", "")),
)

_RULES = (
    Rule("size", re.compile(rf"(?<![a-z0-9.'])(?P<s>{_LETTERS})(?![a-z0-9.'])"), _letters),
    Rule("size", re.compile(r"(?P<s>均码|均号|f码|free ?size|通码)"), _free_size),
    Rule("size", re.compile(r"(?P<s>特大号|加大号|大号|中号|小号|特小号)"), _word_size),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>\d{2}(?:\.5)?) ?(?:码|半码)"), _numeric(10, 60)),
    Rule("size", re.compile(r"(?<![\d.月])(?P<s>3[2-9](?:\.5)?|4[0-9](?:\.5)?) ?号"), _numeric(32, 49)),
    Rule("size", re.compile(r"(?P<s>三十[一二三四五六七八九]?|四十[一二三四五六七八九]?|二十[一二三四五六七八九]) ?码"), _numeric(16, 49)),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>\d{2,3}) ?(?:码|号码)"), _child),
    Rule("size", re.compile(
        rf"(?:穿|拍|换|买|改成|换成|选|留|试)(?:了|个|过|成|的|双)?(?P<span>(?P<s>3[4-9](?:\.5)?|4[0-8](?:\.5)?))"
        r"(?![\d.件条双块元斤个天岁])"), _numeric(34, 48)),
    Rule("size", re.compile(
        r"(?:穿|拍|换|买|改成|换成|选|留|试|要)(?:了|个|过|成|的)?(?P<span>(?P<s>[5-9][05]|1[0-7][05]))(?:的)?"
        r"(?![\d.件条双块元斤个天岁/厘公%分]|cm|kg)"), _child),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>8[05]|9[05]|1[0-5][05])(?:的)?(?=会不会|能不能穿|大不大|小不小|还有|有没有|有货|会大|会小|太大|太小|大了|小了|够不够|合适)"), _child),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>[5-9]0|1[0-6]0)(?= ?(?:还是|和|跟|或|或者) ?(?:[5-9]0|1[0-7]0)(?!\d|斤|块|元))"), _child),
    Rule("size", re.compile(r"(?<=还是)(?P<s>[6-9]0|1[0-7]0)(?![\d.件块元斤岁])"), _child),
    Rule("size", re.compile(r"(?<![\d.])(?P<s>3[4-9](?:\.5)?|4[0-6](?:\.5)?)(?= ?(?:还是|和|跟|或|或者) ?(?:3[4-9]|4[0-6]))"), _numeric(34, 46)),
    Rule("size", re.compile(r"(?<![\d.减满]|到)(?P<s>3[4-9](?:\.5)?|4[0-6](?:\.5)?)(?=的|偏[大小]|会不会|还有|有没有|有货|大了|小了|挤)"), _numeric(34, 46)),
    Rule("size", re.compile(r"(?<=还是)(?P<s>3[4-9](?:\.5)?|4[0-6](?:\.5)?)(?![\d.件块元斤岁])"), _numeric(34, 46)),
)


def find_labels(text: str) -> list[Found]:
    """Labels such as 170/88a, which are no heights."""
    return first_of(_LABELS, text)


def find(text: str) -> list[Found]:
    """`usual_size` after words such as 平时穿, else `size`."""
    return [
        Found("usual_size", found.value, found.start, found.end) if _USUAL.search(text[: found.start]) else found
        for found in first_of(_RULES, text)
    ]
