"""Rows to values and values to rows."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.conversations import Button, Context, Conversation, Customer, Draft, Message
from bot.desk.ownership import Owner, Speaker


def new_id() -> str:
    """An id nobody can guess (144 bits)."""
    return secrets.token_urlsafe(18)


def now() -> datetime:
    return datetime.now(UTC)


def conversation_from(row: sa.Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        customer=Customer(row.customer_id, row.customer_name, row.customer_level, row.customer_verified),
        context=Context(row.product_id, row.order_id, row.page),
        owner=Owner(row.owner),
        version=row.version,
        agent=row.agent,
        reason=row.reason,
        priority=row.priority,
        summary=tuple(row.summary),
        slots=row.slots,
        waiting_since=row.waiting_since,
        handed_over_at=row.handed_over_at,
        tag=row.tag,
        handback=row.handback,
        last_seq=row.last_seq,
        created_at=row.created_at,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
    )


def message_from(row: sa.Row[Any]) -> Message:
    values = dict(row._mapping)
    values["sender"] = Speaker(values["sender"])
    values["buttons"] = tuple(Button(**button) for button in values["buttons"])
    return Message(**values)


def message_values(
    draft: Draft, conversation_id: str, seq: int, reply_to: str | None, is_pending: bool
) -> dict:
    return {
        "id": new_id(),
        "conversation_id": conversation_id,
        "seq": seq,
        "sender": draft.sender.value,
        "author": draft.author,
        "text": draft.text,
        "buttons": [{"title": button.title, "payload": button.payload} for button in draft.buttons],
        "card": draft.card,
        "image": draft.image,
        "payload": draft.payload,
        "client_id": draft.client_id,
        "reply_to": reply_to,
        "is_pending": is_pending,
        "nlu": draft.nlu,
        "source": draft.source,
        "created_at": now(),
    }


def payloads_shown(draft: Draft) -> dict[str, str]:
    """Every payload that a button or card of `draft` may send back, with the title it shows."""
    found = {button.payload: button.title for button in draft.buttons if button.payload}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            payload = value.get("payload")
            if isinstance(payload, str) and payload:
                found.setdefault(payload, str(value.get("title") or payload))
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(draft.card)
    return found


def remember_payloads(connection: sa.Connection, conversation_id: str, draft: Draft) -> None:
    """Note which payloads the customer may press from now on."""
    shown = payloads_shown(draft)
    if not shown:
        return
    table = schema.shown_payloads
    known = connection.execute(
        sa.select(table.c.payload).where(
            table.c.conversation_id == conversation_id, table.c.payload.in_(shown)
        )
    ).scalars()
    fresh = set(shown) - set(known)
    if fresh:
        rows = [{"conversation_id": conversation_id, "payload": p, "title": shown[p][:200]} for p in fresh]
        connection.execute(sa.insert(table), rows)
