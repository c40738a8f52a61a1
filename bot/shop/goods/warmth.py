"""Degrees: whether a product is made for the cold or warmth that a customer names.

Source: shop-rules.md, "Before the sale": honest answers; the catalogue's own 适宜温度 decides, never a guess.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.shop.goods import needs
from bot.shop.goods.catalogue import in_stock
from bot.shop.records.model import Product, Shop
from bot.text.normalise import normalise
from bot.text.numerals import number

_DEGREES = re.compile(
    r"(?P<below>零下|负|-)? ?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?P<more>多|几|好几)?(?:来)?(?:度|°c?|℃)"
    r"(?!以?[内角])"
)
_RANGE = re.compile(
    r"(?P<b1>零下|负|-)? ?(?P<n1>\d{1,2}) ?度? ?(?:到|至|-|–|~) ?(?P<b2>零下|负)? ?(?P<n2>\d{1,2}) ?度"
)
_ONE_END = re.compile(r"(?<!\d)(?P<below>零下)? ?(?P<n>\d{1,2}) ?度以(?P<way>[上下])")
_TWO_ONES = re.compile("([二三四]?十)([一二三四五六七八])([二三四五六七八九])(?=度)")
"""二十三四度 is 24 at its far end."""
_OTHER_SEASON = re.compile("夏|春天|春季|秋")
_TWO_TENS = re.compile("([一二三四五六七八九])([一二三四五六七八九])十")
_TO_THE_NEXT_TEN = 9
"""二十多度 may be 29: what is asked about the cold is answered for the far end."""
_WORD, _ROOM = "温度", "室温"
_THICKNESS, _THIN = "厚度", ("薄", "中")


@dataclass(frozen=True)
class Verdict:
    """`told` is the catalogue's range as written; `is_in` whether the day named lies in it."""

    told: str
    degrees: float
    """The day she names, taken at its far end (零下二十多度 is -29)."""
    is_in: bool
    is_too_cold: bool


def degrees(text: str) -> tuple[float, ...]:
    """Temperatures in the text in °C: 零下十度 is -10, 5度到15度 is 5 and 15."""
    found = []
    for match in _DEGREES.finditer(_TWO_ONES.sub(r"\1\3", normalise(text))):
        value = number(_TWO_TENS.sub(r"\2十", match["n"]))  # 二三十度 may be thirty
        if value is not None:
            far = value + (_TO_THE_NEXT_TEN if match["more"] else 0)
            found.append(-far if match["below"] else far)
    return tuple(found)


def day_told(shop: Shop, text: str) -> float | None:
    """The day or room she speaks of in °C: told in degrees, else what the place or room named means (needs.yml).

    A place is taken at its winter; of its other seasons nothing is known.
    """
    asked = degrees(text)
    if asked:
        return min(asked)
    if _OTHER_SEASON.search(normalise(text)):
        return None
    meant = [need.degrees for need in needs.heard(shop, text) if need.degrees is not None]
    return min(meant) if meant else None


def made_for(product: Product) -> tuple[str, tuple[float, float]] | None:
    """The catalogue's words and the range in °C; None where it names none. "8 度以下" has one end."""
    for name, value in product.attributes.items():
        room = value.find(_ROOM)
        if not (name.startswith("适") and _WORD in name) and room < 0:
            continue
        told = normalise(value[room:] if room >= 0 else value)
        if span := _RANGE.search(told):
            ends = [float(span[n]) * (-1 if span[b] else 1) for n, b in (("n1", "b1"), ("n2", "b2"))]
            return value[max(room, 0) :], (min(ends), max(ends))
        if end := _ONE_END.search(told):
            edge = float(end["n"]) * (-1 if end["below"] else 1)
            return value, (-math.inf, edge) if end["way"] == "下" else (edge, math.inf)
    return None


def verdict(product: Product, text: str) -> Verdict | None:
    """Whether it is made for the temperature in the text; None without one, or where the catalogue does not say."""
    asked = degrees(text)
    return verdict_on(product, min(asked)) if asked else None


def verdict_on(product: Product, day: float) -> Verdict | None:
    """Whether it is made for a day of so many degrees; None where the catalogue does not say."""
    range_ = made_for(product)
    if range_ is None:
        return None
    told, (low, high) = range_
    return Verdict(told, day, low <= day <= high, day < low)


def for_day(products: Iterable[Product], day: float) -> list[Product]:
    """Of these what can be worn or used at that temperature, what is made for it first; what is not known stays.

    Where nothing is made for it, the nearest of those made for another comes first: it has to be told with it.
    """
    judged = [(product, verdict_on(product, day)) for product in products]
    holds = [product for product, found in judged if found and found.is_in]
    unknown = [product for product, found in judged if found is None]
    if holds:
        return [*holds, *unknown]
    misses = [product for product, found in judged if found]
    return [*sorted(misses, key=lambda p: _distance(p, day))[:1], *unknown]


def thickness(product: Product) -> str:
    """As the catalogue writes it (薄, 中等, 厚); empty where it does not."""
    return product.attributes.get(_THICKNESS, "")


def cooler(shop: Shop, product: Product) -> Product | None:
    """What keeps less warm on the same shelf: the throw beside the quilts; None where there is none."""
    rivals = (p for p in shop.products.values() if p.category == product.category and p is not product)
    thin = (p for p in rivals if thickness(p).startswith(_THIN) and in_stock(p))
    return next((p for p in thin if made_for(p) is None), None)


def _distance(product: Product, day: float) -> float:
    made = made_for(product)
    low, high = made[1] if made else (day, day)
    return max(low - day, day - high)


def instead(shop: Shop, product: Product, day: float) -> tuple[Product, ...]:
    """What is made for that day and can be bought: its substitutes first, then the same wearer's."""
    named = [shop.products[other] for other in product.substitutes]
    rest = [
        p
        for p in shop.products.values()
        if p not in named and p.id != product.id and p.kind is product.kind and p.audience is product.audience
    ]
    fitting = [p for p in (*named, *rest) if in_stock(p) and _holds(p, day)]
    return tuple(sorted(fitting, key=lambda p: p not in named))


def _holds(product: Product, day: float) -> bool:
    made = made_for(product)
    return made is not None and made[1][0] <= day <= made[1][1]
