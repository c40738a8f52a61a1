"""What the owner decides: `policy.yml`.

Every number of shop-rules.md lives here. An explicit 0 or an empty list means none.
"""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from bot.shop.records.desk_policy import DeskPolicy
from bot.shop.records.on_the_way import OnTheWayPolicy
from bot.shop.records.record import Id, Money, Record, Share, Text
from bot.shop.records.remedy_policy import RemedyPolicy

Count = Annotated[int, Field(ge=0)]


class CompensationKind(str, Enum):
    FREE_SHIPPING = "free_shipping"
    GIFT = "gift"
    COUPON = "coupon"


class Compensation(Record):
    """What may soften a refusal (004 心理 1). `cost` is what it costs the shop, yuan: cheapest goes first."""

    kind: CompensationKind
    cost: Money
    sku: Id | None = None
    coupon: Id | None = None

    @model_validator(mode="after")
    def _names_what_it_gives(self) -> Compensation:
        if self.kind is CompensationKind.GIFT and not self.sku:
            raise ValueError("a gift needs `sku`, the variant that is given")
        if self.kind is CompensationKind.COUPON and not self.coupon:
            raise ValueError("a coupon needs `coupon`, the id of one under `coupons`")
        return self


class BargainingPolicy(Record):
    """Seed 002 四. `steps` are shares of the price given up one after another; they shrink."""

    steps: tuple[Share, ...]
    round_to: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    """Stated prices are multiples of this many yuan, rounded up."""
    patience: Count = 2
    """Further asks answered with alternatives before the bargaining is closed."""
    threat_patience: Count = 1
    """Threats met with the principle, calmly, before a person takes over."""
    compensations: tuple[Compensation, ...] = ()
    compensation_rounds: Count = 2
    """Compensations put forward one after another, each in place of the one before; 0 none."""
    window_days: Count = 7
    """Days for which a customer's haggling is remembered beyond the chat; 0 not at all."""
    gift_hold_days: Annotated[int, Field(gt=0)] = 7
    """Days for which a promised gift counts as taken from the shelf: until then its order has come, or never will."""

    @field_validator("steps")
    @classmethod
    def _steps_shrink(cls, steps: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        if any(later >= earlier for earlier, later in pairwise(steps)):
            raise ValueError(
                f"{[float(s) for s in steps]} does not shrink: each must be below the one before"
            )
        if sum(steps) >= 1:
            raise ValueError("the steps give away the whole price: their sum must be below 1")
        return steps


class ExchangePostage(str, Enum):
    """Who pays where nothing is wrong with the goods and only another size or colour is wanted."""

    SHOP = "shop"
    HALF = "half"
    """The buyer sends hers back, the shop sends the other one."""
    BUYER = "buyer"


class ReturnPolicy(Record):
    """Days count from delivery. The law's seven days may be lengthened, never shortened."""

    days: Annotated[int, Field(ge=7)] = 7
    quality_days: Annotated[int, Field(ge=7)] = 30
    exchange_days: Annotated[int, Field(ge=7)] = 15
    price_protection_days: Count = 15
    freight_insurance: bool = True
    insurance_hours: Count = 72
    """Hours to send a return off, once it is granted, for the freight insurance to pay; 0 is not told."""
    auto_confirm_days: Count = 10
    """Days after shipping until the platform confirms receipt by itself; 0 is not told."""
    exchange_postage: ExchangePostage = ExchangePostage.HALF
    refund_days: tuple[Count, Count] = (1, 3)
    """Working days until refunded money arrives, from and to."""
    address: Text


class CouponPurpose(str, Enum):
    NEW_CUSTOMER = "new_customer"
    NEXT_PURCHASE = "next_purchase"
    APOLOGY = "apology"


class CouponOffer(Record):
    """A coupon the shop gives. `pool` is how many there are in all; 0 means none."""

    id: Id
    purpose: CouponPurpose
    amount: Annotated[Decimal, Field(gt=0)]
    min_spend: Money = Decimal(0)
    valid_days: Annotated[int, Field(gt=0)]
    remind_days: Count = 1
    pool: Count


class Hours(Record):
    opens: time
    closes: time

    def hold(self, clock: time) -> bool:
        """Whether it is within them; closing before opening means past midnight, the same time all day."""
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes


EARLIEST, LATEST = time(9, 30), time(22)
"""No shop may follow up before or after (003: never at breakfast time, never flooding)."""


def minutes_of(clock: time) -> int:
    """Whole minutes since midnight."""
    return clock.hour * 60 + clock.minute


class HandoffPolicy(Record):
    """`high_value_amount` in yuan; 0 in a count or amount switches that reason off."""

    high_value_amount: Money
    bulk_quantity: Count
    top_levels: tuple[Id, ...] = ()
    misses: Annotated[int, Field(gt=0)] = 2
    """Messages in a row that were not understood; while goods are chosen twice as many (handoff.after_miss)."""
    repeats: Annotated[int, Field(gt=0)] = 2
    """Times the same question may be asked again."""


class FollowUpPolicy(Record):
    """003: at most three a day at 10–11, about 16 and about 20 o'clock, never at breakfast time; 000: one reminder of
    an unpaid order, then silence. `per_day: 0` switches every follow-up off."""

    per_day: Annotated[int, Field(ge=0, le=3)] = 3
    """For one customer, all kinds together."""
    until_reply: Count = 3
    """In a row without a word from her; then the shop is silent until she writes. 0 none at all."""
    at: Annotated[tuple[time, ...], Field(max_length=3)] = (time(10), time(16), time(20))
    window_minutes: Annotated[int, Field(ge=5, le=60)] = 30
    """How long after one of these hours a follow-up may still be sent; later it waits for the next."""
    awake: Hours = Hours(opens=time(10), closes=time(21))
    """Between these an order may be reminded of at any time; outside nothing is ever sent."""
    quiet_minutes: Annotated[int, Field(ge=5)] = 30
    """A chat that has been silent for so long counts as dropped."""
    gap_minutes: Annotated[int, Field(ge=60)] = 120
    """Between two follow-ups to the same customer."""
    stale_hours: Annotated[int, Field(ge=1, le=72)] = 36
    """What was asked longer ago is not followed up any more."""
    trouble_days: Annotated[int, Field(ge=1)] = 7
    """After a complaint or a handover the shop sends nothing for so long."""
    unpaid_after_minutes: Count = 30
    """0: unpaid orders are never reminded of."""

    @model_validator(mode="after")
    def _never_at_breakfast_or_night(self) -> FollowUpPolicy:
        if self.awake.opens < EARLIEST or self.awake.closes > LATEST or self.awake.opens >= self.awake.closes:
            between = f"{EARLIEST:%H:%M} and {LATEST:%H:%M}"
            raise ValueError(
                f"`awake` must lie between {between}: nobody wants a shop at breakfast or at night"
            )
        if list(self.at) != sorted(set(self.at)):
            raise ValueError("`at` must rise: write the hours from morning to evening, each once")
        for hour in self.at:
            end = minutes_of(hour) + self.window_minutes
            if hour < self.awake.opens or end > minutes_of(self.awake.closes):
                span = f"{hour:%H:%M} with {self.window_minutes} minutes"
                raise ValueError(f"{span} is not within `awake`: move the hour or widen `awake`")
        return self


class Level(Record):
    """`rate` 0.95 is 95 % of the price (九五折); 1 is no discount."""

    id: Id
    title: Text
    rate: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)


class Policy(Record):
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    """From the lowest to the highest."""
    bargaining: BargainingPolicy
    remedies: RemedyPolicy
    returns: ReturnPolicy
    coupons: tuple[CouponOffer, ...] = ()
    coupons_per_order: Count = 1
    """Coupons one order may use together; 0 none."""
    agent_hours: Hours
    handoff: HandoffPolicy
    follow_up: FollowUpPolicy = FollowUpPolicy()
    desk: DeskPolicy = DeskPolicy()
    on_the_way: OnTheWayPolicy = OnTheWayPolicy()
    low_stock: Count = 3
    """At or below this many pieces scarcity may be mentioned; 0 never."""
    golden_seconds: Count = 6
    keep_seconds: Count = 10
    invoice_hours: Count = 24
    promise_hours: Annotated[int, Field(gt=0)] = 24
