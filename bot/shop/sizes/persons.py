"""Several people's measures in one message, and one's measures told by another's.

Source: issue 4, "Size": other people's measures; docs/transcript-review.md, A F10, F21 ("我165 110斤 我妈158 130斤",
"我老公脚42 我37.5", "她比我矮5厘米").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.shop.sizes.wearer import SELF
from bot.text.measures import extract
from bot.text.numerals import NUMBER, number

BODY_KINDS = {"height_cm", "weight_kg", "foot_length_mm", "usual_size", "size", "age"}
_GIVES = r"(?!.{0,2}(?:[给送帮]我|送给我|帮我)(?:买|挑|选|拍|送|下单|的|付|看|订))"
"""老公给我买: the wearer is whom it is bought for."""
_ONESELF = re.compile(
    r"(?<![给比帮跟和替])我(?:自己|本人)?"
    r"(?=\s*(?:是|有|身高|体重|净高|平时|一般|穿|脚|的脚)?\s*(?:[12一]?\d|[sSmMlLxX]))"
)
_FOOT_SIZE = re.compile(r"(?:脚|鞋|穿)\s*(?:是|码)?\s*(?P<n>3[4-9]|4[0-8])(?P<half>\.5|半)?(?!\d|厘|公|斤|c)")
_ALONE = re.compile(r"(?<![\d.])(?P<n>3[4-9]|4[0-8])(?P<half>\.5)?(?![\d.厘公斤c元块岁件双])")
_THAN_ME = re.compile(
    rf"比我(?P<more>高|矮|重|轻|胖|瘦)了?(?:差不多|大概)?(?P<n>{NUMBER}|半)个?(?P<unit>厘米|公分|cm|斤|公斤|kg|头)"
)
_DESCRIBED = re.compile(
    r"(?:^|[\s,，。;；、!！]|[给帮替和跟])(?P<what>[^\s,，。;；、!！]*?\d[^\s,，。;；、!！]*?的[^\s,，。;；、!！\d]{0,4})$"
)
"""What is said of somebody before she is named."""
_TALL = re.compile(r"(?<!\d)1[0-9]\d(?!\d)")
_MAN = "男生"
_TO = re.compile("[给送帮替]$")
_HEAD_CM = 22.0
"""高半个头, 矮一个头: a head is about an eighth of a body's height."""


def named(text: str, names: Mapping[str, Sequence[str]]) -> str | None:
    """Whom the text speaks of, without those who only give ("我妈给我买").

    Whom it is given to goes before all others ("老公给我妈买"), then the longest word wins.
    """
    found = [
        (_TO.search(text, 0, match.start()) is not None, len(match[0]), who)
        for who, match in _mentions(text, names)
    ]
    return max(found)[2] if found else None


def apart(text: str, names: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """The message cut up by whose measures its parts tell; empty unless two or more people are told of.

    What is told before anybody is named is the speaker's own.
    """
    marks = [(_begin(text, match.start()), who) for who, match in _mentions(text, names)]
    marks += [(match.start(), SELF) for match in _ONESELF.finditer(text)]
    marks.sort()
    if not marks:
        return ()
    if is_measured(text[: marks[0][0]]):
        marks.insert(0, (0, SELF))
    ends = [start for start, _ in marks[1:]] + [len(text)]
    told: dict[str, str] = {}
    for (start, who), end in zip(marks, ends, strict=True):
        told[who] = told.get(who, "") + text[start:end]
    parts = tuple((who, part) for who, part in told.items() if is_measured(part))
    if {who for who, _ in parts} == {SELF, _MAN} and not _TALL.search(told[_MAN]):
        return ()  # "180cm 75kg 男生 穿XL行不" tells of one man
    return parts if len(parts) > 1 else ()


def is_measured(part: str) -> bool:
    """Whether a body or a size worn is told in this part of a message."""
    return any(each.kind in BODY_KINDS for each in extract(part)) or worn_size(part) is not None


def worn_size(part: str) -> str | None:
    """ "脚42", "我37.5": a shoe size, said of somebody without 码."""
    found = _FOOT_SIZE.search(part) or _ALONE.search(part)
    return f"{found['n']}.5" if found and found["half"] else found["n"] if found else None


def beside(text: str, height_cm: float | None, weight_kg: float | None) -> str:
    """ "比我矮5厘米" as a height of its own, where the speaker's is known; else the text as it is."""

    def told(match: re.Match[str]) -> str:
        amount = 0.5 if match["n"] == "半" else number(match["n"])
        is_length = match["unit"] in ("厘米", "公分", "cm", "头")
        base = height_cm if is_length else weight_kg
        if base is None or amount is None:
            return match[0]
        scale = _HEAD_CM if match["unit"] == "头" else 0.5 if match["unit"] == "斤" else 1.0
        value = base + amount * scale * (1 if match["more"] in "高重胖" else -1)
        return f"身高{value:.0f}厘米" if is_length else f"体重{value:g}公斤"

    return _THAN_ME.sub(told, text)


def _begin(text: str, start: int) -> int:
    """Where the words about somebody begin: 158的小个子朋友 is told of from 158 on."""
    before = _DESCRIBED.search(text[:start])
    is_hers = before and (_TALL.search(before["what"]) or is_measured(before["what"]))
    return before.start("what") if before and is_hers else start


def _mentions(text: str, names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, re.Match[str]]]:
    whose = {word: who for who, words in names.items() for word in words}
    words = "|".join(sorted(map(re.escape, whose), key=len, reverse=True))
    for match in re.finditer(rf"(?:{words}){_GIVES}", text):
        yield whose[match[0]], match
