"""What tips the scale when the chart alone names a size: figure, taste, room to grow, the shape of the foot.

Source: issue 4, "Size". One wish moves the size up by one at most, and never out of what the product is made in; a
loose cut or a place in the lower half of the size's range has the room already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.shop.records.model import BASIS_MEASURES, ChartBasis, ChartRow, Last, Product, Runs, SizeChart
from bot.shop.sizes.wearer import Figure, Fit, Foot, Measures

PARTS: dict[Figure, tuple[str, ...]] = {
    Figure.WAIST: ("腰围",),
    Figure.BELLY: ("腰围", "胸围"),
    Figure.HIPS: ("臀围",),
    Figure.SHOULDERS: ("肩宽",),
    Figure.BUST: ("胸围",),
    Figure.LEGS: ("大腿围", "裤长"),
}
"""Measures of a piece (`garment` of the chart) that a figure note is about; without one of them it says nothing."""
_NAMED: dict[Figure, str] = {
    Figure.WAIST: "腰粗|腰围偏",
    Figure.BELLY: "肚子",
    Figure.HIPS: "胯|臀|屁股",
    Figure.SHOULDERS: "肩|骨架",
    Figure.BUST: "胸",
    Figure.LEGS: "腿粗",
}
_SIZE_UP = re.compile("大一[码号]|拿大的")
_HALF = 0.5


@dataclass(frozen=True)
class Reason:
    """Why: a key of `size_reason` in data/dialogue.yml, and what stands in its holes."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Tip:
    """Rows to go up (0 or 1), why, and whether the wish was met (a largest size cannot grow)."""

    up: int
    reason: Reason
    met: bool = True


@dataclass(frozen=True)
class _Wish:
    key: str
    values: Mapping[str, Any]
    has_room: bool


def cut_of(product: Product, chart: SizeChart | None) -> Runs | None:
    """How it falls: the product's own word, else the chart's, else nobody knows."""
    return product.runs or (chart.runs if chart else None)


def tip(
    product: Product, chart: SizeChart, rows: tuple[ChartRow, ...], index: int, measures: Measures
) -> Tip | None:
    """What the first wish does to the size at `index`; None without one that this chart can speak to."""
    wish = next(_wishes(product, chart, rows[index], measures), None)
    if wish is None:
        return None
    if wish.has_room:
        return Tip(0, Reason(f"{wish.key}_enough", wish.values))
    if index + 1 >= len(rows):
        return Tip(0, Reason(f"{wish.key}_top", wish.values), met=False)
    return Tip(1, Reason(f"{wish.key}_up", wish.values))


def prefers_larger(product: Product, chart: SizeChart, row: ChartRow, measures: Measures) -> Reason | None:
    """Between this row and the next: the note that asks for the larger, if one does."""
    if Figure.SLIM in measures.figure and chart.basis is ChartBasis.HEIGHT_WEIGHT:
        return Reason("slim", {})
    wish = next(_wishes(product, chart, row, measures), None)
    return Reason(f"{wish.key}_up", wish.values) if wish else None


def _wishes(product: Product, chart: SizeChart, row: ChartRow, measures: Measures) -> Iterator[_Wish]:
    is_large = cut_of(product, chart) is Runs.LARGE
    low_in_row = _place_in(row, chart, measures) < _HALF
    if chart.basis is ChartBasis.FOOT_LENGTH:
        yield from _foot(product, low_in_row, measures)
        if measures.room and product.audience.value == "child":
            # Too large a shoe makes a child stumble: what was left at the toe is the room to grow.
            has_room = chart.spare_mm > 0
            yield _Wish("spare" if has_room else "room", {"spare": chart.spare_mm}, has_room)
        return
    for figure in measures.figure:
        if any(part in row.garment for part in PARTS.get(figure, ())):
            has_room = (is_large or low_in_row) and not _page_says_larger(product, figure)
            yield _Wish("figure", {"figure": figure.value}, has_room)
    if measures.room:
        yield _Wish("room", {}, is_large and low_in_row)
    if measures.fit is Fit.LOOSE and chart.basis is not ChartBasis.WIDTH:
        yield _Wish("loose", {}, is_large)


def _page_says_larger(product: Product, figure: Figure) -> bool:
    """大腿粗建议拿大一码: the shop knows its own piece better than the chart does."""
    words = _NAMED.get(figure)
    return words is not None and any(
        re.search(words, line) and _SIZE_UP.search(line) for line in product.not_for
    )


def _foot(product: Product, low_in_row: bool, measures: Measures) -> Iterator[_Wish]:
    if measures.foot in (Foot.WIDE, Foot.HIGH_INSTEP):
        has_room = product.last is Last.WIDE or (product.last is not Last.NARROW and low_in_row)
        yield _Wish("foot", {"foot": measures.foot.value}, has_room)


def _place_in(row: ChartRow, chart: SizeChart, measures: Measures) -> float:
    """0 at the lower end of the row's range, 1 at the upper; the measure that decides width: weight, else height."""
    names = ("weight_kg", *BASIS_MEASURES[chart.basis])
    for name in names:
        limits, value = getattr(row, name), getattr(measures, name)
        if limits and value is not None and limits[1] > limits[0]:
            return (value - limits[0]) / (limits[1] - limits[0])
    return 1.0
