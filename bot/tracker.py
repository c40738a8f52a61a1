"""Rasa's tracker (Rasa environment) without the work that grows with each turn."""

from __future__ import annotations

from copy import copy
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

EVENTS_SENT = 60
"""Newest events that go with a call: actions read slots and the latest message, a handoff the last few bubbles."""


class Tracker(DialogueStateTracker):
    """Made by bot.tracker_store, which alone sets what is kept here."""

    stored = 0
    """How many of `events` the store holds already; later ones are new."""
    row = 0
    """Id of the conversation's newest row when this was read or saved."""
    domain: Domain | None = None
    """The domain whose slots these are."""

    def copy(self) -> Tracker:
        """A duplicate that may go its own way. Rasa makes one for each action, by replaying every event."""
        twin = copy(self)
        twin.events = self.events.copy()
        twin.slots = type(self.slots)({name: copy(slot) for name, slot in self.slots.items()})
        twin.active_loop = copy(self.active_loop)
        return twin

    def current_state(self, event_verbosity: EventVerbosity = EventVerbosity.NONE) -> dict[str, Any]:
        """What an action is told: the newest events only."""
        newest = list(self.events)[-EVENTS_SENT:] if event_verbosity is EventVerbosity.ALL else None
        if newest is None:
            return super().current_state(event_verbosity)
        return {**super().current_state(), "events": [event.as_dict() for event in newest]}

    def unsaved(self) -> list[Event]:
        return list(self.events)[self.stored :]
