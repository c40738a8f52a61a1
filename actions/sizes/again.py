"""The size just named is doubted with nothing new told ("会不会大", "买大一码好点吗"): the measures of the piece, and
not the same sentence and chart once more.

Source: docs/transcript-review.md, fifth round.
"""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import number
from actions.common.turn import Turn
from bot.shop.goods import stock
from bot.shop.records.model import ChartRow, Product, SizeChart
from bot.shop.sizes import sizing

PARTS = 3
"""Measures of a piece told in one line."""


def is_doubted(turn: Turn, product: Product | None) -> bool:
    """Whether the message worries about the size that was named for this product."""
    if product is None or turn.before("stock_of") != product.id or not turn.before("size"):
        return False
    return bool(turn.words) and shop_floor.dialogue().hear("size_doubt", turn.words) is not None


def say(turn: Turn, product: Product, found: sizing.Recommendation) -> bool:
    """False where another size comes out now, or the chart has nothing more to tell."""
    chart = turn.shop.chart_of(product)
    if not isinstance(found, sizing.Fits) or chart is None or not is_doubted(turn, product):
        return False
    if turn.before("size") != found.size:
        return False
    told = [line for size in _sizes(turn, product, found.size) if (line := _line(chart, size))]
    if not told:
        return False
    turn.say_words(shop_floor.dialogue().phrase("size_again", "keep", size=found.size, lines="；".join(told)))
    return True


def _sizes(turn: Turn, product: Product, size: str) -> list[str]:
    """That size, and the one she names or steps to beside it."""
    named = stock.size_in(product, turn.words)
    beside = next((each for each in product.sizes if named and stock.same_size(each, named)), None)
    step = {"larger": 1, "smaller": -1}.get(shop_floor.dialogue().hear("size_step", turn.words) or "", 0)
    at = product.sizes.index(size) + step if size in product.sizes and step else -1
    if beside is None and 0 <= at < len(product.sizes):
        beside = product.sizes[at]
    return list(dict.fromkeys(each for each in (size, beside) if each))


def _line(chart: SizeChart, size: str) -> str:
    row = next((row for row in chart.rows if stock.same_size(row.size, size)), None)
    if row is None:
        return ""
    words = shop_floor.dialogue()
    if row.garment:
        parts = [words.phrase("size_again", "part", name=n, cm=f"{cm:g}") for n, cm in row.garment.items()][
            :PARTS
        ]
        return words.phrase("size_again", "garment", size=row.size, parts="、".join(parts))
    return _foot(chart, row)


def _foot(chart: SizeChart, row: ChartRow) -> str:
    words, span = shop_floor.dialogue(), row.foot_length_mm
    if span is None:
        return ""
    line = words.phrase("size_again", "foot", size=row.size, low=number(span[0]), high=number(span[1]))
    return words.phrase("size_again", "spare", line=line, spare=chart.spare_mm) if chart.spare_mm else line
