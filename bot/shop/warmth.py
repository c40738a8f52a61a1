"""Degrees: whether a product is made for the cold or warmth that a customer names.

Source: shop-rules.md, "Before the sale": honest answers; the catalogue's own 适宜温度 decides, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.catalogue import in_stock
from bot.shop.model import Product, Shop
from bot.text.normalise import normalise
from bot.text.numerals import number

_DEGREES = re.compile(
    r"(?P<below>零下|负|-)? ?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?P<more>多|几|好几)?(?:来)?(?:度|°c?|℃)"
    r"(?!以?[内角])"
)
_TWO_TENS = re.compile("([一二三四五六七八九])([一二三四五六七八九])十")
_TO_THE_NEXT_TEN = 9
"""二十多度 may be 29: what is asked about the cold is answered for the far end."""
_WORD = "温度"


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
    for match in _DEGREES.finditer(normalise(text)):
        value = number(_TWO_TENS.sub(r"\2十", match["n"]))  # 二三十度 may be thirty
        if value is not None:
            far = value + (_TO_THE_NEXT_TEN if match["more"] else 0)
            found.append(-far if match["below"] else far)
    return tuple(found)


def made_for(product: Product) -> tuple[str, tuple[float, float]] | None:
    """The catalogue's words and the range in °C; None where it names none or only one end."""
    for name, value in product.attributes.items():
        ends = degrees(value) if _WORD in name else ()
        if len(ends) == 2:
            return value, (min(ends), max(ends))
    return None


def verdict(product: Product, text: str) -> Verdict | None:
    """Whether it is made for the temperature in the text; None without one, or where the catalogue does not say."""
    asked, range_ = degrees(text), made_for(product)
    if not asked or range_ is None:
        return None
    told, (low, high) = range_
    day = min(asked)
    return Verdict(told, day, low <= day <= high, day < low)


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
