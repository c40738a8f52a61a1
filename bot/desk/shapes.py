"""How the desk's values look as JSON; what only agents and trainers may see is added by `message_for_desk`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.desk.conversations import Conversation, Customer, Message, Note, Promise
from bot.desk.queue import Listed, Place
from bot.desk.rows import now

Json = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="milliseconds") if value else None


def message_for_customer(message: Message) -> Json:
    """api.md, "A message"; `client_id` comes back so that a page knows its own message again."""
    return {
        "seq": message.seq,
        "id": message.id,
        "sender": message.sender.value,
        "author": message.author,
        "text": message.text,
        "buttons": [asdict(button) for button in message.buttons],
        "card": message.card,
        "image": message.image,
        "client_id": message.client_id,
        "kind": "follow_up" if (message.source or {}).get("follow_up") else "message",
        "created_at": moment(message.created_at),
    }


def message_for_desk(message: Message) -> Json:
    """The same with how it was read and where the answer came from."""
    return {
        **message_for_customer(message),
        "payload": message.payload,
        "nlu": message.nlu,
        "source": message.source,
    }


def customer_shape(customer: Customer) -> Json:
    return asdict(customer)


def place_shape(place: Place | None) -> Json | None:
    return asdict(place) if place else None


def waited_seconds(conversation: Conversation) -> int | None:
    """Whole seconds since the customer's first unanswered message."""
    if conversation.waiting_since is None:
        return None
    return max(0, int((now() - conversation.waiting_since).total_seconds()))


def listed_shape(listed: Listed) -> Json:
    """One line of a desk list."""
    conversation, last = listed.conversation, listed.last_message
    return {
        "id": conversation.id,
        "customer": customer_shape(conversation.customer),
        "owner": conversation.owner.value,
        "version": conversation.version,
        "agent": conversation.agent,
        "reason": conversation.reason,
        "priority": conversation.priority,
        "mood": (conversation.slots or {}).get("mood") or "",
        "waiting_since": moment(conversation.waiting_since),
        "waited_seconds": waited_seconds(conversation),
        "tag": conversation.tag,
        "tags": list(listed.tags),
        "offer": asdict(listed.offer) if listed.offer else None,
        "last_message": message_for_customer(last) if last else None,
        "updated_at": moment(conversation.updated_at),
    }


def promise_shape(promise: Promise) -> Json:
    return {
        "id": promise.id,
        "text": promise.text,
        "due": moment(promise.due),
        "owner": promise.owner,
        "is_done": promise.is_done,
        "created_at": moment(promise.created_at),
    }


def note_shape(note: Note) -> Json:
    return {"id": note.id, "author": note.author, "text": note.text, "created_at": moment(note.created_at)}
