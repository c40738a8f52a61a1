"""What the page itself answers before a script or a menu: a part's measure, how many it serves, who it is made for."""

from __future__ import annotations

from dataclasses import dataclass

from actions.common import shop_floor
from actions.common.cards import number
from actions.common.turn import Turn
from bot.shop.goods import catalogue, facts, measured, occasion
from bot.shop.goods.stock import same_size
from bot.shop.records.model import Kind, Product
from bot.shop.sizes import waist

MOST_REASONS = 2


@dataclass(frozen=True)
class Told:
    """The response and what stands in its holes."""

    response: str
    values: dict[str, str]


def found(turn: Turn, product: Product) -> Told | None:
    """What the product's own data say on these words by a rule of their own; None where they ask for none of it."""
    if not turn.words:
        return None
    if told := _pregnant(turn, product):
        return told
    if parts := _garment(turn, product):
        lines = facts.of_concerns(product, turn.words, shop_floor.dialogue().topics)
        listed = [f"{part}：{value}" for part, value in parts.items()]
        return _sentences(product, *listed, *lines)
    if line := measured.pair_line(product, turn.words):
        return _sentences(product, line)
    if line := _serves(product, turn.words) or _stature(product, turn.words):
        return _sentences(product, line)
    if lines := measured.for_years(product, turn.words):
        return _sentences(product, *lines)
    if (kilograms := measured.weight(product, turn.words)) is not None:
        return _sentences(product, shop_floor.dialogue().phrase("page", "weight", kg=number(kilograms)))
    if occasion.asked(product, turn.words) and product.talking_points:
        reason = "；".join(product.talking_points[:MOST_REASONS])
        return Told("utter_suits", {"product": product.name, "reason": reason})
    return None


def say(turn: Turn, product: Product) -> bool:
    told = found(turn, product)
    if told is None:
        return False
    turn.say(told.response, **told.values)
    return True


def _sentences(product: Product, *lines: str) -> Told:
    return Told("utter_product_sentences", {"product": product.name, "said": "；".join(lines)})


def _pregnant(turn: Turn, product: Product) -> Told | None:
    """孕妇能穿不: the chart is of bodies as they were; what the largest size goes round decides."""
    words, chart = shop_floor.dialogue(), turn.shop.chart_of(product)
    is_worn = product.kind is Kind.CLOTHING and chart is not None and bool(product.sizes)
    if not is_worn or chart is None or words.hear("pregnant", turn.words) is None:
        return None
    if catalogue.names_sort(turn.shop, turn.words) and not turn.is_product_named:
        return None  # "有孕妇能穿的裙子吗" looks for another
    rows = [row for row in chart.rows if any(same_size(row.size, size) for size in product.sizes)]
    lines = [
        line for line in facts.of_concerns(product, turn.words, words.topics) if line not in product.not_for
    ]
    parts = "、".join(
        f"{part} {rows[-1].garment[part]:g}" for part in measured.GIRTHS if part in rows[-1].garment
    )
    values = {"product": product.name, "size": rows[-1].size, "parts": parts, "said": "；".join(lines)}
    if lines and waist.gives_way(product) and waist.stretch_cm(product) is None:
        return Told("utter_pregnant_elastic", values)
    return Told("utter_pregnant" if lines else "utter_pregnant_unwritten", values) if parts else None


def _garment(turn: Turn, product: Product) -> dict[str, str]:
    """Of the size told, else of the one that was found for her."""
    known = turn.slot("size") if turn.slot("stock_of") == product.id else None
    size = turn.size_of(product) or known
    return measured.garment(product, turn.shop.chart_of(product), turn.words, size)


def _serves(product: Product, text: str) -> str:
    told = measured.serves(product, text)
    if told is None:
        return ""
    key = "serves" if told.told is None else "short" if told.short_by else "enough"
    values = {"people": told.people, "told": told.told, "short": told.short_by, "has": told.has}
    return shop_floor.dialogue().phrase("page", key, **values)


def _stature(product: Product, text: str) -> str:
    told = measured.stature(product, text)
    if told is None:
        return ""
    key = "tall_enough" if told.is_in else "not_of_this_height"
    return shop_floor.dialogue().phrase("page", key, range=told.told, told=number(told.told_cm))
