"""The whole ladder for one case, as a person at the desk weighs it: what each remedy costs, and what stands against it.

Source: shop-rules.md, "After the sale" (000 1.2.1: know the loss of every step before offering one; 003: a choice of
at least two). The bot's own offers are `remedies.for_case`; here nothing is hidden, only marked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bot.shop.after_sale.remedies import DONE_WITHOUT_MONEY, Case, RemedyOption, for_case, is_possible, option
from bot.shop.records.remedy_policy import RemedyKind, Severity

FEWEST_OFFERED = 2


class Obstacle(str, Enum):
    """Why a remedy cannot be offered."""

    NO_COUPON = "no_coupon"
    OUT_OF_STOCK = "out_of_stock"
    NOT_DELIVERED = "not_delivered"
    TOO_LATE = "too_late"
    NOTHING_PAID = "nothing_paid"
    BEYOND_AUTHORITY = "beyond_authority"


@dataclass(frozen=True)
class BoardRow:
    """`is_usual`: the shop's policy puts it before the buyer. `obstacle` None: this person may offer it now."""

    option: RemedyOption
    is_usual: bool
    obstacle: Obstacle | None


class CannotOffer(Exception):
    """The chosen remedies cannot be put before the buyer; `obstacle` None: they are fewer than two."""

    def __init__(self, obstacle: Obstacle | None) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle.value if obstacle else "fewer than two")


def board(
    case: Case,
    severity: Severity,
    limit: Decimal,
    money: Decimal | None = None,
    granted: Mapping[RemedyKind, Decimal] | None = None,
) -> tuple[BoardRow, ...]:
    """Every rung, the cheapest first. `limit`: yuan this person may hand out on the order; `money`: a sum of her own
    for the partial refund, never more than was paid; `granted`: yuan that somebody above her has agreed to, by kind."""
    usual = {each.kind for each in for_case(case, severity)}
    own = min(money, case.value) if money is not None else None
    rows = []
    for rung in case.policy.remedies.ladder:
        found = option(case, rung.kind, severity, own if rung.kind is RemedyKind.PARTIAL_REFUND else None)
        obstacle = _obstacle(case, severity, found, limit, own)
        if obstacle is Obstacle.BEYOND_AUTHORITY and found.cost <= (granted or {}).get(
            rung.kind, Decimal(-1)
        ):
            obstacle = None
        rows.append(BoardRow(found, rung.kind in usual, obstacle))
    return tuple(rows)


def offer(rows: Sequence[BoardRow], kinds: Collection[RemedyKind]) -> tuple[RemedyOption, ...]:
    """The options to send as a card, cheapest first; CannotOffer where one cannot be had or there is no choice."""
    chosen = [row for row in rows if row.option.kind in kinds]
    if len(chosen) < FEWEST_OFFERED:
        raise CannotOffer(None)
    for row in chosen:
        if row.obstacle:
            raise CannotOffer(row.obstacle)
    return tuple(row.option for row in chosen)


def _obstacle(
    case: Case, severity: Severity, found: RemedyOption, limit: Decimal, own: Decimal | None
) -> Obstacle | None:
    is_own_sum = found.kind is RemedyKind.PARTIAL_REFUND and bool(own)
    if not is_own_sum and not is_possible(case, found.kind, severity):
        return _why_impossible(case, found.kind)
    if found.kind in DONE_WITHOUT_MONEY or found.cost + case.order.compensated <= limit:
        return None
    return Obstacle.BEYOND_AUTHORITY


def _why_impossible(case: Case, kind: RemedyKind) -> Obstacle:
    if kind is RemedyKind.COUPON:
        return Obstacle.NO_COUPON
    if kind in (RemedyKind.EXCHANGE, RemedyKind.RESEND) and not case.same_in_stock:
        return Obstacle.OUT_OF_STOCK
    if kind in (RemedyKind.EXCHANGE, RemedyKind.RETURN):
        return Obstacle.TOO_LATE if case.order.delivered_at else Obstacle.NOT_DELIVERED
    return Obstacle.NOTHING_PAID
