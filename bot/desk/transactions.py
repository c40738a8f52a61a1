"""What happens inside one transaction of the desk: lock, check, step, insert.

Every function takes an open connection; the stores put them together. The row of the conversation is locked first
(`locked`), so versions and sequence numbers are given out one at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Conversation, Draft, Handoff, Message, NotFound, StaleVersion
from bot.desk.ownership import Owner, Step, after, check_may_speak
from bot.desk.rows import conversation_from, message_from, message_values, now, remember_payloads

_conversations, _messages = schema.conversations, schema.messages
# Statements of every turn are built once: SQLAlchemy takes longer to build one than SQLite to run it.
BY_ID = sa.select(_conversations).where(_conversations.c.id == sa.bindparam("conversation_id"))
_LOCKED = BY_ID.with_for_update()
_INSERT = sa.insert(_messages).returning(_messages)
_SAID_BEFORE = sa.select(_messages).where(
    _messages.c.conversation_id == sa.bindparam("conversation_id"),
    _messages.c.sender == sa.bindparam("sender"),
    _messages.c.client_id == sa.bindparam("client_id"),
)
_PENDING = (
    sa.select(_messages)
    .where(_messages.c.conversation_id == sa.bindparam("conversation_id"), _messages.c.is_pending)
    .order_by(_messages.c.seq)
)


def one(connection: sa.Connection, query: sa.Select[Any], **values: Any) -> Conversation:
    """The conversation `query` finds with these values of its parameters; NotFound when there is none."""
    row = connection.execute(query, values).first()
    if row is None:
        raise NotFound
    return conversation_from(row)


def locked(connection: sa.Connection, conversation_id: str) -> Conversation:
    """The conversation, held until the end of the transaction."""
    return one(connection, _LOCKED, conversation_id=conversation_id)


def check_version(conversation: Conversation, version: int | None) -> None:
    """Raise StaleVersion when the caller was looking at an older one; None skips the check."""
    if version is not None and version != conversation.version:
        raise StaleVersion(conversation)


def update(connection: sa.Connection, conversation: Conversation, **values: Any) -> Conversation:
    query = sa.update(_conversations).where(_conversations.c.id == conversation.id)
    row = connection.execute(query.values(**values, updated_at=now()).returning(_conversations)).one()
    return conversation_from(row)


def step(
    connection: sa.Connection,
    conversation: Conversation,
    taken: Step,
    who: str,
    why: str = "",
    **changes: Any,
) -> Conversation:
    """Take one step of the ownership table and log it; IllegalStep where the table has none."""
    owner = after(conversation.owner, taken)
    moment = now()
    connection.execute(
        sa.insert(schema.handoff_log).values(
            conversation_id=conversation.id,
            version=conversation.version + 1,
            step=taken.value,
            old=conversation.owner.value,
            new=owner.value,
            who=who,
            why=why,
            at=moment,
        )
    )
    changes |= {"owner": owner.value, "version": conversation.version + 1}
    changes["closed_at"] = moment if owner is Owner.CLOSED else None
    if owner is Owner.BOT:
        changes |= {"reason": None, "priority": 0, "summary": [], "handed_over_at": None}
    if taken in (Step.RETURN, Step.CLOSE):
        changes["waiting_since"] = None
    if taken in (Step.CLAIM, Step.CLOSE):
        settle_all(connection, conversation.id)  # from here on a person answers, or nobody has to
    return update(connection, conversation, **changes)


def ask(
    connection: sa.Connection,
    conversation: Conversation,
    handoff: Handoff,
    who: str,
    lines: Sequence[Draft],
    reply_to: str | None,
) -> tuple[Conversation, tuple[Message, ...]]:
    """Queue it. The wait clock keeps running from the customer's first unanswered message."""
    moment = now()
    conversation = step(
        connection,
        conversation,
        Step.ASK,
        who,
        handoff.reason,
        reason=handoff.reason,
        priority=handoff.priority,
        summary=list(handoff.summary),
        handed_over_at=moment,
        waiting_since=conversation.waiting_since or moment,
    )
    return write(connection, conversation, lines, reply_to)


def insert(
    connection: sa.Connection,
    conversation: Conversation,
    draft: Draft,
    reply_to: str | None = None,
    is_pending: bool = False,
) -> tuple[Conversation, Message]:
    """Store one message; IllegalStep when its sender must be silent under the current owner."""
    message = _insert(connection, conversation, draft, conversation.last_seq + 1, reply_to, is_pending)
    return update(connection, conversation, last_seq=message.seq), message


def _insert(
    connection: sa.Connection,
    conversation: Conversation,
    draft: Draft,
    seq: int,
    reply_to: str | None,
    is_pending: bool,
) -> Message:
    check_may_speak(conversation.owner, draft.sender)
    values = message_values(draft, conversation.id, seq, reply_to, is_pending)
    row = connection.execute(_INSERT, values).one()
    remember_payloads(connection, conversation.id, draft)
    return message_from(row)


def write(
    connection: sa.Connection,
    conversation: Conversation,
    drafts: Sequence[Draft],
    reply_to: str | None = None,
    **changes: Any,
) -> tuple[Conversation, tuple[Message, ...]]:
    """Store several messages in order, and what else changes of the conversation by them."""
    written = tuple(
        _insert(connection, conversation, draft, seq, reply_to, is_pending=False)
        for seq, draft in enumerate(drafts, conversation.last_seq + 1)
    )
    if not written and not changes:
        return conversation, written
    last_seq = conversation.last_seq + len(written)
    return update(connection, conversation, last_seq=last_seq, **changes), written


def said_before(connection: sa.Connection, conversation_id: str, draft: Draft) -> Message | None:
    """The message stored under this sender's client id, if there is one."""
    if draft.client_id is None:
        return None
    values = {"conversation_id": conversation_id, "sender": draft.sender.value, "client_id": draft.client_id}
    row = connection.execute(_SAID_BEFORE, values).first()
    return message_from(row) if row else None


def pending(connection: sa.Connection, conversation_id: str) -> tuple[Message, ...]:
    """The messages that the bot still owes an answer, oldest first."""
    rows = connection.execute(_PENDING, {"conversation_id": conversation_id})
    return tuple(message_from(row) for row in rows)


def settle(connection: sa.Connection, message_ids: Sequence[str], nlu: dict[str, Any]) -> None:
    """The bot has answered these messages together; `nlu`, kept with the last, is how they were read."""
    *earlier, last = message_ids
    if earlier:
        query = sa.update(_messages).where(_messages.c.id.in_(earlier))
        connection.execute(query.values(is_pending=False))
    read = sa.update(_messages).where(_messages.c.id == last)
    connection.execute(read.values(is_pending=False, nlu=nlu or None))


def settle_all(connection: sa.Connection, conversation_id: str) -> None:
    """The bot owes this conversation nothing any more."""
    query = sa.update(_messages).where(_messages.c.conversation_id == conversation_id, _messages.c.is_pending)
    connection.execute(query.values(is_pending=False))
