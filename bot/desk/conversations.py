"""The values of the desk: what a conversation, a message and a turn are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.desk.ownership import Owner, Speaker


class Role(StrEnum):
    """What a person who logs in does."""

    AGENT = "agent"
    TRAINER = "trainer"
    SUPERVISOR = "supervisor"


class Reason(StrEnum):
    """Why a person is wanted (shop-rules.md, "Handing over")."""

    SAFETY_OR_LEGAL = "safety_or_legal"
    COMPLAINT = "complaint"
    HIGH_VALUE = "high_value"
    BEYOND_AUTHORITY = "beyond_authority"
    REQUESTED = "requested"
    OUT_OF_SCOPE = "out_of_scope"
    REPEATED_FAILURE = "repeated_failure"
    SYSTEM_DOWN = "system_down"


@dataclass(frozen=True)
class Customer:
    """Who writes. `is_verified` is true only when the shop signed the id; orders are shown to no one else."""

    id: str
    name: str = ""
    level: str = ""
    is_verified: bool = False


@dataclass(frozen=True)
class Context:
    """The page the customer came from."""

    product_id: str | None = None
    order_id: str | None = None
    page: str | None = None


@dataclass(frozen=True)
class Conversation:
    id: str
    customer: Customer
    context: Context
    owner: Owner
    version: int
    """Counts ownership steps; who acts on a stale one is refused."""
    agent: str | None
    """Username of the agent who has it, or had it last."""
    reason: str | None
    priority: int
    """Larger is more urgent."""
    summary: tuple[str, ...]
    slots: dict[str, Any]
    waiting_since: datetime | None
    """When the customer's first unanswered message came; None when nothing waits."""
    handed_over_at: datetime | None
    tag: str
    handback: dict[str, Any] | None
    """What Rasa has still to be told about a conversation that a person settled."""
    last_seq: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Draft:
    """A message that is not stored yet."""

    sender: Speaker
    author: str
    text: str = ""
    buttons: tuple[Button, ...] = ()
    card: dict[str, Any] | None = None
    image: str | None = None
    payload: str | None = None
    nlu: dict[str, Any] | None = None
    source: dict[str, Any] | None = None
    client_id: str | None = None


@dataclass(frozen=True)
class Message:
    """One line of a transcript. `seq` counts from 1 without gaps within the conversation."""

    id: str
    conversation_id: str
    seq: int
    sender: Speaker
    author: str
    text: str
    buttons: tuple[Button, ...]
    card: dict[str, Any] | None
    image: str | None
    payload: str | None
    client_id: str | None
    reply_to: str | None
    """Id of the customer's message that this answers."""
    is_pending: bool
    """The bot still owes this message an answer."""
    nlu: dict[str, Any] | None
    source: dict[str, Any] | None
    created_at: datetime


@dataclass(frozen=True)
class Handoff:
    """An action's or the gateway's wish for a person."""

    reason: str
    priority: int
    summary: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promise:
    """Something special that was promised to a buyer (日清)."""

    id: str
    conversation_id: str
    text: str
    due: datetime | None
    owner: str
    is_done: bool
    created_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True)
class Note:
    id: str
    author: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Agent:
    username: str
    name: str
    role: Role
    last_seen: datetime | None = None


@dataclass(frozen=True)
class Turn:
    """What the dialogue answered to one message (architecture.md, "A turn")."""

    replies: tuple[Draft, ...]
    nlu: dict[str, Any]
    slots: dict[str, Any]
    handoff: Handoff | None = None
    promises: tuple[tuple[str, datetime | None], ...] = ()
    tags: tuple[str, ...] = ()
    wants_rating: bool = False


@dataclass(frozen=True)
class Waiting:
    """What the bot still owes a conversation; `messages` is never empty, oldest first."""

    messages: tuple[Message, ...]
    conversation: Conversation
    answered: str | None
    """Id of the message the bot answered last: what the dialogue has heard, as far as we know."""


@dataclass(frozen=True)
class Recorded:
    """A stored turn. `is_last`: nothing was left that the bot owes the conversation."""

    conversation: Conversation
    messages: tuple[Message, ...]
    is_last: bool


@dataclass(frozen=True)
class Said:
    """The outcome of storing a customer's message."""

    message: Message
    conversation: Conversation
    is_new: bool
    """False when this client id was stored before; then nothing changed."""
    is_reopened: bool = False
    """The conversation had ended, and goes on with this message."""


class NotFound(Exception):
    """No such conversation, message or person, or not for this reader."""


class StaleVersion(Exception):
    """Somebody else has changed who owns the conversation; carries what it is now."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        super().__init__(f"the owner is now {conversation.owner.value} at version {conversation.version}")
