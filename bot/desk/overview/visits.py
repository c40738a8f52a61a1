"""Visits: one customer's chat on one day of the shop. How soon it was answered, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.desk.overview.sql import Period, seconds_between, shop_day, shop_hour
from bot.desk.ownership import Owner, Speaker, Step
from bot.desk.schema import conversations, handoff_log, messages

PROMPT, SOON = 6, 10
"""Seconds within which the first reply is good, and still fair (shop-rules.md, first reply)."""


@dataclass(frozen=True)
class Service:
    """Counts of visits, of a whole period or of one of its days or hours."""

    visits: int
    answered: int
    within_6: int
    within_10: int
    by_bot: int
    """No person was asked for, and none wrote."""
    handed_over: int
    seconds: float | None
    """Mean time to the first reply."""


def visits_in(period: Period) -> sa.Subquery:
    """One row a visit: who came, when, on which day and hour, `seconds` to the first reply, 1 or 0 for the rest."""
    day = shop_day(messages.c.created_at)
    starts = (
        sa.select(
            messages.c.conversation_id,
            day.label("day"),
            sa.func.min(messages.c.seq).label("first_seq"),
            sa.func.min(messages.c.created_at).label("first_at"),
        )
        .where(messages.c.sender == Speaker.CUSTOMER.value, period.holds(messages.c.created_at))
        .group_by(messages.c.conversation_id, day)
        .subquery("starts")
    )
    spoken, steps = messages.alias("spoken"), handoff_log.alias("steps")
    # What the bot says unasked after a chat answers nobody.
    replies = sa.or_(
        spoken.c.sender == Speaker.AGENT.value,
        sa.and_(spoken.c.sender == Speaker.BOT.value, spoken.c.reply_to.is_not(None)),
    )
    replied_at = (
        sa.select(sa.func.min(spoken.c.created_at))
        .where(
            spoken.c.conversation_id == starts.c.conversation_id, spoken.c.seq > starts.c.first_seq, replies
        )
        .scalar_subquery()
    )
    that_day = sa.and_(
        steps.c.conversation_id == starts.c.conversation_id, shop_day(steps.c.at) == starts.c.day
    )
    asked = sa.exists().where(that_day, steps.c.step == Step.ASK.value)
    taken = sa.exists().where(that_day, steps.c.step == Step.CLAIM.value)
    wrote = sa.exists().where(
        spoken.c.conversation_id == starts.c.conversation_id,
        shop_day(spoken.c.created_at) == starts.c.day,
        spoken.c.sender == Speaker.AGENT.value,
    )
    return (
        sa.select(
            starts.c.conversation_id,
            starts.c.day,
            starts.c.first_at,
            shop_hour(starts.c.first_at).label("hour"),
            seconds_between(starts.c.first_at, replied_at).label("seconds"),
            sa.case((sa.or_(asked, taken, wrote), 0), else_=1).label("by_bot"),
            sa.case((asked, 1), else_=0).label("handed_over"),
            conversations.c.customer_id,
            conversations.c.customer_verified,
        )
        .join(conversations, conversations.c.id == starts.c.conversation_id)
        .subquery("visits")
    )


def _counts(visits: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    within = (sa.func.sum(sa.case((visits.c.seconds <= most, 1), else_=0)) for most in (PROMPT, SOON))
    return [
        sa.func.count(),
        sa.func.count(visits.c.seconds),
        *within,
        sa.func.sum(visits.c.by_bot),
        sa.func.sum(visits.c.handed_over),
        sa.func.avg(visits.c.seconds),
    ]


def service(connection: sa.Connection, period: Period) -> Service:
    visits = visits_in(period)
    return _service(connection.execute(sa.select(*_counts(visits))).one())


def service_by(connection: sa.Connection, period: Period, part: str) -> dict[Any, Service]:
    """`part`: `day` or `hour`. Those without a visit are left out."""
    visits = visits_in(period)
    rows = connection.execute(sa.select(visits.c[part], *_counts(visits)).group_by(visits.c[part]))
    return {key: _service(counts) for key, *counts in rows}


def _service(row: Any) -> Service:
    *counts, seconds = row
    return Service(
        *(int(each or 0) for each in counts), None if seconds is None else round(float(seconds), 1)
    )


def handover_reasons(connection: sa.Connection, period: Period) -> list[tuple[str, int]]:
    """Why the bot handed over, the most frequent first. A graver reason while somebody waits is no second handover."""
    log = handoff_log
    query = (
        sa.select(log.c.why, sa.func.count())
        .where(log.c.step == Step.ASK.value, log.c.old != Owner.QUEUED.value, period.holds(log.c.at))
        .group_by(log.c.why)
        .order_by(sa.func.count().desc(), log.c.why)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]
