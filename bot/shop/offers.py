"""Promotions and the bot's persona: `promotions.yml` and `persona.yml`."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import Field, model_validator

from bot.shop.record import Day, Id, Money, Record, Text


class PromotionKind(str, Enum):
    REDUCTION = "reduction"
    RATE = "rate"
    GIFT = "gift"


class Promotion(Record):
    """`reduction`: `amount` off from `threshold` up; `rate`: price × `rate`; `gift`: `gift_sku` with it.

    Days are inclusive. Empty filters apply to everything. `stack: false`: never beside another offer.
    """

    id: Id
    title: Text
    kind: PromotionKind
    threshold: Money = Decimal(0)
    amount: Money = Decimal(0)
    rate: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)
    gift_sku: Id | None = None
    every: bool = False
    """`每满`: the reduction repeats at each multiple of the threshold."""
    starts: Day
    ends: Day
    products: tuple[Id, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[Id, ...] = ()
    new_customers: bool = False
    stack: bool = True

    @model_validator(mode="after")
    def _whole(self) -> Promotion:
        if self.starts > self.ends:
            raise ValueError(f"starts {self.starts} after it ends {self.ends}: swap them")
        if self.kind is PromotionKind.GIFT and not self.gift_sku:
            raise ValueError("a gift needs `gift_sku`")
        if self.kind is PromotionKind.REDUCTION and not self.amount > 0:
            raise ValueError("a reduction needs `amount` above 0")
        if self.every and self.threshold <= 0:
            raise ValueError("`every` needs a `threshold` above 0")
        return self


class Persona(Record):
    """How the bot presents itself; `tones` by audience (003, 004) are notes for whoever writes scripts."""

    shop: Text
    bot_name: Text
    tones: dict[str, str] = {}
    story: str = ""
    stores: tuple[Text, ...] = ()
    """Physical stores; empty: online only."""
    phone: str = ""
    channels: tuple[Text, ...] = ()
