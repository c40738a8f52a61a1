"""Promotions and the bot's persona: `promotions.yml` and `persona.yml`."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from bot.shop.records.record import Day, Id, Money, Record, Text


class PromotionKind(str, Enum):
    REDUCTION = "reduction"
    RATE = "rate"
    GIFT = "gift"
    NTH_PIECE = "nth_piece"
    DEPOSIT = "deposit"


class Tier(Record):
    """One step of a 阶梯满减: `amount` yuan off from `threshold` yuan of goods up."""

    threshold: Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]
    amount: Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=2)]


class Promotion(Record):
    """`reduction`: `amount` off from `threshold` up, or the highest of `tiers` that is reached; `rate`: price × `rate`;
    `gift`: `gift_sku` with it; `nth_piece`: each `nth` piece × `rate` (第二件半价), the cheapest ones;
    `deposit`: `deposit` yuan now count as `counts_as`, the rest is paid from `balance_starts` to `balance_ends`.

    Days are inclusive. Empty filters apply to everything. `stack: false`: never beside another offer.
    `with_level`, `with_coupons`: whether the member's price and coupons go with it.
    """

    id: Id
    title: Text
    kind: PromotionKind
    threshold: Money = Decimal(0)
    amount: Money = Decimal(0)
    tiers: tuple[Tier, ...] = ()
    rate: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)
    gift_sku: Id | None = None
    every: bool = False
    """`每满`: the reduction repeats at each multiple of the threshold."""
    nth: Annotated[int, Field(ge=2)] = 2
    deposit: Money = Decimal(0)
    counts_as: Money = Decimal(0)
    balance_starts: Day | None = None
    balance_ends: Day | None = None
    starts: Day
    ends: Day
    products: tuple[Id, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[Id, ...] = ()
    new_customers: bool = False
    stack: bool = True
    with_level: bool = True
    with_coupons: bool = True

    @model_validator(mode="after")
    def _whole(self) -> Promotion:
        if self.starts > self.ends:
            raise ValueError(f"starts {self.starts} after it ends {self.ends}: swap them")
        if self.kind is PromotionKind.GIFT and not self.gift_sku:
            raise ValueError("a gift needs `gift_sku`")
        if self.kind is PromotionKind.RATE and self.rate <= 0:
            raise ValueError("a `rate` of 0 gives everything away: write 0.9 for 九折")
        if self.kind is PromotionKind.REDUCTION:
            self._reduction_is_whole()
        if self.kind is PromotionKind.DEPOSIT:
            self._deposit_is_whole()
        return self

    def _reduction_is_whole(self) -> None:
        if not self.tiers and not self.amount > 0:
            raise ValueError("a reduction needs `amount` above 0, or `tiers`")
        if self.tiers and (self.amount or self.threshold or self.every):
            raise ValueError(
                "`tiers` stand in place of `threshold`, `amount` and `every`: take one of them out"
            )
        if any(b.threshold <= a.threshold or b.amount <= a.amount for a, b in pairwise(self.tiers)):
            raise ValueError("tiers must rise: each with a higher threshold and a higher amount")
        if self.every and self.threshold <= 0:
            raise ValueError("`every` needs a `threshold` above 0")

    def _deposit_is_whole(self) -> None:
        if not self.deposit > 0 or self.counts_as < self.deposit:
            raise ValueError("a deposit needs `deposit` above 0 and `counts_as` at least as much")
        if not self.balance_starts or not self.balance_ends or self.balance_starts > self.balance_ends:
            raise ValueError("a deposit needs `balance_starts` and `balance_ends`, in this order")

    def off(self, goods: Decimal) -> Decimal:
        """Yuan a reduction takes off this amount of goods; 0 below its threshold."""
        if self.tiers:
            return max((tier.amount for tier in self.tiers if goods >= tier.threshold), default=Decimal(0))
        if goods < self.threshold:
            return Decimal(0)
        return self.amount * (goods // self.threshold if self.every else 1)

    def next_threshold(self, goods: Decimal) -> Decimal | None:
        """The amount of goods from which it gives more than now; None when there is no such amount."""
        if self.tiers:
            return next((tier.threshold for tier in self.tiers if tier.threshold > goods), None)
        if self.every:
            return (goods // self.threshold + 1) * self.threshold
        return self.threshold if self.threshold > goods else None


class Persona(Record):
    """How the bot presents itself; `tones` by audience (003, 004) are notes for whoever writes scripts."""

    shop: Text
    bot_name: Text
    greeting: str = ""
    """First words of a chat, after the greeting by time of day; may hold {shop} and {bot_name}. Empty: lines.yml."""
    endings: tuple[Text, ...] = ()
    """What may stand in place of the full stop of a light sentence (thanks, farewell), e.g. "～"; empty: nothing."""
    tones: dict[str, str] = {}
    story: str = ""
    stores: tuple[Text, ...] = ()
    """Physical stores; empty: online only."""
    phone: str = ""
    channels: tuple[Text, ...] = ()

    @field_validator("greeting")
    @classmethod
    def _greeting_has_only_known_holes(cls, greeting: str) -> str:
        try:
            greeting.format(shop="", bot_name="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"{greeting!r}: only {{shop}} and {{bot_name}} may stand in braces") from None
        return greeting
