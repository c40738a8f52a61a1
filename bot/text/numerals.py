"""Numbers as customers write them: 165, 一百二 (120), 两百五 (250), 一六五 (165), 三十五点五, 半."""

from __future__ import annotations

import re
from functools import lru_cache

import cn2an

NUMERALS = "零〇一二两俩三四五六七八九十百千万"
"""Characters of a Chinese numeral."""

NUMBER = rf"(?:\d+(?:\.\d+)?(?:[百千万]\d?(?!\d))?|[{NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?|半)"
"""Pattern of one number; `number` reads it."""

DIGIT = r"[0-9零〇一二两三四五六七八九]"
_DIGITS = {**dict(zip("零〇一二两俩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))}
_UNITS = {"百": 100, "千": 1000, "万": 10_000}
_MIXED = re.compile(r"(?P<n>\d+(?:\.\d+)?)(?P<unit>[百千万])(?P<rest>\d?)")
_SMALLER = {"万": "千", "千": "百", "百": "十"}


@lru_cache(maxsize=4096)
def number(text: str) -> float | None:
    """The value of a numeral in normalised text, or None.

    A last digit after 百, 千 or 万 counts in the next smaller unit, as people say it: 一百二 is 120, 1万2 is 12,000.
    """
    if mixed := _MIXED.fullmatch(text):
        unit = _UNITS[mixed["unit"]]
        return float(mixed["n"]) * unit + float(mixed["rest"] or 0) * unit / 10
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if text == "半":
        return 0.5
    if not re.fullmatch(NUMBER, text):
        return None
    whole, _, fraction = text.replace("〇", "零").replace("俩", "两").partition("点")
    if len(whole) > 1 and all(character in _DIGITS for character in whole):
        value = float("".join(str(_DIGITS[character]) for character in whole))
    else:
        value = _positional(whole)
    if value is None:
        return None
    return (
        value + float("0." + "".join(str(_DIGITS[character]) for character in fraction))
        if fraction
        else value
    )


def _positional(text: str) -> float | None:
    spoken = re.fullmatch(r"(.*([百千万]))([一二两三四五六七八九])", text)
    if spoken:
        text = spoken[1] + spoken[3] + _SMALLER[spoken[2]]
    try:
        return float(cn2an.cn2an(text, "smart"))
    except ValueError:
        return None


def digits(text: str) -> str:
    """Chinese and Arabic digits as Arabic ones, other characters dropped ("一三八 0013" → "1380013")."""
    return "".join(str(_DIGITS.get(c, c)) for c in text.replace("幺", "一") if c.isdigit() or c in _DIGITS)
