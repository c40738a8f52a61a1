"""Rows of follow-ups, and what happens to them inside a transaction of the desk (see `follow_ups`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.desk import schema
from bot.desk.aftercare.follow_up_history import shop_clock, utc
from bot.desk.aftercare.follow_up_lines import follow_up_lines
from bot.desk.conversations import Conversation
from bot.desk.records import add_tag
from bot.shop.talk.follow_ups import Occasion, Plan

_jobs, _messages = schema.follow_ups, schema.messages


class State(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    SEEN = "seen"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class FollowUp:
    """`why` says why it was cancelled. `settled_at`: sent or cancelled."""

    id: str
    conversation_id: str
    customer_id: str
    plan: Plan
    state: State
    why: str
    tag: str
    text_key: str
    message_id: str | None
    planned_at: datetime
    settled_at: datetime | None
    seen_at: datetime | None


def refuses(connection: sa.Connection, conversation: Conversation, text: str) -> bool:
    """Whether these next words of hers refuse all follow-ups, for ever."""
    lines = follow_up_lines()
    if not lines.is_refusal(text, True):
        return False
    return lines.is_refusal(text, False) or answers_follow_up(
        connection, conversation.id, conversation.last_seq + 1
    )


def answers_follow_up(connection: sa.Connection, conversation_id: str, seq: int) -> bool:
    """Whether the line before `seq` is a follow-up."""
    query = sa.select(_messages.c.source).where(
        _messages.c.conversation_id == conversation_id, _messages.c.seq == seq - 1
    )
    source = connection.execute(query).scalar_one_or_none()
    return bool(source and source.get("follow_up"))


def customer_spoke(
    connection: sa.Connection, conversation: Conversation, has_refused: bool, now: datetime
) -> None:
    """Her word calls off everything that is planned for her, and shows that she has read what was sent here."""
    customer_id = conversation.customer.id
    if has_refused:
        lock_customer(connection, customer_id)
        table = schema.follow_up_customers
        query = sa.update(table).where(table.c.customer_id == customer_id, table.c.refused_at.is_(None))
        connection.execute(query.values(refused_at=utc(now)))
        add_tag(connection, conversation.id, follow_up_lines().stopped_tag, "bot")
    open_states = (State.PLANNED.value, State.SENT.value)
    known = sa.select(_jobs.c.id).where(_jobs.c.customer_id == customer_id, _jobs.c.state.in_(open_states))
    if connection.execute(known.limit(1)).first() is None:
        return
    cancel(connection, _jobs.c.customer_id == customer_id, "refused" if has_refused else "replied", now)
    read = sa.update(_jobs).where(
        _jobs.c.conversation_id == conversation.id, _jobs.c.state == State.SENT.value
    )
    connection.execute(read.values(state=State.SEEN.value, seen_at=utc(now)))


def cancel(connection: sa.Connection, which: Any, why: str, now: datetime) -> int:
    query = sa.update(_jobs).where(which, _jobs.c.state == State.PLANNED.value)
    values = {"state": State.CANCELLED.value, "why": why, "settled_at": utc(now)}
    return connection.execute(query.values(**values)).rowcount


def is_settled() -> Any:
    return sa.or_(_jobs.c.state != State.CANCELLED.value, _jobs.c.why == "agent")


def lock_customer(connection: sa.Connection, customer_id: str) -> None:
    """One follow-up at a time to one customer, whichever of her conversations it goes to."""
    table = schema.follow_up_customers
    query = sa.select(table.c.customer_id).where(table.c.customer_id == customer_id).with_for_update()
    if connection.execute(query).first():
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table).values(customer_id=customer_id))
    except IntegrityError:  # another process was first: wait for it
        connection.execute(query).first()


def values_of(plan: Plan) -> dict[str, Any]:
    facts = {
        name: getattr(plan, name)
        for name in ("intent", "product_id", "order_id", "coupon_id")
        if getattr(plan, name)
    }
    return {
        "occasion": plan.occasion.value,
        "matter": plan.matter,
        "state": State.PLANNED.value,
        "why": "",
        "due": utc(plan.due),
        "until": utc(plan.until),
        "facts": facts,
    }


def plan_from(row: Any) -> Plan:
    return Plan(Occasion(row.occasion), row.matter, shop_clock(row.due), shop_clock(row.until), **row.facts)


def follow_up_from(row: Any) -> FollowUp:
    return FollowUp(
        row.id,
        row.conversation_id,
        row.customer_id,
        plan_from(row),
        State(row.state),
        row.why,
        row.tag,
        row.text_key,
        row.message_id,
        row.planned_at,
        row.settled_at,
        row.seen_at,
    )
