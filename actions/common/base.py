"""What all actions of the bot have in common."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import shop_floor
from actions.common.openings import asks_in_vain, is_asked_too_often, is_circling, is_under_way, say_first
from actions.common.turn import Turn
from actions.deciding import also_asked, coming_back, own_matters, plain_words
from actions.prices import giving
from bot.shop.records.ports import ChangeRefused, ChangeUnsure, Unavailable

HAND_OFF = "action_handoff"


class BotAction(Action, ABC):
    """An action by its domain name; `act` reads the turn, calls one rule of the shop and says the result."""

    action: ClassVar[str]
    needs_stock: ClassVar[bool] = False
    """Whether what it says is only true with the stock of this moment."""

    def name(self) -> str:
        return self.action

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict]:
        if shop_floor.is_remote():  # its waiting must not keep other customers waiting
            return await asyncio.to_thread(self._run_turn, dispatcher, tracker)
        return self._run_turn(dispatcher, tracker)

    def _run_turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict]:
        turn = self._new_turn(dispatcher, tracker)
        if not is_under_way(turn):
            coming_back.keep(turn)
        elif self.action != HAND_OFF and is_circling(turn):
            turn.go_on_with(HAND_OFF)  # two rules leave this message to each other: a person answers
            return turn.finish()
        try:
            if self.needs_stock:
                shop_floor.require_stock()
            self._serve(turn, dispatcher)
        except (Unavailable, ChangeRefused) as trouble:
            dispatcher.messages.clear()  # half an answer is none
            turn = self._new_turn(dispatcher, tracker)
            self._say_that_it_failed(turn, trouble)
        if turn.next_action is None:
            # An action reached from another one is in no rule, so it says itself what follows: an open question is
            # put again, else it is the customer's turn.
            coming_back.remind(turn)
            turn.go_on_with(turn.open_form or "action_listen")
        return turn.finish()

    def _serve(self, turn: Turn, dispatcher: CollectingDispatcher) -> None:
        """Act, unless the same is asked for too often; and what belongs before and after any answer."""
        if self.action != HAND_OFF and is_asked_too_often(turn):
            turn.go_on_with(HAND_OFF)
            return
        taker = None if is_under_way(turn) else own_matters.taken_by(turn)
        if taker and taker != self.action:
            turn.set(pending=turn.before("pending"))  # what stands open is known to who takes it
            turn.go_on_with(taker)
            return
        is_first = self.action != HAND_OFF and not is_under_way(turn) and taker is None
        if is_first and self._is_taken_over(turn):
            return
        say_first(turn)
        self.act(turn)
        if turn.next_action is None:
            also_asked.say_rest(turn)
        if asks_in_vain(turn):
            dispatcher.messages.clear()
            turn.take_back()
            turn.set(pending=None)
            turn.go_on_with(HAND_OFF)
            return
        if giving.is_first_question(turn):
            giving.say_welcome(turn)

    def _is_taken_over(self, turn: Turn) -> bool:
        """Whether the words themselves give this message to another action than its reading does."""
        taker = plain_words.decided(turn)
        if taker in (None, self.action):
            return False
        turn.go_on_with(taker)
        return True

    def _new_turn(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
        turn = Turn(dispatcher, tracker, self.action)
        # An open choice lasts one message: whoever needs it longer sets it again.
        turn.set(pending=None, misses=None)
        return turn

    @staticmethod
    def _say_that_it_failed(turn: Turn, trouble: Unavailable | ChangeRefused) -> None:
        """The shop's own system gave no answer: say so, and never guess. A change that hangs is a person's matter."""
        from actions.talk.handoff import hand_over

        turn.forget_orders()
        match trouble:
            case ChangeRefused():
                hand_over(turn, "beyond_authority", "utter_change_refused")
            case ChangeUnsure():
                hand_over(turn, "system_down", "utter_change_unsure")
            case _:
                turn.say("utter_lookup_failed")

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Answer this turn."""
