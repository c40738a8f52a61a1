"""How often each script has answered a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.desk.schema import messages

WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Hits:
    count: int
    last: datetime


def script_hits(engine: sa.Engine, now: datetime) -> dict[str, Hits]:
    """Entry id → answers with one of its scripts in the last 30 days, by the bot or sent by an agent."""
    entry = messages.c.source["faq_id"].as_string().label("entry")
    query = (
        sa.select(entry, sa.func.count().label("count"), sa.func.max(messages.c.created_at).label("last"))
        .where(messages.c.sender.in_(("bot", "agent")), messages.c.source.is_not(None))
        .where(messages.c.created_at > now - WINDOW, entry.is_not(None))
        .group_by(entry)
    )
    with engine.connect() as connection:
        return {row.entry: Hits(row.count, row.last) for row in connection.execute(query)}
