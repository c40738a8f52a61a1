"""What is put before a buyer whose goods are not right.

Source: shop-rules.md, "After the sale" (000 1.2.1 the ladder, 003 compensation before exchange before return).
Always two or more; a return the law gives is never hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from bot.shop.prices.coupons import Given, available
from bot.shop.records.orders import Order, OrderLine
from bot.shop.records.policy import CouponOffer, CouponPurpose, Policy
from bot.shop.records.remedy_policy import Issue, RemedyKind, RemedyPolicy, Severity

CENT = Decimal("0.01")
MOST_OFFERED = 3
"""Buttons for the shop's own offers; the return beside them makes four."""
DONE_WITHOUT_MONEY = (RemedyKind.EXPLAIN, RemedyKind.EXCHANGE, RemedyKind.RETURN)
"""Whether the bot may settle these depends on the kind alone: nothing is handed out, or the law decides."""
COUNTED = (RemedyKind.PARTIAL_REFUND, RemedyKind.RESEND, RemedyKind.FULL_REFUND)
"""What costs the shop and leaves the goods with the buyer: kept on the order, against its authority in later chats."""
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
class Case:
    """What is wrong with which piece of which order.

    `line` None means the whole order, `pieces` None every piece of the line. `same_in_stock`: the piece can be sent
    again. `given`: coupons given so far.
    """

    policy: Policy
    order: Order
    line: OrderLine | None
    issue: Issue
    now: datetime
    same_in_stock: bool = True
    given: Given = field(default_factory=dict)
    pieces: int | None = None

    @property
    def value(self) -> Decimal:
        """What was paid for what is wrong, yuan."""
        return paid_for(self.order, self.line, self.pieces)

    @property
    def sent_back(self) -> Decimal:
        """What a return brings back, yuan. A missing piece cannot be sent: all that came of its line goes back, or of
        the order where nothing of the line came."""
        if self.issue is not Issue.MISSING:
            return self.value
        came = self.line is not None and self.pieces is not None and self.pieces < self.line.quantity
        return paid_for(self.order, self.line if came else None)

    @property
    def money_left(self) -> Decimal:
        """What the bot may still give back on this order, whatever was settled in earlier chats."""
        return max(self.policy.remedies.authority.amount - self.order.compensated, Decimal(0))


def options(
    policy: Policy,
    order: Order,
    line: OrderLine | None,
    issue: Issue | str,
    severity: Severity | str,
    now: datetime,
    same_in_stock: bool = True,
    given: Given | None = None,
    pieces: int | None = None,
) -> tuple[RemedyOption, ...]:
    """The remedies of `for_case` for a case described in full."""
    case = Case(policy, order, line, Issue(issue), now, same_in_stock, given or {}, pieces)
    return for_case(case, Severity(severity))


def for_case(case: Case, severity: Severity) -> tuple[RemedyOption, ...]:
    """Two to four remedies, the cheapest fair one first; fewer only where the goods were paid with next to nothing."""
    remedies = case.policy.remedies
    kinds = [kind for kind in remedies.offers[case.issue][severity] if is_possible(case, kind, severity)]
    kinds = list(dict.fromkeys(kinds))[:MOST_OFFERED]
    if is_possible(case, RemedyKind.RETURN, severity) and RemedyKind.RETURN not in kinds:
        kinds.append(RemedyKind.RETURN)
    for kind in _more(remedies, kinds):
        if len(kinds) >= 2:
            break
        if is_possible(case, kind, severity):
            kinds.append(kind)
    return tuple(option(case, rung.kind, severity) for rung in remedies.ladder if rung.kind in kinds)


def paid_for(order: Order, line: OrderLine | None, pieces: int | None = None) -> Decimal:
    """What was paid for `pieces` of the line, its part of the discount taken off; None is all of it, or all goods."""
    paid = order.amount - order.shipping_fee
    listed = sum((each.amount for each in order.lines), Decimal(0))
    if line is None or listed == 0:
        return max(paid, Decimal(0))
    meant = line.price * min(pieces or line.quantity, line.quantity)
    return max(paid * meant / listed, Decimal(0)).quantize(CENT, rounding=ROUND_HALF_UP)


def _more(policy: RemedyPolicy, kinds: list[RemedyKind]) -> Iterator[RemedyKind]:
    """What else could be offered: money first, then further up the ladder, explaining last."""
    money = (RemedyKind.PARTIAL_REFUND, RemedyKind.FULL_REFUND)
    rest = [rung.kind for rung in policy.ladder if rung.kind not in (*money, RemedyKind.EXPLAIN)]
    return (kind for kind in (*money, *rest, RemedyKind.EXPLAIN) if kind not in kinds)


def _coupons(policy: Policy, given: Given) -> tuple[CouponOffer, ...]:
    apology = tuple(available(policy, CouponPurpose.APOLOGY, given))
    return apology or tuple(available(policy, CouponPurpose.NEXT_PURCHASE, given))


def _coupon(case: Case) -> CouponOffer | None:
    """The largest that costs no more than the rung allows. None where the pool holds nothing fitting."""
    most = case.policy.remedies.rung(RemedyKind.COUPON).cost[1] * case.value
    return next(
        (offer for offer in reversed(_coupons(case.policy, case.given)) if offer.amount <= most), None
    )


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


def _last_moment(case: Case, kind: RemedyKind) -> datetime | None:
    if kind is RemedyKind.RETURN:
        return return_deadline(case.policy, case.order, quality=True)
    if kind is RemedyKind.EXCHANGE:
        return exchange_deadline(case.policy, case.order)
    return case.now + timedelta(hours=case.policy.remedies.answer_hours)


def is_possible(case: Case, kind: RemedyKind, severity: Severity) -> bool:
    """Whether it can be offered at all: in stock, in time, and worth something. A policy of 0 means none."""
    if kind is RemedyKind.COUPON:
        return _coupon(case) is not None
    if kind in (RemedyKind.EXCHANGE, RemedyKind.RESEND) and not case.same_in_stock:
        return False
    if kind is RemedyKind.EXCHANGE and case.issue is Issue.MISSING:
        return False  # what never came is sent, not exchanged
    if kind is RemedyKind.PARTIAL_REFUND and money_at(case, severity) == 0:
        return False
    if kind is RemedyKind.FULL_REFUND and case.value == 0:
        return False
    last = _last_moment(case, kind)
    return last is not None and case.now <= last


def money_at(case: Case, severity: Severity) -> Decimal:
    """Yuan given back for goods kept at this severity, whole yuan where it can be.

    What would go over the bot's authority is cut to it as long as the rung's range allows: better a little less at
    once than a person's answer tomorrow (003, speed first).
    """
    low, high = case.policy.remedies.rung(RemedyKind.PARTIAL_REFUND).cost
    money = (low + (high - low) * _SHARE_OF_RANGE[severity]) * case.value
    if low * case.value <= case.money_left < money and case.money_left > 0:
        money = case.money_left
    whole = money.quantize(Decimal(1), rounding=ROUND_DOWN)
    return whole or money.quantize(CENT, rounding=ROUND_DOWN)


def option(case: Case, kind: RemedyKind, severity: Severity, money: Decimal | None = None) -> RemedyOption:
    """One remedy with its amount, its cost and whether the bot may settle it. `money`: a sum agreed upon, yuan."""
    rung, authority = case.policy.remedies.rung(kind), case.policy.remedies.authority
    offer = _coupon(case) if kind is RemedyKind.COUPON else None
    low, high = rung.cost
    share = low + (high - low) * _SHARE_OF_RANGE[severity]
    cost = offer.amount if offer else (share * case.value).quantize(CENT, rounding=ROUND_DOWN)
    if kind is RemedyKind.PARTIAL_REFUND:
        cost = money_at(case, severity) if money is None else money
    amount = {
        RemedyKind.COUPON: cost,
        RemedyKind.PARTIAL_REFUND: cost,
        RemedyKind.RETURN: case.sent_back,
        RemedyKind.FULL_REFUND: case.value,
    }.get(kind, Decimal(0))
    return RemedyOption(
        kind=kind,
        title=rung.title,
        amount=amount,
        cost=cost,
        within_authority=kind in authority.kinds and (kind in DONE_WITHOUT_MONEY or cost <= case.money_left),
        deadline=_last_moment(case, kind) or case.now,
        coupon_id=offer.id if offer else None,
    )
