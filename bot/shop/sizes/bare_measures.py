"""Numbers without a unit that are told of a body: a correction, a child's height, a foot beside a shoe.

Source: docs/transcript-review.md, A F10 and F11: a bare number takes the unit of what was told before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from bot.text.measures import extract
from bot.text.normalise import normalise

_NUMBER = re.compile(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d{1,2})?)(?![\d.])")
_UNIT = re.compile(r" ?(?:码|号|元|块|件|双|条|个|天|岁|%|折|点|包|套|寸|升)")
_CHOSEN = re.compile("(?:穿|拿|买|拍|选|要|换|色|码|号|发|送|给|买的)(?:的|了|个)? ?$")
_WHOLE_MESSAGE = re.compile(
    r"^(?:是|应该是|实际|其实是|哦|啊|呃|嗯|写错了|[,，。 ])*"
    r"(?P<n>\d{1,3}(?:\.\d{1,2})?)(?:吧|的|哦|呢|啊|[。!！])?$"
)
_DENIED = re.compile(r"不是 ?\d[\d.]*")
"""不是105 是115: what it is not."""
_CHILD_CM = (75.0, 170.0)
_FOOT_CM, _FOOT_MM = (9.0, 31.9), (90.0, 319.0)
_WORN = (34.0, 48.0)
_FARTHEST = math.log(1.5)
"""A correction is of the same sort as what it corrects: no farther from it than half as much again."""
_CHILDS_AGE = re.compile(
    r"(?:女儿|儿子|闺女|孩子|宝宝|宝贝|娃|小孩|孙子|孙女)(?:今年|现在|是|有|快)?(?P<n>\d{1,2}(?:\.5)?)(?![\d.厘公斤码号米月岁周c])"
)
_FOOT = re.compile(
    r"(?<![\d.])(?P<n>[12]\d(?:\.\d)?)(?:长)?的?脚(?![踝背面趾])|脚长?(?:是|大概|差不多)?(?P<after>[12]\d(?:\.\d)?)(?![\d.码号岁块元])"
)
_OLDEST = 14.0


def corrected(text: str, known: Mapping[str, float | None], is_shoe: bool) -> tuple[str, float | str] | None:
    """The measure that the only bare number of a correction ("打错了 是58") stands for, with its value.

    `known`: height_cm, weight_kg, foot_length_mm as told before; a number that is near none of them corrects nothing.
    """
    found = bare_numbers(_DENIED.sub(" ", normalise(text))) or bare_numbers(text)
    if len(found) != 1:
        return None
    value = found[0]
    if is_shoe:
        return foot(value)
    readings = [
        (_distance(reading, known.get(name)), name, reading)
        for name, reading in (
            ("height_cm", value if value >= 3 else value * 100),
            ("weight_kg", value),
            ("weight_kg", value / 2),
        )
    ]
    distance, name, reading = min(readings)
    return (name, reading) if distance <= _FARTHEST else None


def foot(value: float) -> tuple[str, float | str] | None:
    """A bare number beside a shoe: centimetres, millimetres, or the size usually worn."""
    if _FOOT_CM[0] <= value <= _FOOT_CM[1]:
        return "foot_length_mm", round(value * 10)
    if _FOOT_MM[0] <= value <= _FOOT_MM[1]:
        return "foot_length_mm", round(value)
    return ("usual_size", f"{value:g}") if _WORN[0] <= value <= _WORN[1] else None


def of_a_foot(text: str) -> float | None:
    """Millimetres of "24的脚" or "脚24"; None where no such foot is told."""
    found = _FOOT.search(normalise(text))
    told = foot(float(found["n"] or found["after"])) if found else None
    return float(told[1]) if told and told[0] == "foot_length_mm" else None


def feet_of_people(text: str, names: Iterable[str]) -> str:
    """ "老婆24 孩子20" with the feet written out; below 18 the number behind a child may be its age."""
    who = "|".join(sorted(map(re.escape, (*names, "我")), key=len, reverse=True))
    number = r"(?:1[89]|2\d)(?:\.\d)?(?![\d.厘公毫码号斤岁元块件双个mc])"
    return re.sub(rf"((?:{who})的?脚?(?:是|长)?) ?({number})", r"\1脚长\2厘米", text)


def is_all(text: str) -> bool:
    """Whether the message is a number and nothing else ("是13.2")."""
    return _WHOLE_MESSAGE.match(normalise(text)) is not None


def childs(text: str) -> dict[str, float]:
    """A child's height ("108 瘦猴一个 34斤") or age ("女儿7.5") without unit; not a size that is chosen (穿110)."""
    said = normalise(text)
    if found := _CHILDS_AGE.search(said):
        return {"age": float(found["n"])} if float(found["n"]) <= _OLDEST else {}
    heights = [value for value in bare_numbers(text) if _CHILD_CM[0] <= value <= _CHILD_CM[1]]
    return {"height_cm": heights[0]} if heights else {}


def bare_numbers(text: str) -> tuple[float, ...]:
    """Numbers that carry no unit, are part of no measure, and are no size that somebody takes."""
    said = normalise(text)
    taken = [
        (each.start, each.end)
        for each in extract(said)
        if each.kind not in ("size", "price") or _CHOSEN.search(said[: each.start])
    ]
    return tuple(
        float(match["n"])
        for match in _NUMBER.finditer(said)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not _UNIT.match(said, match.end())
        and not _CHOSEN.search(said[: match.start()])
    )


def _distance(value: float, known: float | None) -> float:
    return abs(math.log(value / known)) if known and value > 0 else math.inf
