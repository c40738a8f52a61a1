"""What the clients of a torture run have seen, kept apart from the store so that the two can be compared."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Sent:
    """One message a client wanted stored, whatever became of the requests that carried it."""

    conversation: str
    sender: str
    """`customer` or `agent`."""
    client_id: str
    text: str
    sent_at: float = field(default_factory=time.time)
    acknowledged_at: float | None = None
    message_id: str | None = None
    seq: int | None = None
    was_refused: bool = False
    """The gateway answered that it may not be said (taken, closed): then it must not be there either."""

    def acknowledge(self, message: dict) -> None:
        if self.acknowledged_at is None:
            self.acknowledged_at = time.time()
        if self.message_id not in (None, message["id"]):
            raise AssertionError(f"{self.client_id} was stored under two ids")
        self.message_id, self.seq = message["id"], message["seq"]


@dataclass(frozen=True)
class Interval:
    start: float
    end: float


@dataclass
class Records:
    """Everything of one run."""

    sent: list[Sent] = field(default_factory=list)
    events: dict[str, list[list[tuple[int, str]]]] = field(default_factory=dict)
    """Conversation → each connection of its socket → (seq, id) in the order they came."""
    down: list[Interval] = field(default_factory=list)
    """When the gateway itself was killed or stalled; nobody can be answered then."""
    blows: dict[str, int] = field(default_factory=dict)
    """What was done to the stack, and how often."""
    oddities: list[str] = field(default_factory=list)
    """Answers no client should ever get, e.g. a 500."""

    def blow(self, what: str) -> None:
        self.blows[what] = self.blows.get(what, 0) + 1

    def new(self, conversation: str, sender: str, client_id: str, text: str) -> Sent:
        sent = Sent(conversation, sender, client_id, text)
        self.sent.append(sent)
        return sent
