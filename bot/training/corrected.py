"""Messages that a trainer read otherwise than the bot had: what was misread for certain."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.desk.database import reading
from bot.desk.schema import messages
from bot.training.tables import staged_changes


def corrected(engine: sa.Engine, start: datetime, end: datetime) -> int:
    """Of the messages written from `start` until before `end`. Decisions taken back do not count."""
    query = (
        sa.select(sa.func.count(sa.distinct(messages.c.id)))
        .join(staged_changes, staged_changes.c.message_id == messages.c.id)
        .where(
            messages.c.created_at >= start,
            messages.c.created_at < end,
            staged_changes.c.state.in_(("staged", "applied")),
            staged_changes.c.intent.is_not(None),
            staged_changes.c.intent != messages.c.nlu["intent"].as_string(),
        )
    )
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()
