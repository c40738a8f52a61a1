"""Moving a conversation between bot, queue and people; each move is one transaction with the lines that tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.conversations import Conversation, Draft, Handoff, Message, Reason, StaleVersion
from bot.desk.ownership import Owner, Step
from bot.desk.people.duty import check_hands
from bot.desk.rows import now

Moved = tuple[Conversation, tuple[Message, ...]]
"""The conversation after the move and the lines written with it."""


class Handoffs:
    """Steps of the ownership table. StaleVersion says who owns it now, IllegalStep that the table has no such step."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def ask(
        self,
        conversation_id: str,
        handoff: Handoff,
        who: str,
        lines: Sequence[Draft] = (),
        reply_to: str | None = None,
        version: int | None = None,
    ) -> Moved:
        """Owner, reason, priority, summary, the visible line and the wait clock in one act.

        Asking again while it waits raises the priority if the new reason is graver, and writes no second line;
        while a person has it, nothing changes.
        """
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            tx.check_version(conversation, version)
            if conversation.owner is Owner.HUMAN:
                return conversation, ()
            if conversation.owner is Owner.QUEUED:
                if handoff.priority <= conversation.priority:
                    return conversation, ()
                lines = ()
            if conversation.owner is Owner.CLOSED:
                conversation = tx.step(connection, conversation, Step.REOPEN, who)
            return tx.ask(connection, conversation, handoff, who, lines, reply_to)

    def claim(
        self,
        conversation_id: str,
        agent: str,
        version: int | None = None,
        lines: Sequence[Draft] = (),
        capacity: int | None = None,
    ) -> Moved:
        """An agent takes it. Repeating one's own claim changes nothing; after a colleague's: StaleVersion.

        HandsFull when she has `capacity` customers already (None: any number).
        """
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            if conversation.owner is Owner.HUMAN:
                if conversation.agent == agent:
                    return conversation, ()
                raise StaleVersion(conversation)
            tx.check_version(conversation, version)
            check_hands(connection, agent, conversation, capacity)
            conversation = tx.step(connection, conversation, Step.CLAIM, agent, agent=agent)
            return tx.write(connection, conversation, lines)

    def move(
        self,
        conversation_id: str,
        step: Step,
        who: str,
        why: str = "",
        version: int | None = None,
        lines: Sequence[Draft] = (),
        holder: str | None = None,
        capacity: int | None = None,
        **changes: Any,
    ) -> Moved:
        """Any other step. With `holder`, StaleVersion unless that agent has the conversation; with `capacity`,
        HandsFull when the agent who is to get it has that many."""
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            tx.check_version(conversation, version)
            if holder is not None and (conversation.owner, conversation.agent) != (Owner.HUMAN, holder):
                raise StaleVersion(conversation)
            check_hands(connection, changes.get("agent", ""), conversation, capacity)
            # The line that ends a person's part is spoken by the system, which every owner allows.
            conversation = tx.step(connection, conversation, step, who, why, **changes)
            return tx.write(connection, conversation, lines)

    def release(self, conversation_id: str, version: int, lines: Sequence[Draft] = ()) -> Moved:
        """The agent is gone: back into the queue, where an unanswered customer's wait goes on."""
        with self._engine.begin() as connection:
            conversation = tx.locked(connection, conversation_id)
            tx.check_version(conversation, version)
            since = conversation.waiting_since or now()
            reason = conversation.reason or Reason.REQUESTED.value
            values = {"waiting_since": since, "reason": reason, "handed_over_at": now()}
            conversation = tx.step(connection, conversation, Step.RELEASE, conversation.agent or "", **values)
            return tx.write(connection, conversation, lines)

    def forget_handback(self, conversation_id: str, version: int) -> None:
        """Rasa has been told what the person settled."""
        table = schema.conversations
        query = sa.update(table).where(table.c.id == conversation_id, table.c.version == version)
        with self._engine.begin() as connection:
            connection.execute(query.values(handback=None))
