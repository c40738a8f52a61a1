"""The desk's lists: who waits, in which order, and an honest estimate of how long."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.clock import within
from bot.desk.conversations import Conversation, Message, NotFound, Reason
from bot.desk.database import reading
from bot.desk.ownership import Owner, Speaker, Step
from bot.desk.people.duty import ONLINE_FOR, Offer, duty_table, has_left, is_serving, offers
from bot.desk.rows import conversation_from, message_from, now
from bot.shop.records.desk_policy import DeskPolicy

_conversations, _messages, _log, _agents = (
    schema.conversations,
    schema.messages,
    schema.handoff_log,
    schema.agents,
)
USUAL_HANDLING_SECONDS = 180.0
"""Used until this desk has finished conversations of its own to learn from."""
_LEARN_FROM = 20
_MOST_URGENT_FIRST = (_conversations.c.priority.desc(), _conversations.c.waiting_since, _conversations.c.id)


@dataclass(frozen=True)
class Place:
    """A place in the queue. `eta_seconds` is None while no agent is there: then no promise can be made."""

    position: int
    """1 is next."""
    eta_seconds: int | None
    agents_online: int


@dataclass(frozen=True)
class Listed:
    """One line of a desk list."""

    conversation: Conversation
    last_message: Message | None
    tags: tuple[str, ...]
    offer: Offer | None = None
    """Whom alone it rings for just now; None for everybody."""


class Queue:
    """Reads only. Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine, policy: DeskPolicy | None = None) -> None:
        self._engine, self._policy = engine, policy or DeskPolicy()

    def listed(self, state: str, agent: str, limit: int = 200) -> tuple[Listed, ...]:
        """`queued` most urgent first; `mine`, `human`, `bot`, `closed` newest first. Empty chats are left out."""
        condition = _conversations.c.owner == (Owner.HUMAN.value if state == "mine" else state)
        order: Sequence[Any] = (_conversations.c.updated_at.desc(),)
        if state == "mine":
            condition &= _conversations.c.agent == agent
        if state == Owner.QUEUED:
            order = _MOST_URGENT_FIRST
        if state == Owner.BOT:
            has_written = sa.exists().where(
                _messages.c.conversation_id == _conversations.c.id, _messages.c.sender == "customer"
            )
            condition &= has_written
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(_conversations).where(condition).order_by(*order).limit(limit)
            )
            return self._offered(connection, with_last(connection, [conversation_from(row) for row in rows]))

    def one(self, conversation_id: str) -> Listed:
        """The list's line for one conversation; NotFound when there is none."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(_conversations).where(_conversations.c.id == conversation_id)
            ).first()
            if row is None:
                raise NotFound
            return self._offered(connection, with_last(connection, [conversation_from(row)]))[0]

    def places(self) -> dict[str, Place]:
        """Where every queued conversation stands, by id, in the order in which they will be taken."""
        query = sa.select(_conversations.c.id).where(_conversations.c.owner == Owner.QUEUED.value)
        with reading(self._engine) as connection:
            waiting = connection.execute(query.order_by(*_MOST_URGENT_FIRST)).scalars().all()
            if not waiting:
                return {}
            online, handling = _agents_online(connection), _usual_handling(connection)
            return {each: _place(number, online, handling) for number, each in enumerate(waiting, 1)}

    def place(self, conversation: Conversation) -> Place | None:
        """Where a queued conversation stands; None when it is not queued."""
        if conversation.owner is not Owner.QUEUED:
            return None
        is_before = sa.or_(
            _conversations.c.priority > conversation.priority,
            sa.and_(
                _conversations.c.priority == conversation.priority,
                sa.tuple_(_conversations.c.waiting_since, _conversations.c.id)
                < sa.tuple_(
                    sa.bindparam("since", conversation.waiting_since, schema.UtcDateTime()),
                    sa.bindparam("id", conversation.id),
                ),
            ),
        )
        query = sa.select(sa.func.count()).where(_conversations.c.owner == Owner.QUEUED.value, is_before)
        with reading(self._engine) as connection:
            return _place_at(connection, connection.execute(query).scalar_one() + 1)

    def prospect(self, priority: int) -> Place:
        """Where a conversation would stand that is queued now with `priority`."""
        is_before = _conversations.c.priority >= priority
        query = sa.select(sa.func.count()).where(_conversations.c.owner == Owner.QUEUED.value, is_before)
        with reading(self._engine) as connection:
            return _place_at(connection, connection.execute(query).scalar_one() + 1)

    def left_by_the_bot(self, longer_than: timedelta) -> tuple[str, ...]:
        """Conversations the bot owns whose customer has waited longer than any turn can take, by whatever clock."""
        query = sa.select(_conversations.c.id).where(
            _conversations.c.owner == Owner.BOT.value,
            sa.exists().where(
                _messages.c.conversation_id == _conversations.c.id,
                _messages.c.is_pending,
                ~within(_messages.c.created_at, now(), longer_than),
            ),
        )
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).scalars())

    def queued_because_down(self) -> tuple[Conversation, ...]:
        """Conversations that wait for a person only because a part of ours had failed."""
        query = (
            sa.select(_conversations)
            .where(
                _conversations.c.owner == Owner.QUEUED.value,
                _conversations.c.reason == Reason.SYSTEM_DOWN.value,
            )
            .order_by(_conversations.c.waiting_since)
        )
        with reading(self._engine) as connection:
            return tuple(conversation_from(row) for row in connection.execute(query))

    def held_by_absent(self) -> tuple[Conversation, ...]:
        """Conversations of agents who have been offline or away for the grace minute.

        It counts from the step that gave it to her, not from what the customer writes: who writes on into the void
        must not wait the longer for it.
        """
        moment = now()
        query = (
            sa.select(_conversations)
            .outerjoin(_agents, _agents.c.username == _conversations.c.agent)
            .outerjoin(duty_table, duty_table.c.username == _conversations.c.agent)
            .where(
                _conversations.c.owner == Owner.HUMAN.value,
                has_left(moment),
                ~sa.exists().where(
                    _log.c.conversation_id == _conversations.c.id, within(_log.c.at, moment, ONLINE_FOR)
                ),
            )
        )
        with reading(self._engine) as connection:
            return tuple(conversation_from(row) for row in connection.execute(query))

    def _offered(self, connection: sa.Connection, found: tuple[Listed, ...]) -> tuple[Listed, ...]:
        known = offers(connection, [each.conversation for each in found], self._policy)
        return tuple(replace(each, offer=known.get(each.conversation.id)) for each in found)


def _place_at(connection: sa.Connection, position: int) -> Place:
    return _place(position, _agents_online(connection), _usual_handling(connection))


def _place(position: int, online: int, handling: float) -> Place:
    """Half minutes are as exact as the estimate is."""
    if not online:
        return Place(position, None, 0)
    seconds = math.ceil(position / online) * handling
    return Place(position, max(30, round(seconds / 30) * 30), online)


def _agents_online(connection: sa.Connection) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(_agents.outerjoin(duty_table, duty_table.c.username == _agents.c.username))
        .where(within(_agents.c.last_seen, now(), ONLINE_FOR), is_serving)
    )
    return connection.execute(query).scalar_one()


def _usual_handling(connection: sa.Connection) -> float:
    """Median seconds from claim to return or close over the last conversations that were finished."""
    ended = (
        sa.select(_log.c.conversation_id, _log.c.version, _log.c.at)
        .where(_log.c.old == Owner.HUMAN.value, _log.c.step.in_((Step.RETURN.value, Step.CLOSE.value)))
        .order_by(_log.c.id.desc())
        .limit(_LEARN_FROM)
    )
    seconds = []
    for end in connection.execute(ended).all():
        claimed = (
            sa.select(_log.c.at)
            .where(
                _log.c.conversation_id == end.conversation_id,
                _log.c.step == Step.CLAIM.value,
                _log.c.version < end.version,
            )
            .order_by(_log.c.version.desc())
            .limit(1)
        )
        start = connection.execute(claimed).scalar_one_or_none()
        if start:
            seconds.append((end.at - start).total_seconds())
    return median(seconds) if seconds else USUAL_HANDLING_SECONDS


def with_last(connection: sa.Connection, conversations: list[Conversation]) -> tuple[Listed, ...]:
    """Add the last spoken message and the tags in two queries, however long the list is."""
    ids = [conversation.id for conversation in conversations]
    # What the system announced tells an agent nothing; of who waits for a person, only her own words count.
    tells = sa.or_(
        _messages.c.sender == Speaker.CUSTOMER.value,
        sa.and_(_messages.c.sender != Speaker.SYSTEM.value, _conversations.c.owner != Owner.QUEUED.value),
    )
    spoken = (
        sa.select(_messages.c.conversation_id, sa.func.max(_messages.c.seq).label("seq"))
        .join(_conversations, _conversations.c.id == _messages.c.conversation_id)
        .where(_messages.c.conversation_id.in_(ids), tells)
        .group_by(_messages.c.conversation_id)
        .subquery()
    )
    is_last = sa.and_(
        _messages.c.conversation_id == spoken.c.conversation_id, _messages.c.seq == spoken.c.seq
    )
    last_query = sa.select(_messages).join(spoken, is_last)
    last = {row.conversation_id: message_from(row) for row in connection.execute(last_query)}
    tags: dict[str, list[str]] = {}
    tag_query = sa.select(schema.tags).where(schema.tags.c.conversation_id.in_(ids))
    for row in connection.execute(tag_query.order_by(schema.tags.c.created_at)):
        tags.setdefault(row.conversation_id, []).append(row.text)
    return tuple(Listed(c, last.get(c.id), tuple(tags.get(c.id, ()))) for c in conversations)
