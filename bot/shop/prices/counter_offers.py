"""What a haggling customer asks for: a price, a share, so much less, a round sum, something on top.

Source: shop-rules.md, "Price" (002 四). Amounts are yuan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bot.shop.records.policy import CompensationKind
from bot.text.normalise import normalise

_GIFT = re.compile(
    r"送(?:我|给我)?(?:一|两)?[个条双件盏把套只张床份]?(?P<what>[\u4e00-\u9fff]{2,5}?)(?:给我)?(?:呢|吧|呗|行|可|好|我就|[吗么嘛]|$|[,，。?？!！\s])"
)
_TEN = Decimal(10)
_SMALL = Decimal(20)
"""Below this, rounding down means to whole yuan; from it on, to tens (抹零)."""


@dataclass(frozen=True)
class Ask:
    """Nothing set: "cheaper, please". `price` and `less` are for one piece, `share` is the part of the list price
    to pay, `wish` what is wanted on top of the goods."""

    price: Decimal | None = None
    share: Decimal | None = None
    less: Decimal | None = None
    is_round: bool = False
    pieces: int = 1
    wish: CompensationKind | None = None

    def wanted(self, stated: Decimal, listed: Decimal) -> Decimal | None:
        """The price for one piece this comes to, where `stated` was the last word; None where none is named."""
        if self.less is not None:
            return max(stated - self.less, Decimal(0))
        if self.price is not None:
            return self.price
        if self.share is not None:
            return (listed * self.share).quantize(Decimal("0.01"))
        return rounded_down(stated) if self.is_round else None


def wished_gift(text: str) -> str:
    """台灯 of "送我个台灯呢"; empty where nothing is named."""
    found = _GIFT.search(normalise(text))
    return found["what"] if found else ""


def rounded_down(price: Decimal) -> Decimal | None:
    """抹零: 365.5 → 360, 9.9 → 9; None where nothing is left to drop."""
    unit = _TEN if price >= _SMALL else Decimal(1)
    lower = (price / unit).to_integral_value(rounding=ROUND_FLOOR) * unit
    return lower if 0 < lower < price else None


def for_one(amount: Decimal, pieces: int, unit_price: Decimal, is_each: bool) -> Decimal:
    """The price of one piece in "500 for two": the sum of all, unless it says so or comes to less than one piece."""
    if pieces == 1 or is_each or amount <= unit_price:
        return amount
    return (amount / pieces).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
