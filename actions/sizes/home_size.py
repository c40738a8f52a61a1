"""Sizes of home goods: what covers the bed, what goes into the gap, and honest measures where there is no chart."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import number
from actions.common.turn import Turn
from bot.shop.goods import dimensions
from bot.shop.records.model import ChartBasis, Kind, Product

SIZE_FACTS = "size_facts"
"""Group in `heard`: names of attributes that speak of size."""


def is_asked(turn: Turn, product: Product) -> bool:
    """Whether this message is about the size of a home product: a length, beside a chart or a space."""
    if product.kind is not Kind.HOME or not dimensions.lengths(turn.words):
        return False
    has_width = _has_width_chart(turn, product) and bool(dimensions.widths(turn.words))
    return has_width or dimensions.asks_whether_it_fits(turn.words)


def note(turn: Turn, product: Product) -> bool:
    """Keep the width that must be covered; True if one was told."""
    told = dimensions.widths(turn.words) if _has_width_chart(turn, product) else ()
    if told:
        turn.set(width_cm=told[0])
    return bool(told)


def read_bare(turn: Turn) -> bool:
    """ "1.8" or "210" as the answer to how wide it is."""
    value = dimensions.bare_width(turn.words)
    if value is None:
        return False
    turn.set(width_cm=value)
    return True


def say_whether_it_fits(turn: Turn, product: Product) -> bool:
    """ "60厘米的缝放得下吗": which sizes go in; False where that is not asked or nobody knows the measures."""
    if product.kind is not Kind.HOME or not dimensions.asks_whether_it_fits(turn.words):
        return False
    if not dimensions.lengths(turn.words):
        return False
    goes, does_not = dimensions.fitting(product, dimensions.space(turn.words))
    if not goes and not does_not:
        return False
    sides = dimensions.of_sizes(product)
    values = {
        "product": product.name,
        "goes": _listed(goes, sides),
        "does_not": _listed(does_not, sides),
    }
    if goes and does_not:
        turn.say("utter_fits_in_some", **values)
    else:
        turn.say("utter_fits_in" if goes else "utter_fits_in_none", **values)
    return True


def size_facts(product: Product) -> str:
    """What the catalogue says of its measures, as one clause; empty where it says nothing."""
    pieces = shop_floor.dialogue().heard[SIZE_FACTS]["names"]
    told = [f"{name} {value}" for name, value in product.attributes.items() if any(p in name for p in pieces)]
    return "；".join(told)


def _has_width_chart(turn: Turn, product: Product) -> bool:
    chart = turn.shop.chart_of(product)
    return chart is not None and chart.basis is ChartBasis.WIDTH


def _listed(sizes: tuple[str, ...], sides: dict[str, tuple[float, ...]]) -> str:
    """66升（60×42×26 厘米）; a product in one size is told by its measures alone."""
    words = shop_floor.dialogue()
    said = []
    for size in sizes:
        measured = "×".join(number(side) for side in sides[size])
        said.append(words.phrase("sides", "of_size" if size else "alone", size=size, sides=measured))
    return "、".join(said)
