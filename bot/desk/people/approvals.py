"""What an agent asks a supervisor for, above her own authority, and what became of it. Nothing is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import NotFound
from bot.desk.database import reading
from bot.desk.rows import new_id, now


class ApprovalKind(StrEnum):
    REMEDY = "remedy"
    PRICE = "price"


class ApprovalState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    USED = "used"
    """What was approved has been given; it is no leave to give it again."""


@dataclass(frozen=True)
class Wish:
    """`what` names the thing exactly, `title` in the agents' words; `cost` in yuan, as text."""

    conversation_id: str
    kind: ApprovalKind
    what: dict[str, Any]
    title: str
    cost: str
    reason: str
    asked_by: str


@dataclass(frozen=True)
class Approval(Wish):
    id: str
    state: ApprovalState
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    word: str
    """What the supervisor said to it."""


class Settled(Exception):
    """Somebody was quicker; carries what became of it."""

    def __init__(self, approval: Approval) -> None:
        self.approval = approval
        super().__init__(approval.state.value)


_table = sa.Table(
    "approvals",
    schema.metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column(
        "conversation_id",
        sa.String(40),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("what", sa.JSON, nullable=False),
    sa.Column("title", sa.String(300), nullable=False),
    sa.Column("cost", sa.String(20), nullable=False),
    sa.Column("reason", sa.String(500), nullable=False),
    sa.Column("asked_by", sa.String(40), nullable=False),
    sa.Column("asked_at", schema.UtcDateTime, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("decided_by", sa.String(40)),
    sa.Column("decided_at", schema.UtcDateTime),
    sa.Column("word", sa.String(500), nullable=False),
)


class Approvals:
    """Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def ask(self, wish: Wish) -> Approval:
        """Asking for the same while it is open gives the open one."""
        with self._engine.begin() as connection:
            query = sa.select(_table).where(
                _table.c.conversation_id == wish.conversation_id, _table.c.state == ApprovalState.ASKED.value
            )
            for known in map(_from, connection.execute(query)):
                if (known.kind, known.what) == (wish.kind, wish.what):
                    return known
            values = {**vars(wish), "kind": wish.kind.value, "id": new_id(), "asked_at": now(), "word": ""}
            insert = sa.insert(_table).values(**values, state=ApprovalState.ASKED.value)
            return _from(connection.execute(insert.returning(_table)).one())

    def get(self, identifier: str) -> Approval:
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(_table).where(_table.c.id == identifier)).first()
        if row is None:
            raise NotFound
        return _from(row)

    def of(self, conversation_id: str) -> tuple[Approval, ...]:
        """Oldest first."""
        return self._found(_table.c.conversation_id == conversation_id)

    def open(self) -> tuple[Approval, ...]:
        """What waits for a supervisor, the oldest first."""
        return self._found(_table.c.state == ApprovalState.ASKED.value)

    def granted(self, conversation_id: str, kind: ApprovalKind) -> tuple[Approval, ...]:
        """What was approved here and not given yet."""
        is_free = _table.c.state == ApprovalState.APPROVED.value
        return self._found(
            sa.and_(_table.c.conversation_id == conversation_id, _table.c.kind == kind.value, is_free)
        )

    def settle(self, identifier: str, state: ApprovalState, by: str, word: str = "") -> Approval:
        """Decide an open one, or mark an approved one as used. Settled when it is neither any more."""
        before = ApprovalState.APPROVED if state is ApprovalState.USED else ApprovalState.ASKED
        changes: dict[str, Any] = {"state": state.value}
        if state is not ApprovalState.USED:
            changes |= {"decided_by": by, "decided_at": now(), "word": word}
        query = sa.update(_table).where(_table.c.id == identifier, _table.c.state == before.value)
        with self._engine.begin() as connection:
            row = connection.execute(query.values(**changes).returning(_table)).first()
        if row is None:
            raise Settled(self.get(identifier))
        return _from(row)

    def _found(self, condition: sa.ColumnElement[bool]) -> tuple[Approval, ...]:
        query = sa.select(_table).where(condition).order_by(_table.c.asked_at, _table.c.id)
        with reading(self._engine) as connection:
            return tuple(map(_from, connection.execute(query)))


def _from(row: sa.Row[Any]) -> Approval:
    values = dict(row._mapping)
    values |= {"kind": ApprovalKind(row.kind), "state": ApprovalState(row.state)}
    return Approval(**values)
