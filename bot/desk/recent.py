"""What customers' pages were told lately: a page that comes back is served from here, so that ten thousand that come
back at once do not reach the database.

Only within one process: there every change of a conversation passes the bus before anything else can happen to it.
Bounded in conversations and in messages of each; whoever falls out is read from the store again.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]
MOST_CHATS = 20_000
MOST_MESSAGES = 24
TOKEN_SECONDS = 600.0
"""How long a token is known without asking the store: they are never taken back, only end after a month."""


@dataclass
class Chat:
    """One conversation as its pages know it. While `is_whole` is false, the store is still being read."""

    base: int | None = None
    """Number of the message before the oldest that is kept; None until one was heard."""
    messages: list[Event] = field(default_factory=list)
    """The newest, without gap."""
    owner: Event | None = None
    marks: Event | None = None
    is_whole: bool = False
    seen: int = 0
    """How far the customer has read, as far as it was kept."""

    @property
    def last(self) -> int:
        return (self.base or 0) + len(self.messages)

    def hear(self, event: Event) -> bool:
        """Keep what the event says; False when something between was missed."""
        match event["type"]:
            case "message":
                return self._add(event)
            case "owner" if self.owner is None or event["version"] >= self.owner["version"]:
                self.owner = event
            case "marks":
                self.marks = event
        return True

    def _add(self, event: Event) -> bool:
        seq: int = event["message"]["seq"]
        if self.base is None:
            self.base = seq - 1
        if seq <= self.last:
            return True
        if seq != self.last + 1:
            return False
        self.messages.append(event)
        surplus = len(self.messages) - MOST_MESSAGES
        if surplus > 0:
            self.base += surplus
            del self.messages[:surplus]
        return True

    def since(self, after: int) -> tuple[Event, ...] | None:
        """Everything that a page knowing message `after` has to be told; None when that is not known here. A place in
        the queue moves with other people's chats: that is for the store."""
        if not self.is_whole or self.owner is None or self.owner["owner"] == "queued" or self.marks is None:
            return None
        if self.base is None or not self.base <= after <= self.last:
            return None
        return *self.messages[after - self.base :], self.owner, {"type": "queue", "queue": None}, self.marks


class Recent:
    """Used on the event loop only, so nothing comes between its lines."""

    def __init__(self, most: int = MOST_CHATS) -> None:
        self._most = most
        self._chats: OrderedDict[str, Chat] = OrderedDict()
        self._tokens: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def hear(self, conversation_id: str, event: Event) -> None:
        """Every event of every conversation, as it is published."""
        chat = self._chats.get(conversation_id)
        if chat and not chat.hear(event):
            self.forget(conversation_id)

    def since(self, conversation_id: str, after: int) -> tuple[Event, ...] | None:
        chat = self._chats.get(conversation_id)
        return chat.since(after) if chat else None

    def watch(self, conversation_id: str) -> Chat:
        """From now on its events are kept; the store is read next, and `complete` puts the two together."""
        chat = self._chats.setdefault(conversation_id, Chat())
        self._chats.move_to_end(conversation_id)
        if len(self._chats) > self._most:
            self._chats.popitem(last=False)
        return chat

    def complete(self, conversation_id: str, chat: Chat, after: int, stored: Sequence[Event]) -> None:
        """`stored` is what the store told after `watch`, beginning behind message `after`; what was heard meanwhile is
        newer."""
        if self._chats.get(conversation_id) is not chat or chat.is_whole:
            return
        whole = Chat(base=after, is_whole=True)
        heard = [event for event in (chat.owner, chat.marks) if event]
        if all([whole.hear(event) for event in (*stored, *chat.messages, *heard)]):
            self._chats[conversation_id] = whole
        else:
            self.forget(conversation_id)

    def forget(self, conversation_id: str) -> None:
        self._chats.pop(conversation_id, None)

    def has_seen(self, conversation_id: str, seq: int) -> bool:
        """Whether it was kept already that she has read as far as `seq`."""
        chat = self._chats.get(conversation_id)
        return chat is not None and seq <= chat.seen

    def saw(self, conversation_id: str, seq: int) -> None:
        if chat := self._chats.get(conversation_id):
            chat.seen = max(chat.seen, seq)

    def conversation_of(self, token: str) -> str | None:
        """`token` as it is kept, hashed; None when it was not seen for a while."""
        conversation_id, until = self._tokens.get(token, ("", 0.0))
        return conversation_id if until > time.monotonic() else None

    def remember(self, token: str, conversation_id: str) -> None:
        self._tokens[token] = conversation_id, time.monotonic() + TOKEN_SECONDS
        self._tokens.move_to_end(token)
        if len(self._tokens) > self._most:
            self._tokens.popitem(last=False)
