"""Which size fits, and why.

Source: shop-rules.md, "Size" (002, 003): read the product's own chart; between two sizes ask "loose or fitted?";
out of the chart say so. Reasons are keys and values; their words are responses in domain.yml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.shop.goods.stock import same_size
from bot.shop.records.model import BASIS_MEASURES, ChartBasis, ChartRow, Product, Runs, SizeChart
from bot.shop.sizes import waist
from bot.shop.sizes.size_answers import Between, Fits, NeedsMeasures, OneSize, OutOfChart, Recommendation
from bot.shop.sizes.tipping import Reason, cut_of, prefers_larger, tip
from bot.shop.sizes.usual_size import by_usual_size
from bot.shop.sizes.wearer import Figure, Fit, Foot, Measures

__all__ = [
    "Between",
    "Figure",
    "Fit",
    "Fits",
    "Foot",
    "Measures",
    "NeedsMeasures",
    "OneSize",
    "OutOfChart",
    "Reason",
]


def recommend(product: Product, chart: SizeChart | None, measures: Measures) -> Recommendation:
    """One size of the product for these measures, or what stands in the way of naming one."""
    if len(product.sizes) <= 1:
        return OneSize()
    rows = _sold(product, chart) if chart else ()
    if not chart or not rows:
        return OutOfChart("no_chart")
    usable = _usable(chart, measures)
    reader = _Reader(product, chart, rows, usable, measures)
    if usable:
        return reader.answer()
    if by_waist := reader.by_waist_alone():
        return by_waist
    if measures.usual_size and chart.basis is not ChartBasis.WIDTH:
        return by_usual_size(product, chart, rows, measures)
    return NeedsMeasures(_missing(chart, measures))


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


FARTHEST = 2
"""Rows that weight may lie above height and a size still be named."""


@dataclass(frozen=True)
class _Reader:
    """One reading of a chart: the rows the product is made in, and the measures to read them with."""

    product: Product
    chart: SizeChart
    rows: tuple[ChartRow, ...]
    names: tuple[str, ...]
    measures: Measures

    def answer(self) -> Recommendation:
        places: list[tuple[int, int]] = []
        for name in self.names:
            place = self._place(name)
            if isinstance(place, OutOfChart):
                return place
            places.append(place)
        first, last = max(low for low, _ in places), min(high for _, high in places)
        if last - first > 1:  # a chart of wide overlaps: the middle of what fits
            first, last = (first + last) // 2, (first + last + 1) // 2
        if first > last:  # no row suits every measure
            first, last = last, first
            if last - first > 1:
                return self._by_girth(places) or OutOfChart("unusual_build")
            if self._is_too_heavy_for(first):
                return self._wide_enough(last, (*self._reasons(first, last), self._girth_first(last)))
        if self.chart.basis is ChartBasis.WIDTH or self._is_beyond("just_above"):
            first = last  # what must cover is taken larger, and so is what is a little too small already
        elif self._is_beyond("just_below"):
            last = first
        reasons = self._reasons(first, last)
        return self._one(first, reasons) if first == last else self._settle(first, last, reasons)

    def _by_girth(self, places: list[tuple[int, int]]) -> Fits | None:
        """Short and stout: what is too tight cannot be worn, what is long can. Two rows apart at most."""
        if self.names != ("height_cm", "weight_kg"):
            return None
        by_height, by_weight = places[0][1], places[1][0]
        if not 0 < by_weight - by_height <= FARTHEST:
            return None
        return self._fits(
            by_weight, (*self._reasons(by_height, by_weight), self._girth_first(by_weight)), "build"
        )

    def _is_too_heavy_for(self, index: int) -> bool:
        """Nobody fits into what is too tight, whatever she prefers; a kilo over is still a matter of taste."""
        limits, weight = self.rows[index].weight_kg, self.measures.weight_kg
        if self.names != ("height_cm", "weight_kg") or limits is None or weight is None:
            return False
        return weight > limits[1] + self.chart.tolerance.weight_kg

    def _wide_enough(self, index: int, reasons: tuple[Reason, ...]) -> Fits | OutOfChart:
        by_waist = self._waist_row()
        if by_waist is not None and by_waist > index:
            return self._by_waist(by_waist, reasons, None)
        noted = replace(self.measures, fit=None)  # the larger of two is loose enough for who likes it loose
        return self._tipped(index, reasons, "edge" if self._is_beyond() else None, noted)

    def _girth_first(self, index: int) -> Reason:
        """With what will be long then: trousers have no sleeves."""
        long = [part for part in self.rows[index].garment if part.endswith("长")]
        return Reason("girth_first", {"long": "、".join(long) or "长度"})

    def _tipped(self, index: int, reasons: tuple[Reason, ...], doubt: str | None, measures: Measures) -> Fits:
        """The size at `index`, moved by the wearer's notes."""
        tipped = tip(self.product, self.chart, self.rows, index, measures)
        if tipped is None:
            return self._fits(index, reasons, doubt)
        return self._fits(
            index + tipped.up, (*reasons, tipped.reason), doubt or (None if tipped.met else "top")
        )

    def by_waist_alone(self) -> Recommendation | None:
        """A guess where only the waist is told."""
        found = self._waist_row()
        if found is None:
            return None
        return self._by_waist(found, (), "waist")

    def _waist_row(self) -> int | None:
        told = self.measures.waist_cm
        return None if told is None else waist.first_row(self.product, self.rows, told)

    def _by_waist(self, index: int, reasons: tuple[Reason, ...], doubt: str | None) -> Fits | OutOfChart:
        told, last = self.measures.waist_cm, self.rows[-1]
        if index == len(self.rows):
            return OutOfChart("too_large", "waist_cm", told, waist.widest(self.product, self.rows), last.size)
        row = self.rows[index]
        values = {"waist": told, "size": row.size, "garment": row.garment[waist.PART]}
        return self._fits(index, (*reasons, Reason("waist", values)), doubt)

    def _place(self, name: str) -> tuple[int, int] | OutOfChart:
        """First and last row whose range holds the value; the two neighbours when it falls into a gap.

        A value a little beyond the chart counts as in its first or last row.
        """
        value = getattr(self.measures, name)
        ranges = [getattr(row, name) for row in self.rows]
        holding = [index for index, (low, high) in enumerate(ranges) if low <= value <= high]
        if holding:
            return holding[0], holding[-1]
        tolerance = getattr(self.chart.tolerance, name, 0)
        last = len(ranges) - 1
        if value < ranges[0][0]:
            limit = ranges[0][0]
            is_near = limit - value <= tolerance
            return (0, 0) if is_near else OutOfChart("too_small", name, value, limit, self.rows[0].size)
        above = next((index for index, (low, _) in enumerate(ranges) if low > value), None)
        if above is None:
            limit = max(high for _, high in ranges)
            is_near = value - limit <= tolerance
            return (
                (last, last) if is_near else OutOfChart("too_large", name, value, limit, self.rows[-1].size)
            )
        return above - 1, above

    def _one(self, index: int, reasons: tuple[Reason, ...]) -> Fits | OutOfChart:
        """The chart names one size; the wearer's notes may move it up by one."""
        doubt = "age" if self.names == ("age",) else "edge" if self._is_beyond() else None
        by_waist = self._waist_row()
        if by_waist is not None and by_waist >= index:
            return self._by_waist(by_waist, reasons, doubt)
        if self._is_in_next_too(index):
            return self._fits(index + 1, (*reasons, Reason("runs_small_between", {})), doubt)
        if heavier := self._heavier(index):
            return self._fits(index + 1, (*reasons, heavier), doubt)
        return self._tipped(index, reasons, doubt, self.measures)

    def _settle(self, first: int, last: int, reasons: tuple[Reason, ...]) -> Recommendation:
        """Between two sizes the wearer's taste decides, then the figure, then the size usually worn; else ask."""
        smaller, larger = self.rows[first], self.rows[last]
        by_waist = self._waist_row()
        if by_waist is not None and by_waist >= last:
            return self._by_waist(by_waist, reasons, None)
        if self.measures.fit is Fit.LOOSE:
            return self._fits(last, (*reasons, Reason("wants_loose", {})))
        if self.measures.fit is Fit.FITTED:
            return self._fits(first, (*reasons, Reason("wants_fitted", {})))
        if note := prefers_larger(self.product, self.chart, smaller, self.measures):
            return self._fits(last, (*reasons, note))
        if self._runs_small and self.measures.fit is None:
            return self._fits(last, (*reasons, Reason("runs_small_between", {})))
        for index, row in ((first, smaller), (last, larger)):
            if self.measures.usual_size and same_size(row.size, self.measures.usual_size):
                return self._fits(index, (*reasons, Reason("usual_decides", {"usual": row.size})))
        if self._is_long_for(first):
            reasons = (
                *reasons,
                Reason("short_or_loose", {"smaller": smaller.size, "larger": larger.size}),
            )
        return Between(smaller.size, larger.size, reasons)

    @property
    def _runs_small(self) -> bool:
        is_by_build = self.chart.basis is ChartBasis.HEIGHT_WEIGHT
        return is_by_build and cut_of(self.product, self.chart) is Runs.SMALL

    def _is_in_next_too(self, index: int) -> bool:
        """Where a cut runs small, a weight that the next size holds too asks for the next size."""
        weight = self.measures.weight_kg
        if not self._runs_small or weight is None or self.measures.waist_cm is not None:
            return False
        is_last = index + 1 >= len(self.rows)
        return (
            self.measures.fit is not Fit.FITTED
            and not is_last
            and _holds(self.rows[index + 1], "weight_kg", weight)
        )

    def _is_long_for(self, index: int) -> bool:
        """Tall and light: the smaller size is short for her."""
        limits, height = self.rows[index].height_cm, self.measures.height_cm
        return "weight_kg" in self.names and bool(limits and height and height > limits[1])

    def _fits(self, index: int, reasons: tuple[Reason, ...], doubt: str | None = None) -> Fits:
        row = self.rows[index]
        return Fits(row.size, (*reasons, Reason("garment", dict(row.garment))), doubt)

    def _is_beyond(self, *keys: str) -> bool:
        """Whether a measure is a little beyond the chart (`keys`: on that side)."""
        found = [self._beyond(name) for name in self.names]
        return any(reason and (not keys or reason.key in keys) for reason in found)

    def _beyond(self, name: str) -> Reason | None:
        value = getattr(self.measures, name)
        low, high = getattr(self.rows[0], name)[0], max(getattr(row, name)[1] for row in self.rows)
        if low <= value <= high:
            return None
        limit, row = (low, self.rows[0]) if value < low else (high, self.rows[-1])
        key = "just_below" if value < low else "just_above"
        return Reason(key, {"measure": name, "value": value, "limit": limit, "size": row.size})

    def _reasons(self, first: int, last: int) -> tuple[Reason, ...]:
        """Why these rows: each measure with the range it is in, or between which it lies."""
        found = []
        for name in self.names:
            value = getattr(self.measures, name)
            rows = [row for row in self.rows[first : last + 1] if _holds(row, name, value)]
            if len(rows) == 1:
                low, high = getattr(rows[0], name)
                values = {"measure": name, "value": value, "low": low, "high": high, "size": rows[0].size}
                key = "width_in_range" if self.chart.basis is ChartBasis.WIDTH else "measure_in_range"
                found.append(Reason(key, values))
            else:
                between = Reason("measure_between", {"measure": name, "value": value})
                if self.chart.basis is ChartBasis.WIDTH:
                    values = {"measure": name, "value": value, "size": self.rows[last].size}
                    between = Reason("covers_more", values)
                found.append(self._beyond(name) or between)
        if (
            self.measures.height_cm is not None
            and self.measures.age is not None
            and self.names == ("height_cm",)
        ):
            found.append(Reason("height_over_age", {"age": self.measures.age}))
        return tuple(found)

    def _heavier(self, index: int) -> Reason | None:
        """A child heavier than the row allows takes the next size, where there is one."""
        limits, weight = self.rows[index].weight_kg, self.measures.weight_kg
        is_over = weight is not None and limits is not None and weight > limits[1]
        if "weight_kg" in self.names or not is_over or index + 1 >= len(self.rows):
            return None
        return Reason("heavier", {"weight_kg": weight, "high": limits[1]})


def _holds(row: ChartRow, name: str, value: float) -> bool:
    low, high = getattr(row, name)
    return low <= value <= high
