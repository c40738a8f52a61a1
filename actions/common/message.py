"""What a customer's message says, as an action reads it: her words, values in them, and what earlier turns left."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.deciding.asked_back import asked_back
from bot.text.cantonese import in_mandarin


class Message:
    """The latest message of a conversation, and the slots as this turn has left them."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self._slots: dict[str, Any] = {}
        message = tracker.latest_message or {}
        self.text: str = message.get("text") or ""
        self.intent: str | None = (message.get("intent") or {}).get("name")
        self.ranking: list[dict[str, Any]] = message.get("intent_ranking") or []
        self.metadata: dict[str, Any] = message.get("metadata") or {}
        self._entities: list[dict[str, Any]] = message.get("entities") or []
        self._unread = asked_back(tracker) if self.is_bare else None
        if self._unread:
            self._entities = self._unread["entities"]

    @property
    def likeliest(self) -> str | None:
        """The best reading, also where it was too unsure to act on."""
        readings = [each["name"] for each in self.ranking if each["name"] != "nlu_fallback"]
        return readings[0] if self.intent == "nlu_fallback" and readings else self.intent

    @property
    def is_payload(self) -> bool:
        """A pressed button: its text is a payload, not words."""
        return self.text.startswith("/")

    @property
    def is_bare(self) -> bool:
        """A pressed button that carries a reading and no value."""
        return self.is_payload and "{" not in self.text

    @property
    def photo(self) -> str | None:
        """The address of the photo this message is, None for words and buttons."""
        return self.metadata.get("image")

    @property
    def words(self) -> str:
        """What the customer typed; empty for a photo or a pressed button, unless that says how what she had typed
        is to be read."""
        if self._unread:
            return self._unread["text"]
        return "" if self.is_payload or self.photo else in_mandarin(self.text)

    @property
    def words_before(self) -> str:
        """What she typed before this message; empty where that was a button."""
        said = [each.get("text") or "" for each in self.tracker.events if each.get("event") == "user"]
        return in_mandarin(said[-2]) if len(said) > 1 and not said[-2].startswith("/") else ""

    def entities(self, name: str) -> list[Any]:
        return [entity["value"] for entity in self._entities if entity["entity"] == name]

    def entity(self, name: str) -> Any:
        """The first value of this message, or None."""
        return next(iter(self.entities(name)), None)

    def raw(self, name: str) -> str | None:
        """What the customer typed for that value; None for a pressed button."""
        return next((each.get("raw") for each in self._entities if each["entity"] == name), None)

    def slot(self, name: str) -> Any:
        """The value as this turn has left it."""
        return self._slots[name] if name in self._slots else self.tracker.slots.get(name)

    def before(self, name: str) -> Any:
        """The value as the turn before left it."""
        return self.tracker.slots.get(name)

    def known(self, name: str) -> Any:
        """From this message, else from earlier in the conversation."""
        value = self.entity(name)
        return self.slot(name) if value is None else value

    def set(self, **slots: Any) -> None:
        self._slots.update(slots)
