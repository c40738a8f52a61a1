"""What the shop says to a customer after the chat, and when it may.

Source: shop-rules.md, "Unread or dropped conversations" (003), "Unpaid order" (000, 001), "Coupons for a first
question" (000). Times are the shop's clock, without zone. Nothing here is ever certain to be sent: a plan says from
when to when it would be right, `judge` decides at the moment of sending, with what is known then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.shop.records.model import HeldCoupon
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.policy import FollowUpPolicy, minutes_of


class Occasion(str, Enum):
    """What a follow-up is about. Of several that are due, the first of this list goes first."""

    UNPAID = "unpaid"
    COUPON = "coupon"
    ASKED = "asked"


class Act(str, Enum):
    SEND = "send"
    WAIT = "wait"
    """Not now; ask again."""
    DROP = "drop"
    """Never."""


@dataclass(frozen=True)
class Verdict:
    """`why` is the reason for waiting or dropping, a key of the desk's words."""

    act: Act
    why: str = ""


SEND = Verdict(Act.SEND)


@dataclass(frozen=True)
class Plan:
    """One follow-up about one matter. A customer never gets two with the same `matter`."""

    occasion: Occasion
    matter: str
    due: datetime
    until: datetime
    """After this moment it is no longer of use, or no longer true."""
    intent: str | None = None
    product_id: str | None = None
    order_id: str | None = None
    coupon_id: str | None = None


@dataclass(frozen=True)
class Asked:
    """The end of a chat: what the customer wanted to know last, and that the bot's answer is the last word.

    `order_id` is set when the talk was about an order: such a chat is service, not a sale to come back to.
    """

    intent: str | None
    product_id: str | None
    order_id: str | None
    at: datetime
    is_answered: bool


@dataclass(frozen=True)
class History:
    """One customer over all her conversations."""

    last_word: datetime | None = None
    """When she last wrote."""
    sent: tuple[datetime, ...] = ()
    """Follow-ups she was sent, in any order."""
    has_refused: bool = False
    """She does not want any: for ever."""
    is_troubled: bool = False
    """Upset, complained, or handed to a person, within the policy's days."""


# --- what is worth a follow-up


def after_chat(policy: FollowUpPolicy, chat: Asked) -> Plan | None:
    """003: a dropped chat before the sale, at the next of the three hours. None where nothing is left open."""
    if not chat.intent or not chat.is_answered or chat.order_id:
        return None
    until = chat.at + timedelta(hours=policy.stale_hours)
    due = next_hour(policy, chat.at + timedelta(minutes=policy.quiet_minutes))
    if due is None or due > until:
        return None
    matter = f"asked:{chat.intent}:{chat.product_id or ''}"
    return Plan(Occasion.ASKED, matter, due, until, chat.intent, chat.product_id)


def unpaid(policy: FollowUpPolicy, order: Order, keep_hours: int) -> Plan | None:
    """000, 001: one polite reminder after the delay, while the order is kept."""
    if order.state is not OrderState.UNPAID or not policy.unpaid_after_minutes:
        return None
    due = next_awake(policy, order.placed_at + timedelta(minutes=policy.unpaid_after_minutes))
    until = order.placed_at + timedelta(hours=min(policy.stale_hours, keep_hours))
    product = order.lines[0].product_id
    plan = Plan(Occasion.UNPAID, f"unpaid:{order.id}", due, until, product_id=product, order_id=order.id)
    return plan if due < until else None


def kept_until(order: Order, keep_hours: int) -> datetime:
    """When an order that is not paid is closed."""
    return order.placed_at + timedelta(hours=keep_hours)


def coupon_expiry(policy: FollowUpPolicy, coupon: HeldCoupon, remind_days: int, today: date) -> Plan | None:
    """000: a reminder `remind_days` before a coupon's last day; none once it is over, none with 0 days."""
    if not remind_days or coupon.expires < today:
        return None
    first = coupon.expires - timedelta(days=remind_days)
    due = next_hour(policy, datetime.combine(first, time()))
    until = datetime.combine(coupon.expires, policy.awake.closes)
    if due is None:
        return None
    matter = f"coupon:{coupon.id}:{coupon.expires.isoformat()}"
    return Plan(Occasion.COUPON, matter, due, until, coupon_id=coupon.id)


# --- whether now is the moment


def judge(policy: FollowUpPolicy, plan: Plan, history: History, now: datetime) -> Verdict:
    """Whether this plan may be sent at this moment. Whether it is still true is asked of the shop, not here."""
    if history.has_refused:
        return Verdict(Act.DROP, "refused")
    if history.is_troubled:
        return Verdict(Act.DROP, "troubled")
    if now > plan.until:
        return Verdict(Act.DROP, "too_late")
    if _unanswered(history) >= policy.until_reply:
        return Verdict(Act.DROP, "no_reply")
    if now < plan.due or not may_speak_now(policy, plan.occasion, now):
        return Verdict(Act.WAIT, "not_yet")
    if history.last_word and now - history.last_word < timedelta(minutes=policy.quiet_minutes):
        return Verdict(Act.WAIT, "in_chat")
    if sum(sent >= datetime.combine(now, time()) for sent in history.sent) >= policy.per_day:
        return Verdict(Act.WAIT, "enough_today")
    if any(now - sent < timedelta(minutes=policy.gap_minutes) for sent in history.sent):
        return Verdict(Act.WAIT, "just_sent")
    return SEND


def _unanswered(history: History) -> int:
    """Follow-ups since her last word. After a step of the clock a time may lie ahead of now: it counts all the same."""
    return sum(history.last_word is None or sent > history.last_word for sent in history.sent)


def may_speak_now(policy: FollowUpPolicy, occasion: Occasion, now: datetime) -> bool:
    """An unpaid order may be reminded of while people are awake, everything else at the three hours only."""
    if occasion is Occasion.UNPAID:
        return minutes_of(policy.awake.opens) <= minutes_of(now.time()) < minutes_of(policy.awake.closes)
    return any(0 <= minutes_of(now.time()) - minutes_of(hour) < policy.window_minutes for hour in policy.at)


def next_hour(policy: FollowUpPolicy, moment: datetime) -> datetime | None:
    """The first of the three hours whose window is not over at `moment`, never earlier; None where there are none."""
    for day in (moment.date(), moment.date() + timedelta(days=1)):
        for hour in policy.at:
            opens = datetime.combine(day, hour)
            if moment < opens + timedelta(minutes=policy.window_minutes):
                return max(opens, moment)
    return None


def next_awake(policy: FollowUpPolicy, moment: datetime) -> datetime:
    """`moment` itself, or the next morning hour at which people are awake."""
    opens = datetime.combine(moment, policy.awake.opens)
    if moment < opens:
        return opens
    return moment if moment.time() < policy.awake.closes else opens + timedelta(days=1)
