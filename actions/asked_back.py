"""What the customer had typed when the bot asked how to read it: pressing "看看还有没有货" means those words.

Without them the answer would begin from nothing and ask for a product that was named already.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

ASKS = "action_clarify"
ANSWERS_NOTHING = ("deny", "affirm", "request_human", "greet")
"""Buttons that choose no reading."""


def asked_back(tracker: Tracker) -> dict[str, Any] | None:
    """Text and entities of the message before, where it was not read and this button chooses its reading."""
    message = tracker.latest_message or {}
    if (message.get("intent") or {}).get("name") in ANSWERS_NOTHING:
        return None
    is_latest, was_asked = True, False
    for event in reversed(tracker.events or ()):
        kind = event.get("event")
        if kind == "user" and is_latest:
            is_latest = False
        elif kind == "user":
            text = event.get("text") or ""
            parsed = event.get("parse_data") or {}
            is_typed = was_asked and not text.startswith("/")
            return {"text": text, "entities": parsed.get("entities") or []} if is_typed else None
        elif not is_latest and kind == "action" and event.get("name") == ASKS:
            was_asked = True
    return None
