"""One turn as an action sees it: what was said (`message`), about what (`subject`), and here what the action answers
and remembers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common.subject import Subject
from bot.faq.scripts import Button

PROMISES_KEPT = 3
"""Newest promises of a chat that a brief tells of."""


def button(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}


def inform(**values: str) -> str:
    """The payload of a button that tells these values."""
    return f"/inform{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}"


class Turn(Subject):
    """Read the tracker, say things, set slots; `finish` gives the events for Rasa."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, action: str) -> None:
        super().__init__(tracker)
        self.action = action
        self._dispatcher = dispatcher
        self._last: list[dict[str, Any]] = []

    # -- what is answered

    def say(
        self,
        response: str,
        buttons: Iterable[dict[str, str]] = (),
        card: dict[str, Any] | None = None,
        **values: Any,
    ) -> None:
        """Utter one of the domain's responses with its variables filled."""
        custom = {"source": {"action": self.action}, **({"card": card} if card else {})}
        self._dispatcher.utter_message(
            response=response, buttons=list(buttons), json_message=custom, **values
        )

    def say_words(self, text: str) -> None:
        """Utter what phrases of data/dialogue.yml were put together to."""
        self._dispatcher.utter_message(text=text, json_message={"source": {"action": self.action}})

    def say_script(
        self, text: str, buttons: Iterable[Button], source: dict[str, Any], image: str | None = None
    ) -> None:
        """Utter an FAQ script, already filled; `image` is where its picture is served."""
        shown = [button(each.title, each.payload) for each in buttons]
        custom = {"source": {"action": self.action, **source}}
        self._dispatcher.utter_message(text=text, image=image, buttons=shown, json_message=custom)

    @property
    def responses(self) -> list[str]:
        """Names of the domain's responses said so far in this turn."""
        return [message["response"] for message in self._dispatcher.messages if message.get("response")]

    @property
    def said(self) -> list[dict[str, Any]]:
        """What was said so far in this turn, with the values of each response."""
        return list(self._dispatcher.messages)

    @property
    def has_spoken(self) -> bool:
        """Whether anything was said so far in this turn, by a response or in words put together."""
        return any(message.get("response") or message.get("text") for message in self._dispatcher.messages)

    @property
    def is_handed_over(self) -> bool:
        """Whether a person was asked for in this turn."""
        return any((m.get("custom") or {}).get("effect") == "handoff" for m in self._dispatcher.messages)

    def effect(self, kind: str, **fields: Any) -> None:
        """Something that has to happen outside the conversation; the gateway does it."""
        self._dispatcher.utter_message(json_message={"effect": kind, **fields})
        if kind == "promise":  # whoever takes over is told (actions.talk.briefing)
            self.set(promised=[*(self.slot("promised") or ()), fields["text"]][-PROMISES_KEPT:])

    # -- what is remembered

    def go_on_with(self, action: str) -> None:
        """Let another action of the bot take this message."""
        self._last.append(FollowupAction(action))

    def close_question(self) -> None:
        """Whatever form is open is dropped."""
        self.set(requested_slot=None, asked=None)
        self._last.append(ActiveLoop(None))

    def take_back(self) -> None:
        """Forget what was decided to come next; slots stay."""
        self._last.clear()

    def finish(self) -> list[dict[str, Any]]:
        """The events: slots that changed, then what else was decided."""
        changed = {
            name: value for name, value in self._slots.items() if value != self.tracker.slots.get(name)
        }
        return [*(SlotSet(name, value) for name, value in changed.items()), *self._last]

    @property
    def next_action(self) -> str | None:
        """What the action itself decided to come next."""
        return next((event["name"] for event in self._last if event["event"] == "followup"), None)

    @property
    def open_form(self) -> str | None:
        """The form whose question stands after this turn."""
        is_closed = any(event["event"] == "active_loop" for event in self._last)
        return None if is_closed else (self.tracker.active_loop or {}).get("name")
