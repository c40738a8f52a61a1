"""What customers ask, which scripts answer, and how often the bot did not understand."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.desk.overview.sql import Period
from bot.desk.ownership import Speaker
from bot.desk.schema import messages

CLARIFIED = frozenset({"action_clarify", "action_default_fallback"})
"""Actions whose answer means: I did not understand."""
MOST = 15


@dataclass(frozen=True)
class Asked:
    """An intent, or a script's entry."""

    id: str
    count: int
    unclear: int
    """Of these, asked back about."""


@dataclass(frozen=True)
class Understood:
    """Of the messages that customers typed and the bot read."""

    read: int
    unclear: int


def _typed(period: Period) -> sa.Subquery:
    """Typed messages the bot has read; buttons say themselves what they mean."""
    replies = messages.alias("replies")
    asked_back = sa.exists().where(
        replies.c.reply_to == messages.c.id,
        replies.c.sender == Speaker.BOT.value,
        replies.c.source["action"].as_string().in_(sorted(CLARIFIED)),
    )
    return (
        sa.select(
            messages.c.nlu["intent"].as_string().label("intent"),
            sa.case((asked_back, 1), else_=0).label("unclear"),
        )
        .where(
            messages.c.sender == Speaker.CUSTOMER.value,
            messages.c.payload.is_(None),
            messages.c.nlu.is_not(None),
            period.holds(messages.c.created_at),
        )
        .subquery("typed")
    )


def understood(connection: sa.Connection, period: Period) -> Understood:
    typed = _typed(period)
    read, unclear = connection.execute(
        sa.select(sa.func.count(typed.c.intent), sa.func.sum(typed.c.unclear)).where(
            typed.c.intent.is_not(None)
        )
    ).one()
    return Understood(read, int(unclear or 0))


def top_intents(connection: sa.Connection, period: Period, most: int = MOST) -> list[Asked]:
    typed = _typed(period)
    query = (
        sa.select(typed.c.intent, sa.func.count(), sa.func.sum(typed.c.unclear))
        .where(typed.c.intent.is_not(None))
        .group_by(typed.c.intent)
        .order_by(sa.func.count().desc(), typed.c.intent)
        .limit(most)
    )
    return [Asked(intent, count, int(unclear)) for intent, count, unclear in connection.execute(query)]


def top_scripts(connection: sa.Connection, period: Period) -> list[Asked]:
    entry = messages.c.source["faq_id"].as_string()
    query = (
        sa.select(entry, sa.func.count())
        .where(
            messages.c.sender.in_((Speaker.BOT.value, Speaker.AGENT.value)),
            entry.is_not(None),
            period.holds(messages.c.created_at),
        )
        .group_by(entry)
        .order_by(sa.func.count().desc(), entry)
        .limit(MOST)
    )
    return [Asked(entry_id, count, 0) for entry_id, count in connection.execute(query)]
