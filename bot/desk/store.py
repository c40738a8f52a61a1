"""Conversations and their transcripts. Every method is one transaction.

Every message insert checks owner and version in that same transaction, so bot and person can never both answer.
Blocking: call it through `bot.desk.threads.in_thread`, never on the event loop.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.aftercare.follow_up_history import shop_clock
from bot.desk.aftercare.follow_up_rows import customer_spoke, refuses
from bot.desk.conversations import (
    Context,
    Conversation,
    Customer,
    Draft,
    Message,
    Recorded,
    Said,
    StaleVersion,
    Turn,
    Waiting,
)
from bot.desk.database import reading
from bot.desk.marks import Marks, marks_of
from bot.desk.ownership import START, Owner, Speaker, Step, check_may_speak
from bot.desk.records import keep_effects
from bot.desk.rows import message_from, new_id, now

_conversations, _messages, _log = schema.conversations, schema.messages, schema.handoff_log
TOKEN_LIFE = timedelta(days=30)
MOST_REPLIES = 8
"""Lines of one answer; no action says more."""
_tokens = schema.customer_tokens
_BY_TOKEN = (
    sa.select(_conversations)
    .join(_tokens, _tokens.c.conversation_id == _conversations.c.id)
    .where(_tokens.c.hash == sa.bindparam("hash"), _tokens.c.expires_at > sa.bindparam("now"))
)
_TURN = (
    sa.select(_messages)
    .where(
        sa.or_(
            _messages.c.id == sa.bindparam("message_id"), _messages.c.reply_to == sa.bindparam("message_id")
        )
    )
    .order_by(_messages.c.seq)
)
_ANSWERED = (
    sa.select(_messages.c.reply_to)
    .where(
        _messages.c.conversation_id == sa.bindparam("conversation_id"),
        _messages.c.sender == Speaker.BOT.value,
        _messages.c.reply_to.is_not(None),
    )
    .order_by(_messages.c.seq.desc())
    .limit(sa.bindparam("newest"))
)


def hashed(token: str) -> str:
    """What is kept of a token: enough to recognise it, useless to a thief of the database."""
    return hashlib.sha256(token.encode()).hexdigest()


class ConversationStore:
    """The desk's memory, on SQLite or PostgreSQL."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open(
        self, customer: Customer, context: Context, greeting: Sequence[Draft] = ()
    ) -> tuple[Conversation, str]:
        """A new conversation that the bot owns, and the token that opens it to this customer only."""
        token = secrets.token_urlsafe(32)
        with self._engine.begin() as connection:
            conversation = _create(connection, customer, context)
            connection.execute(
                sa.insert(schema.customer_tokens).values(
                    hash=hashed(token),
                    conversation_id=conversation.id,
                    created_at=conversation.created_at,
                    expires_at=conversation.created_at + TOKEN_LIFE,
                )
            )
            conversation, _ = tx.write(connection, conversation, greeting)
        return conversation, token

    def by_token(self, token: str) -> Conversation:
        """The conversation that a customer's token opens; NotFound when there is none or it has expired."""
        with reading(self._engine) as connection:
            return tx.one(connection, _BY_TOKEN, hash=hashed(token), now=now())

    def get(self, conversation_id: str) -> Conversation:
        """NotFound when there is none."""
        with reading(self._engine) as connection:
            return tx.one(connection, tx.BY_ID, conversation_id=conversation_id)

    def messages(
        self, conversation_id: str, after_seq: int = 0, limit: int | None = None
    ) -> tuple[Message, ...]:
        """The transcript after `after_seq`, oldest first."""
        query = (
            sa.select(_messages)
            .where(_messages.c.conversation_id == conversation_id, _messages.c.seq > after_seq)
            .order_by(_messages.c.seq)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return tuple(message_from(row) for row in connection.execute(query))

    def outcome(self, message: Message) -> tuple[tuple[Message, ...], Conversation, Marks]:
        """The customer's message with whatever has answered it so far, and how the conversation stands."""
        with reading(self._engine) as connection:
            rows = connection.execute(_TURN, {"message_id": message.id})
            return (
                tuple(message_from(row) for row in rows),
                tx.one(connection, tx.BY_ID, conversation_id=message.conversation_id),
                marks_of(connection, message.conversation_id),
            )

    def answered(self, conversation_id: str, newest: int) -> tuple[str, ...]:
        """The messages the bot answered last, oldest first: what the dialogue has heard, as far as we know."""
        with reading(self._engine) as connection:
            return _answered(connection, conversation_id, newest)

    def log(self, conversation_id: str) -> tuple[sa.Row[Any], ...]:
        """Every ownership step (step, old, new, who, why, version, at), oldest first."""
        query = sa.select(_log).where(_log.c.conversation_id == conversation_id).order_by(_log.c.version)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query))

    def title_of_payload(self, conversation_id: str, payload: str) -> str | None:
        """The title of the button that carried `payload` in this conversation; None when none did."""
        table = schema.shown_payloads
        query = sa.select(table.c.title).where(
            table.c.conversation_id == conversation_id, table.c.payload == payload
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none()

    def see_context(self, conversation_id: str, context: Context) -> Conversation:
        """The customer has come back on another page."""
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            values = {"product_id": context.product_id, "order_id": context.order_id, "page": context.page}
            return tx.update(connection, conversation, **values)

    def customer_says(self, conversation_id: str, draft: Draft) -> Said:
        """Store what the customer wrote; the same client id again stores nothing and gives the first message.

        A closed conversation is reopened by it. The wait clock starts here when nothing was waiting.
        """
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            known = tx.said_before(connection, conversation_id, draft)
            if known:
                return Said(known, conversation, is_new=False)
            is_reopened = conversation.owner is Owner.CLOSED
            if is_reopened:
                conversation = tx.step(connection, conversation, Step.REOPEN, conversation.customer.id)
            waits_for_bot = conversation.owner in (Owner.BOT, Owner.QUEUED)
            has_refused = refuses(connection, conversation, draft.text)
            conversation, message = tx.insert(connection, conversation, draft, is_pending=waits_for_bot)
            customer_spoke(connection, conversation, has_refused, shop_clock(message.created_at))
            if conversation.waiting_since is None:
                conversation = tx.update(connection, conversation, waiting_since=message.created_at)
            return Said(message, conversation, is_new=True, is_reopened=is_reopened)

    def agent_says(
        self, conversation_id: str, agent: str, draft: Draft, version: int | None = None
    ) -> tuple[Message, Conversation, bool]:
        """The agent's reply, the conversation, and whether it is new. StaleVersion unless `agent` has it."""
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            known = tx.said_before(connection, conversation_id, draft)
            if known:
                return known, conversation, False
            tx.check_version(conversation, version)
            if conversation.owner is not Owner.HUMAN or conversation.agent != agent:
                raise StaleVersion(conversation)
            conversation, message = tx.insert(connection, conversation, draft)
            return message, tx.update(connection, conversation, waiting_since=None), True

    def system_says(self, conversation_id: str, lines: Sequence[Draft]) -> tuple[Message, ...]:
        """Lines of the system, whoever has the conversation."""
        with self._engine.begin() as connection:
            return tx.write(connection, tx.locked(connection, conversation_id), lines)[1]

    def pending(self, conversation_id: str) -> Waiting | None:
        """What still waits for the bot; None when nothing does."""
        with reading(self._engine) as connection:
            messages = tx.pending(connection, conversation_id)
            if not messages:
                return None
            conversation = tx.one(connection, tx.BY_ID, conversation_id=conversation_id)
            before = _answered(connection, conversation_id, newest=1)
            return Waiting(messages, conversation, before[0] if before else None)

    def record_turn(
        self,
        message: Message,
        version: int,
        turn: Turn,
        lines: Sequence[Draft] = (),
        resumes_with: Draft | None = None,
        earlier: Sequence[Message] = (),
    ) -> Recorded:
        """Write the bot's answer and all its effects at once, or nothing.

        `earlier` are the bubbles that `message` has completed: the same answer settles them. `lines` are the
        system's words that go with a handoff. With `resumes_with` the conversation comes back from the queue in the
        same transaction, and that line says so. Raises StaleVersion when the owner has changed since `version` or a
        message has been answered meanwhile: the answer must then be dropped.
        """
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, message.conversation_id)
            answered = [each.id for each in (*earlier, message)]
            pending = {each.id: each for each in tx.pending(connection, conversation.id)}
            if conversation.version != version or not pending.keys() >= set(answered):
                raise StaleVersion(conversation)
            left = [each for each in pending.values() if each.id not in answered]
            opening: tuple[Draft, ...] = ()
            if resumes_with:
                conversation = tx.step(connection, conversation, Step.RESUME, "system")
                opening = (resumes_with,)
            check_may_speak(conversation.owner, Speaker.BOT)
            changes: dict[str, Any] = {"slots": turn.slots or conversation.slots}
            if turn.tags:
                changes["tag"] = turn.tags[-1][:200]
            is_queued = conversation.owner is Owner.QUEUED
            if turn.handoff is None and not is_queued:  # who waits for a person goes on waiting
                changes["waiting_since"] = left[0].created_at if left else None
            replies = (*opening, *turn.replies)
            conversation, written = tx.write(connection, conversation, replies, message.id, **changes)
            tx.settle(connection, answered, turn.nlu)
            keep_effects(connection, conversation.id, turn)
            if turn.handoff and (not is_queued or turn.handoff.priority > conversation.priority):
                told = () if is_queued else lines
                conversation, more = tx.ask(connection, conversation, turn.handoff, "bot", told, message.id)
                written += more
        return Recorded(conversation, written, is_last=not left)


def _answered(connection: sa.Connection, conversation_id: str, newest: int) -> tuple[str, ...]:
    values = {"conversation_id": conversation_id, "newest": newest * MOST_REPLIES}
    found = dict.fromkeys(connection.execute(_ANSWERED, values).scalars())
    return tuple(found)[:newest][::-1]


def _create(connection: sa.Connection, customer: Customer, context: Context) -> Conversation:
    identifier, moment = new_id(), now()
    connection.execute(
        sa.insert(_conversations).values(
            id=identifier,
            customer_id=customer.id,
            customer_name=customer.name,
            customer_level=customer.level,
            customer_verified=customer.is_verified,
            product_id=context.product_id,
            order_id=context.order_id,
            page=context.page,
            owner=START.value,
            version=1,
            priority=0,
            summary=[],
            slots={},
            tag="",
            last_seq=0,
            created_at=moment,
            updated_at=moment,
        )
    )
    return tx.locked(connection, identifier)
