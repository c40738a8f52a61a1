"""What the customer had typed when the bot asked how to read it: pressing "看看还有没有货" means those words.

Without them the answer would begin from nothing and ask for a product that was named already.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

ASKS = "action_clarify"
"""What `pending` is while the bot waits to hear how a message is to be read."""
ANSWERS_NOTHING = ("deny", "affirm", "request_human", "greet")
"""Buttons that choose no reading."""


def asked_back(tracker: Tracker) -> dict[str, Any] | None:
    """Text and entities of the message before, where it was not read and this button chooses its reading."""
    message = tracker.latest_message or {}
    if (message.get("intent") or {}).get("name") in ANSWERS_NOTHING:
        return None
    events = list(reversed(tracker.events or ()))
    users = [place for place, event in enumerate(events) if event.get("event") == "user"][:2]
    if len(users) < 2 or not _was_asked(tracker, events[users[0] : users[1]]):
        return None
    before = events[users[1]]
    text = before.get("text") or ""
    entities = (before.get("parse_data") or {}).get("entities") or []
    return None if text.startswith("/") else {"text": text, "entities": entities}


def _was_asked(tracker: Tracker, between: list[dict[str, Any]]) -> bool:
    """Whether the turn before ended by asking how to read it; `between` are its events, the newest first."""
    ended = (e.get("value") for e in between if e.get("event") == "slot" and e.get("name") == "pending")
    return next(ended, tracker.slots.get("pending")) == ASKS
