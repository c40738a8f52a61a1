"""What is kept beside a transcript: promises, notes, tags, feedback, ratings, images."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.desk import schema
from bot.desk import transactions as tx
from bot.desk.conversations import Conversation, Draft, Message, Note, NotFound, Promise, Turn
from bot.desk.database import reading
from bot.desk.ownership import Owner, Speaker
from bot.desk.rows import conversation_from, new_id, now


class Department(StrEnum):
    """Who feedback goes to (shop-rules.md, "Promises and feedback")."""

    OPERATIONS = "operations"
    FINANCE = "finance"
    PRODUCT = "product"
    LOGISTICS = "logistics"


@dataclass(frozen=True)
class Feedback:
    """A customer's words for a department, and who passed them on."""

    id: str
    conversation_id: str
    department: Department
    quote: str
    author: str
    created_at: datetime


def keep_effects(connection: sa.Connection, conversation_id: str, turn: Turn) -> None:
    """Write the promises and tags of a bot's turn, within its transaction."""
    for text, due in turn.promises:
        add_promise(connection, conversation_id, text, due, "bot")
    for text in turn.tags:
        add_tag(connection, conversation_id, text, "bot")


_SPEAKS_FOR_THE_SHOP = {Owner.BOT: Speaker.BOT, Owner.HUMAN: Speaker.AGENT}
"""Who tells a buyer that a promise is moved; in the queue and after the end it is a line of the system."""


class Records:
    """Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add_promise(self, conversation_id: str, text: str, due: datetime | None, owner: str) -> Promise:
        with self._engine.begin() as connection:
            return add_promise(connection, conversation_id, text, due, owner)

    def promises(self, conversation_id: str) -> tuple[Promise, ...]:
        table = schema.promises
        query = (
            sa.select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.created_at)
        )
        with reading(self._engine) as connection:
            return tuple(Promise(**row._mapping) for row in connection.execute(query))

    def settle_promise(self, conversation_id: str, promise_id: str, is_done: bool = True) -> None:
        """Mark it kept (or open again); NotFound when this conversation has no such promise."""
        table = schema.promises
        query = sa.update(table).where(table.c.id == promise_id, table.c.conversation_id == conversation_id)
        with self._engine.begin() as connection:
            if (
                connection.execute(query.values(is_done=is_done, done_at=now() if is_done else None)).rowcount
                == 0
            ):
                raise NotFound

    def open_promises(self) -> tuple[tuple[Promise, Conversation], ...]:
        """The daily list (日清): what is not kept yet, the soonest due first, undated last."""
        table, chats = schema.promises, schema.conversations
        order = (table.c.due.is_(None), table.c.due, table.c.created_at)
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).where(~table.c.is_done).order_by(*order)).all()
            ids = {row.conversation_id for row in rows}
            found = connection.execute(sa.select(chats).where(chats.c.id.in_(ids)))
            by_id = {row.id: conversation_from(row) for row in found}
        return tuple((Promise(**row._mapping), by_id[row.conversation_id]) for row in rows)

    def move_promise(
        self, promise_id: str, due: datetime, agent: str, bot_name: str, word: str
    ) -> tuple[Promise, Message]:
        """A new due time, told to the buyer in the same transaction, by whoever may speak in her conversation.

        NotFound when there is no such promise, or it is kept already.
        """
        table = schema.promises
        query = sa.select(table).where(table.c.id == promise_id, ~table.c.is_done)
        with self._engine.begin() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise NotFound
            conversation = tx.locked(connection, row.conversation_id)
            speaker = _SPEAKS_FOR_THE_SHOP.get(conversation.owner, Speaker.SYSTEM)
            author = {Speaker.BOT: bot_name, Speaker.AGENT: agent}.get(speaker, "")
            _, (message,) = tx.write(connection, conversation, [Draft(speaker, author, word)])
            changed = sa.update(table).where(table.c.id == promise_id).values(due=due).returning(table)
            return Promise(**connection.execute(changed).one()._mapping), message

    def add_note(self, conversation_id: str, author: str, text: str) -> Note:
        note = Note(new_id(), author, text, now())
        values = {"id": note.id, "conversation_id": conversation_id, "author": author, "text": text}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(schema.notes).values(**values, created_at=note.created_at))
        return note

    def notes(self, conversation_id: str) -> tuple[Note, ...]:
        table = schema.notes
        query = (
            sa.select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.created_at)
        )
        with reading(self._engine) as connection:
            return tuple(
                Note(row.id, row.author, row.text, row.created_at) for row in connection.execute(query)
            )

    def add_tag(self, conversation_id: str, text: str, author: str) -> None:
        """Tagging twice with the same words is one tag."""
        with self._engine.begin() as connection:
            add_tag(connection, conversation_id, text, author)

    def remove_tag(self, conversation_id: str, text: str) -> None:
        table = schema.tags
        with self._engine.begin() as connection:
            connection.execute(
                sa.delete(table).where(table.c.conversation_id == conversation_id, table.c.text == text)
            )

    def tags(self, conversation_id: str) -> tuple[str, ...]:
        table = schema.tags
        query = (
            sa.select(table.c.text)
            .where(table.c.conversation_id == conversation_id)
            .order_by(table.c.created_at)
        )
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def add_feedback(
        self, conversation_id: str, message_id: str | None, department: Department, quote: str, author: str
    ) -> str:
        """Route what a customer said to a department; returns the feedback's id."""
        identifier = new_id()
        values = {
            "id": identifier,
            "conversation_id": conversation_id,
            "message_id": message_id,
            "quote": quote,
        }
        values |= {"department": department.value, "author": author, "created_at": now()}
        with self._engine.begin() as connection:
            connection.execute(sa.insert(schema.feedback).values(**values))
        return identifier

    def feedback_between(self, since: datetime, until: datetime) -> tuple[Feedback, ...]:
        """What was passed on from `since` until before `until`, the newest first."""
        table = schema.feedback
        is_then = sa.and_(table.c.created_at >= since, table.c.created_at < until)
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(table).where(is_then).order_by(table.c.created_at.desc())
            ).all()
        return tuple(
            Feedback(r.id, r.conversation_id, Department(r.department), r.quote, r.author, r.created_at)
            for r in rows
        )

    def rate(self, conversation_id: str, score: int, text: str, agent: str | None) -> None:
        """Keep the customer's rating, 1 to 5; rating again replaces it."""
        table = schema.ratings
        with self._engine.begin() as connection:
            connection.execute(sa.delete(table).where(table.c.conversation_id == conversation_id))
            values = {"conversation_id": conversation_id, "score": score, "text": text, "agent": agent}
            connection.execute(sa.insert(table).values(**values, created_at=now()))

    def rating(self, conversation_id: str) -> tuple[int, str] | None:
        table = schema.ratings
        query = sa.select(table.c.score, table.c.text).where(table.c.conversation_id == conversation_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).first()
        return (row.score, row.text) if row else None

    def add_attachment(self, conversation_id: str, media_type: str, body: bytes) -> str:
        """Keep an image that has been re-encoded; its id cannot be guessed and opens it."""
        identifier = new_id()
        values = {
            "id": identifier,
            "conversation_id": conversation_id,
            "media_type": media_type,
            "body": body,
        }
        with self._engine.begin() as connection:
            connection.execute(sa.insert(schema.attachments).values(**values, created_at=now()))
        return identifier

    def attachment(self, identifier: str) -> tuple[str, bytes]:
        """Media type and bytes; NotFound when there is none."""
        table = schema.attachments
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(table.c.media_type, table.c.body).where(table.c.id == identifier)
            ).first()
        if row is None:
            raise NotFound
        return row.media_type, row.body


def add_promise(
    connection: sa.Connection, conversation_id: str, text: str, due: datetime | None, owner: str
) -> Promise:
    promise = Promise(new_id(), conversation_id, text[:500], due, owner, False, now())
    connection.execute(
        sa.insert(schema.promises).values(
            id=promise.id,
            conversation_id=conversation_id,
            text=promise.text,
            due=due,
            owner=owner,
            is_done=False,
            created_at=promise.created_at,
        )
    )
    return promise


def add_tag(connection: sa.Connection, conversation_id: str, text: str, author: str) -> None:
    """Within a transaction; tagging twice with the same words is one tag."""
    table, text = schema.tags, text[:80]
    known = sa.select(table.c.text).where(table.c.conversation_id == conversation_id, table.c.text == text)
    if connection.execute(known).first() is None:
        values = {"conversation_id": conversation_id, "text": text, "author": author, "created_at": now()}
        connection.execute(sa.insert(table).values(**values))
