"""Rasa's part of a dialogue in a few lines: rules, forms, follow-ups and slots, around the real actions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.__main__ import executor
from bot.settings import ROOT
from tests.actions.conftest import DOMAIN, NOW

_RULES = [
    rule
    for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
FIRST_ACTION: dict[str, str] = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in _RULES if "intent" in rule["steps"][0]
}
AFTER_FORM: dict[str, str] = {
    rule["condition"][0]["active_loop"]: rule["steps"][-1]["action"] for rule in _RULES if "condition" in rule
}
ACTIONS = executor().actions
MOST_ACTIONS = 15


@dataclass
class Conversation:
    """One customer; `send` is a turn and returns the messages of the bot."""

    metadata: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, Any] = field(
        default_factory=lambda: dict.fromkeys(DOMAIN["slots"]) | {"requested_slot": None}
    )
    events: list[dict[str, Any]] = field(default_factory=list)
    form: str | None = None
    _said: list[dict[str, Any]] = field(default_factory=list)
    _message: dict[str, Any] = field(default_factory=dict)

    def send(
        self, intent: str, text: str = "", entities: dict[str, Any] | None = None, **metadata: Any
    ) -> list[dict[str, Any]]:
        found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
        reading = {"name": intent, "confidence": 0.9}
        self._message = {
            "text": text or f"/{intent}",
            "intent": reading,
            "intent_ranking": [reading, {"name": "ask_price", "confidence": 0.3}],
            "entities": found,
            "metadata": {"now": NOW.isoformat(), **self.metadata, **metadata},
        }
        self.events.append({"event": "user", "text": self._message["text"], "parse_data": self._message})
        self._said = []
        waiting = self.form or FIRST_ACTION[intent]
        for _ in range(MOST_ACTIONS):
            waiting = self._take(waiting, intent)
            if waiting == "action_listen":
                return self._said
        raise AssertionError(f"the dialogue goes in circles: {self.events[-MOST_ACTIONS:]}")

    def _take(self, action: str, intent: str) -> str:
        """Run one action; returns what comes next."""
        if action.startswith("utter_"):
            self._said.append({"response": action})
            return "action_listen"
        if not action.endswith("_form"):
            follows = self._run(action)
            self.events.append({"event": "action", "name": action})
            return follows or self.form or "action_listen"
        self.form = action
        events_before = len(self.events)
        follows = self._run(f"validate_{action}")
        if follows == "rejected":
            return FIRST_ACTION[intent]
        if follows:  # the form was left for another action, which takes this very message
            self.form = None
            return follows
        self.events.append({"event": "action", "name": action})
        changed = [event for event in self.events[events_before:] if event.get("name") == "requested_slot"]
        if not changed:  # no event at all: the rules answer this message
            self.events.pop()
            return FIRST_ACTION[intent]
        if self.slots["requested_slot"] is None:
            ended, self.form = self.form or action, None
            return AFTER_FORM[ended]
        return "action_listen"

    def _run(self, name: str) -> str | None:
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker(
            "c-1", dict(self.slots), self._message, list(self.events), False, None, loop, "action_listen"
        )
        dispatcher, follows = CollectingDispatcher(), None
        try:
            answered = asyncio.run(ACTIONS[name](dispatcher, tracker, {}))
        except ActionExecutionRejection:
            return "rejected"
        for event in answered:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
                self.events.append(event)
            elif event["event"] == "followup":
                follows = event["name"]
            elif event["event"] == "active_loop":
                self.form = event["name"]
            elif event["event"] == "action_execution_rejected":
                follows = "rejected"
        self._said += dispatcher.messages
        return follows
