"""Finding a conversation again: by what was said in it, by the customer's name, by a tag, by an order."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.database import reading
from bot.desk.queue import Listed, with_last
from bot.desk.rows import conversation_from

_AROUND = 18
"""Characters of the message shown before what was looked for."""
_QUOTE = 60


@dataclass(frozen=True)
class Found:
    """`quote` is the newest message that says it, cut to a line; empty where name, tag or order fitted."""

    listed: Listed
    quote: str


def search(engine: sa.Engine, wanted: str, limit: int = 50) -> tuple[Found, ...]:
    """Conversations that fit `wanted`, the newest first. Letters' case does not matter. Blocking."""
    chats, messages, tags = schema.conversations, schema.messages, schema.tags
    said = (
        sa.select(messages.c.text)
        .where(messages.c.conversation_id == chats.c.id, _holds(messages.c.text, wanted))
        .order_by(messages.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    tagged = sa.exists().where(tags.c.conversation_id == chats.c.id, _holds(tags.c.text, wanted))
    fits = sa.or_(
        said.is_not(None), tagged, _holds(chats.c.customer_name, wanted), chats.c.order_id == wanted
    )
    query = sa.select(chats, said.label("said")).where(fits).order_by(chats.c.updated_at.desc()).limit(limit)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
        listed = with_last(connection, [conversation_from(row) for row in rows])
    return tuple(Found(each, quoted(row.said or "", wanted)) for each, row in zip(listed, rows, strict=True))


def quoted(text: str, wanted: str) -> str:
    """The part of `text` around what was looked for, on one line."""
    line = " ".join(text.split())
    start = max(0, line.lower().find(wanted.lower()) - _AROUND)
    part = line[start : start + _QUOTE]
    return ("…" if start else "") + part + ("…" if start + _QUOTE < len(line) else "")


def _holds(column: sa.ColumnElement[str], wanted: str) -> sa.ColumnElement[bool]:
    return column.icontains(wanted, autoescape=True)
