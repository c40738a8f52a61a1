"""What was done with an order out of a conversation: by whom, for how much, and told to the customer at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.conversations import Draft, Message
from bot.desk.database import reading
from bot.desk.records import add_promise
from bot.desk.rows import now


class ActionKind(StrEnum):
    ADDRESS = "address"
    VARIANT = "variant"
    PRICE = "price"
    COUPON = "coupon"
    REMEDY = "remedy"


@dataclass(frozen=True)
class OrderAction:
    """`text` in the agents' words, `cost` in yuan as text ("" costs nothing). The same `ref` is booked once.

    `title` is a remedy's name as the customer read it.
    """

    conversation_id: str
    order_id: str
    kind: ActionKind
    text: str
    cost: str
    who: str
    ref: str
    title: str = ""
    at: datetime | None = None


order_actions = sa.Table(
    "order_actions",
    schema.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "conversation_id",
        sa.String(40),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("order_id", sa.String(40), nullable=False, index=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("text", sa.String(500), nullable=False),
    sa.Column("cost", sa.String(20), nullable=False),
    sa.Column("who", sa.String(40), nullable=False),
    sa.Column("ref", sa.String(100), nullable=False),
    sa.Column("at", schema.UtcDateTime, nullable=False),
    sa.Column("title", sa.String(80), nullable=False, server_default=""),
    sa.UniqueConstraint("conversation_id", "ref"),
)


class OrderActions:
    """Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def book(
        self,
        action: OrderAction,
        lines: Sequence[Draft] = (),
        promise: tuple[str, datetime] | None = None,
        reply_to: str | None = None,
    ) -> tuple[Message, ...] | None:
        """The lines as written; None when this `ref` has been booked before, and then nothing changes."""
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, action.conversation_id)
            if connection.execute(_same(action.conversation_id, action.ref)).first():
                return None
            short = {"text": action.text[:500], "title": action.title[:80]}
            values = {**vars(action), **short, "kind": action.kind.value, "at": now()}
            connection.execute(sa.insert(order_actions).values(**values))
            if promise:
                add_promise(connection, conversation.id, promise[0], promise[1], action.who)
            return tx.write(connection, conversation, lines, reply_to)[1]

    def undo(self, conversation_id: str, ref: str) -> None:
        """The order itself could not be changed."""
        is_same = sa.and_(order_actions.c.conversation_id == conversation_id, order_actions.c.ref == ref)
        with self._engine.begin() as connection:
            connection.execute(sa.delete(order_actions).where(is_same))

    def has(self, conversation_id: str, ref: str) -> bool:
        with reading(self._engine) as connection:
            return connection.execute(_same(conversation_id, ref)).first() is not None

    def of_orders(self, order_ids: Collection[str]) -> dict[str, tuple[OrderAction, ...]]:
        """By order, the newest first, from whichever conversation."""
        query = (
            sa.select(order_actions)
            .where(order_actions.c.order_id.in_(order_ids))
            .order_by(order_actions.c.id.desc())
        )
        found: dict[str, tuple[OrderAction, ...]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                found[row.order_id] = (*found.get(row.order_id, ()), _from(row))
        return found


def _same(conversation_id: str, ref: str) -> sa.Select[Any]:
    return sa.select(order_actions.c.id).where(
        order_actions.c.conversation_id == conversation_id, order_actions.c.ref == ref
    )


def _from(row: sa.Row[Any]) -> OrderAction:
    values = dict(row._mapping)
    values.pop("id")
    return OrderAction(**{**values, "kind": ActionKind(row.kind)})
