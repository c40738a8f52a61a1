"""A size from the one usually worn, where no measures are told.

Source: issue 4, "Size": shoes by the usual size, half sizes, the cut of the product; never a sure answer.
"""

from __future__ import annotations

import math

from bot.shop.goods.stock import same_size
from bot.shop.records.model import ChartRow, Product, Runs, SizeChart
from bot.shop.sizes.size_answers import Between, Fits, OutOfChart, Recommendation
from bot.shop.sizes.tipping import Reason, cut_of, prefers_larger, tip
from bot.shop.sizes.wearer import Fit, Measures


def by_usual_size(
    product: Product, chart: SizeChart, rows: tuple[ChartRow, ...], measures: Measures
) -> Recommendation:
    """The usual size, one up where the cut runs small, one down where it runs large; never a sure answer.

    A half size (37.5) lies between two: which of them is a question of taste.
    """
    usual = measures.usual_size or ""
    place = _place_of(rows, usual)
    if place is None:
        return OutOfChart("unknown_size", "usual_size", usual)
    shift = {Runs.SMALL: 1, Runs.TRUE: 0, Runs.LARGE: -1}[cut_of(product, chart) or Runs.TRUE]
    low, high = math.floor(place) + shift, math.ceil(place) + shift
    if high < 0 or low >= len(rows):
        edge = rows[-1] if shift > 0 else rows[0]
        return OutOfChart("too_large" if shift > 0 else "too_small", "usual_size", usual, size=edge.size)
    reasons = [Reason("usual_size", {"usual": usual})]
    if shift:
        reasons.append(Reason("runs_small" if shift > 0 else "runs_large", {}))
    if low != high and low >= 0 and high < len(rows):
        return _half_size(product, chart, rows, low, tuple(reasons), measures)
    chosen = min(max(low, 0), len(rows) - 1) if low != high else low
    if tipped := tip(product, chart, rows, chosen, measures):
        if tipped.up and shift > 0 and measures.fit is not Fit.LOOSE:
            return _one_more(rows, chosen, (*reasons, tipped.reason), measures)
        chosen, reasons = chosen + tipped.up, [*reasons, tipped.reason]
    return Fits(rows[chosen].size, (*reasons, Reason("garment", dict(rows[chosen].garment))), "usual")


def _one_more(
    rows: tuple[ChartRow, ...], index: int, reasons: tuple[Reason, ...], measures: Measures
) -> Recommendation:
    """The cut has moved the size up already: a second step is the wearer's to take (37, high instep: 38 or 39)."""
    if measures.fit is Fit.FITTED:
        return Fits(rows[index].size, (*reasons[:-1], Reason("wants_fitted", {})), "usual")
    return Between(rows[index].size, rows[index + 1].size, reasons)


def _half_size(
    product: Product,
    chart: SizeChart,
    rows: tuple[ChartRow, ...],
    low: int,
    reasons: tuple[Reason, ...],
    measures: Measures,
) -> Recommendation:
    taste = {Fit.LOOSE: Reason("wants_loose", {}), Fit.FITTED: Reason("wants_fitted", {})}.get(measures.fit)
    note = prefers_larger(product, chart, rows[low], measures)
    if taste or note:
        chosen = rows[low] if measures.fit is Fit.FITTED else rows[low + 1]
        return Fits(chosen.size, (*reasons, taste or note), "usual")
    return Between(rows[low].size, rows[low + 1].size, (*reasons, Reason("half_size", {})))


def _place_of(rows: tuple[ChartRow, ...], usual: str) -> float | None:
    """Where the size stands in the chart; a half size between its neighbours (… .5), None where it is unknown."""
    for index, row in enumerate(rows):
        if same_size(row.size, usual) or usual in row.size.split("-"):
            return index
    whole, _, half = usual.partition(".")
    if half != "5":
        return None
    below = next((index for index, row in enumerate(rows) if same_size(row.size, whole)), None)
    above = whole.isdigit() and next(
        (index for index, row in enumerate(rows) if same_size(row.size, str(int(whole) + 1))), None
    )
    if below is not None:
        return below + 0.5
    return above - 0.5 if isinstance(above, int) and not isinstance(above, bool) else None
