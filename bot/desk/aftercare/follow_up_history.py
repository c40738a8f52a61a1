"""What the transcripts tell about a customer, reduced to what the rules of follow-ups ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Conversation, Reason
from bot.desk.ownership import Owner, Speaker, Step
from bot.desk.rows import conversation_from
from bot.shop.records.policy import FollowUpPolicy
from bot.shop.talk.follow_ups import History

SHOP_TIME = ZoneInfo("Asia/Shanghai")
REMEMBERED = timedelta(days=30)
"""Follow-ups sent longer ago no longer count."""
UPSET = "upset"
"""The slot `mood` while the dialogue takes her for upset."""
LOOKED_BACK = 12
"""Messages at the end of a chat in which the last wish is looked for."""
_conversations, _messages, _log, _jobs = (
    schema.conversations,
    schema.messages,
    schema.handoff_log,
    schema.follow_ups,
)


def utc(shop_moment: datetime) -> datetime:
    """The shop's clock, without zone, as an aware moment."""
    return shop_moment.replace(tzinfo=SHOP_TIME).astimezone(UTC)


def shop_clock(moment: datetime) -> datetime:
    """An aware moment on the shop's clock, without zone."""
    return moment.astimezone(SHOP_TIME).replace(tzinfo=None)


@dataclass(frozen=True)
class SilentChat:
    """The end of a chat. `intents` are what her last messages were read as, newest first; "" was not read."""

    conversation: Conversation
    last_word: datetime
    intents: tuple[str, ...]
    is_answered: bool


def silent_chats(connection: sa.Connection, since: datetime, until: datetime) -> tuple[SilentChat, ...]:
    query = (
        sa.select(_conversations)
        .where(
            _conversations.c.owner == Owner.BOT.value,
            _conversations.c.updated_at > since,
            _conversations.c.updated_at <= until,
        )
        .order_by(_conversations.c.updated_at)
    )
    found = [_chat(connection, conversation_from(row)) for row in connection.execute(query).all()]
    return tuple(chat for chat in found if chat)


def _chat(connection: sa.Connection, conversation: Conversation) -> SilentChat | None:
    query = (
        sa.select(_messages.c.sender, _messages.c.nlu, _messages.c.is_pending, _messages.c.created_at)
        .where(_messages.c.conversation_id == conversation.id)
        .order_by(_messages.c.seq.desc())
        .limit(LOOKED_BACK)
    )
    rows = connection.execute(query).all()
    hers = [row for row in rows if row.sender == Speaker.CUSTOMER.value]
    if not hers:
        return None
    is_answered = rows[0].sender == Speaker.BOT.value and not any(row.is_pending for row in hers)
    intents = tuple(_intent(row) for row in hers)
    return SilentChat(conversation, shop_clock(hers[0].created_at), intents, is_answered)


def _intent(row: Any) -> str:
    return str((row.nlu or {}).get("intent") or "")


def of_customer(
    connection: sa.Connection,
    policy: FollowUpPolicy,
    customer_id: str,
    now: datetime,
    trouble: Collection[str],
) -> History:
    """`trouble`: intents that show an upset customer or an open case."""
    hers = _messages.join(_conversations, _conversations.c.id == _messages.c.conversation_id)
    is_hers = (_conversations.c.customer_id == customer_id) & (_messages.c.sender == Speaker.CUSTOMER.value)
    last_word = connection.execute(
        sa.select(sa.func.max(_messages.c.created_at)).select_from(hers).where(is_hers)
    ).scalar_one_or_none()
    sent = connection.execute(
        sa.select(_jobs.c.settled_at).where(
            _jobs.c.customer_id == customer_id,
            _jobs.c.message_id.is_not(None),
            _jobs.c.settled_at > utc(now) - REMEMBERED,
        )
    ).scalars()
    table = schema.follow_up_customers
    refused = sa.select(table.c.refused_at).where(table.c.customer_id == customer_id)
    return History(
        last_word=shop_clock(last_word) if last_word else None,
        sent=tuple(shop_clock(moment) for moment in sent),
        has_refused=connection.execute(refused).scalar_one_or_none() is not None,
        is_troubled=_is_troubled(connection, policy, customer_id, now, trouble),
    )


def _is_troubled(
    connection: sa.Connection,
    policy: FollowUpPolicy,
    customer_id: str,
    now: datetime,
    trouble: Collection[str],
) -> bool:
    """Handed to a person (not because a part of ours had failed), or read as upset, within the policy's days."""
    since = utc(now) - timedelta(days=policy.trouble_days)
    of_hers = _conversations.c.customer_id == customer_id
    handed = (
        sa.select(_log.c.id)
        .join(_conversations, _conversations.c.id == _log.c.conversation_id)
        .where(of_hers, _log.c.at > since, _log.c.step.in_((Step.ASK.value, Step.CLAIM.value)))
        .where(~((_log.c.step == Step.ASK.value) & (_log.c.why == Reason.SYSTEM_DOWN.value)))
    )
    if connection.execute(handed.limit(1)).first():
        return True
    lately = sa.select(_conversations.c.slots).where(of_hers, _conversations.c.updated_at > since)
    if any((row.slots or {}).get("mood") == UPSET for row in connection.execute(lately)):
        return True
    said = (
        sa.select(_messages.c.nlu)
        .join(_conversations, _conversations.c.id == _messages.c.conversation_id)
        .where(of_hers, _messages.c.sender == Speaker.CUSTOMER.value, _messages.c.created_at > since)
    )
    return any(_intent(row) in trouble for row in connection.execute(said))
