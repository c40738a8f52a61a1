"""The remedy ladder as the owner sets it: the section `remedies` of `policy.yml`.

Source: shop-rules.md, "After the sale" (000 1.2.1, 003).
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from bot.shop.records.record import Money, Record, Share, Text


class RemedyKind(str, Enum):
    """The remedy ladder (000 1.2.1), with exchange and return placed by 003."""

    EXPLAIN = "explain"
    COUPON = "coupon"
    PARTIAL_REFUND = "partial_refund"
    EXCHANGE = "exchange"
    RESEND = "resend"
    RETURN = "return"
    FULL_REFUND = "full_refund"


class Issue(str, Enum):
    DEFECT = "defect"
    WRONG = "wrong"
    MISSING = "missing"
    MISMATCH = "mismatch"


class Severity(str, Enum):
    """Does it hurt use? minor: no; moderate: somewhat; severe: cannot be used."""

    MINOR = "minor"
    MODERATE = "moderate"
    SEVERE = "severe"


class Rung(Record):
    """`cost` is the share of the amount the shop loses, from and to; `title` is what a customer reads."""

    kind: RemedyKind
    title: Text
    cost: tuple[Share, Share]

    @model_validator(mode="after")
    def _cost_rises(self) -> Rung:
        if self.cost[0] > self.cost[1]:
            raise ValueError(f"cost {[float(c) for c in self.cost]} falls: write the smaller share first")
        return self


class Authority(Record):
    """What the bot may settle alone (003): these kinds, up to this many yuan handed out."""

    amount: Money
    kinds: tuple[RemedyKind, ...]


class DeskAuthority(Record):
    """Yuan that a person may hand out on one order without asking further up; 0 lets her give nothing away."""

    agent: Money = Decimal(100)
    supervisor: Money = Decimal(1000)

    @model_validator(mode="after")
    def _supervisor_may_more(self) -> DeskAuthority:
        if self.agent > self.supervisor:
            raise ValueError(f"supervisor {self.supervisor} is below agent {self.agent}: raise it")
        return self


class LatePolicy(Record):
    """What a parcel that comes later than promised is worth: this share of the goods, never more than `most` yuan.

    `from_days`: days late before anything is given. A `share` or `most` of 0 means none.
    """

    share: Share = Decimal(0)
    most: Money = Decimal(0)
    from_days: Annotated[int, Field(gt=0)] = 1


Offers = dict[Issue, dict[Severity, tuple[RemedyKind, ...]]]


class RemedyPolicy(Record):
    """`ladder` is sorted from the cheapest; `offers` names what is put before the buyer, two or more."""

    ladder: tuple[Rung, ...]
    offers: Offers
    authority: Authority
    desk: DeskAuthority = DeskAuthority()
    answer_hours: Annotated[int, Field(gt=0)] = 48
    """How long an offer stands."""
    photo: tuple[Issue, ...] = (Issue.DEFECT, Issue.WRONG, Issue.MISMATCH)
    """Troubles of which a photo is asked for; [] never."""
    late: LatePolicy = LatePolicy()

    @field_validator("ladder")
    @classmethod
    def _all_kinds_sorted(cls, ladder: tuple[Rung, ...]) -> tuple[Rung, ...]:
        kinds = [rung.kind for rung in ladder]
        if wrong := [kind.value for kind in RemedyKind if kinds.count(kind) != 1]:
            raise ValueError(f"{', '.join(wrong)}: each remedy stands here once")
        if any(low.cost[0] > high.cost[0] for low, high in pairwise(ladder)):
            raise ValueError("not sorted by cost: the cheapest goes first")
        return ladder

    @field_validator("offers")
    @classmethod
    def _two_or_more(cls, offers: Offers) -> Offers:
        few = [
            f"{issue.value}.{severity.value}"
            for issue in Issue
            for severity in Severity
            if len(set(offers.get(issue, {}).get(severity, ()))) < 2
        ]
        if few:
            raise ValueError(f"{', '.join(few)}: name two or more different remedies")
        return offers

    def rung(self, kind: RemedyKind) -> Rung:
        return next(rung for rung in self.ladder if rung.kind is kind)
