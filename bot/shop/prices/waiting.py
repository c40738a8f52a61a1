"""要不等双十二: whether waiting for a later day is worth it, by the offers that stand in the data.

Source: docs/transcript-review.md, A F23 and A "双十二多少钱": the price of another day is that day's, and where it
is no lower that is a true reason to buy now. Amounts are yuan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.shop.prices import pricing
from bot.shop.prices.bill import Item, fits
from bot.shop.records.model import Customer, Shop
from bot.shop.records.offers import Promotion


@dataclass(frozen=True)
class Later:
    """What the goods cost `now` and on the later `day`; `promotion` begins or runs then, None where none is known."""

    day: date
    now: Decimal
    then: Decimal
    promotion: Promotion | None = None

    @property
    def is_cheaper(self) -> bool:
        return self.then < self.now


def later(
    shop: Shop, items: Iterable[Item], customer: Customer | None, today: date, on: date | None = None
) -> Later | None:
    """`on` a day that was named, else the day the next offer for these goods begins; None where none is in sight."""
    items = tuple(items)
    coming = sorted(
        (p for p in shop.promotions if p.starts > today and any(fits(p, item.product) for item in items)),
        key=lambda p: p.starts,
    )
    running = next((p for p in coming if on and p.starts <= on <= p.ends), None)
    promotion = running if on else next(iter(coming), None)
    day = on or (promotion.starts if promotion else None)
    if day is None or day <= today:
        return None
    now = pricing.basket(shop, items, customer, today).final_price
    return Later(day, now, pricing.basket(shop, items, customer, day).final_price, promotion)
