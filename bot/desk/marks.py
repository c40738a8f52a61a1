"""How far a conversation has reached and been read, by each side: what a tick under a message may say."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.conversations import Conversation, NotFound
from bot.desk.database import reading
from bot.desk.ownership import Owner

_table = sa.Table(
    "reading_marks",
    schema.metadata,
    sa.Column(
        "conversation_id",
        sa.String(40),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("delivered", sa.Integer, nullable=False),
    sa.Column("read", sa.Integer, nullable=False),
    sa.Column("seen", sa.Integer, nullable=False),
)
_OF = sa.select(_table).where(_table.c.conversation_id == sa.bindparam("conversation_id"))


@dataclass(frozen=True)
class Marks:
    """Sequence numbers: everything up to and with that message. They only ever grow."""

    delivered: int = 0
    """Was on the page of somebody at the desk."""
    read: int = 0
    """Was before the eyes of the agent who has the conversation."""
    seen: int = 0
    """Was before the customer's eyes."""


class MarkStore:
    """Blocking: call it through `bot.desk.threads.in_thread`. Every method is one transaction."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def of(self, conversation_id: str) -> Marks:
        with reading(self._engine) as connection:
            return marks_of(connection, conversation_id)

    def reached_desk(self, conversation_id: str, seq: int) -> Marks | None:
        """A page of the desk shows it, and a person is wanted or there; what only the bot answers needs no mark."""
        return self._advance(conversation_id, (Owner.QUEUED, Owner.HUMAN), delivered=seq)

    def read_by(self, conversation_id: str, agent: str, seq: int) -> Marks | None:
        """Only who has the conversation reads it for the shop; a colleague who looks in promises no answer."""
        return self._advance(conversation_id, (Owner.HUMAN,), agent, delivered=seq, read=seq)

    def seen_by_customer(self, conversation_id: str, seq: int) -> Marks | None:
        return self._advance(conversation_id, tuple(Owner), seen=seq)

    def _advance(
        self, conversation_id: str, owners: tuple[Owner, ...], agent: str | None = None, **to: int
    ) -> Marks | None:
        """The new marks; None when nothing moved, which costs no write and no lock."""
        with reading(self._engine) as connection:
            query = sa.select(schema.conversations).where(schema.conversations.c.id == conversation_id)
            try:
                conversation = tx.one(connection, query)
            except NotFound:
                return None
            if _moved(marks_of(connection, conversation_id), conversation, to) is None:
                return None
        if conversation.owner not in owners or (agent and conversation.agent != agent):
            return None
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            moved = _moved(marks_of(connection, conversation_id), conversation, to)
            if moved:
                _keep(connection, conversation_id, moved)
            return moved


def _moved(known: Marks, conversation: Conversation, to: dict[str, int]) -> Marks | None:
    """`known` with the larger numbers of `to`, never beyond what was said; None when none is larger."""
    wanted = {name: max(getattr(known, name), min(seq, conversation.last_seq)) for name, seq in to.items()}
    moved = Marks(**{"delivered": known.delivered, "read": known.read, "seen": known.seen, **wanted})
    return None if moved == known else moved


def marks_of(connection: sa.Connection, conversation_id: str) -> Marks:
    """Within a transaction; all zero where nobody has looked yet."""
    row = connection.execute(_OF, {"conversation_id": conversation_id}).first()
    return Marks(row.delivered, row.read, row.seen) if row else Marks()


def _keep(connection: sa.Connection, conversation_id: str, marks: Marks) -> None:
    values = {"delivered": marks.delivered, "read": marks.read, "seen": marks.seen}
    changed = connection.execute(
        sa.update(_table).where(_table.c.conversation_id == conversation_id).values(**values)
    )
    if changed.rowcount == 0:
        connection.execute(sa.insert(_table).values(conversation_id=conversation_id, **values))
