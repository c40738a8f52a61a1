"""Who is at the desk, who takes new customers, and for whom a customer who comes back rings first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.clock import within
from bot.desk.conversations import Conversation, NotFound, Reason, Role
from bot.desk.database import reading
from bot.desk.ownership import Owner
from bot.desk.rows import now
from bot.shop.records.desk_policy import DeskPolicy

ONLINE_FOR = timedelta(seconds=60)
"""An agent not heard of for a grace minute is offline (architecture.md, "Who owns a conversation")."""
_agents, _conversations = schema.agents, schema.conversations


class Presence(StrEnum):
    """What an agent has set. Nobody who is not online is offered a customer or counted in an estimate."""

    ONLINE = "online"
    REST = "rest"
    """小休: keeps her chats, is offered none."""
    AWAY = "away"
    """离开: her chats go back into the queue after the grace minute."""


duty_table = sa.Table(
    "duty",
    schema.metadata,
    sa.Column(
        "username", sa.String(40), sa.ForeignKey("agents.username", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("presence", sa.String(10), nullable=False),
    sa.Column("since", schema.UtcDateTime, nullable=False),
)
capacities_table = sa.Table(  # what a supervisor has set; nobody else's line: the policy
    "capacities",
    schema.metadata,
    sa.Column(
        "username", sa.String(40), sa.ForeignKey("agents.username", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("set_by", sa.String(40), nullable=False),
    sa.Column("set_at", schema.UtcDateTime, nullable=False),
)
is_serving = sa.and_(
    _agents.c.role.in_((Role.AGENT.value, Role.SUPERVISOR.value)),
    sa.func.coalesce(duty_table.c.presence, Presence.ONLINE.value) == Presence.ONLINE.value,
)
"""For queries over agents joined with `duty`: who may be offered a customer, if she is there."""


class HandsFull(Exception):
    """The agent looks after as many customers as she may."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        super().__init__(f"{capacity} customers already")


@dataclass(frozen=True)
class OnDuty:
    """One person of the shop as the desk sees her now."""

    username: str
    name: str
    role: Role
    presence: Presence
    is_online: bool
    """Heard of within the grace minute."""
    load: int
    """Customers she has."""
    capacity: int

    @property
    def takes_new(self) -> bool:
        is_there = self.is_online and self.presence is Presence.ONLINE and self.role is not Role.TRAINER
        return is_there and self.load < self.capacity


@dataclass(frozen=True)
class Offer:
    """For so many seconds more it rings for this agent alone."""

    agent: str
    name: str
    seconds: float


class Duty:
    """Blocking, one transaction a method."""

    def __init__(self, engine: sa.Engine, policy: DeskPolicy) -> None:
        self._engine, self._policy = engine, policy

    def everyone(self) -> tuple[OnDuty, ...]:
        with reading(self._engine) as connection:
            return _team(connection, self._policy)

    def of(self, username: str) -> OnDuty:
        found = next((each for each in self.everyone() if each.username == username), None)
        if found is None:
            raise NotFound
        return found

    def set(self, username: str, presence: Presence) -> OnDuty:
        """Setting the same again keeps its beginning."""
        with self._engine.begin() as connection:
            lock_agent(connection, username)
            query = sa.select(duty_table.c.presence).where(duty_table.c.username == username)
            known = connection.execute(query).scalar_one_or_none()
            if known != presence.value:
                connection.execute(sa.delete(duty_table).where(duty_table.c.username == username))
                values = {"username": username, "presence": presence.value, "since": now()}
                connection.execute(sa.insert(duty_table).values(**values))
        return self.of(username)

    def set_capacity(self, username: str, capacity: int | None, by: str) -> OnDuty:
        """How many customers she looks after from now on; None: as the policy says. NotFound for nobody.

        Those she has already stay hers.
        """
        with self._engine.begin() as connection:
            lock_agent(connection, username)
            connection.execute(sa.delete(capacities_table).where(capacities_table.c.username == username))
            if capacity is not None:
                values = {"username": username, "capacity": capacity, "set_by": by, "set_at": now()}
                connection.execute(sa.insert(capacities_table).values(**values))
        return self.of(username)


def lock_agent(connection: sa.Connection, username: str) -> None:
    """Held until the end of the transaction, so that one person's claims are counted one at a time."""
    query = sa.select(_agents.c.username).where(_agents.c.username == username).with_for_update()
    if connection.execute(query).first() is None:
        raise NotFound


def check_hands(
    connection: sa.Connection, username: str, conversation: Conversation, capacity: int | None
) -> None:
    """HandsFull when `username` may not take one more. Danger and the law wait for nobody's count."""
    if capacity is None or conversation.reason == Reason.SAFETY_OR_LEGAL.value:
        return
    lock_agent(connection, username)
    if _loads(connection).get(username, 0) >= capacity:
        raise HandsFull(capacity)


def has_left(moment: datetime) -> sa.ColumnElement[bool]:
    """For agents joined with `duty`: out of reach, or gone by her own word, for the grace minute."""
    is_away = duty_table.c.presence == Presence.AWAY.value
    return sa.or_(
        _agents.c.last_seen.is_(None),
        ~within(_agents.c.last_seen, moment, ONLINE_FOR),
        sa.and_(is_away, ~within(duty_table.c.since, moment, ONLINE_FOR)),
    )


def offers(
    connection: sa.Connection, conversations: Iterable[Conversation], policy: DeskPolicy
) -> dict[str, Offer]:
    """Which of the waiting ring for the agent who served that customer last, by conversation.

    Only just after they were queued, only while that agent can take one more; a grave matter rings for everybody.
    """
    moment, alone = now(), timedelta(seconds=policy.ring_first_seconds)
    fresh = [
        each
        for each in conversations
        if each.owner is Owner.QUEUED
        and each.handed_over_at is not None
        and each.handed_over_at + alone > moment
        and each.reason != Reason.SAFETY_OR_LEGAL.value
    ]
    if not fresh or not policy.known_days:
        return {}
    free = {each.username: each for each in _team(connection, policy) if each.takes_new}
    found = {}
    for each in fresh:
        known = free.get(_last_agent(connection, each, moment - timedelta(days=policy.known_days)) or "")
        if known and each.handed_over_at:
            left = (each.handed_over_at + alone - moment).total_seconds()
            found[each.id] = Offer(known.username, known.name, left)
    return found


def _last_agent(connection: sa.Connection, conversation: Conversation, since: datetime) -> str | None:
    """Who served this customer last, in this conversation or another."""
    if conversation.agent:
        return conversation.agent
    query = sa.select(_conversations.c.agent).where(
        _conversations.c.customer_id == conversation.customer.id,
        _conversations.c.agent.is_not(None),
        _conversations.c.updated_at > since,
    )
    return connection.execute(
        query.order_by(_conversations.c.updated_at.desc()).limit(1)
    ).scalar_one_or_none()


def _team(connection: sa.Connection, policy: DeskPolicy) -> tuple[OnDuty, ...]:
    moment, loads = now(), _loads(connection)
    query = (
        sa.select(_agents, duty_table.c.presence, capacities_table.c.capacity)
        .outerjoin(duty_table, duty_table.c.username == _agents.c.username)
        .outerjoin(capacities_table, capacities_table.c.username == _agents.c.username)
        .order_by(_agents.c.username)
    )
    return tuple(
        OnDuty(
            row.username,
            row.name,
            Role(row.role),
            Presence(row.presence or Presence.ONLINE),
            row.last_seen is not None and abs(row.last_seen - moment) < ONLINE_FOR,
            loads.get(row.username, 0),
            row.capacity or policy.capacity_of(row.username),
        )
        for row in connection.execute(query)
    )


def _loads(connection: sa.Connection) -> dict[str, int]:
    query = (
        sa.select(_conversations.c.agent, sa.func.count())
        .where(_conversations.c.owner == Owner.HUMAN.value)
        .group_by(_conversations.c.agent)
    )
    return {agent: count for agent, count in connection.execute(query) if agent}
