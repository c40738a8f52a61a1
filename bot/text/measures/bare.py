"""Numbers without a unit: what two of them side by side mean, and what one means as an answer."""

from __future__ import annotations

import math
import re

from bot.text.measures.found import Found, any_of, within
from bot.text.numerals import NUMBER, digits, number

_BMI = 20.5
"""kg per square metre between adult women and men and slim enough for children from 1.1 m; used only to tell
斤 from kg, which are a factor of two apart."""

_FROM_JIN = 76.0
"""A weight without unit and height: from here on 斤 (38 kg), below kg."""

_PAIR = re.compile(
    r"(?<![\d./*])(?P<height>1\d{2}|20\d|9\d|1\.\d{1,2}) ?(?:cm|厘米|公分)?[ ,/、.;:+。-]{1,2}(?:体重|重)?"
    r"(?P<weight>\d{2,3}(?:\.\d)?)(?!\d|[.*/]\d|a\b|[码号块元岁个件])"
)
_WEIGHT_CUE = re.compile(
    rf"(?<![能承])(?:体重|净重)(?:是|大概|大约|差不多|只有|才|快|在|有|:| )*(?P<n>{NUMBER})(?![\d斤公k])"
)
_WORN = re.compile(any_of("身高 体重 穿 尺码 码 斤 公斤 kg 个子 偏瘦 偏胖 微胖"))
_LONE_HEIGHT = re.compile(
    r"(?<![\d./*\-])(?P<n>1[4-9]\d)(?![\d./*\-码号块元岁个件天人克ga]| ?斤| ?公斤| ?kg|ml|的?[ml码号])"
)


def find(text: str) -> list[Found]:
    """Pairs such as "165 110", a weight after 体重, and a height that only its size betrays."""
    found: list[Found] = []
    for match in _PAIR.finditer(text):
        height = float(match["height"])
        height = height * 100 if height < 3 else height
        weight = weight_kg(float(match["weight"]), height)
        if weight is not None:
            found.append(Found("height_cm", height, *match.span("height")))
            found.append(Found("weight_kg", weight, *match.span("weight")))
    for match in _WEIGHT_CUE.finditer(text):
        value = number(match["n"])
        weight = weight_kg(value, _height_in(text)) if value else None
        if weight is not None and not any(item.start == match.start("n") for item in found):
            found.append(Found("weight_kg", weight, *match.span("n")))
    if not any(item.kind == "height_cm" for item in found):
        found.extend(_lone_height(text))
    return found


def _lone_height(text: str) -> list[Found]:
    """The first 140–199 of a message about wearing, or of one that says nothing else."""
    match = _LONE_HEIGHT.search(text)
    if match and (_WORN.search(text) or re.fullmatch(r"(?:我|身高|我是)?1[4-9]\d(?:的|左右|吧|呢)?", text)):
        return [Found("height_cm", float(match["n"]), *match.span("n"))]
    return []


def _height_in(text: str) -> float | None:
    match = _LONE_HEIGHT.search(text)
    return float(match["n"]) if match else None


def weight_kg(value: float, height_cm: float | None = None) -> float | None:
    """A weight without unit in kg: beside a height the unit with the likelier build, else 斤 from 76 on."""
    if height_cm is None:
        return within(value / 2 if value >= _FROM_JIN else value, 2, 200)
    square = (height_cm / 100) ** 2
    builds = {kilos: abs(math.log(kilos / square / _BMI)) for kilos in (value, value / 2)}
    best = min(builds, key=builds.__getitem__)
    return best if builds[best] < math.log(2.5) else None


_ANSWER = re.compile(rf"^\D{{0,6}}?(?P<n>{NUMBER})\D{{0,4}}$")


def answer(text: str, kind: str) -> Found | None:
    """The only number of a short message as a measure of `kind`, or None."""
    match = _ANSWER.match(text)
    if match is None:
        return None
    value = _as(kind, match["n"])
    return Found(kind, value, *match.span("n")) if value is not None else None


def _as(kind: str, numeral: str) -> float | int | str | None:
    value = number(numeral)
    if value is None:
        return None
    if kind == "height_cm":
        return within(value * 100 if value < 3 else value, 50, 230)
    if kind == "weight_kg":
        return weight_kg(value)
    if kind == "foot_length_mm":
        millimetres = within(value * 10 if value < 80 else value, 80, 320)
        return int(millimetres) if millimetres else None
    if kind in ("size", "usual_size"):
        return f"{value:g}" if 16 <= value <= 180 else None
    if kind == "quantity":
        return int(value) if value >= 1 and value == int(value) else None
    if kind in ("price", "age"):
        return value
    if kind in ("order_id", "tracking_no", "phone"):
        return digits(numeral) if len(numeral) >= 6 else None
    return None
