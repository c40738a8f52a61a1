"""What is put before a buyer whose goods are not right.

Source: shop-rules.md, "After the sale" (000 1.2.1 the ladder, 003 compensation before exchange before return).
Always two or more; a return the law gives is never hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from bot.shop.coupons import Given, available
from bot.shop.orders import Order, OrderLine
from bot.shop.policy import CouponOffer, CouponPurpose, Policy
from bot.shop.remedy_policy import Issue, RemedyKind, RemedyPolicy, Rung, Severity

CENT = Decimal("0.01")
MOST_OFFERED = 3
"""Buttons for the shop's own offers; the return beside them makes four."""
DONE_WITHOUT_MONEY = (RemedyKind.EXPLAIN, RemedyKind.EXCHANGE, RemedyKind.RETURN)
"""Whether the bot may settle these depends on the kind alone: nothing is handed out, or the law decides."""
_SHARE_OF_RANGE = {Severity.MINOR: Decimal(0), Severity.MODERATE: Decimal("0.5"), Severity.SEVERE: Decimal(1)}


@dataclass(frozen=True)
class RemedyOption:
    """`amount`: yuan the buyer gets (coupon or money); `cost`: yuan the shop loses, for the agent's eyes only.

    `title` is the owner's wording (policy.yml); `deadline` until when the buyer may choose it.
    """

    kind: RemedyKind
    title: str
    amount: Decimal
    cost: Decimal
    within_authority: bool
    deadline: datetime
    coupon_id: str | None = None


@dataclass(frozen=True)
class _Case:
    policy: Policy
    order: Order
    value: Decimal
    severity: Severity
    now: datetime
    same_in_stock: bool
    coupons: tuple[CouponOffer, ...]


def options(
    policy: Policy,
    order: Order,
    line: OrderLine | None,
    issue: Issue | str,
    severity: Severity | str,
    now: datetime,
    same_in_stock: bool = True,
    given: Given | None = None,
) -> tuple[RemedyOption, ...]:
    """Two to four remedies, the cheapest fair one first.

    `line` None means the whole order. `same_in_stock`: the piece can be sent again. `given`: coupons given so far.
    """
    issue, severity = Issue(issue), Severity(severity)
    case = _Case(
        policy, order, paid_for(order, line), severity, now, same_in_stock, _coupons(policy, given or {})
    )
    kinds = [kind for kind in policy.remedies.offers[issue][severity] if _is_possible(case, kind)]
    kinds = list(dict.fromkeys(kinds))[:MOST_OFFERED]
    if _is_possible(case, RemedyKind.RETURN) and RemedyKind.RETURN not in kinds:
        kinds.append(RemedyKind.RETURN)
    for kind in _more(policy.remedies, kinds):
        if len(kinds) >= 2:
            break
        if _is_possible(case, kind):
            kinds.append(kind)
    ladder = [rung for rung in policy.remedies.ladder if rung.kind in kinds]
    return tuple(_option(case, rung) for rung in ladder)


def paid_for(order: Order, line: OrderLine | None) -> Decimal:
    """What was paid for the line, its part of the discount taken off; for None the goods of the whole order."""
    paid = order.amount - order.shipping_fee
    listed = sum((each.amount for each in order.lines), Decimal(0))
    if line is None or listed == 0:
        return max(paid, Decimal(0))
    return max(paid * line.amount / listed, Decimal(0)).quantize(CENT, rounding=ROUND_HALF_UP)


def _more(policy: RemedyPolicy, kinds: list[RemedyKind]) -> Iterator[RemedyKind]:
    """What else could be offered: money first, then further up the ladder, explaining last."""
    money = (RemedyKind.PARTIAL_REFUND, RemedyKind.FULL_REFUND)
    rest = [rung.kind for rung in policy.ladder if rung.kind not in (*money, RemedyKind.EXPLAIN)]
    return (kind for kind in (*money, *rest, RemedyKind.EXPLAIN) if kind not in kinds)


def _coupons(policy: Policy, given: Given) -> tuple[CouponOffer, ...]:
    apology = tuple(available(policy, CouponPurpose.APOLOGY, given))
    return apology or tuple(available(policy, CouponPurpose.NEXT_PURCHASE, given))


def _coupon(case: _Case) -> CouponOffer | None:
    """The largest that costs no more than the rung allows. None where the pool holds nothing fitting."""
    most = case.policy.remedies.rung(RemedyKind.COUPON).cost[1] * case.value
    return next((offer for offer in reversed(case.coupons) if offer.amount <= most), None)


def return_deadline(policy: Policy, order: Order, quality: bool) -> datetime | None:
    """The last moment to ask for a return; None before delivery. Days count from the day after delivery."""
    days = policy.returns.quality_days if quality else policy.returns.days
    return _end_of_day(order.delivered_at, max(days, policy.returns.days))


def exchange_deadline(policy: Policy, order: Order) -> datetime | None:
    """The last moment to ask for an exchange; None before delivery."""
    return _end_of_day(order.delivered_at, policy.returns.exchange_days)


def _end_of_day(delivered: datetime | None, days: int) -> datetime | None:
    if delivered is None:
        return None
    return datetime.combine(delivered.date() + timedelta(days=days), time(23, 59, 59))


def _last_moment(case: _Case, kind: RemedyKind) -> datetime | None:
    if kind is RemedyKind.RETURN:
        return return_deadline(case.policy, case.order, quality=True)
    if kind is RemedyKind.EXCHANGE:
        return exchange_deadline(case.policy, case.order)
    return case.now + timedelta(hours=case.policy.remedies.answer_hours)


def _is_possible(case: _Case, kind: RemedyKind) -> bool:
    if kind is RemedyKind.COUPON:
        return _coupon(case) is not None
    if kind in (RemedyKind.EXCHANGE, RemedyKind.RESEND) and not case.same_in_stock:
        return False
    last = _last_moment(case, kind)
    return last is not None and case.now <= last


def _option(case: _Case, rung: Rung) -> RemedyOption:
    offer = _coupon(case) if rung.kind is RemedyKind.COUPON else None
    low, high = rung.cost
    share = low + (high - low) * _SHARE_OF_RANGE[case.severity]
    cost = offer.amount if offer else (share * case.value).quantize(CENT, rounding=ROUND_DOWN)
    amount = {
        RemedyKind.COUPON: cost,
        RemedyKind.PARTIAL_REFUND: cost,
        RemedyKind.RETURN: case.value,
        RemedyKind.FULL_REFUND: case.value,
    }.get(rung.kind, Decimal(0))
    authority = case.policy.remedies.authority
    is_small = rung.kind in DONE_WITHOUT_MONEY or cost <= authority.amount
    return RemedyOption(
        kind=rung.kind,
        title=rung.title,
        amount=amount,
        cost=cost,
        within_authority=rung.kind in authority.kinds and is_small,
        deadline=_last_moment(case, rung.kind) or case.now,
        coupon_id=offer.id if offer else None,
    )
