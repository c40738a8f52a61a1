"""Two or more people's measures in one message: one answer with a size for each of them."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.cards import day, size_chart_card
from actions.common.turn import Turn
from actions.sizes import wearer
from actions.sizes.size_words import reasons_in_words, told_outside
from bot.shop.goods import stock
from bot.shop.records.model import Audience, Product
from bot.shop.sizes import sizing


def say_for_each(turn: Turn, product: Product) -> bool:
    """False where the message tells of one person, or of none."""
    parts = wearer.people(turn)
    if not parts:
        return False
    lines = []
    for who, part in parts:
        wearer.remember_part(turn, product, who, part)
        lines.append(_line(turn, product, who))
    chart = turn.shop.chart_of(product)
    turn.say(
        "utter_size_for_each",
        card=size_chart_card(product, chart) if chart else None,
        product=product.name,
        lines="\n".join(lines),
    )
    return True


def _line(turn: Turn, product: Product, who: str) -> str:
    words = shop_floor.dialogue()
    name = words.phrase("wearer", who) if who in words.phrases["wearer"] else who
    if product.audience is Audience.WOMEN and wearer.is_man(turn):
        return words.phrase("for_each", "womens", who=name)
    chart = turn.shop.chart_of(product)
    match sizing.recommend(product, chart, wearer.measures(turn)):
        case sizing.Fits() as fits:
            turn.set(size=fits.size)
            values = {"who": name, "size": fits.size, "reasons": reasons_in_words(fits.reasons, chart)}
            line = words.phrase("for_each", "fits" if fits.sure else "guess", **values)
            return line + _shelf(turn, product, fits.size)
        case sizing.Between() as between:
            values = {"who": name, "smaller": between.smaller, "larger": between.larger}
            return words.phrase("for_each", "between", **values)
        case sizing.OutOfChart() as out:
            return words.phrase("for_each", "out", who=name, told=told_outside(out, chart))
        case sizing.NeedsMeasures(missing=missing):
            asked = words.phrase("list", "and").join(
                words.phrase("measure", each, covers="") for each in missing
            )
            return words.phrase("for_each", "needs", who=name, missing=asked)
        case _:
            return words.phrase("for_each", "one_size", who=name)


def _shelf(turn: Turn, product: Product, size: str) -> str:
    """What is not on the shelf is said in the same line."""
    words = shop_floor.dialogue()
    match stock.check(product, None, size):
        case stock.OutOfStock(restock_on=None):
            return words.phrase("for_each", "sold_out")
        case stock.OutOfStock(restock_on=back_on):
            return words.phrase("for_each", "restocked", day=day(back_on))
        case _:
            return ""
