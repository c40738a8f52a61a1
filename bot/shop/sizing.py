"""Which size fits, and why.

Source: shop-rules.md, "Size" (002, 003): read the product's own chart; between two sizes ask "loose or fitted?";
out of the chart say so. Reasons are keys and values; their words are responses in domain.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.shop.model import BASIS_MEASURES, ChartBasis, ChartRow, Product, Runs, SizeChart
from bot.shop.stock import same_size


class Fit(str, Enum):
    LOOSE = "loose"
    FITTED = "fitted"


@dataclass(frozen=True)
class Measures:
    """What is known of the wearer: cm, kg, years, mm, and the size usually worn."""

    height_cm: float | None = None
    weight_kg: float | None = None
    age: float | None = None
    foot_length_mm: float | None = None
    usual_size: str | None = None
    fit: Fit | None = None


@dataclass(frozen=True)
class Reason:
    """`key`: measure_in_range (measure, value, low, high), measure_between (measure, value), garment (the piece's
    measures), usual_size (usual), runs_small, runs_large, wants_loose, wants_fitted, usual_decides (usual),
    height_over_age (age), heavier (weight_kg)."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Fits:
    """`sure` is False where the answer rests on a guess (usual size, or age alone)."""

    size: str
    reasons: tuple[Reason, ...]
    sure: bool


@dataclass(frozen=True)
class Between:
    """Ask "loose or fitted?"."""

    smaller: str
    larger: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class OutOfChart:
    """`reason`: too_small, too_large (of `measure`), unusual_build, unknown_size, no_chart."""

    reason: str
    measure: str | None = None
    value: float | str | None = None


@dataclass(frozen=True)
class NeedsMeasures:
    """Names of fields of Measures, the most telling first."""

    missing: tuple[str, ...]


@dataclass(frozen=True)
class OneSize:
    """There is nothing to choose."""


Recommendation = Fits | Between | OutOfChart | NeedsMeasures | OneSize


def recommend(product: Product, chart: SizeChart | None, measures: Measures) -> Recommendation:
    """One size of the product for these measures, or what stands in the way of naming one."""
    if len(product.sizes) <= 1:
        return OneSize()
    rows = _sold(product, chart) if chart else ()
    if not chart or not rows:
        return OutOfChart("no_chart")
    usable = _usable(chart, measures)
    if not usable:
        if measures.usual_size:
            return _by_usual_size(chart, rows, measures.usual_size)
        return NeedsMeasures(_missing(chart, measures))
    return _by_measures(rows, usable, measures)


def _sold(product: Product, chart: SizeChart) -> tuple[ChartRow, ...]:
    return tuple(row for row in chart.rows if any(same_size(row.size, size) for size in product.sizes))


def _usable(chart: SizeChart, measures: Measures) -> tuple[str, ...]:
    """The measures to read the chart with; empty when they are not enough."""
    known = tuple(name for name in BASIS_MEASURES[chart.basis] if getattr(measures, name) is not None)
    if chart.basis is ChartBasis.HEIGHT_AGE:
        # Children differ more in height than in age: age counts only where height is not told.
        return known[:1]
    return known if len(known) == len(BASIS_MEASURES[chart.basis]) else ()


def _missing(chart: SizeChart, measures: Measures) -> tuple[str, ...]:
    needed = BASIS_MEASURES[chart.basis]
    return tuple(name for name in needed if getattr(measures, name) is None)


def _by_measures(rows: tuple[ChartRow, ...], names: tuple[str, ...], measures: Measures) -> Recommendation:
    places: list[tuple[int, int]] = []
    for name in names:
        place = _place(rows, name, getattr(measures, name))
        if isinstance(place, OutOfChart):
            return place
        places.append(place)
    first, last = max(low for low, _ in places), min(high for _, high in places)
    if last - first > 1:  # a chart of wide overlaps: the middle of what fits
        first, last = (first + last) // 2, (first + last + 1) // 2
    if first > last:  # no row suits every measure
        first, last = last, first
        if last - first > 1:
            return OutOfChart("unusual_build")
    reasons = _reasons(rows, names, measures, first, last)
    if first == last:
        larger = _heavier(rows, names, measures, first)
        chosen = first + 1 if larger else first
        return Fits(rows[chosen].size, (*reasons, *larger, _garment(rows[chosen])), sure=names != ("age",))
    return _settle(rows[first], rows[last], reasons, measures)


def _place(rows: tuple[ChartRow, ...], name: str, value: float) -> tuple[int, int] | OutOfChart:
    """First and last row whose range holds `value`; the two neighbours when it falls into a gap."""
    ranges = [getattr(row, name) for row in rows]
    holding = [index for index, (low, high) in enumerate(ranges) if low <= value <= high]
    if holding:
        return holding[0], holding[-1]
    if value < ranges[0][0]:
        return OutOfChart("too_small", name, value)
    above = next((index for index, (low, _) in enumerate(ranges) if low > value), None)
    if above is None:
        return OutOfChart("too_large", name, value)
    return above - 1, above


def _settle(
    smaller: ChartRow, larger: ChartRow, reasons: tuple[Reason, ...], measures: Measures
) -> Recommendation:
    """Between two sizes the wearer's taste decides, then the size usually worn; else ask."""
    if measures.fit is Fit.LOOSE:
        return Fits(larger.size, (*reasons, Reason("wants_loose", {}), _garment(larger)), sure=True)
    if measures.fit is Fit.FITTED:
        return Fits(smaller.size, (*reasons, Reason("wants_fitted", {}), _garment(smaller)), sure=True)
    for row in (smaller, larger):
        if measures.usual_size and same_size(row.size, measures.usual_size):
            decides = Reason("usual_decides", {"usual": row.size})
            return Fits(row.size, (*reasons, decides, _garment(row)), sure=True)
    return Between(smaller.size, larger.size, reasons)


def _reasons(
    rows: tuple[ChartRow, ...], names: tuple[str, ...], measures: Measures, first: int, last: int
) -> tuple[Reason, ...]:
    """Why these rows: each measure with the range it is in, or between which it lies."""
    found = []
    for name in names:
        value = getattr(measures, name)
        holding = [
            row for row in rows[first : last + 1] if getattr(row, name)[0] <= value <= getattr(row, name)[1]
        ]
        if len(holding) == 1:
            low, high = getattr(holding[0], name)
            values = {"measure": name, "value": value, "low": low, "high": high, "size": holding[0].size}
            found.append(Reason("measure_in_range", values))
        else:
            found.append(Reason("measure_between", {"measure": name, "value": value}))
    if measures.height_cm is not None and measures.age is not None and names == ("height_cm",):
        found.append(Reason("height_over_age", {"age": measures.age}))
    return tuple(found)


def _heavier(
    rows: tuple[ChartRow, ...], names: tuple[str, ...], measures: Measures, index: int
) -> tuple[Reason, ...]:
    """A child heavier than the row allows takes the next size, where there is one."""
    limits = rows[index].weight_kg
    is_over = measures.weight_kg is not None and limits is not None and measures.weight_kg > limits[1]
    if "weight_kg" in names or not is_over or index + 1 >= len(rows):
        return ()
    return (Reason("heavier", {"weight_kg": measures.weight_kg, "high": limits[1]}),)


def _garment(row: ChartRow) -> Reason:
    return Reason("garment", dict(row.garment))


def _by_usual_size(chart: SizeChart, rows: tuple[ChartRow, ...], usual: str) -> Recommendation:
    """The usual size, one up where the cut runs small, one down where it runs large; never a sure answer."""
    index = next((i for i, row in enumerate(rows) if same_size(row.size, usual)), None)
    if index is None:
        return OutOfChart("unknown_size", "usual_size", usual)
    shift = {Runs.SMALL: 1, Runs.TRUE: 0, Runs.LARGE: -1}[chart.runs]
    chosen = index + shift
    if not 0 <= chosen < len(rows):
        return OutOfChart("too_large" if shift > 0 else "too_small", "usual_size", usual)
    reasons = [Reason("usual_size", {"usual": rows[index].size})]
    if shift:
        reasons.append(Reason("runs_small" if shift > 0 else "runs_large", {}))
    return Fits(rows[chosen].size, (*reasons, _garment(rows[chosen])), sure=False)
