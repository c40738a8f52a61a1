"""A size by what she has measured of herself, where neither height nor weight is told (肩宽44 胸围100 穿几码).

Source: docs/transcript-review.md, G 13: the chart's own measures of the piece, with room to move in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.goods.stock import same_size
from bot.shop.records.model import ChartRow, Kind, Product, SizeChart
from bot.shop.sizes.waist import gives_way
from bot.text.normalise import normalise

_TOLD = re.compile(
    r"(?P<part>胸围|肩宽|臀围)(?:大概|大约|差不多|是|有|量了?|:| ){0,3}(?P<cm>\d{2,3}(?:\.\d)?)(?![\d码])"
)
_EASE = {"胸围": 4.0, "臀围": 2.0, "肩宽": 0.0}
"""Cm that a piece which does not stretch must be wider than the body."""


@dataclass(frozen=True)
class ByGirth:
    """The smallest size the body goes into; where none is wide enough the largest, and `is_wide_enough` is False."""

    size: str
    garment: dict[str, float]
    is_wide_enough: bool


def told(text: str) -> dict[str, float]:
    """Part → cm of the body."""
    return {found["part"]: float(found["cm"]) for found in _TOLD.finditer(normalise(text))}


def by_girth(product: Product, chart: SizeChart | None, text: str) -> ByGirth | None:
    """The size for these measures; None where none is told that the chart holds."""
    body = told(text)
    if chart is None or product.kind is not Kind.CLOTHING or not body or gives_way(product):
        return None  # what stretches is measured narrow, and nobody wrote how far it goes
    rows = [row for row in chart.rows if any(same_size(row.size, size) for size in product.sizes)]
    parts = [part for part in body if all(part in row.garment for row in rows)]
    if not parts:
        return None
    for row in rows:
        if all(row.garment[part] >= body[part] + _EASE[part] for part in parts):
            return ByGirth(row.size, _of(row, parts), True)
    return ByGirth(rows[-1].size, _of(rows[-1], parts), False)


def _of(row: ChartRow, parts: list[str]) -> dict[str, float]:
    return {part: row.garment[part] for part in parts}
