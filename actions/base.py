"""What all actions of the bot have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import giving
from actions.openings import asks_in_vain, is_asked_too_often, say_first
from actions.turn import Turn

HAND_OFF = "action_handoff"


class BotAction(Action, ABC):
    """An action by its domain name; `act` reads the turn, calls one rule of the shop and says the result."""

    action: ClassVar[str]

    def name(self) -> str:
        return self.action

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict]:
        turn = Turn(dispatcher, tracker, self.action)
        # An open choice lasts one message: whoever needs it longer sets it again.
        turn.set(pending=None, misses=None)
        if self.action != HAND_OFF and is_asked_too_often(turn):
            turn.go_on_with(HAND_OFF)
            return turn.finish()
        say_first(turn)
        self.act(turn)
        if asks_in_vain(turn):
            dispatcher.messages.clear()
            turn.take_back()
            turn.set(pending=None)
            turn.go_on_with(HAND_OFF)
            return turn.finish()
        if giving.is_first_question(turn):
            giving.say_welcome(turn)
        if turn.next_action is None:
            # An action reached from another one is in no rule, so it says itself what follows: an open question is
            # put again, else it is the customer's turn.
            turn.go_on_with(turn.open_form or "action_listen")
        return turn.finish()

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Answer this turn."""
