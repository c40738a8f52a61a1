"""A waist as customers tell it (腰2尺2, 腰围73, 二尺三的腰), and which size's waist it goes into.

Source: issue 4, "Size"; docs/transcript-review.md, A F5: what does not open at the waist is chosen by the waist.
"""

from __future__ import annotations

import re

from bot.shop.records.model import ChartRow, Product
from bot.text.normalise import normalise
from bot.text.numerals import number

PART = "腰围"
"""The measure of a piece that a waist must go into."""
SLACK_CM = 1.0
"""A waist this much over the piece's still closes: pieces are measured by hand to 1–2 cm (size_charts.yml)."""
_CHI_CM, _INCH_CM = 100 / 3, 2.54
_BODY_CM = (45.0, 140.0)
_INCHES = (22.0, 44.0)
"""A bare number of this size after 腰围 is in inches, as on jeans."""
_N = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十百]{1,5})"
_SAID = "(?:围|头)?(?:大概|大约|差不多|是|有|才|量了?|:| ){0,3}"
_CHI = rf"(?P<chi>[1-4一二两三四]) ?尺(?P<cun>{_N}|半)?寸?"
_WAIST_CHI = re.compile(rf"腰{_SAID}{_CHI}|{_CHI.replace('chi>', 'chi2>').replace('cun>', 'cun2>')}的?腰")
_WAIST_CM = re.compile(rf"(?:腰围|腰){_SAID}(?P<n>{_N}(?!\d)) ?(?P<unit>厘米|公分|cm|寸|码)?(?![尺多])")
_ELASTIC = re.compile("松紧|抽绳|有弹|大弹|高弹")
_STRETCH = re.compile(rf"腰围上下差(?P<n>{_N}) ?(?:厘米|公分)")
_HALF_ELASTIC = re.compile("后腰|后面|一截|侧边|隐形|内侧|可调|不弹|无弹")


def told_cm(text: str) -> float | None:
    """The waist in the text in cm, None where none is told."""
    said = normalise(text)
    if found := _WAIST_CHI.search(said):
        chi = number(found["chi"] or found["chi2"]) or 0.0
        told = found["cun"] or found["cun2"]
        cun = 5.0 if told == "半" else (number(told) or 0.0) if told else 0.0
        return _plausible(round((chi + cun / 10) * _CHI_CM, 1))
    if found := _WAIST_CM.search(said):
        value = number(found["n"]) or 0.0
        is_inches = found["unit"] in ("寸", "码") or (
            found["unit"] is None and _INCHES[0] <= value <= _INCHES[1]
        )
        return _plausible(round(value * _INCH_CM, 1) if is_inches else value)
    return None


def gives_way(product: Product) -> bool:
    """Whether the waist stretches all round: then it is no measure to choose by."""
    told = [value for name, value in product.attributes.items() if name in ("腰头", "版型", "弹力")]
    return any(_ELASTIC.search(value) and not _HALF_ELASTIC.search(value) for value in (*told, *product.tags))


def first_row(product: Product, rows: tuple[ChartRow, ...], waist_cm: float) -> int | None:
    """The smallest row whose waist it goes into, `len(rows)` where none is wide enough; None where it says nothing."""
    if widest(product, rows) is None:
        return None
    slack = stretch_cm(product) or SLACK_CM
    wide = (index for index, row in enumerate(rows) if waist_cm <= row.garment[PART] + slack)
    return next(wide, len(rows))


def widest(product: Product, rows: tuple[ChartRow, ...]) -> float | None:
    """The waist that the largest size goes round; None where it gives way and nobody wrote how far."""
    if any(PART not in row.garment for row in rows) or (gives_way(product) and stretch_cm(product) is None):
        return None
    return rows[-1].garment[PART] + (stretch_cm(product) or 0.0)


def stretch_cm(product: Product) -> float | None:
    """腰围上下差五厘米都能穿: how far an elastic waist gives way, where the shop wrote it."""
    found = next((m for line in product.talking_points if (m := _STRETCH.search(normalise(line)))), None)
    return number(found["n"]) if found else None


def _plausible(cm: float) -> float | None:
    return cm if _BODY_CM[0] <= cm <= _BODY_CM[1] else None
