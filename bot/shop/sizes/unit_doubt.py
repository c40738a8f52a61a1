"""Whether a weight or height can be meant in two units (斤 or 公斤, 尺 or 英尺): then one question is due.

Source: issue 4, "Size": 斤/公斤/尺 doubts are asked once, as a choice. A build is plausible by its body mass index; the
bounds are wide (WHO calls 18.5–25 usual), so that only real doubts are asked about.
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise
from bot.text.numerals import number

_GROWN_CM = 140
_PLAUSIBLE = (14.5, 32.5)
"""BMI at which either unit of a bare number could be meant."""
_STRANGE = (13.5, 38.0)
"""BMI beyond which even a unit that was said is doubted …"""
_USUAL = (17.0, 30.0)
"""… if the other unit gives a build like this."""
_UNIT = re.compile(r"斤|公斤|千克|k|jin|两")
_KILO = re.compile(r"公斤|千克|k")
_CHI = re.compile(r"(?P<chi>[2-6二三四五六])尺(?P<cun>[1-9一二三四五六七八九])?")
_CHI_CM, _FOOT_CM, _INCH_CM = 100 / 3, 30.48, 2.54
_BODY_CM = (60.0, 200.0)


def weights(said: str, height_cm: float | None) -> tuple[float, float] | None:
    """The weight as typed ("80", "110公斤") beside a grown height: (as 斤, as 公斤) in kg where it is doubtful."""
    text = normalise(said)
    value = number(re.sub(r"[^\d.一二三四五六七八九十百零两]", "", _UNIT.sub("", text)))
    if value is None or height_cm is None or height_cm < _GROWN_CM:
        return None
    as_jin, as_kilos = value / 2, value
    by_jin, by_kilos = (kilos / (height_cm / 100) ** 2 for kilos in (as_jin, as_kilos))
    if not _UNIT.search(text):
        is_doubtful = all(_is_in(bmi, _PLAUSIBLE) for bmi in (by_jin, by_kilos))
    elif _KILO.search(text):
        is_doubtful = not _is_in(by_kilos, _STRANGE) and _is_in(by_jin, _USUAL)
    else:
        is_doubtful = not _is_in(by_jin, _STRANGE) and _is_in(by_kilos, _USUAL)
    return (as_jin, as_kilos) if is_doubtful else None


def heights(said: str, is_child: bool = False) -> tuple[float, float] | None:
    """A height in 尺 ("5尺2"): (in 市尺, in 英尺) in cm where both are a height. A child's is in 市尺, always."""
    found = _CHI.search(normalise(said))
    if found is None or is_child:
        return None
    chi, cun = number(found["chi"]) or 0.0, number(found["cun"] or "零") or 0.0
    readings = round(chi * _CHI_CM + cun * _CHI_CM / 10), round(chi * _FOOT_CM + cun * _INCH_CM)
    return readings if all(_is_in(each, _BODY_CM) for each in readings) else None


def _is_in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
