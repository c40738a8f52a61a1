"""What a message says beside its wish (Rasa environment): how she speaks, her mood, whether it is a question at all."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.shop.talk.manner import Manner, heard
from bot.shop.talk.odd_words import Odd, odd_kind
from bot.shop.talk.safety_words import HARM, topic_of

SAFETY_REASON = "safety_or_legal"


def is_after_accident(tracker: DialogueStateTracker, metadata: dict[str, Any]) -> bool:
    """Somebody was hurt and a person is waited for: whatever else she says belongs to that, and is no question of
    which order or how many pieces (`waiting_as` is the gateway's: nobody is on duty, so the bot goes on answering)."""
    if metadata.get("waiting_as") != SAFETY_REASON:
        return False
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            return False
        if isinstance(event, UserUttered) and topic_of(event.text or "") in HARM:
            return True
    return False


def overruled(text: str, tracker: DialogueStateTracker) -> tuple[str, dict[str, Any]] | None:
    """The intent that the words themselves decide, and what actions are told of it; None leaves it to the model.

    Safety comes before any intent or open question; what is no question to a shop is no riddle for the model either.
    """
    if topic := topic_of(text):
        return "request_human", {"safety_topic": topic.value}
    odd = odd_kind(text)
    if odd is None:
        return None
    if odd is Odd.UNHELPFUL:
        return "request_human", {"odd": odd.value}
    if odd is Odd.GLAD:
        # 👌 answers what the bot has asked, else it is thanks.
        return ("affirm" if tracker.get_slot("pending") or tracker.active_loop_name else "thank"), {}
    return "chitchat", {"odd": odd.value}


def note_manner(text: str, tracker: DialogueStateTracker, domain: Domain, is_grave: bool) -> bool:
    """Keep how she speaks in slots, before any response is chosen by them. True when she has just become upset."""
    before = Manner(**(tracker.get_slot("manner") or {}))
    now = heard(before, text, is_grave)
    if now != before:
        plain_values = {**asdict(now), "register": now.register.value if now.register else None}
        mood = SlotSet("mood", "upset" if now.is_upset else None)
        tracker.update_with_events([SlotSet("manner", plain_values), mood], domain)
    return now.is_upset and not before.is_upset


def silent_hours(tracker: DialogueStateTracker) -> float:
    """Hours since the customer's message before; 0 where there is none."""
    said = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
    return max(0.0, (time.time() - said.timestamp) / 3600) if said else 0.0
